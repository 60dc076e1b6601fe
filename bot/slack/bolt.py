"""Bolt: Slack's challenge, the bot's own events left out, and one middleware behind it for what is left.

One middleware that routes by dictionary, and not a listener for each thing: Bolt tries its listeners one
after the other, and 60 of them cost four times the CPU of one.
"""

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient

from bot.slack.gateway import Identity
from bot.slack.payloads import read_payload
from bot.slack.router import Router

# Bolt warns that the token in the environment is ignored, which is how it is meant.
_log = logging.getLogger(__name__)
_log.setLevel(logging.ERROR)


class _Routing(Middleware):
    """The last middleware: it answers everything."""

    def __init__(self, router: Router) -> None:
        self._router = router

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], BoltResponse],  # noqa: A002, ARG002 - Bolt's signature
    ) -> BoltResponse:
        return BoltResponse(status=200, body=self._router.answer(read_payload(req.body)) or "")


def create_bolt_app(api_url: str, identity: Identity, router: Router) -> App:
    """An app that has checked no signature: `bot.web` does that first, before anything is parsed."""
    authorized = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.workspace_id,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user_id,
    )

    def authorize(**_: Any) -> AuthorizeResult:  # noqa: ANN401 - Bolt passes what it has
        return authorized

    app = App(
        logger=_log,
        client=WebClient(base_url=api_url),
        authorize=authorize,
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.use(_Routing(router))
    return app

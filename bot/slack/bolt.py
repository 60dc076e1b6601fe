"""Bolt, with one middleware that routes by dictionary.

Bolt tries listeners one after the other, and builds some thirty arguments for each that matches: a router
behind one listener costs 1.6 times as much CPU as this one, and 60 listeners four times.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient

from bot.slack.gateway import Identity
from bot.slack.payloads import (
    BadPayloadError,
    ButtonRequest,
    CommandRequest,
    OtherRequest,
    Request,
    read_payload,
)
from bot.slack.router import Router

# Bolt warns that the token in the environment is ignored, which is how it is meant.
_log = logging.getLogger(__name__)
_log.setLevel(logging.ERROR)

_JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json; charset=utf-8"]}


class _Routing(Middleware):
    """Answers requests of some kinds, and leaves the others to what comes after it."""

    def __init__(self, router: Router, *kinds: type[Request]) -> None:
        self._router = router
        self._kinds = kinds

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt's signature
    ) -> BoltResponse:
        try:
            request = read_payload(req.body)
        except BadPayloadError:
            return BoltResponse(status=400, body="")
        if not isinstance(request, self._kinds):
            return next()
        answer = self._router.answer(request)
        if answer is None:
            return BoltResponse(status=200, body="")
        return BoltResponse(status=200, body=orjson.dumps(answer).decode(), headers=_JSON)


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
        # A command or a click needs nothing of what Bolt looks into next: who installed the app, and whether
        # the bot itself caused an event. That would be half of what Bolt costs.
        before_authorize=_Routing(router, CommandRequest, ButtonRequest),
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.use(_Routing(router, OtherRequest))
    return app

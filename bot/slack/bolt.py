"""Bolt: Slack's challenge, the bot's own events left out, and one middleware behind it for what is left.

One middleware that routes by dictionary, and not a listener for each thing: Bolt tries its listeners one
after the other, and 60 of them cost four times the CPU of one.

Importing Bolt and building an app takes a start longer than all of our own modules, and a command needs
neither: so this is imported when the first event comes (see bot/app.py).
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient

from bot import current
from bot.slack.accounts import Identities
from bot.slack.addressing import Addressing
from bot.slack.effects import SendAgain
from bot.slack.performing import Ack
from bot.slack.receiver import NOT_TAKEN, Received, ThroughBolt
from bot.slack.requests import OtherRequest, Request
from bot.slack.router import Router

# Bolt warns that the token in the environment is ignored, which is how it is meant.
_log = logging.getLogger(__name__)
_log.setLevel(logging.ERROR)

# What Bolt's own reading of a body raises when something in it is of a type that Slack never sends.
_ODD_SHAPE_ERRORS = (AttributeError, KeyError, TypeError, ValueError)


class _Routing(Middleware):
    """The last middleware: it answers everything."""

    def __init__(self, router: Router, addressing: Addressing) -> None:
        self._router = router
        self._addressing = addressing

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], BoltResponse],  # noqa: A002, ARG002 - Bolt's signature
    ) -> BoltResponse:
        # Each of them, whatever comes of the one before; what was taken counts once when it comes again.
        answers = [self._answer(request) for request in self._addressing.requests(req.body)]
        if any(isinstance(answer, SendAgain) for answer in answers):
            return BoltResponse(status=NOT_TAKEN)
        bodies = [answer for answer in answers if answer and not isinstance(answer, SendAgain)]
        return BoltResponse(status=200, body=bodies[0] if bodies else "")

    def _answer(self, request: Request) -> Ack:
        doing = current.current()
        if doing is not None and not isinstance(request, OtherRequest):
            # In the log, whom it is for and not whom Slack has named.
            doing.workspace_id = request.workspace_id
        return self._router.answer(request)


def create_bolt_app(api_url: str, identities: Identities, router: Router, addressing: Addressing) -> App:
    """An app that has checked no signature: `bot.web` does that first, before anything is parsed.

    A workspace that does not have the bot is the router's to turn away.
    """

    def authorize(*, team_id: str | None = None, **_: Any) -> AuthorizeResult:  # noqa: ANN401 - Bolt passes what it has
        identity = identities.identity_of(team_id or "")
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.workspace_id if identity else team_id,
            bot_id=identity.bot_id if identity else None,
            bot_user_id=identity.bot_user_id if identity else None,
        )

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
    app.use(_Routing(router, addressing))
    return app


def create_through_bolt(
    api_url: str, identities: Identities, router: Router, addressing: Addressing
) -> ThroughBolt:
    return partial(_dispatched, create_bolt_app(api_url, identities, router, addressing))


def _dispatched(app: App, body: dict[str, Any], headers: dict[str, str]) -> Received:
    """What Bolt answers; 400 when the body's shape makes it stumble."""
    try:
        # Bolt takes a parsed body in this mode only.
        request = BoltRequest(body=body, headers={**headers}, mode="socket_mode")
    except _ODD_SHAPE_ERRORS:
        return Received(400)
    response = app.dispatch(request)
    # Bolt says 500 when a payload's own shape made it stumble; our own mistakes never get there.
    status = 400 if response.status == 500 else response.status  # noqa: PLR2004 - HTTP's status
    content_type = response.headers.get("content-type", ["text/plain"])[0]
    return Received(status, response.body.encode(), content_type)

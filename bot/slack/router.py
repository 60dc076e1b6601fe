"""One request: opens its connection or transaction, asks the handler, commits, and only then answers.

The only place that answers and performs effects. Handlers are pure towards Slack: they return values.
"""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

from bot import texts
from bot.errors import AnyBotError, BotError, OutdatedButtonError
from bot.slack import ids
from bot.slack.effects import Effect, Message, Nothing, Reply, Where
from bot.slack.gateway import Gateway
from bot.slack.interactions import buttons, slash
from bot.slack.payloads import ButtonRequest, CommandRequest, OtherRequest, Request
from bot.slack.views.errors import error_message, failure_message
from storage.database import Database, Tx
from storage.errors import UnreachableError

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Router:
    """Safe to use from many threads."""

    def __init__(self, database: Database, gateway: Gateway, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._gateway = gateway
        self._clock = clock

    def answer(self, request: Request) -> dict[str, Any] | None:
        """The body of the ack, or None for an empty one. Never raises.

        What fails while a click is answered is in the log alone: the way to the person is what failed.
        """
        if isinstance(request, OtherRequest):
            _log.info("nothing answers a %.40r", request.kind)
            return None
        effect = _tried(lambda: self._effect(request), _failure)
        return _tried(lambda: self._perform(request, effect), lambda _: None)

    def _effect(self, request: CommandRequest | ButtonRequest) -> Effect:
        try:
            with self._transaction(request) as tx:
                return self._handle(tx, request)
        except BotError as error:
            # `BotError` is the base of a closed set, which `texts` matches exhaustively.
            return Reply(error_message(cast("AnyBotError", error)))
        except UnreachableError as error:
            _log.error("database away: %s", error)
            return Reply(failure_message(texts.DATABASE_AWAY))

    @contextmanager
    def _transaction(self, request: CommandRequest | ButtonRequest) -> Iterator[Tx]:
        if _writes(request):
            with self._database.write() as tx:
                yield tx
        else:
            with self._database.turn(), self._database.read() as tx:
                yield tx

    def _perform(self, request: CommandRequest | ButtonRequest, effect: Effect) -> dict[str, Any] | None:
        if isinstance(effect, Nothing):
            return None
        if isinstance(request, ButtonRequest):
            self._send(request, effect)
            return None
        return {"response_type": "ephemeral", **_body(effect.message)}

    def _handle(self, tx: Tx, request: CommandRequest | ButtonRequest) -> Effect:
        now = self._clock()
        if isinstance(request, CommandRequest):
            return slash.on_command(tx, request, now)
        handler = buttons.BUTTONS.get(ids.name_of(request.action_id))
        if handler is None:
            raise OutdatedButtonError
        return handler(tx, request, now)

    def _send(self, request: ButtonRequest, effect: Reply) -> None:
        if request.response_url is None:
            _log.warning("a click on %.40r came without a response_url", request.action_id)
            return
        body = _body(effect.message)
        match effect.where:
            case Where.EPHEMERAL:
                body |= {"response_type": "ephemeral", "replace_original": False}
            case Where.REPLACE:
                body |= {"response_type": "ephemeral", "replace_original": True}
            case Where.CHANNEL:
                body |= {"response_type": "in_channel", "replace_original": False}
        sent = self._gateway.respond(request.response_url, body)
        if sent and effect.where is Where.CHANNEL and request.is_ephemeral:
            self._gateway.respond(request.response_url, {"delete_original": True})


def _tried(do: Callable[[], _T], otherwise: Callable[[str], _T]) -> _T:
    """What it gives; if it fails, what there is `otherwise`, given the reference under which it is logged."""
    try:
        return do()
    except Exception:  # noqa: BLE001 - the person must read something better than Slack's time-out
        # The reference stands in the answer and in the log, so that whoever runs the bot finds it.
        reference = secrets.token_hex(4)
        _log.exception("request %s failed", reference)
        return otherwise(reference)


def _failure(reference: str) -> Effect:
    return Reply(failure_message(texts.INTERNAL_ERROR.format(reference=reference)))


def _writes(request: CommandRequest | ButtonRequest) -> bool:
    return slash.writes(request) if isinstance(request, CommandRequest) else buttons.writes(request)


def _body(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": message.blocks}

"""One request: opens its connection or transaction, asks the handler, commits, and only then answers.

Handlers are pure towards Slack: they return values, which `performing` performs after the commit.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from bot import current, texts, texts_installing
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.errors_base import BotError
from bot.errors_rights import UnknownPersonError
from bot.slack.accounts import Gateways, NotInstalledError
from bot.slack.answers import Answers
from bot.slack.directory import Directory
from bot.slack.effects import Effect, Nothing, Reply
from bot.slack.home_keeper import HomeKeeper
from bot.slack.interactions.asking import Asking
from bot.slack.interactions.external import effect_for_external, require_for_external
from bot.slack.interactions.routes import Route, route_of
from bot.slack.mishaps import broken, say_error, send_again, undone
from bot.slack.news import GoneRequest
from bot.slack.once import taken_once
from bot.slack.performing import Ack, Performer
from bot.slack.repeats import EVENTS, is_first, repeated
from bot.slack.requests import (
    AnsweredRequest,
    CommandRequest,
    MessageRequest,
    MessageShortcutRequest,
    OtherRequest,
    Request,
    SubmitRequest,
    ThreadRequest,
)
from bot.slack.trying import tried
from bot.slack.unplaced import Lookout
from bot.slack.views.errors import error_message, failure_message
from storage.charts_drawn import record_charts
from storage.database import Database, Tx
from storage.deadlocks import once_more
from storage.errors import UnreachableError
from storage.revisions import Changes, changes_in

if TYPE_CHECKING:
    from bot.errors import AnyBotError

_log = logging.getLogger(__name__)


class Router:
    """Safe to use from many threads."""

    def __init__(
        self,
        database: Database,
        gateways: Gateways,
        clock: Callable[[], datetime],
        homes: HomeKeeper,
        wake: Callable[[], None] = lambda: None,
        *,
        followers: Collection[Callable[[str, Changes], None]] = (),
    ) -> None:
        """`wake` is called after each commit: deliveries may have been promised.

        `followers` are told what was changed in a workspace, once it is committed; they return at once.
        """
        self._database = database
        self._gateways = gateways
        self._performer = Performer(gateways, homes.look, self._charts_refused)
        self._directory = Directory(database, gateways, clock)
        self._lookout = Lookout(database, gateways)
        self._answers = Answers()
        self._clock = clock
        self._followers = (homes.look_after, *followers)
        self._wake = wake

    def answer(self, request: Request) -> Ack:
        """The body of the ack, or None for an empty one. Never raises.

        SendAgain for an event that could not be taken, if nobody is told so. What fails while a click is
        answered is in the log alone: the way to the person is what failed.
        """
        if isinstance(request, OtherRequest):
            # Slack's kinds are words; whatever else comes may be anything.
            is_word = request.kind.isascii() and request.kind.replace("_", "").isalpha()
            _log.info("nothing answers a %.40s", request.kind if is_word else "?")
            return None
        if not self._gateways.is_served(request.workspace_id):
            said = say_error(request, failure_message(texts_installing.NOT_INSTALLED))
            return tried(_log, "request", lambda: self._perform(request, said), lambda _: None)
        with self._database.turns.taken():
            return self._answer(request)

    def _answer(self, request: AnsweredRequest) -> Ack:
        changes: list[Changes] = []
        effect = tried(
            _log,
            "request",
            lambda: self._effect(request, changes),
            lambda reference: broken(request, reference),
        )
        ack = tried(_log, "request", lambda: self._perform(request, effect), lambda _: None)
        for each in changes:
            for follow in self._followers:
                follow(request.workspace_id, each)
        if isinstance(request, GoneRequest):
            self._gateways.forget(request.workspace_id)
        return ack

    def _perform(self, request: AnsweredRequest, effect: Effect) -> Ack:
        # A command is answered in its ack; all else may have to wait for Slack.
        if isinstance(request, CommandRequest) and isinstance(effect, Reply):
            return self._performer.perform(request, effect)
        with self._database.turns.given_up():
            return self._performer.perform(request, effect)

    def _effect(self, request: AnsweredRequest, changes: list[Changes]) -> Effect:
        """What is to happen, when all is committed; `changes` gets what was."""
        try:
            route = route_of(request, self._answers)
            if not self._concerns(route, request):
                return Nothing()
            request = self._directory.introduce(request, writes=route.writes(request))
            asking = request if isinstance(request, Asking) and request.is_external else None
            if asking is not None:
                require_for_external(asking)
            request = self._prepared(request)
            # Nothing is sent before the commit.
            effect = once_more(partial(self._handled, request, route, changes))
            return effect if asking is None else effect_for_external(asking, effect)
        except BotError as error:
            current.note("refused")
            # `BotError` is the base of a closed set, which `texts` matches exhaustively.
            said = say_error(request, error_message(cast("AnyBotError", error)))
            # Slack has not said who that is; their words are not to be lost for it.
            is_unheard = isinstance(error, UnknownPersonError) and isinstance(request, ThreadRequest)
            return send_again() if is_unheard else said
        except UnreachableError as error:
            current.note("away")
            _log.error("database away: %s", error)
            return undone(request, failure_message(texts.DATABASE_AWAY.format(reference=current.reference())))
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.warning("Slack is asked to send an event again: %s", error)
            return send_again()

    def _prepared(self, request: AnsweredRequest) -> AnsweredRequest:
        """With what Slack alone knows. Raises SlackRefusedError, SlackUnreachableError for events alone."""
        match request:
            case MessageShortcutRequest():
                with self._database.turns.given_up():
                    return self._performer.looked_up(request)
            case ThreadRequest() | MessageRequest():
                return self._lookout.seen(request)
            case GoneRequest(is_certain=False):
                with self._database.turns.given_up():
                    return replace(request, is_certain=self._is_shut_out(request.workspace_id))
            case _:
                return request

    def _is_shut_out(self, workspace_id: str) -> bool:
        try:
            return self._gateways.of(workspace_id).is_shut_out()
        except NotInstalledError:
            return True

    def _concerns(self, route: Route, request: AnsweredRequest) -> bool:
        if route.concerns is None:
            return True
        # People say much in threads that is none of the bot's business: a look keeps no writer waiting.
        with self._database.read() as tx:
            return route.concerns(tx, request)

    def _handled(self, request: AnsweredRequest, route: Route, changes: list[Changes]) -> Effect:
        with self._transaction(request, route, changes) as tx:
            now = self._clock()
            if not is_first(tx, request, now, counts_once=route.counts_once(request)):
                return repeated(request)
            if isinstance(request, SubmitRequest):
                return taken_once(tx, request, now, route.handle)
            return route.handle(tx, request, now)

    def _transaction(
        self, request: AnsweredRequest, route: Route, changes: list[Changes]
    ) -> AbstractContextManager[Tx]:
        # That an event has come is written down with what it led to: what Slack sends twice counts once.
        if route.acts(request) or isinstance(request, EVENTS):
            return self._writing(changes)
        return self._database.read()

    @contextmanager
    def _writing(self, changes: list[Changes]) -> Iterator[Tx]:
        with self._database.write() as tx:
            yield tx
            changed = changes_in(tx)
        changes.append(changed)
        self._wake()

    def _charts_refused(self, workspace_id: str) -> None:
        """An answer with a chart was refused: the next ones come without."""
        try:
            with self._database.write() as tx:
                record_charts(tx, workspace_id, drawn=False, now=self._clock())
        except UnreachableError as error:
            # The person has their answer; the next one finds it out again.
            _log.warning("not written down that Slack draws no charts: %s", error)

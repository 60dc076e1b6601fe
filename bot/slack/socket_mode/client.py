"""Keeps a connection of Socket Mode open, or says why there can be none."""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, ClientWSTimeout, DummyCookieJar
from slack_sdk.proxy_env_variable_loader import load_http_proxy_from_env

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.errors_socket_mode import SocketModeEnd, SocketModeError
from bot.slack.accounts import Account
from bot.slack.calling import Caller, open_caller
from bot.slack.outage import Outage
from bot.slack.receiver import Received
from bot.slack.socket_mode.envelopes import Envelope, answer_to
from bot.slack.socket_mode.hands import Hands
from bot.slack.socket_mode.link import Link
from bot.slack.trying import tried

_log = logging.getLogger(__name__)

TRIES = 8
"""In a row, without a connection that holds: about a minute and a half if all are refused at once."""
_LOOK_EVERY_S = 1.0
_CONNECT_WITHIN_S = 10.0
_FINISH_WITHIN_S = 4.0
_CLOSE_WITHIN_S = 1.0
_STOP_WITHIN_S = 7.0
_SWITCHED_OFF = "link_disabled"
SILENT = "nothing was heard on it"
_ENDS = {"too_many_websockets": SocketModeEnd.TOO_MANY, SILENT: SocketModeEnd.SILENT}

Receive = Callable[[dict[str, Any], Callable[[], dict[str, str]], str], Received]
"""See Receiver.receive; the envelope's id is what an envelope has in common with itself alone."""


class SocketMode:
    """Safe to use from many threads; one of its own, with an event loop, does the work.

    `account`: with the app's own token. `clock`: seconds that only go forward. `ready` is called with the
    first connection, `ended` when all is over by itself, with the reason.
    """

    def __init__(
        self,
        account: Account,
        receive: Receive,
        clock: Callable[[], float],
        *,
        ready: Callable[[], None] = lambda: None,
        ended: Callable[[SocketModeError], None] = lambda _: None,
    ) -> None:
        self._account = account
        self._receive = receive
        self._clock = clock
        self._ready = ready
        self._ended = ended
        self._hands = Hands()
        self._links: list[Link] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._connecting: asyncio.Task[None] | None = None
        self._answering: set[asyncio.Task[None]] = set()
        self._away = Outage(_log, "Socket Mode", after=2)
        self._tries = 0
        self._try_at = clock()
        self._was_ready = False
        self._is_stopping = False
        self._woken = asyncio.Event()
        # Written by the thread alone, read under this lock.
        self._told = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._work, name="socket-mode", daemon=True)

    def start(self) -> None:
        """Begin to connect. Returns at once."""
        self._thread.start()

    def look(self) -> None:
        """Look at once at what is otherwise looked at every second. Returns at once."""
        with self._told:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._woken.set)

    def stop(self) -> None:
        """Take nothing more, answer what is in hand, and close the connections: within seven seconds."""
        self._is_stopping = True
        self.look()
        self._thread.join(_STOP_WITHIN_S)

    def _work(self) -> None:
        end = tried(
            _log, "socket mode", self._run, lambda reference: SocketModeError(SocketModeEnd.BROKEN, reference)
        )
        if end is not None:
            self._ended(end)

    def _run(self) -> SocketModeError | None:
        try:
            asyncio.run(self._live())
        except SocketModeError as error:
            return error
        return None

    async def _live(self) -> None:
        with self._told:
            self._loop = asyncio.get_running_loop()
        timeout = ClientTimeout(total=None, sock_connect=_CONNECT_WITHIN_S)
        async with (
            open_caller(self._account, connections=1, timeout_s=_CONNECT_WITHIN_S) as caller,
            ClientSession(timeout=timeout, cookie_jar=DummyCookieJar()) as session,
        ):
            try:
                while not self._is_stopping:
                    self._keep(caller, session)
                    await self._wait()
            finally:
                await self._end()
                with self._told:
                    self._loop = None

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), _LOOK_EVERY_S)
        self._woken.clear()

    def _keep(self, caller: Caller, session: ClientSession) -> None:
        """Look at all connections once, and open one if there is none. Raises SocketModeError."""
        now = self._clock()
        for link in tuple(self._links):
            self._look_at(link, now)
        if self._connecting is not None and self._connecting.done():
            connecting, self._connecting = self._connecting, None
            connecting.result()
        is_wanted = self._connecting is None and not any(link.is_wanted for link in self._links)
        if is_wanted and self._clock() >= self._try_at:
            # Beside all else: it may take a while, in which the old connection still has to be looked at.
            self._connecting = asyncio.get_running_loop().create_task(self._connect(caller, session))
            self._connecting.add_done_callback(lambda _: self._woken.set())

    def _look_at(self, link: Link, now: float) -> None:
        if link.told_because == _SWITCHED_OFF:
            raise SocketModeError(SocketModeEnd.SWITCHED_OFF)
        if link.is_greeted and not self._was_ready:
            self._was_ready = True
            self._ready()
        if link.is_closed:
            self._links.remove(link)
            if not link.is_renewed:
                self._lost(link, link.told_because or "the connection was closed")
        elif link.is_silent(now):
            _log.warning("Nothing was heard of Slack for too long: another connection is opened.")
            self._links.remove(link)
            self._begin(self._tasks, link.close())
            self._lost(link, SILENT)
        elif link.may_end(now):
            self._begin(self._tasks, link.close())
        else:
            if link.is_proven:
                self._tries = 0
                self._away.came()
            # On a connection that takes no more, this waits; nothing else may.
            self._begin(self._tasks, link.ping(now))

    def _lost(self, link: Link, reason: str) -> None:
        """A connection that held for a while is replaced at once; others, as often as TRIES."""
        if not link.is_proven or link.told_because is not None:
            self._failed(reason)

    def _failed(self, reason: str, wait_s: float = 0.0) -> None:
        """Raises SocketModeError after TRIES."""
        self._tries += 1
        if self._tries >= TRIES:
            end = _ENDS.get(reason, SocketModeEnd.UNREACHABLE)
            raise SocketModeError(end, reason, self._tries)
        self._try_at = self._clock() + max(self._away.went(reason), wait_s)

    async def _connect(self, caller: Caller, session: ClientSession) -> None:
        """Raises SocketModeError."""
        try:
            url = (await caller.knock("apps.connections.open")).get("url")
            async with asyncio.timeout(_CONNECT_WITHIN_S):
                # Its pings and pongs are what shows that it lives.
                socket = await session.ws_connect(
                    str(url),
                    autoping=False,
                    timeout=ClientWSTimeout(ws_close=_CLOSE_WITHIN_S),
                    proxy=load_http_proxy_from_env(_log),
                )
        except SlackRefusedError as error:
            if error.retry_after_s is None:
                raise SocketModeError(SocketModeEnd.REFUSED, error.code) from error
            self._failed(error.code, error.retry_after_s)
        except SlackUnreachableError as error:
            self._failed(str(error))
        except (ClientError, OSError, ValueError) as error:
            # The kind alone: an error may quote the address, which is as good as a token.
            self._failed(type(error).__name__)
        else:
            link = Link(socket, self._clock, self._take, self._woken.set)
            self._links.append(link)
            self._begin(self._tasks, link.listen())

    def _take(self, link: Link, envelope: Envelope) -> None:
        # What is not taken is not acknowledged either: Slack sends an event again.
        if not self._is_stopping:
            self._begin(self._answering, self._answer(link, envelope))

    async def _answer(self, link: Link, envelope: Envelope) -> None:
        link.in_hand += 1
        try:
            work = partial(self._receive, envelope.payload, lambda: envelope.headers, envelope.id)
            received = await asyncio.wrap_future(self._hands.do(work))
            answer = answer_to(envelope, received)
            if answer is None:
                _log.warning("an envelope was not taken: HTTP %d", received.status)
            elif not await link.say(answer):
                # On another connection Slack need not know it; an event is sent again, and counts once.
                _log.warning("a connection was gone before its envelope was answered")
        finally:
            link.in_hand -= 1

    async def _end(self) -> None:
        """Nothing is taken any more; what is in hand is answered first."""
        self._is_stopping = True
        if self._connecting is not None:
            self._connecting.cancel()
        if self._answering:
            await asyncio.wait(self._answering, timeout=_FINISH_WITHIN_S)
        closing = [asyncio.ensure_future(link.close()) for link in self._links]
        if closing:
            await asyncio.wait(closing, timeout=2 * _CLOSE_WITHIN_S)

    def _begin(self, tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

"""Socket Mode: the WebSockets on which an app without an address of its own is sent what people do.

The app asks for an address (apps.connections.open) and connects to it, ten times at most. Each envelope goes
to one of its connections. Slack renews them from time to time: it tells one to go, and closes it.
"""

import asyncio
import itertools
import secrets
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from bot.local.outgoing import Answer
from bot.local.parcels import Parcel
from bot.local.settings import LocalSettings
from bot.local.socket_links import WARNED_BEFORE_S, Link

MOST = 10
"""Connections of one app."""
_LASTS_DEBUGGED_S = 360.0
_TICKET_BYTES = 16
_T = TypeVar("_T")


class Sockets:
    """Safe to use from many threads. Its own thread, and its port, begin with the first address asked for."""

    def __init__(self, settings: LocalSettings, app_id: str) -> None:
        self._settings = settings
        self._app_id = app_id
        self._links: list[Link] = []
        self._tickets: set[str] = set()
        self._turn = itertools.count()
        self._under_way: set[asyncio.Task[None]] = set()
        self._changed = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runner: web.AppRunner | None = None
        self._thread: threading.Thread | None = None
        self._port = 0
        self._hushes_later = False
        self.is_enabled = settings.socket_mode
        self.opened = 0
        """Connections that were ever greeted."""

    def open(self) -> str:
        """A new address to connect to; it is good for one connection."""
        self._start()
        ticket = secrets.token_urlsafe(_TICKET_BYTES)
        self._tickets.add(ticket)
        host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        return f"ws://{host}:{self._port}/link/?ticket={ticket}&app_id={self._app_id}"

    def send(self, parcel: Parcel) -> Answer:
        """See `Transport`. Without a connection nothing arrives."""
        if not self._links:
            return Answer(failure="connection_failed")
        return self._run(self._deliver(parcel))

    def enable(self) -> None:
        """Somebody switches Socket Mode on, in the app's settings."""
        self.is_enabled = True

    def disable(self) -> None:
        """Somebody switches it off: every connection is told so, and ends."""
        self.is_enabled = False
        self._each(lambda link: self._end(link, "link_disabled"))

    def warn(self) -> None:
        """The connections will be closed soon."""
        self._each(lambda link: link.tell_to_go("warning"))

    def refresh(self) -> None:
        """The connections are told to go, and closed once what was sent on them is answered."""
        self._each(self._refresh)

    def drop(self) -> None:
        """The connections break, without a word."""
        self._each(_drop)

    def hush(self, *, later: bool = False) -> None:
        """From now on nothing arrives on the connections that there are, either way, and nobody is told.

        `later`: on those that are opened later neither, but for a hello.
        """
        self._hushes_later = later
        self._each(_hush)

    def count(self) -> int:
        """How many connections there are, those included that were told to go."""
        return sum(link.is_greeted for link in tuple(self._links))

    def wait_for(self, is_so: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Wait until that is so of the connections; whether it came to that."""
        with self._changed:
            return self._changed.wait_for(is_so, timeout_s)

    def stop(self) -> None:
        """Close all connections and the port."""
        if self._loop is None or self._thread is None or self._runner is None:
            return
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = self._thread = self._runner = None

    def _start(self) -> None:
        with self._changed:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="local-sockets", daemon=True
                )
                self._thread.start()
                self._port = self._run(self._listen())

    async def _listen(self) -> int:
        app = web.Application()
        app.router.add_get("/link/", self._connect)
        app.on_shutdown.append(self._close_all)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._settings.host, 0)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        # A page in a browser has no business here; an app's request names no origin.
        if ticket not in self._tickets or "Origin" in request.headers:
            raise web.HTTPForbidden
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=1)
        await socket.prepare(request)
        link = Link(socket, request)
        if not self.is_enabled or len(self._links) >= MOST:
            await self._end(link, "too_many_websockets" if self.is_enabled else "link_disabled")
            return socket
        is_debugged = request.query.get("debug_reconnects") == "true"
        lasts_s = _LASTS_DEBUGGED_S if is_debugged else self._settings.connection_seconds
        self._links.append(link)
        ageing = asyncio.get_running_loop().create_task(self._age(link, lasts_s))
        try:
            await link.greet(self._app_id, len(self._links), lasts_s)
            link.is_hushed = self._hushes_later
            self._note(lambda: self._has_greeted(link))
            await link.listen()
        finally:
            ageing.cancel()
            self._note(lambda: self._links.remove(link))
        return socket

    async def _age(self, link: Link, lasts_s: float) -> None:
        await asyncio.sleep(lasts_s - WARNED_BEFORE_S)
        await link.tell_to_go("warning")
        await asyncio.sleep(WARNED_BEFORE_S)
        await self._refresh(link)

    async def _deliver(self, parcel: Parcel) -> Answer:
        # Any one of them; of those that were told to go only where there is no other.
        greeted = [link for link in self._links if link.is_greeted]
        links = [link for link in greeted if not link.is_told_to_go] or greeted
        if not links:
            return Answer(failure="connection_failed")
        link = links[next(self._turn) % len(links)]
        return await link.deliver(parcel, self._settings.ack_seconds)

    async def _refresh(self, link: Link) -> None:
        await link.tell_to_go("refresh_requested")
        await link.close_when_done()

    async def _end(self, link: Link, reason: str) -> None:
        await link.tell_to_go(reason)
        await link.close()

    async def _close_all(self, _: web.Application) -> None:
        for link in tuple(self._links):
            await link.close()

    def _each(self, do: Callable[[Link], Coroutine[Any, Any, None]]) -> None:
        """Returns at once, as far as connections have to be waited for."""
        if self._loop is not None:
            self._run(self._begin(do))

    async def _begin(self, do: Callable[[Link], Coroutine[Any, Any, None]]) -> None:
        for link in tuple(self._links):
            begun = asyncio.get_running_loop().create_task(do(link))
            self._under_way.add(begun)
            begun.add_done_callback(self._under_way.discard)
        # What needs no waiting is done when this returns.
        await asyncio.sleep(0)

    def _has_greeted(self, link: Link) -> None:
        link.is_greeted = True
        self.opened += 1

    def _note(self, change: Callable[[], None]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        if self._loop is None:
            raise RuntimeError("nobody has connected yet")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _drop(link: Link) -> None:
    link.drop()


async def _hush(link: Link) -> None:
    link.is_hushed = True

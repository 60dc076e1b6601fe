"""One connection of Socket Mode."""

import logging
from collections.abc import Callable
from contextlib import suppress

from aiohttp import ClientError, ClientWebSocketResponse, WSMsgType

from bot.slack.socket_mode.envelopes import Disconnect, Envelope, Hello, read_said

_log = logging.getLogger(__name__)

SILENT_AFTER_S = 30.0
PING_EVERY_S = 5.0
PROVEN_AFTER_S = 10.0
_RENEWED = frozenset({"warning", "refresh_requested"})
LEAVES_AFTER_S = 30.0
"""Slack closes a connection about ten seconds after it has warned of that."""


class Link:
    """Used in one event loop. `take` is given each envelope; `noted` is called when something is to be done.

    It counts as long as something is heard on it: a hello, a ping, a pong, or anything else.
    """

    def __init__(
        self,
        socket: ClientWebSocketResponse,
        clock: Callable[[], float],
        take: "Callable[[Link, Envelope], None]",
        noted: Callable[[], None],
    ) -> None:
        self._socket = socket
        self._clock = clock
        self._take = take
        self._noted = noted
        self._opened_at = self._heard_at = self._pinged_at = clock()
        self._told_at: float | None = None
        self.in_hand = 0
        self.is_greeted = False
        self.is_proven = False
        """It has held for a while: what happens to it now is no sign of a lasting trouble."""
        self.told_because: str | None = None
        """Slack's word for why the connection is going to end, once it has said so."""
        self.is_closed = False

    @property
    def is_wanted(self) -> bool:
        """Whether no other connection is needed in its place, yet.

        What Slack renews is replaced before it ends; what it does not want at all, not before.
        """
        return not self.is_closed and not self.is_renewed

    @property
    def is_renewed(self) -> bool:
        return self.is_greeted and self.told_because in _RENEWED

    def is_silent(self, now: float) -> bool:
        return now - self._heard_at >= SILENT_AFTER_S

    def may_end(self, now: float) -> bool:
        """Told to go long ago, and with nothing of it in hand. Slack usually closes it before that."""
        return self._told_at is not None and not self.in_hand and now - self._told_at >= LEAVES_AFTER_S

    async def listen(self) -> None:
        """Until the connection ends. Does not raise."""
        with suppress(ClientError, OSError):
            # aiohttp's own iteration ends with the connection, whoever closed it.
            async for message in self._socket:
                self._hear()
                if message.type is WSMsgType.TEXT:
                    self._read(message.data)
                elif message.type is WSMsgType.PING:
                    await self._socket.pong(message.data)
        self.is_closed = True
        self._noted()

    async def ping(self, now: float) -> None:
        """If it is time to."""
        if now - self._pinged_at >= PING_EVERY_S or not self.is_proven:
            self._pinged_at = now
            with suppress(ClientError, OSError):
                await self._socket.ping(b"waymark")

    async def say(self, text: str) -> bool:
        """Whether it could be said; nobody knows whether it arrived."""
        try:
            await self._socket.send_str(text)
        except (ClientError, OSError):
            return False
        return True

    async def close(self) -> None:
        with suppress(ClientError, OSError):
            await self._socket.close()

    def _hear(self) -> None:
        self._heard_at = now = self._clock()
        if self.is_greeted and now - self._opened_at >= PROVEN_AFTER_S and not self.is_proven:
            self.is_proven = True
            self._noted()

    def _read(self, text: str) -> None:
        match read_said(text):
            case Hello():
                self.is_greeted = True
                self._noted()
            case Disconnect(reason):
                # It is listened to until it ends: what comes until then is answered on it.
                if self.told_because is None:
                    self.told_because, self._told_at = reason, self._clock()
                self._noted()
            case Envelope() as envelope:
                self._take(self, envelope)
            case None:
                pass

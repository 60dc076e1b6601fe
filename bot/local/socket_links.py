"""One connection of Socket Mode, from Slack's side: hello, envelopes, their answers, and how it ends."""

import asyncio
import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from bot.local.outgoing import Answer
from bot.local.parcels import Parcel

PING_EVERY_S = 5.0
WARNED_BEFORE_S = 10.0
"""So long a connection that was told to go is kept at most."""
_LOOK_EVERY_S = 0.01
_ANSWERED = {"slash_commands"}
_ANSWERED_INTERACTIONS = {"view_submission", "block_suggestion"}


class Link:
    """Used in the loop of `Sockets` alone."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self._socket = socket
        self._request = request
        self._answers: dict[str, asyncio.Future[Answer]] = {}
        self.is_greeted = False
        self.is_told_to_go = False
        self.is_hushed = False
        """As when something on the way swallows all: it says nothing, and does not hear what is said."""

    @property
    def is_idle(self) -> bool:
        return not self._answers

    async def greet(self, app_id: str, connections: int, lasts_s: float) -> None:
        await self._say(
            {
                "type": "hello",
                "num_connections": connections,
                "debug_info": {
                    "host": "applink-local",
                    "build_number": 1,
                    "approximate_connection_time": int(lasts_s),
                },
                "connection_info": {"app_id": app_id},
            }
        )

    async def tell_to_go(self, reason: str) -> None:
        """What follows a warning or a refresh is up to `Sockets`."""
        self.is_told_to_go = True
        debug_info = {"host": "applink-local"}
        await self._say({"type": "disconnect", "reason": reason, "debug_info": debug_info})

    async def deliver(self, parcel: Parcel, within_s: float) -> Answer:
        """Send it in an envelope; the answer, or Slack's reason for why there is none."""
        envelope_id = str(uuid4())
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answers[envelope_id] = answer
        try:
            await self._say(_envelope(envelope_id, parcel))
            return await asyncio.wait_for(answer, within_s)
        except TimeoutError:
            return Answer(failure="http_timeout")
        except ConnectionError:
            return Answer(failure="connection_failed")
        finally:
            del self._answers[envelope_id]

    async def listen(self) -> None:
        """Until the connection ends."""
        pinging = asyncio.get_running_loop().create_task(self._ping())
        try:
            async for message in self._socket:
                if self.is_hushed:
                    continue
                if message.type is WSMsgType.PING:
                    await self._socket.pong(message.data)
                elif message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            pinging.cancel()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_result(Answer(failure="connection_failed"))

    async def close(self) -> None:
        await self._socket.close()

    async def close_when_done(self) -> None:
        """Once what was sent on it is answered, and at the latest when its time is over."""
        for _ in range(int(WARNED_BEFORE_S / _LOOK_EVERY_S)):
            if self.is_idle:
                break
            await asyncio.sleep(_LOOK_EVERY_S)
        await self.close()

    def drop(self) -> None:
        """Break it, without a word."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def _ping(self) -> None:
        # A connection that has ended is noticed by `listen`.
        with suppress(ConnectionError):
            while True:
                if not self.is_hushed:
                    await self._socket.ping(b"Ping from applink-local")
                await asyncio.sleep(PING_EVERY_S)

    async def _say(self, message: dict[str, Any]) -> None:
        if not self.is_hushed:
            # A lone half of a surrogate pair cannot be sent, as little as over HTTP.
            written = json.dumps(message, ensure_ascii=False).encode(errors="replace").decode()
            await self._socket.send_str(written)

    def _take(self, text: str) -> None:
        """The answer to an envelope; anything else is passed over, as Slack does."""
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return
        if not isinstance(said, dict):
            return
        # An answer counts on the connection alone on which its envelope came: Slack promises nothing else.
        answer = self._answers.get(str(said.get("envelope_id")))
        if answer is not None and not answer.done():
            payload = said.get("payload")
            body = b"" if payload is None else json.dumps(payload).encode()
            answer.set_result(Answer(200, {"content-type": "application/json"}, body))


def _envelope(envelope_id: str, parcel: Parcel) -> dict[str, Any]:
    answered = parcel.kind in _ANSWERED or parcel.payload.get("type") in _ANSWERED_INTERACTIONS
    envelope = {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "accepts_response_payload": answered,
        "payload": dict(parcel.payload),
    }
    if parcel.kind == "events_api":
        # Socket Mode's own word for what HTTP calls http_timeout, connection_failed, …
        reason = "timeout" if parcel.attempt else ""
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": reason}
    return envelope

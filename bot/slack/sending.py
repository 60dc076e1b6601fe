"""One try to bring one delivery to where it should be: drawn, looked for, sent. Writes nothing down."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.calling import Answer, NotConnectedError
from bot.slack.chart_ladder import NotReadyError, Taken
from bot.slack.effects import Block, Message
from bot.slack.kinds import Asking, Drawn, Kind, Ready, Unneeded, Wait
from bot.slack.lines import Line
from bot.slack.looking_up import find_message
from bot.slack.metadata import metadata_of
from bot.slack.refusals import SHUT_OUT_AGAIN, STAYS, UNKNOWN_AGAIN, is_shut_out, patience_with
from bot.slack.results import Failed, Found, Postponed, Result, Sent, Settled, back_off
from storage.charts_drawn import find_refusal
from storage.database import Database, Tx
from storage.deliveries import CHANGE, POST, TAKE_AWAY, Delivery


class Sending:
    """A try. `may_go_on`: there is still time to send it, and nobody wants the sender to stop."""

    def __init__(
        self,
        database: Database,
        line: Line,
        *,
        clock: Callable[[], datetime],
        may_go_on: Callable[[], bool],
    ) -> None:
        self._database = database
        self._caller = line.caller
        self._direct = line.direct
        self._clock = clock
        self._may_go_on = may_go_on
        self._ladder = line.ladder
        self._is_posting = self._is_refused = False
        self._charts_refused_at: datetime | None = None

    async def run(self, delivery: Delivery, kind: Kind) -> Result:
        """What came of it. Raises UnreachableError, if it could not be drawn; then nothing was sent."""
        is_posted = delivery.message_ts is not None
        if not (delivery.is_wanted or is_posted or delivery.is_unsure):
            return Settled()
        drawn: Drawn | Asking = Unneeded()
        if delivery.is_wanted or not is_posted:
            drawn = await asyncio.to_thread(self._draw, delivery, kind)
        if isinstance(drawn, Wait) and delivery.is_wanted:
            return Postponed(drawn.until, is_unsure=delivery.is_unsure, counts=False)
        return await self._tried(delivery, drawn)

    def given_back(self, delivery: Delivery, answers_within: timedelta) -> Postponed:
        """For the next process to go on with at once, if the try was broken off.

        What was posted and is not answered yet may still come to stand there: it is looked for once Slack
        would have answered, and not before.
        """
        if self._is_posting:
            return Postponed(self._clock() + answers_within, is_unsure=True, counts=False)
        is_unsure = delivery.is_unsure and not self._is_refused
        return Postponed(self._clock(), is_unsure=is_unsure, counts=False)

    async def _tried(self, delivery: Delivery, drawn: Drawn | Asking) -> Result:
        try:
            if isinstance(drawn, Asking):
                drawn = await asyncio.to_thread(self._draw_again, await drawn.ask(self._caller, self._clock))
            return await self._reach(delivery, drawn)
        except SlackRefusedError as error:
            return self._refused(delivery, error)
        except NotReadyError:
            return self._later(delivery, is_unsure=False)
        except NotConnectedError:
            return self._later(delivery, is_unsure=delivery.is_unsure and not self._is_refused)
        except SlackUnreachableError:
            return self._later(
                delivery, is_unsure=self._is_posting or (delivery.is_unsure and not self._is_refused)
            )

    def _draw_again(self, draw: Callable[[Tx, datetime], Drawn]) -> Drawn:
        with self._database.turns.taken(), self._database.read() as tx:
            return draw(tx, self._clock())

    def _draw(self, delivery: Delivery, kind: Kind) -> Drawn | Asking:
        # Nobody waits for it as they do for an answer, with which it may share a process.
        with self._database.turns.taken(), self._database.read() as tx:
            drawn = kind.draw(tx, delivery, self._clock())
            if isinstance(drawn, Ready) and drawn.message.charts:
                self._charts_refused_at = find_refusal(tx, delivery.workspace_id)
            return drawn

    async def _reach(self, delivery: Delivery, drawn: Drawn) -> Result:
        if delivery.message_ts is not None and delivery.posted_in is not None:
            return await self._change(delivery, delivery.posted_in, delivery.message_ts, drawn)
        thread_ts = None if isinstance(drawn, Wait) else drawn.thread_ts
        if not delivery.is_unsure and not isinstance(drawn, Ready):
            return Settled()
        channel_id = await self._direct.channel_for(self._caller, delivery.channel_id)
        if delivery.is_unsure:
            found = await find_message(self._caller, channel_id, thread_ts, delivery.key, delivery.created_at)
            if found is not None:
                return Found(channel_id, found)
        if not delivery.is_wanted or not isinstance(drawn, Ready):
            return Settled()
        if not self._may_go_on():
            return Postponed(self._clock(), is_unsure=False, counts=False)
        return await self._post(delivery, channel_id, drawn)

    async def _post(self, delivery: Delivery, channel_id: str, drawn: Ready) -> Result:
        arguments: dict[str, Any] = {
            "channel": channel_id,
            "metadata": metadata_of(delivery.key),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if drawn.thread_ts is not None:
            arguments |= {"thread_ts": drawn.thread_ts, "reply_broadcast": drawn.is_broadcast}
        taken = await self._send(delivery, drawn.message, POST, arguments)
        return Sent(str(taken.answer["channel"]), str(taken.answer["ts"]), drawn=taken.drawn)

    async def _change(self, delivery: Delivery, channel_id: str, ts: str, drawn: Drawn) -> Result:
        if not delivery.is_wanted:
            await self._caller.call(TAKE_AWAY, channel=channel_id, ts=ts)
            return Settled()
        if not isinstance(drawn, Ready):
            return Settled()
        taken = await self._send(delivery, drawn.message, CHANGE, {"channel": channel_id, "ts": ts})
        return Sent(channel_id, ts, is_new=False, drawn=taken.drawn)

    async def _send(
        self, delivery: Delivery, message: Message, method: str, arguments: dict[str, Any]
    ) -> Taken:
        async def post(blocks: list[Block]) -> Answer:
            if message.charts and not self._may_go_on():
                # Drawing and sending pictures has taken its time; they are there for the next try.
                raise NotReadyError
            self._is_posting = method == POST
            try:
                return await self._caller.call(method, **arguments, text=message.text, blocks=blocks)
            except SlackRefusedError:
                self._is_posting, self._is_refused = False, method == POST
                raise

        attempts, refused_at = delivery.attempts, self._charts_refused_at
        return await self._ladder.climb(message, self._caller, attempts, refused_at, post)

    def _refused(self, delivery: Delivery, error: SlackRefusedError) -> Result:
        # What was looked for before it was posted is not there, and now it is certain that it still is not.
        is_unsure = delivery.is_unsure and not self._is_refused
        if error.retry_after_s is not None:
            until = self._clock() + timedelta(seconds=max(1, error.retry_after_s))
            return Postponed(until, is_unsure=is_unsure, counts=False, paused=error.method)
        if error.code in STAYS:
            return Settled()
        now = self._clock()
        since = delivery.refused_since or now
        if now - since >= patience_with(error.code):
            return Failed(error.code) if delivery.is_wanted else Settled()
        if is_shut_out(error.code):
            # So is all else that needs this method: one minute after the other, a few find out for all.
            until = now + SHUT_OUT_AGAIN
            return Postponed(until, is_unsure, counts=False, paused=error.method, refused_since=since)
        until = now + back_off(delivery.attempts, UNKNOWN_AGAIN)
        return Postponed(until, is_unsure, refused_since=since)

    def _later(self, delivery: Delivery, *, is_unsure: bool) -> Postponed:
        return Postponed(self._clock() + back_off(delivery.attempts), is_unsure=is_unsure)

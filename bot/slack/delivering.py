"""One delivery that was claimed: sent, and what came of it written down. See bot/slack/sender.py."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import current
from bot.current import Current
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.kinds import Kind, Kinds
from bot.slack.lines import Lines
from bot.slack.outage import Outage
from bot.slack.recorder import Recorder
from bot.slack.results import Failed, Postponed, Result, back_off
from bot.slack.sending import Sending
from storage.database import Database
from storage.deliveries import Delivery
from storage.errors import UnreachableError

_log = logging.getLogger(__name__)

CALLS_IN_A_LEASE = 4
"""So long may one of them take, and after the last nothing more is begun."""
_UNKNOWN_KIND = timedelta(minutes=1)
"""A newer version, which knows it, may run beside this one."""
_NO_TOKEN = timedelta(minutes=1)


def doing(delivery: Delivery) -> Current:
    return Current(kind=delivery.kind, workspace_id=delivery.workspace_id, delivery=delivery.key)


@dataclass(frozen=True)
class Delivering:
    """`lease`: how long one try may take. `is_stopping`: whether nothing more is to be begun."""

    database: Database
    kinds: Kinds
    clock: Callable[[], datetime]
    lease: timedelta
    recorder: Recorder
    database_away: Outage
    is_stopping: Callable[[], bool]

    async def deliver(self, delivery: Delivery, lines: Lines, began: float) -> None:
        """`began`: when its lease did, by the clock of the loop. What is cancelled is given back."""
        # Of this task alone.
        current.begin(doing(delivery))
        lasts_s = self.lease.total_seconds()
        kind = self.kinds.get(delivery.kind)
        if kind is None:
            _log.warning("delivery %s is of a kind that is not known here: %s", delivery.key, delivery.kind)
            until = self.clock() + _UNKNOWN_KIND
            result: Result = Postponed(until, is_unsure=delivery.is_unsure, counts=False)
        else:
            result = await self._try(delivery, kind, lines, began)
        if isinstance(result, Failed):
            _log.warning("delivery %s will never be sent: %s", delivery.key, result.because)
        await self.recorder.record(delivery, result, began + lasts_s)

    async def _try(self, delivery: Delivery, kind: Kind, lines: Lines, began: float) -> Result:
        loop = asyncio.get_running_loop()
        lasts_s = self.lease.total_seconds()
        last_call_at = began + lasts_s * (1 - 1 / CALLS_IN_A_LEASE)

        def may_go_on() -> bool:
            return not self.is_stopping() and loop.time() < last_call_at

        sending: Sending | None = None
        try:
            line = await lines.to(delivery.workspace_id)
            sending = Sending(self.database, line, clock=self.clock, may_go_on=may_go_on)
            return await sending.run(delivery, kind)
        except UnreachableError as error:
            self.database_away.went(error)
            until = self.clock()
        except (SlackRefusedError, SlackUnreachableError) as error:
            # There is no token to try it with.
            _log.warning("delivery %s waits: %s", delivery.key, error)
            until = self.clock() + _NO_TOKEN
        except asyncio.CancelledError:
            # By the end of the sender alone: not passed on, so that it is written down who may go on.
            if sending is not None:
                return sending.given_back(delivery, timedelta(seconds=lasts_s / CALLS_IN_A_LEASE))
            until = self.clock()
        return Postponed(until, is_unsure=delivery.is_unsure, counts=False)

    async def put_off(self, delivery: Delivery) -> None:
        """A mistake of ours: tried again, since it may be put right by a newer version."""
        later = Postponed(self.clock() + back_off(delivery.attempts), is_unsure=delivery.message_ts is None)
        await self.recorder.record(delivery, later, asyncio.get_running_loop().time())

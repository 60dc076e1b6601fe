"""What came of one try to bring a delivery to where it should be, and how that is written down."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slack.kinds import Kind
from storage.charts_drawn import record_charts
from storage.database import Tx
from storage.deliveries import (
    Delivery,
    record_failed,
    record_found,
    record_postponed,
    record_sent,
    record_settled,
)
from storage.pauses import record_pause


@dataclass(frozen=True, slots=True)
class Sent:
    """Slack has it; `is_new`: it was posted, and not changed in its place.

    `drawn`: whether Slack drew its charts; None for one without, or where that was not tried.
    """

    posted_in: str
    message_ts: str
    is_new: bool = True
    drawn: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An earlier try had posted it."""

    posted_in: str
    message_ts: str


@dataclass(frozen=True, slots=True)
class Settled:
    """Nothing is left to be done."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """To be tried again then. `is_unsure`: it may be there. `counts`: see storage's record_postponed.

    `paused`: the method that is to be left alone until then. `refused_since`: since when Slack refuses it.
    """

    until: datetime
    is_unsure: bool
    counts: bool = True
    paused: str | None = None
    refused_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """It will never be there; Slack's word for why."""

    because: str


Result = Sent | Found | Settled | Postponed | Failed


def name_of(result: Result) -> str:
    """In the metrics."""
    is_change = isinstance(result, Sent) and not result.is_new
    return "changed" if is_change else type(result).__name__.lower()


_FIRST, LONGEST = timedelta(seconds=2), timedelta(minutes=5)
# Not for secrets, but with no seed to share between processes that were started at the same time.
_random = random.SystemRandom()


def back_off(attempts: int, bound: timedelta = LONGEST) -> timedelta:
    """How long to wait after so many tries: twice as long each time up to a bound, and a bit less."""
    longest = min(bound, _FIRST * 2 ** min(attempts, 20))
    return timedelta(seconds=longest.total_seconds() * _random.uniform(0.5, 1))


def record_result(tx: Tx, delivery: Delivery, result: Result, kind: Kind | None, now: datetime) -> bool:
    """Write it down with what follows from it, unless somebody else has the delivery by now."""
    _learn(tx, delivery, result, now)
    match result:
        case Sent(posted_in, message_ts, is_new):
            held = record_sent(tx, delivery, posted_in, message_ts, now)
            if held and is_new and kind:
                kind.sent(tx, _at(delivery, posted_in, message_ts), posted_in, message_ts, now)
        case Found(posted_in, message_ts):
            held = record_found(tx, delivery, posted_in, message_ts, now)
            if held and kind:
                kind.sent(tx, _at(delivery, posted_in, message_ts), posted_in, message_ts, now)
        case Settled():
            held = record_settled(tx, delivery, now)
        case Postponed(until, is_unsure, counts, paused, refused_since):
            held = record_postponed(
                tx, delivery, until, is_unsure=is_unsure, counts=counts, refused_since=refused_since
            )
            if paused:
                # Of use to all, whoever has the delivery.
                record_pause(tx, delivery.workspace_id, paused, until)
        case Failed(because):
            held = record_failed(tx, delivery, because, now)
            if held and kind:
                kind.failed(tx, delivery, because, now)
    return held


def _learn(tx: Tx, delivery: Delivery, result: Result, now: datetime) -> None:
    """What it says of charts is of use to all, whoever has the delivery by now."""
    if isinstance(result, Sent) and result.drawn is not None:
        record_charts(tx, delivery.workspace_id, drawn=result.drawn, now=now)


def _at(delivery: Delivery, posted_in: str, message_ts: str) -> Delivery:
    return delivery.model_copy(update={"posted_in": posted_in, "message_ts": message_ts})

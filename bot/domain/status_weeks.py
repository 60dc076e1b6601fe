"""How many outcomes had which status at the end of each of the last weeks. Pure.

A week ends on Sunday at midnight where the workspace is; the last one is not over, and stands as of now. An
outcome counts from the day that it came onto the record until it is taken off, with the status that was said
of it last by then. What is done or dropped stays in the count: it is a part of the record.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.domain.days import end_of_day
from storage.records import OutcomeStatus
from storage.said import OnRecord, StatusSaid

WEEKS = 12
FEWEST = 3
"""Outcomes of which a picture says more than their lines do."""


@dataclass(frozen=True, slots=True)
class WeekOfStatuses:
    """`last_day` is None for the week that is not over. Outcomes of which nothing was said are under None."""

    last_day: date | None
    counts: Mapping[OutcomeStatus | None, int]


def week_ends(zone: tzinfo, now: datetime, weeks: int = WEEKS) -> tuple[tuple[date | None, datetime], ...]:
    """The last day of each week and the instant at which it is over; the last entry is now."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    sundays = [monday - timedelta(weeks=back, days=1) for back in range(weeks - 2, -1, -1)]
    return (*((day, end_of_day(day, zone)) for day in sundays), (None, now))


def earliest_end(now: datetime) -> datetime:
    """An instant before the end of the first of these weeks, wherever the workspace is."""
    return now - timedelta(weeks=WEEKS, days=1)


def next_week_at(zone: tzinfo, now: datetime) -> datetime:
    """When the week is over that is not over yet."""
    today = now.astimezone(zone).date()
    return end_of_day(today + timedelta(days=6 - today.weekday()), zone)


def say_something(weeks: Sequence[WeekOfStatuses]) -> bool:
    """Whether a chart of them is worth its place: of FEWEST outcomes now, and no week like the other."""
    told = [week.counts for week in weeks if week.counts]
    has_status = any(status is not None for counts in told for status in counts)
    has_moved = any(counts != told[-1] for counts in told)
    return has_status and has_moved and sum(weeks[-1].counts.values()) >= FEWEST


def count_statuses(
    on_record: Sequence[OnRecord], said: Iterable[StatusSaid], ends: Sequence[tuple[date | None, datetime]]
) -> tuple[WeekOfStatuses, ...]:
    """By the end of each week. `said` stands in the order in which it was said."""
    times: dict[int, list[datetime]] = {}
    statuses: dict[int, list[OutcomeStatus | None]] = {}
    for each in said:
        times.setdefault(each.outcome_id, []).append(each.at)
        statuses.setdefault(each.outcome_id, []).append(each.status)
    found = []
    for last_day, at in ends:
        counts = Counter[OutcomeStatus | None]()
        for outcome_id, since, until in on_record:
            if since > at or (until is not None and until <= at):
                continue
            newest = bisect_right(times.get(outcome_id, []), at) - 1
            counts[statuses[outcome_id][newest] if newest >= 0 else None] += 1
        found.append(WeekOfStatuses(last_day, counts))
    return tuple(found)

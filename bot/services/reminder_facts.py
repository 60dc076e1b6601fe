"""From what storage has of a thing to what the rules look at: the one place that knows both."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import reminder_hours
from bot.domain.freshness import GOAL_HOLDS
from bot.domain.reminder_ladder import Told
from bot.domain.reminder_rules import Facts, Moment
from bot.domain.working_days import next_working_day
from storage.people import NO_ZONE
from storage.reminder_candidates import Candidate, Period
from storage.reminders import GOAL
from storage.settings import WorkspaceSettings

_AHEAD, _BEHIND = timedelta(days=21), timedelta(days=35)
"""Target dates that a rule may look at, on any day and in any zone."""
_DAY = timedelta(days=1)


def facts_of(candidate: Candidate) -> Facts:
    held_at = candidate.vouched_at if candidate.outcome_id == GOAL else None
    return Facts(
        vouched_at=candidate.vouched_at,
        stale_at=candidate.stale_at,
        due_on=candidate.due_on,
        left_id=candidate.left_id,
        disowned_at=candidate.disowned_at,
        goal_held_at=held_at,
        goal_old_at=held_at and held_at + GOAL_HOLDS,
        snoozed_until=candidate.snoozed_until,
    )


def told_of(candidate: Candidate) -> tuple[Told, ...]:
    return tuple(Told(*row[1:]) for row in candidate.told)


def period_at(now: datetime) -> Period:
    """What is to be looked at: no rule finds anything due in what lies outside."""
    today = now.date()
    return Period(now, today - _BEHIND, today + _AHEAD, now - GOAL_HOLDS)


def moment_at(now: datetime, zone: ZoneInfo, days_off: Container[date]) -> Moment:
    today = now.astimezone(zone).date()
    return Moment(now, zone, today, next_working_day(today, days_off) or today + _DAY)


def zone_named(name: str | None) -> ZoneInfo:
    """Names in the database are IANA's; UTC for one that this machine no longer knows."""
    try:
        return ZoneInfo(name or NO_ZONE)
    except (ValueError, OSError, KeyError):
        return ZoneInfo(NO_ZONE)


def hour_of(settings: WorkspaceSettings) -> time:
    """When people of this workspace are reminded, on their own clock."""
    return reminder_hours.AT if settings.remind_at is None else time.fromisoformat(settings.remind_at)


def budget_of(settings: WorkspaceSettings) -> int:
    """How many messages a week; 0: none, and no lines in channels."""
    return reminder_hours.BUDGET if settings.reminder_budget is None else settings.reminder_budget

"""What holds for a whole workspace: its zone, days off, where its digest goes, when outcomes are stale."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.command_line import words_in
from bot.domain.day_ranges import DayRange, split_range
from bot.domain.public_holidays import find_country, nearest_country
from bot.domain.zones import find_zone, nearest_zones
from bot.errors import TextTooLongError, WrongDateError
from bot.errors_quiet import (
    BackwardsError,
    NoDayOffError,
    TooManyDaysError,
    UnknownCountryError,
    UnknownZoneError,
)
from bot.services import quiet
from bot.services.asking import Asker
from bot.services.dating import read_day_from, today_of
from bot.services.digests import keep_digest_times
from bot.services.freshness import require_possible
from bot.services.next_times import keep_next_times
from bot.services.reminder_facts import budget_of
from bot.services.rights import require_known_channel, require_may_set
from storage import settings
from storage.database import Tx
from storage.records import Thresholds
from storage.reminder_turns import recall_turns
from storage.settings import WorkspaceSettings
from storage.workspaces import lock_workspace

MOST_DAYS = 366
LONGEST_NAME = 150
UNNAMED = "Day off"
_SHOWN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Shown:
    """The settings, and the days off to come: `own` are of the workspace's own list, all of them.

    Public holidays are those of a year.
    """

    settings: WorkspaceSettings
    days: Mapping[date, str]
    own: Collection[date]


def read_settings(tx: Tx, asker: Asker, now: datetime) -> Shown:
    today = today_of(asker, now)
    own = settings.list_days_off(tx, asker.workspace_id, today)
    days = quiet.days_off(tx, asker.workspace_id, today)
    shown = {day: name for day, name in days.items() if day in own or day - today <= _SHOWN}
    return Shown(settings.get_settings(tx, asker.workspace_id), shown, own.keys())


def set_zone(tx: Tx, asker: Asker, typed: str | None) -> str | None:
    """IANA's name of it; None for none. Raises UnknownZoneError, CannotSetError."""
    zone = None if typed is None else find_zone(typed)
    if typed is not None and zone is None:
        raise UnknownZoneError(typed, nearest_zones(typed))
    _begin(tx, asker)
    settings.change_settings(tx, asker.workspace_id, zone=zone)
    return zone


def set_country(tx: Tx, asker: Asker, typed: str | None, now: datetime) -> str | None:
    """`DE`, `DE-BY`; None for none. Raises UnknownCountryError, CannotSetError."""
    country = None if typed is None else find_country(typed)
    if typed is not None and country is None:
        raise UnknownCountryError(typed, nearest_country(typed))
    _begin(tx, asker)
    settings.change_settings(tx, asker.workspace_id, country=country)
    _keep_times(tx, asker.workspace_id, now)
    return country


def set_digest_channel(tx: Tx, asker: Asker, channel_id: str | None) -> None:
    """Raises UnknownChannelError, CannotSetError."""
    _begin(tx, asker)
    if channel_id is not None:
        require_known_channel(tx, asker, channel_id)
    settings.change_settings(tx, asker.workspace_id, digest_channel_id=channel_id)


def set_remind_at(tx: Tx, asker: Asker, at: time, now: datetime) -> int:
    """When people are reminded, on their own clock. Returns how often a week. Raises CannotSetError."""
    _begin(tx, asker)
    settings.change_settings(tx, asker.workspace_id, remind_at=f"{at:%H:%M}")
    recall_turns(tx, asker.workspace_id, now)
    return budget_of(settings.get_settings(tx, asker.workspace_id))


def set_reminder_budget(tx: Tx, asker: Asker, budget: int) -> None:
    """How many messages a week remind one person; 0: nobody is reminded. Raises CannotSetError."""
    _begin(tx, asker)
    settings.change_settings(tx, asker.workspace_id, reminder_budget=budget)


def set_thresholds(tx: Tx, asker: Asker, thresholds: Thresholds | None) -> None:
    """For every project that has none of its own; None for the usual ones.

    Raises ImpossibleThresholdsError, CannotSetError.
    """
    if thresholds is not None:
        require_possible(thresholds)
    _begin(tx, asker)
    settings.change_settings(
        tx,
        asker.workspace_id,
        due_after_days=thresholds and thresholds.due_after_days,
        stale_after_days=thresholds and thresholds.stale_after_days,
    )


def add_days_off(tx: Tx, asker: Asker, typed: str, now: datetime) -> tuple[DayRange, int]:
    """`2026-12-24 to 2027-01-01 Year-end break`: which days these are, and how many of them are new.

    Raises NotUnderstoodError, UnclearDateError, WrongDateError for what is past, BackwardsError,
    TooManyDaysError, TextTooLongError, CannotSetError.
    """
    days, name = _read_range(asker, typed, now)
    if len(name) > LONGEST_NAME:
        raise TextTooLongError(name, LONGEST_NAME)
    if days.last < today_of(asker, now):
        raise WrongDateError(days.last, is_past=True)
    named = DayRange(days.first, days.last, name or UNNAMED)
    _begin(tx, asker)
    count = settings.add_days_off(tx, asker.workspace_id, dict.fromkeys(named.days(), named.name))
    _keep_times(tx, asker.workspace_id, now)
    return named, count


def remove_days_off(tx: Tx, asker: Asker, typed: str, now: datetime) -> tuple[DayRange, int]:
    """Which days were typed, and how many were on the list. Raises as `add_days_off`, and NoDayOffError."""
    days, _name = _read_range(asker, typed, now)
    _begin(tx, asker)
    count = settings.remove_days_off(tx, asker.workspace_id, list(days.days()))
    if count == 0:
        off = quiet.days_off(tx, asker.workspace_id, days.first)
        raise NoDayOffError(days.first, days.last, off.get(days.first))
    _keep_times(tx, asker.workspace_id, now)
    return days, count


def add_calendar(tx: Tx, workspace_id: str, days: Mapping[date, str], now: datetime) -> int:
    """Days off from a calendar file; how many of them are new."""
    lock_workspace(tx, workspace_id)
    count = settings.add_days_off(tx, workspace_id, days)
    _keep_times(tx, workspace_id, now)
    return count


def _keep_times(tx: Tx, workspace_id: str, now: datetime) -> None:
    """Days off are others: what comes by itself may come on another day."""
    keep_next_times(tx, workspace_id, now)
    keep_digest_times(tx, workspace_id, now)


def _begin(tx: Tx, asker: Asker) -> None:
    require_may_set(tx, asker)
    lock_workspace(tx, asker.workspace_id)


def _read_range(asker: Asker, typed: str, now: datetime) -> tuple[DayRange, str]:
    today = today_of(asker, now)
    words = split_range(typed, today)
    first = read_day_from(words.first, today, "future")
    last = first if words.last is None else read_day_from(words.last, first, "future")
    if last < first:
        raise BackwardsError(first, last)
    if last - first >= timedelta(days=MOST_DAYS):
        raise TooManyDaysError(first, last, MOST_DAYS)
    return DayRange(first, last, ""), words_in(words.rest)

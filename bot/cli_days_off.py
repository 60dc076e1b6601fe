"""`python -m bot days-off FILE`: the all-day events of a calendar file become days off of the workspace."""

import argparse
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli_import import InputError, workspace_meant
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.domain.calendar_file import CalendarDays

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_AHEAD = timedelta(days=2 * 366)
_NAMED = 5
"""Events that cannot be read: enough to find the others."""


def add_days_off(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    days = commands.add_parser("days-off", help="read days off from a calendar file (.ics)")
    days.add_argument("file", metavar="FILE", help="the calendar's file")
    days.add_argument("--dry-run", action="store_true", help="say what would be added, and change nothing")
    days.add_argument("--workspace", metavar="ID", help="needed only when the database has several")
    days.set_defaults(command=run_days_off)


def run_days_off(options: argparse.Namespace, settings: Settings) -> None:
    from bot import clock
    from bot.domain.days import zone_of
    from bot.services.workspace_settings import add_calendar
    from storage.migrate import open_database
    from storage.people import NO_ZONE
    from storage.settings import get_settings

    data = _read(options.file)
    now = clock.now()
    with (
        closing(open_database(settings.database_url)) as database,
        database.write(dry_run=options.dry_run) as tx,
    ):
        workspace_id = workspace_meant(tx, options.workspace)
        today = now.astimezone(zone_of(get_settings(tx, workspace_id).zone or NO_ZONE)).date()
        found = _days_in(data, options.file, today)
        count = add_calendar(tx, workspace_id, found.days, now)
    print(_report(found, count, dry_run=options.dry_run))


def _read(name: str) -> bytes:
    from bot.domain.calendar_file import LARGEST

    try:
        with Path(name).open("rb") as file:
            # Not all of it: a device has no end.
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise InputError(f"{name} is larger than {LARGEST // 1_000_000} MB: is it a calendar of days off?")
    return data


def _days_in(data: bytes, name: str, today: date) -> "CalendarDays":
    from bot.domain.calendar_file import NotACalendarError, read_calendar

    try:
        found = read_calendar(data, today, today + _AHEAD)
    except NotACalendarError as error:
        raise InputError(
            f"{name} is no calendar file (.ics), or a broken one. Nothing was changed."
        ) from error
    if not found.days:
        raise InputError(
            f"{name} has no all-day event in the next two years (of {found.events} events, {found.timed} are "
            "at a time of day). Nothing was changed."
        )
    return found


def _report(found: "CalendarDays", count: int, *, dry_run: bool) -> str:
    from bot.domain.day_ranges import ranges_of

    verb = "Would add" if dry_run else "Added"
    known = len(found.days) - count
    there = f" ({known} more were there already)" if known else ""
    lines = [f"{verb} {count} {'day' if count == 1 else 'days'} off{there}:"]
    if not count:
        lines = [f"Nothing to add: these {known} days were there already, and have the names that follow."]
    for days in ranges_of(found.days):
        to = f" to {days.last.isoformat()}" if days.last != days.first else ""
        lines.append(f"  {days.first.isoformat()}{to}  {days.name}")
    if found.timed:
        lines.append(f"Left out, since they are at a time of day: {found.timed} of {found.events} events.")
    if found.unread:
        names = ", ".join(found.unread[:_NAMED]) + (", …" if len(found.unread) > _NAMED else "")
        lines.append(f"Left out, since they cannot be read: {names}.")
    return "\n".join(lines)

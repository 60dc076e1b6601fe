"""What is said of quiet time (days off, who is away) and of a workspace's settings. See `bot.texts`."""

from collections.abc import Callable
from datetime import date, datetime
from typing import assert_never

from bot.domain.day_ranges import DayRange
from bot.errors_quiet import (
    AnyQuietError,
    BackwardsError,
    CannotSetError,
    NoDayOffError,
    NotAwayError,
    TooManyDaysError,
    UnclearReminderError,
    UnknownCountryError,
    UnknownZoneError,
)
from bot.texts_changes import day_in_words
from bot.texts_rights import ask_whom

HOW_TO_BE_AWAY = (
    "`/project away until DATE` says on which day you are back, `/project away off` that you are. "
    "A status in Slack that says so (🌴 vacation, 🤒 out sick, OOO) counts, too."
)
BACK = "👋 Welcome back."

SETTINGS = "What holds for all projects here. Every full member may change it, admins alone the public page."
NO_ZONE = "none: where a project says none, it is that of whoever plans its check-ins"
NO_COUNTRY = "none"
NO_LINES = "nowhere"
NO_DAYS_OFF = "None are to come."
HOLIDAYS_OF_A_YEAR = "Public holidays are shown for a year; they count for longer."
HOW_TO_SET = (
    "`/project settings` and `zone Europe/Berlin`, `country DE-BY`, `lines #channel`, `reminders 3`, or "
    "`none` in place of one; `reminders 08:30`; `freshness due 7 stale 21`; "
    "`page on` (admins: a page of the public projects for everybody, see `/project page`); "
    "`days-off add 2026-12-24 to 2027-01-01 Year-end break`, `days-off remove 2026-12-24`. "
    "A prompt on a day off moves to the next working day."
)
ZONE_UNSET = "✏️ The workspace has no time zone of its own now."
COUNTRY_UNSET = "✏️ Public holidays are no days off now."
LINES_UNSET = "✏️ No channel gets a line after each check-in now."


def zone_set(zone: str) -> str:
    return f"✏️ The workspace's time zone is {zone} now. Projects that have one keep theirs."


def country_set(name: str, country: str) -> str:
    """`name` is escaped."""
    return f"✏️ The public holidays of {name} (`{country}`) are days off now."


def lines_set(channel_id: str) -> str:
    return (
        f"✏️ After each check-in, a line about it goes to <#{channel_id}> from now on. Waymark has to be in "
        "there to write: `/invite @Waymark`. The round-up of a whole week is set by "
        "`/project digest #channel fri 15:00`."
    )


def days_in_words(days: DayRange) -> str:
    """`Thursday 24 December 2026 to Friday 1 January 2027`, without the name."""
    if days.first == days.last:
        return day_in_words(days.first)
    return f"{day_in_words(days.first)} to {day_in_words(days.last)}"


def days_added(days: DayRange, count: int) -> str:
    """`days.name` is escaped. `count`: how many of them are new."""
    many = "1 day off is" if count == 1 else f"{count} days off are"
    what = f"{many} added" if count else "The name is changed"
    return f"📅 {what}: {days_in_words(days)}, {days.name}."


def days_removed(days: DayRange, count: int) -> str:
    many = "1 day is" if count == 1 else f"{count} days are"
    return f"📅 {many} no longer off: {days_in_words(days)}."


def away_by_word(who: str, until: date) -> str:
    """`who` is "You are", or somebody's mention with "is"."""
    return f"🌴 {who} away until {day_in_words(until)}, and back on that day."


def away_by_status(who: str, until: datetime | None) -> str:
    """As `away_by_word`, by the status in Slack."""
    if until is None:
        return f"🌴 {who} away, says the status in Slack, until it is cleared or changed there."
    at = f"<!date^{int(until.timestamp())}^{{date_short_pretty}} {{time}}|{until:%Y-%m-%d %H:%M} UTC>"
    return f"🌴 {who} away, says the status in Slack, until {at}, or until it is cleared there."


def what_away_means(who: str) -> str:
    """As `away_by_word`."""
    them = "you" if who == "You are" else "them"
    they = who[0].lower() + who[1:]
    return f"Until then no check-in asks or reminds {them}, and {they} not counted as missing."


def not_away(who: str) -> str:
    """As `away_by_word`."""
    return f"👋 {who} not away: check-ins ask as usual."


def sentence(error: AnyQuietError, show: Callable[[str], str]) -> str:  # noqa: PLR0911 - a case an error
    """What went wrong and what would be right. `show` escapes what was typed."""
    match error:
        case CannotSetError():
            whom = ask_whom((), error.admins)
            return f"🔒 Full members of the workspace change its settings; guests do not. {whom}"
        case UnknownZoneError():
            near = " or ".join(f"`{each}`" for each in error.nearest)
            more = f"Did you mean {near}?" if near else "Write it as `Europe/Berlin`, `Berlin` or `UTC`."
            return f"🔎 “{show(error.typed)}” is no time zone that Waymark knows. {more}"
        case UnknownCountryError():
            more = f" Did you mean {show(error.nearest)}?" if error.nearest else ""
            return (
                f"🔎 “{show(error.typed)}” is no country, or part of one, whose holidays Waymark knows.{more}"
                " `DE`, `Germany`, `DE-BY` and `Germany, Bavaria` are understood."
            )
        case NotAwayError(is_today=True):
            return (
                "🔎 You would be back today already: DATE is the day on which you are back. "
                "For today alone: `/project away until tomorrow`."
            )
        case NotAwayError():
            return f"🔎 {day_in_words(error.day)} is past. DATE is the day on which you are back."
        case BackwardsError():
            first, last = map(day_in_words, (error.first, error.last))
            return f"🔎 {last} is before {first}, so nothing was changed."
        case TooManyDaysError():
            return (
                f"🔎 {days_in_words(DayRange(error.first, error.last, ''))} is more than {error.limit} days, "
                "so nothing was changed. Which year is meant?"
            )
        case UnclearReminderError():
            return (
                f"🔎 “{show(error.typed)}” is neither a time, like `08:30`, nor a number of messages a week, "
                f"`1` to `{error.most}`. `/project settings reminders none` stops all reminders here."
            )
        case NoDayOffError():
            return _no_day_off(error, show)
        case _ as unreachable:
            assert_never(unreachable)


def _no_day_off(error: NoDayOffError, show: Callable[[str], str]) -> str:
    which = days_in_words(DayRange(error.first, error.last, ""))
    if error.holiday is not None:
        return (
            f"🔎 {which} is not on the workspace's own list, but a public holiday: {show(error.holiday)}. "
            "`/project settings country none` leaves them all out."
        )
    return f"🔎 {which}: no such day off. `/project settings days-off` shows what there is."

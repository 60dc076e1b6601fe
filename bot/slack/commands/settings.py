"""`settings`: time zone, days off, a line after each check-in, freshness, when people are reminded."""

import re
from collections.abc import Callable
from datetime import datetime, time

from bot import texts_freshness, texts_public, texts_quiet, texts_reminders
from bot.domain.command_line import as_typed, channel_in, clean, split_word, unquote, words_in
from bot.domain.day_ranges import DayRange
from bot.domain.public_holidays import country_name
from bot.domain.reminder_hours import MOST
from bot.errors import IncompleteCommandError
from bot.errors_quiet import UnclearReminderError
from bot.services import public_setting, workspace_settings
from bot.services.asking import Asker
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.commands.freshness import thresholds_in
from bot.slack.mrkdwn import escape
from bot.slack.queries import Query
from bot.slack.views.public import where
from bot.slack.views.settings import days_sheet, settings_sheet
from bot.slack.views.sheet import Sheet
from storage.database import Tx

SETTINGS_USAGE = (
    "[zone ZONE | country COUNTRY | lines #channel | freshness due DAYS stale DAYS | reminders TIME | "
    "reminders N | page on | page off | days-off [add | remove] [DATE [to DATE]] [NAME]]"
)
SETTINGS_EXAMPLES = (
    "settings zone Europe/Berlin",
    "settings country DE-BY",
    "settings country none",
    "settings lines #general",
    "settings freshness due 7 stale 21",
    "settings reminders 08:30",
    "settings reminders 2",
    "settings reminders none",
    "settings page on",
    "settings page on with names and notes",
    "settings page off",
    "settings days-off",
    "settings days-off add 2026-12-24 to 2027-01-01 Year-end break",
    "settings days-off remove 2026-12-24",
)
DAYS_OFF = "days-off"
_DAYS_OFF_TOO = frozenset({DAYS_OFF, "daysoff", "day-off", "holidays"})
_NONE = frozenset({"none", "off", "nothing", "-"})
_ADD_EXAMPLE = next(each for each in SETTINGS_EXAMPLES if "days-off add" in each)
_TIME = re.compile(r"(?:at )?([01]?\d|2[0-3])[:.]([0-5]\d)")
PAGE_USAGE = "page on [with names] [and notes] | page off"
_PAGE = re.compile(r"(off|on)((?: ?(?:,|with|and|names?|notes?)(?=[ ,]|$)){0,8})")
_BUDGET = re.compile(r"(\d) ?(?:(?:times? )?(?:a|per) week)?")


def is_settings_written(typed: Typed) -> bool:
    first = split_word(typed.raw)
    return bool(first.word) and (first.word.lower() not in _DAYS_OFF_TOO or bool(clean(first.rest)))


def ask_settings(_tx: Tx, _asker: Asker, typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="settings", words=DAYS_OFF if clean(typed.raw) else ""))


def answer_settings(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    shown = workspace_settings.read_settings(tx, asker, now)
    if asked.query.words == DAYS_OFF:
        return days_sheet(shown)
    return settings_sheet(shown, public_setting.read_public_page(tx, asker.workspace_id))


def settings(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    first = split_word(typed.raw)
    word = first.word.lower()
    write = _WRITES.get(DAYS_OFF if word in _DAYS_OFF_TOO else word)
    if write is None or not clean(first.rest):
        example = _EXAMPLES.get(word, SETTINGS_EXAMPLES[0])
        raise IncompleteCommandError(f"settings {SETTINGS_USAGE}", example)
    return write(tx, asker, Typed(f"settings {word}", clean(first.rest), first.rest), now)


def _zone(tx: Tx, asker: Asker, typed: Typed, _now: datetime) -> Written:
    zone = workspace_settings.set_zone(tx, asker, _wanted(typed))
    return _written(texts_quiet.zone_set(zone) if zone else texts_quiet.ZONE_UNSET)


def _country(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    country = workspace_settings.set_country(tx, asker, _wanted(typed), now)
    if country is None:
        return _written(texts_quiet.COUNTRY_UNSET)
    return _written(texts_quiet.country_set(escape(country_name(country)), country))


def _lines(tx: Tx, asker: Asker, typed: Typed, _now: datetime) -> Written:
    channel_id = channel_in(typed.rest)
    if channel_id is None and _wanted(typed) is not None:
        raise IncompleteCommandError("settings lines #channel | none", _EXAMPLES["lines"])
    workspace_settings.set_digest_channel(tx, asker, channel_id)
    return _written(texts_quiet.lines_set(channel_id) if channel_id else texts_quiet.LINES_UNSET)


def _reminders(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    """`08:30`: when; `2`: how many a week; `none`."""
    words = (_wanted(typed) or "0").lower()
    at, budget = _TIME.fullmatch(words), _BUDGET.fullmatch(words)
    if at is not None:
        wanted = time(int(at[1]), int(at[2]))
        budget_now = workspace_settings.set_remind_at(tx, asker, wanted, now)
        return _written(texts_reminders.remind_at_set(wanted, budget_now))
    if budget is None or int(budget[1]) > MOST:
        raise UnclearReminderError(unquote(words_in(typed.rest)), MOST)
    workspace_settings.set_reminder_budget(tx, asker, int(budget[1]))
    return _written(texts_reminders.budget_set(int(budget[1])))


def _page(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    """`on`, with names and notes if they are named; `off`."""
    words = _PAGE.fullmatch(unquote(words_in(typed.rest)).lower())
    if words is None:
        raise IncompleteCommandError(f"settings {PAGE_USAGE}", _EXAMPLES["page"])
    more = words[2] or ""
    if words[1] == "off":
        public_setting.set_public_page(tx, asker, now, is_on=False)
        return _written(texts_public.SET_OFF)
    kinds = {"with_names": "name" in more, "with_notes": "note" in more}
    page = public_setting.set_public_page(tx, asker, now, is_on=True, **kinds)
    return _written(texts_public.set_on(where(page), **kinds))


def _freshness(tx: Tx, asker: Asker, typed: Typed, _now: datetime) -> Written:
    wanted = thresholds_in(typed.rest, "settings freshness due DAYS stale DAYS | usual", typed.name)
    workspace_settings.set_thresholds(tx, asker, wanted)
    return _written(texts_freshness.WORKSPACE_CHANGED)


def _days_off(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    first = split_word(typed.raw)
    words, verb = clean(as_typed(first.rest)), first.word.lower()
    if verb not in {"add", "remove"} or not words:
        raise IncompleteCommandError(
            "settings days-off add DATE [to DATE] [NAME] | remove DATE [to DATE]", _ADD_EXAMPLE
        )
    if verb == "add":
        days, count = workspace_settings.add_days_off(tx, asker, words, now)
        named = DayRange(days.first, days.last, escape(days.name))
        return _written(texts_quiet.days_added(named, count), DAYS_OFF)
    days, count = workspace_settings.remove_days_off(tx, asker, words, now)
    return _written(texts_quiet.days_removed(days, count), DAYS_OFF)


def _wanted(typed: Typed) -> str | None:
    """What was typed; None for `none`."""
    words = unquote(words_in(typed.rest))
    return None if words.lower() in _NONE else words


def _written(said: str, words: str = "") -> Written:
    return Written(Query(name="settings", words=words), None, said)


_WRITES: dict[str, Callable[[Tx, Asker, Typed, datetime], Written]] = {
    "zone": _zone,
    "country": _country,
    "lines": _lines,
    # What it was called before there were digests.
    "digest": _lines,
    "reminders": _reminders,
    "freshness": _freshness,
    "page": _page,
    DAYS_OFF: _days_off,
}
_EXAMPLES = {
    "country": SETTINGS_EXAMPLES[1],
    "lines": SETTINGS_EXAMPLES[3],
    "digest": SETTINGS_EXAMPLES[3],
    "freshness": SETTINGS_EXAMPLES[4],
    "reminders": SETTINGS_EXAMPLES[5],
    "page": "settings page on",
    **dict.fromkeys(_DAYS_OFF_TOO, _ADD_EXAMPLE),
}

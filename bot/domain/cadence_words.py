"""How people write a cadence: `weekly mon 09:30`, `every other thursday 4pm`, `monthly last fri 15:00`. Pure.

The parts may come in any order. Nothing is guessed: what is missing, what is there twice, and what was not
understood is named.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Literal

from bot.domain.cadence import MOST_WEEKS, NTH, WEEKDAYS, Cadence
from bot.domain.command_line import clean
from bot.domain.days import parse_day
from bot.domain.nearest import nearest_words
from bot.domain.zones import find_zone, nearest_zones

Part = Literal["frequency", "week", "weekday", "time", "from", "zone"]

_STANDS_ALONE = r"(?<!\S)(?:{})(?!\S)"
_BY_LETTERS = {
    **{name.lower(): n for n, name in enumerate(WEEKDAYS)},
    **{name[:3].lower(): n for n, name in enumerate(WEEKDAYS)},
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
_ANY_WEEKDAY = "|".join(sorted(_BY_LETTERS, key=len, reverse=True))
_WEEKDAY = re.compile(_STANDS_ALONE.format(rf"({_ANY_WEEKDAY})(s?)\.?"))
_NTH = {
    **{name: n for n, name in NTH.items()},
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "fifth": 0, "5th": 0,
}  # fmt: skip
_WHICH_WEEK = re.compile(_STANDS_ALONE.format("|".join(_NTH)))
_COUNTS = {
    **{str(n): n for n in range(1, MOST_WEEKS + 1)},
    **{word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight"), 1)},
    "other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
}  # fmt: skip
_EVERY_FEW_WEEKS = re.compile(_STANDS_ALONE.format(r"(?:every|each) (\S+) (?:weeks?|wks?)"))
_OTHER_FREQUENCIES = (
    (re.compile(_STANDS_ALONE.format(rf"(?:every|each) other(?= (?:{_ANY_WEEKDAY})s?\b)")), 2),
    (re.compile(_STANDS_ALONE.format(r"bi-?weekly|fortnightly|(?:every|each|a) fortnight")), 2),
    (re.compile(_STANDS_ALONE.format(r"weekly|(?:every|each|a|per) week")), 1),
    (re.compile(_STANDS_ALONE.format(r"monthly|(?:(?:of|in) )?(?:the|every|each|a|per) month")), 0),
)
_EVERY_WEEKDAY = re.compile(rf"(?<!\S)(?:(?:every|each) (?:{_ANY_WEEKDAY})|(?:{_ANY_WEEKDAY})s)\.?(?!\S)")
_TOO_OFTEN_OR_SELDOM = re.compile(
    _STANDS_ALONE.format(
        r"daily|hourly|quarterly|yearly|annually|bi-?monthly|(?:every )?weekdays?"
        r"|(?:every|each|once a|per)(?: \S+)? (?:hour|day|quarter|year)s?|every \S+ months?"
    )
)
_FREQUENCIES = ("weekly", "every 2 weeks", "biweekly", "fortnightly", "monthly")
_FROM = re.compile(r"(?<!\S)(?:from|starting|since)(?: (?:on |from )?(.*))?$")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\S)(.*)")
_LIKE_A_TIME = re.compile(_STANDS_ALONE.format(r"\d[\d:.h]*(?: ?([ap])\.?m\.?)?|noon"))
_TIME = re.compile(
    r"(?P<noon>noon)|(?P<hour>\d{1,2}?)(?:h|[:.h]?(?P<minute>\d{2}))?(?: ?(?P<half>[ap])\.?m\.?)?"
)
_FILLERS = frozenset({"on", "at", "the", "of", "in", "and", "every", "each", "once"})
_WEEKDAY_NAMES = tuple(name.lower() for name in WEEKDAYS)
_NOON = 12
_MOST_WORDS = 6
"""Of a zone's name."""


@dataclass(unsafe_hash=True)
class UnreadCadenceError(Exception):
    """A part of a cadence was not understood (`typed`, in lower case), or is missing (`typed` is empty).

    `part`: `frequency` (weekly, every few weeks or monthly), `week` (of the month), `weekday`, `time`,
    `from` (the first day, said only where prompts are two weeks apart or more) or `zone`.
    `nearest`: what may have been meant, best first.
    """

    part: Part
    typed: str = ""
    nearest: tuple[str, ...] = ()


def parse_cadence(text: str, zone: str, today: date) -> Cadence:
    """The cadence that the text means; its zone is `zone` (IANA's name) unless the text says one.

    `today`, in that zone: a cycle of several weeks starts on its next weekday, today included, unless the
    text says `from` when. `UnreadCadenceError` says what was not understood.
    """
    rest, first_day = _split_from(_words(text))
    rest, weeks = _take_weeks(rest)
    rest, nth = _take(_WHICH_WEEK, rest, "week")
    rest, weekday = _take(_WEEKDAY, rest, "weekday")
    rest, at = _take(_LIKE_A_TIME, rest, "time")
    rest, said_zone = _take_zone(rest)
    if weeks is None or (weeks and nth):
        raise UnreadCadenceError("frequency", nth or rest, nearest_words(rest, _FREQUENCIES, 1))
    if weeks == 0 and not (nth and _NTH[nth]):
        raise UnreadCadenceError("week", nth or "")
    if weekday is None:
        raise UnreadCadenceError("weekday", rest, nearest_words(rest, _WEEKDAY_NAMES, 1))
    if at is None:
        raise UnreadCadenceError("time", rest)
    number, wall_clock = _weekday(weekday), _time(at)
    since = _since(first_day, weeks, number, today)
    if rest:
        typed = f"{rest} {said_zone or ''}".strip()
        raise UnreadCadenceError("zone", typed, nearest_zones(typed))
    found = said_zone or find_zone(zone)
    if found is None:
        raise UnreadCadenceError("zone", zone, nearest_zones(zone))
    return Cadence(weeks, _NTH[nth] if nth else 0, number, wall_clock, found, since)


@lru_cache(maxsize=8192)
def stored_cadence(text: str) -> Cadence:
    """The cadence of a text that `format_cadence` wrote; remembered, since many projects share one.

    `UnreadCadenceError` for any other text that does not say all: zone, and `from` where one is needed.
    """
    found = parse_cadence(text, "", date.min)
    if found.since is not None and found.since.isoformat() not in text:
        raise UnreadCadenceError("from")
    return found


def _words(text: str) -> str:
    for mark in ",;()":
        text = text.replace(mark, " ")
    return clean(text).lower().strip("\"'. ")


def _split_from(words: str) -> tuple[str, str | None]:
    match = _FROM.search(words)
    if match is None:
        return words, None
    before, day = words[: match.start()], match[1] or ""
    if iso := _ISO.match(day):
        return f"{before} {iso[2]}", iso[1]
    return before, day


def _take_weeks(words: str) -> tuple[str, int | None]:
    """How many weeks lie between two prompts, 0 for a month; None when it is not said."""
    if match := _TOO_OFTEN_OR_SELDOM.search(words):
        raise UnreadCadenceError("frequency", match[0])
    said: dict[int, str] = {}
    for match in _EVERY_FEW_WEEKS.finditer(words):
        if match[1] not in _COUNTS:
            raise UnreadCadenceError("frequency", match[0])
        said[_COUNTS[match[1]]] = match[0]
    rest = _EVERY_FEW_WEEKS.sub(" ", words)
    for pattern, weeks in _OTHER_FREQUENCIES:
        if match := pattern.search(rest):
            said[weeks] = match[0]
            rest = pattern.sub(" ", rest)
    if len(said) > 1:
        raise UnreadCadenceError("frequency", " ".join(said.values()))
    if not said and _EVERY_WEEKDAY.search(rest):
        return rest, 1
    return rest, next(iter(said), None)


def _take(pattern: re.Pattern[str], words: str, part: Part) -> tuple[str, str | None]:
    found = [match[0] for match in pattern.finditer(words)]
    if len(found) > 1:
        raise UnreadCadenceError(part, " ".join(found))
    return pattern.sub(" ", words), found[0] if found else None


def _take_zone(words: str) -> tuple[str, str | None]:
    """What is left of the words but for those that say nothing, and the zone that they end with."""
    left = words.split()
    while left and left[-1] in _FILLERS:
        left.pop()
    for start in range(max(0, len(left) - _MOST_WORDS), len(left)):
        # Some have "of" in their names: Europe/Isle_of_Man.
        zone = None
        if left[start] not in _FILLERS:
            zone = find_zone(" ".join(left[start:]).removesuffix(" time"))
        if zone:
            return _telling(left[:start]), zone
    return _telling(left), None


def _telling(words: list[str]) -> str:
    return " ".join(word for word in words if word not in _FILLERS)


def _weekday(typed: str) -> int:
    name = typed.rstrip(".")
    return _BY_LETTERS[name if name in _BY_LETTERS else name.removesuffix("s")]


def _time(typed: str) -> time:
    match = _TIME.fullmatch(typed)
    if match is None:
        raise UnreadCadenceError("time", typed)
    if match["noon"]:
        return time(_NOON)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        # There is no 13 pm and no 0 am; 12 am is midnight.
        hour = hour % _NOON + (_NOON if match["half"] == "p" else 0) if 1 <= hour <= _NOON else -1
    try:
        return time(hour, minute)
    except ValueError:
        raise UnreadCadenceError("time", typed) from None


def _since(typed: str | None, weeks: int, weekday: int, today: date) -> date | None:
    """The first day of a cycle, where there is one; a day that is said must be of the cadence's weekday."""
    if typed is None:
        return _on_or_after(today, weekday) if weeks > 1 else None
    day = parse_day(typed, today)
    if day is None or weeks <= 1:
        raise UnreadCadenceError("from", typed)
    if day.weekday() != weekday:
        raise UnreadCadenceError("from", typed, (_on_or_after(day, weekday).isoformat(),))
    return day


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % len(WEEKDAYS))

"""What publishing adds to a page of how things stand: plain emphasised words that every renderer shows.

    - Twelve gauges report through a whole winter *(on track · 3 May 2026)*
    - Readings agree with the reference *(at risk · 1 Mar 2026 · may be out of date)*

and below the heading of a project one of

    *Last checked: 3 May 2026*
    *This project is archived.*

Reading knows these shapes, and leaves them out of the values.
"""

import re
from datetime import date

from storage.records import OutcomeStatus

ARCHIVED = "*This project is archived.*"

_STATUSES = {
    OutcomeStatus.ON_TRACK: "on track",
    OutcomeStatus.AT_RISK: "at risk",
    OutcomeStatus.OFF_TRACK: "off track",
    OutcomeStatus.DONE: "done",
    OutcomeStatus.DROPPED: "dropped",
    None: "no status",
}
_NOTHING = "no update yet"
_FADED = "may be out of date"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = rf"\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}"
_OUTCOME = re.compile(rf"\*\((?:{_NOTHING}|(?:{'|'.join(_STATUSES.values())}) · {_DAY}(?: · {_FADED})?)\)\*")
_PROJECT = re.compile(rf"\*Last checked: (?:not yet|{_DAY})\*|{re.escape(ARCHIVED)}")
_LONGEST = 100


def outcome_mark(status: OutcomeStatus | None, said_on: date | None, *, is_faded: bool) -> str:
    """How an outcome stands; without a day nobody has said anything. `is_faded`: it is past its freshness."""
    if said_on is None:
        return f"*({_NOTHING})*"
    words = [_STATUSES[status], _day(said_on), *([_FADED] if is_faded else [])]
    return f"*({' · '.join(words)})*"


def checked_mark(checked_on: date | None) -> str:
    """When somebody last vouched for any outcome of a project."""
    return f"*Last checked: {'not yet' if checked_on is None else _day(checked_on)}*"


def is_project_mark(paragraph: str) -> bool:
    return _PROJECT.fullmatch(paragraph.strip()) is not None


def split_mark(words: str) -> int | None:
    """Where the words of an outcome end that has a mark behind them; None for one without."""
    start = words.rfind("*(", max(len(words) - _LONGEST, 0))
    if start <= 0 or not _OUTCOME.fullmatch(" ".join(words[start:].split())):
        return None
    return len(words[:start].rstrip(" \t\r\n")) or None


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

"""What publishing adds to a page of how things stand: plain emphasised words that every renderer shows.

    - Twelve gauges report through a whole winter *(on track · 3 May 2026)*
    - Readings agree with the reference *(at risk · 1 Mar 2026 · may be out of date)*

and below the heading of a project one of

    *Last checked: 3 May 2026*
    *This project is archived.*

Reading knows these shapes, and leaves them out of the values. On a page that has some, whatever else stands
behind an outcome in `*(…)*` is one that somebody has edited by hand.
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
_NO_STATUS = (_NOTHING, _STATUSES[None])
_FADED = "may be out of date"
_ALSO_FADED = {_FADED, "may be outdated", "out of date", "outdated", "stale"}
_BETWEEN = " · "
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = rf"\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}"
_OUTCOME = re.compile(rf"\*\((?:{_NOTHING}|(?:{'|'.join(_STATUSES.values())}) · {_DAY}(?: · {_FADED})?)\)\*")
_PROJECT = re.compile(rf"\*Last checked: (?:not yet|{_DAY})\*|{re.escape(ARCHIVED)}")
_CHECKED = "*Last checked: "
_OPENS, _CLOSES = "*(", ")*"
_LONGEST = 100
_LONGEST_EDITED = 500


def outcome_mark(status: OutcomeStatus | None, said_on: date | None, *, is_faded: bool) -> str:
    """How an outcome stands; without a day nobody has said anything. `is_faded`: it is past its freshness."""
    words = standing_words(status, said_on)
    return f"{_OPENS}{words}{f'{_BETWEEN}{_FADED}' if is_faded and said_on else ''}{_CLOSES}"


def standing_words(status: OutcomeStatus | None, said_on: date | None) -> str:
    """What a mark says, but for whether it may be out of date: `on track · 3 May 2026`."""
    return _NOTHING if said_on is None else f"{_STATUSES[status]}{_BETWEEN}{_day(said_on)}"


def checked_mark(checked_on: date | None) -> str:
    """When somebody last vouched for any outcome of a project."""
    return f"{_CHECKED}{'not yet' if checked_on is None else _day(checked_on)}*"


def is_project_mark(paragraph: str) -> bool:
    return _PROJECT.fullmatch(paragraph.strip()) is not None


def split_mark(words: str) -> int | None:
    """Where the words of an outcome end that has a mark behind them; None for one without."""
    start = words.rfind("*(", max(len(words) - _LONGEST, 0))
    if start <= 0 or not _OUTCOME.fullmatch(" ".join(words[start:].split())):
        return None
    return len(words[:start].rstrip(" \t\r\n")) or None


def has_marks(page: str) -> bool:
    """Whether publishing has said on this page how outcomes stand."""
    return _CHECKED in page or _OUTCOME.search(page) is not None


def split_edited_mark(words: str) -> int | None:
    """As `split_mark`, for a mark that somebody has written in words of their own."""
    start = words.rfind(_OPENS, max(len(words) - _LONGEST_EDITED, 0))
    if start <= 0 or not words[start - 1].isspace() or words.find(_CLOSES, start) != len(words) - 2:
        return None
    return len(words[:start].rstrip(" \t\r\n")) or None


def mark_behind(page: str, at: int) -> str | None:
    """The mark that publishing has set there, where the words of an outcome end."""
    found = _OUTCOME.match(page, at + len(page[at : at + _LONGEST]) - len(page[at : at + _LONGEST].lstrip()))
    return found and found[0]


def words_of(mark: str) -> str:
    """What a mark says, on one line, without what it says of its age."""
    inner = " ".join(mark.split()).removeprefix(_OPENS).removesuffix(_CLOSES)
    pieces = (piece.strip() for piece in inner.split(_BETWEEN.strip()))
    return _BETWEEN.join(piece for piece in pieces if piece and not _is_of_age(piece))


def pieces_of(words: str) -> list[str]:
    """The status of what a mark says, and what is behind it, mostly a day."""
    return words.split(_BETWEEN)


def is_no_status(words: str) -> bool:
    """Whether a mark says that there is nothing to say."""
    return not words or pieces_of(words)[0].casefold() in _NO_STATUS


def day_of(words: str) -> date | None:
    """The day that is written as a mark has it; None for what is none."""
    found = re.fullmatch(_DAY, words)
    if found is None:
        return None
    day, month, year = words.split(" ")
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def _is_of_age(piece: str) -> bool:
    return " ".join(piece.casefold().replace("-", " ").split()) in _ALSO_FADED


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

"""Several days in a row: as people write them, and as they are shown. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.days import parse_day, readings

_TO = frozenset({"to", "until", "till", "through", "thru", "-", "\u2013", "\u2014"})
_LONGEST = 5
"""Words of a day: `the end of next month`."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """From the first day to the last, both included."""

    first: date
    last: date
    name: str

    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class TypedRange:
    """The words of a first day, of a last one where one was said, and what follows."""

    first: str
    last: str | None
    rest: str


def split_range(text: str, today: date) -> TypedRange:
    """`24 Dec to 1 Jan Year-end break`: the longest words in front that are a day, and so after `to`.

    Where none are, `first` or `last` is what may have been meant as one.
    """
    words = text.replace("..", " to ").split()
    first, rest = _split_day(words, today)
    if not rest or rest[0].lower() not in _TO:
        return TypedRange(first, None, " ".join(rest))
    last, rest = _split_day(rest[1:], parse_day(first, today) or today)
    return TypedRange(first, last, " ".join(rest))


def ranges_of(days: Mapping[date, str]) -> list[DayRange]:
    """Days in order, those in a row that have one name as one."""
    found: list[DayRange] = []
    for day, name in days.items():
        if found and found[-1].name == name and day - found[-1].last == timedelta(days=1):
            found[-1] = DayRange(found[-1].first, day, name)
        else:
            found.append(DayRange(day, day, name))
    return found


def _split_day(words: list[str], today: date) -> tuple[str, list[str]]:
    if words and readings(words[0].rstrip(",:;")):
        return words[0].rstrip(",:;"), words[1:]
    end = next((n for n, word in enumerate(words) if word.lower() in _TO), len(words))
    for count in range(min(end, _LONGEST), 0, -1):
        typed = " ".join(words[:count]).rstrip(",:;")
        if parse_day(typed, today) is not None:
            return typed, words[count:]
    # Nobody knows where the day was to end.
    return " ".join(words[:end]), words[end:]

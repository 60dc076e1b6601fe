"""Items of a list on their way from where they stand on a page to where they will."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_MARKER = re.compile(r"(\d{1,9})([.)])")
_LINE_START = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
_LINE_ENDS = "\r\n"
NEW = -1


@dataclass(frozen=True, slots=True)
class Item:
    """One outcome: `column` is the blanks before its marker; `words` begins there, and ends with its line.

    `number` is which item of the list it was, counted from 0, or NEW. `after` is what stands between it and
    the next. `key` is which record it is; None for one that stays as it is.
    """

    key: int | None
    number: int
    level: int
    column: str
    marker: str
    words: str
    after: str = ""

    @property
    def line_end(self) -> str:
        return self.words[len(self.words.rstrip(_LINE_ENDS)) :]


def moved_to(item: Item, level: int, column: str) -> Item:
    """The item with its marker behind these blanks, and its other lines moved with it."""
    shift = len(column) - len(item.column)
    first, *rest = _LINE_START.split(item.words)
    words = "".join([first, *(_shifted(line, shift) for line in rest)])
    return replace(item, level=level, column=column, words=words)


def _shifted(line: str, shift: int) -> str:
    if not line.strip():
        return line
    blanks = len(line) - len(line.lstrip(" "))
    return " " * shift + line if shift > 0 else line[min(-shift, blanks) :]


def numbered(items: Sequence[Item], old: Sequence[Item]) -> list[Item]:
    """New items of an ordered list with their numbers; in another order than before, all with new ones."""
    places = [item.number for item in items if item.number != NEW]
    is_moved = places != sorted(places)
    first = {item.level: item.marker for item in reversed(old)}
    used: dict[int, list[int]] = {}
    found: list[Item] = []
    for item in items:
        for deeper in [level for level in used if level > item.level]:
            del used[deeper]
        marker = _MARKER.fullmatch(item.marker)
        if marker is None:
            found.append(item)
            continue
        before = used.setdefault(item.level, [])
        number = int(marker[1])
        if is_moved or item.number == NEW:
            number = _next(before, first.get(item.level, item.marker))
        before.append(number)
        found.append(_with_marker(item, f"{number}{marker[2]}") if number != int(marker[1]) else item)
    return found


def _next(before: Sequence[int], first: str) -> int:
    """One more, unless all have the same."""
    if not before:
        return int(first[:-1]) if first[:-1].isdigit() else 1
    return before[-1] if before[-2:-1] == before[-1:] else before[-1] + 1


def _with_marker(item: Item, marker: str) -> Item:
    return replace(item, marker=marker, words=marker + item.words[len(item.marker) :])


def joined(items: Sequence[Item], old: Sequence[Item], eol: str, *, is_loose: bool) -> str:
    """The lines of a list, but for the blanks before the first, with as many blank lines between as there were."""
    pieces: list[str] = []
    for number, item in enumerate(items):
        pieces.append(item.column + item.words if number else item.words)
        if number + 1 == len(items):
            break
        pieces.append("" if item.line_end else eol)
        if items[number + 1].number == item.number + 1 != NEW + 1 or item.after.strip():
            pieces.append(item.after)
        else:
            pieces.append(eol * is_loose)
    last = items[-1]
    if last.number != len(old) - 1:
        # Where the list ends, the page may too, without a line end.
        pieces[-1] = pieces[-1].rstrip(_LINE_ENDS) + (old[-1].line_end and (last.line_end or eol))
        pieces.append(last.after if last.after.strip() else "")
    return "".join(pieces)

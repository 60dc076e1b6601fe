"""The text of a page by lines, and the way from parsed content back to offsets in the text."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from bot.pages.escapes import unescape_active, unescape_line
from bot.pages.values import Place

_LINE_END = re.compile(r"\r\n?|\n")
_BYTE_ORDER_MARK = "\ufeff"


class Source:
    """A text and its lines, which are counted from 0 here (and from 1 in a ``Place``)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self.starts: list[int] = []
        position = len(_BYTE_ORDER_MARK) if text.startswith(_BYTE_ORDER_MARK) else 0
        for line_end in _LINE_END.finditer(text, position):
            self.lines.append(text[position : line_end.start()])
            self.starts.append(position)
            position = line_end.end()
        if position < len(text):
            self.lines.append(text[position:])
            self.starts.append(position)
        self.starts.append(len(text))

    def markdown(self) -> str:
        """The text as the parser wants it: newlines only, and one at the end."""
        return "\n".join(self.lines) + "\n"

    def is_blank(self, line: int) -> bool:
        """Whether a reader sees nothing on the line."""
        return not self.lines[line].strip()

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """The lines ``first`` to ``last`` (exclusive) without the blank ones around them."""
        last = min(last, len(self.lines))
        while first < last and self.is_blank(last - 1):
            last -= 1
        while first < last and self.is_blank(first):
            first += 1
        return first, last

    def whole_lines(self, first: int, last: int) -> Place:
        """The place of the lines ``first`` to ``last`` (exclusive), line ends included."""
        last = min(last, len(self.lines))
        return Place(self.starts[first], self.starts[last], first + 1)

    def place(self, line: int, column: int, last_line: int, last_column: int) -> Place:
        """The place between two positions, each a line and a column."""
        return Place(self.starts[line] + column, self.starts[last_line] + last_column, line + 1)


@dataclass(frozen=True, slots=True)
class Words:
    """Inline content as the parser gave it, and where each of its lines stands.

    The parser takes indentation, list markers and trailing blanks away, so a line of content is
    the end of its line in the source; that is how the two are matched.
    """

    content: str
    source: Source
    first: int
    starts: tuple[int, ...]
    columns: tuple[int, ...]
    """For each line of the content, what to add to a column there to get the one in the source."""

    @classmethod
    def at(cls, source: Source, first: int, content: str, after: int = 0) -> "Words":
        """The content whose first line is in line ``first``, at column ``after`` or later."""
        lines = content.split("\n")
        columns = []
        while lines[0].strip() and not source.lines[first].strip():
            first += 1  # a line of odd blanks (a form feed) is part of the paragraph, but trimmed off
        for number, line in enumerate(lines):
            words, whole = line.strip(), source.lines[first + number].rstrip()
            if number == 0 and after:
                column = max(whole.find(words, after), 0)
            elif whole.endswith(words):
                column = len(whole) - len(words)
            else:
                column = max(whole.rfind(words), 0)
            columns.append(column - (len(line) - len(line.lstrip())))
        starts = (0, *accumulate(len(line) + 1 for line in lines[:-1]))
        return cls(content, source, first, starts, tuple(columns))

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where a stretch of the content stands in the text."""
        if len(self.columns) == 1 and self.columns[0] >= 0:  # most are one line, and pages are long
            begin = self.source.starts[self.first] + self.columns[0]
            return Place(begin + start, begin + (len(self.content) if end is None else end), self.first + 1)
        line, column = self._position(start)
        last_line, last_column = self._position(len(self.content) if end is None else end)
        return self.source.place(line, column, last_line, last_column)

    def _position(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self.starts, offset) - 1
        line = self.first + number
        column = offset - self.starts[number] + self.columns[number]
        return line, min(max(column, 0), len(self.source.lines[line]))


_LIST_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")


def normalise(raw: str) -> str:
    """The words of a stretch of the page: a paragraph on one line, a blank line between paragraphs.

    A line that starts with a list marker keeps a line of its own, and so does one after a backslash that
    breaks the line. Backslashes that only keep words from beginning a block, or HTML, are left out.
    """
    parts: list[str] = []
    blank = False
    for line in _LINE_END.split(unescape_active(raw)):
        words = line.strip(" \t")
        if not words:
            blank = bool(parts)
        elif not parts:
            parts.append(unescape_line(words))
        elif blank:
            parts.append("\n\n" + unescape_line(words))
            blank = False
        elif _LIST_MARKER.match(words):
            parts.append("\n" + words)
        else:
            before = _without_hard_break(parts[-1])
            parts.append((" " if before == parts[-1] else "\n") + unescape_line(words))
            parts[-2] = before
    return "".join(parts)


def _without_hard_break(line: str) -> str:
    """A backslash at the end of a line breaks it, unless it is itself escaped."""
    backslashes = len(line) - len(line.rstrip("\\"))
    return line[:-1].rstrip() if backslashes % 2 else line

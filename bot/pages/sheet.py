"""A page that is being edited: its text, how it writes, and the edits, none of which touches another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.pages.patterns import Patterns
from bot.pages.values import Page, PageProject, Place

_BLANK = " \t"


@dataclass(frozen=True, slots=True)
class Edit:
    """`words` in place of what stands from `start` to `end`."""

    start: int
    end: int
    words: str


class Sheet:
    """Offsets are those of the page as it was, whatever has been edited by then."""

    def __init__(self, page: Page, patterns: Patterns) -> None:
        self.page = page
        self.text = page.text
        self.patterns = patterns
        self.eol = patterns.eol
        self.below: dict[str | None, list[PageProject]] = {}
        """Projects by the slug of the one that they are below."""
        for project in page.projects:
            self.below.setdefault(project.parent, []).append(project)
        self._edits: list[Edit] = []
        self._with_blocks: set[int] = set()

    def replace(self, start: int, end: int, words: str) -> None:
        """An insertion when both are the same; several at one place stay in their order."""
        if self.text[start:end] != words:
            self._edits.append(Edit(start, end, words))

    def result(self) -> str:
        """The text with all edits done; one inside of another that takes its place is left out."""
        pieces, at = list[str](), 0
        for edit in sorted(self._edits, key=lambda edit: (edit.start, edit.end > edit.start)):
            if edit.start < at:
                continue
            pieces += [self.text[at : edit.start], edit.words]
            at = edit.end
        return "".join([*pieces, self.text[at:]])

    def moved(self, at: int) -> int:
        """Where in the result that place is; of one that was taken out, where that would be."""
        by = 0
        for edit in self._edits:
            if edit.end <= at:
                by += len(edit.words) - (edit.end - edit.start)
            elif edit.start < at:
                by -= at - edit.start
        return at + by

    def start_of_line(self, at: int) -> int:
        start = max(self.text.rfind("\n", 0, at), self._return_before(at)) + 1
        return start + (self.text.startswith("\ufeff") if start == 0 else 0)

    def _return_before(self, at: int) -> int:
        # Only where the page has such line ends: looking for them would go through all that is before.
        return self.text.rfind("\r", 0, at) if self.eol == "\r" else -1

    def end_of_line(self, at: int) -> int:
        """Behind the line end, or the end of the text."""
        found = re.compile(r"\r\n?|\n").search(self.text, at)
        return found.end() if found else len(self.text)

    def column_of(self, at: int) -> str:
        """The blanks that stand below what is before it on its line."""
        before = self.text[self.start_of_line(at) : at]
        return "".join(letter if letter in _BLANK else " " for letter in before)

    def is_blank(self, at: int) -> bool:
        """Whether nothing stands on the line that begins there."""
        return not self.text[at : self.end_of_line(at)].strip()

    def gap_before(self, at: int) -> int:
        """How many blank lines there are above the line that begins there."""
        count, start = 0, at
        while start > 0:
            above = self.start_of_line(start - 1 if self.text[start - 2 : start] != "\r\n" else start - 2)
            if above == start or not self.is_blank(above):
                break
            count, start = count + 1, above
        return count

    def insert_block(self, at: int, block: str) -> None:
        """Whole lines, blank ones around them, before the line that begins there (or at the end)."""
        eol, is_first = self.eol, at not in self._with_blocks
        self._with_blocks.add(at)
        if at >= len(self.text):
            ends = self.text.endswith(("\n", "\r")) or not self.text
            gap = "" if ends and is_first and self.gap_before(at) else eol
            self._edits.append(Edit(at, at, f"{'' if ends else eol}{gap}{block}{eol if ends else ''}"))
            return
        blank = self.gap_before(at)
        before = "" if is_first and (blank or at == 0) else eol
        after = "" if self.is_blank(at) else eol * max(blank, 1)
        self._edits.append(Edit(at, at, f"{before if is_first or not after else ''}{block}{eol}{after}"))

    def remove_all(self, places: Iterable[Place]) -> None:
        """Whole lines, by their starts: what follows each other as one, and what is inside of others once."""
        stretches: list[tuple[int, int]] = []
        for place in places:
            if stretches and place.start <= stretches[-1][1]:
                start, end = stretches.pop()
                stretches.append((start, max(end, place.end)))
            else:
                stretches.append((place.start, place.end))
        for start, end in stretches:
            self.remove_lines(start, end)

    def remove_lines(self, start: int, end: int) -> None:
        """Whole lines, with the blank ones below them where there are some above, too."""
        if end < len(self.text) and (start == 0 or self.gap_before(start)):
            while end < len(self.text) and self.is_blank(end):
                end = self.end_of_line(end)
        elif end >= len(self.text):
            for _ in range(self.gap_before(start)):
                start = self.start_of_line(start - 1 if self.text[start - 2 : start] != "\r\n" else start - 2)
        self.replace(start, end, "")

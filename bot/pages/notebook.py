"""Keeping count of the lines of a page: each belongs to a value, to the structure, or to a note."""

import re

from bot.pages.blocks import LISTS, Block
from bot.pages.placeholders import placeholder_kind
from bot.pages.source import Source, normalise
from bot.pages.values import NoteKind, PageNote, Place

_LONGEST = 80
_DIRECTIVE = re.compile(r"\s*+\{?\s*+([\w:.-]++)")
_ADMONITIONS = frozenset(
    {
        "admonition",
        "attention",
        "caution",
        "danger",
        "deprecated",
        "error",
        "hint",
        "important",
        "note",
        "seealso",
        "tip",
        "versionadded",
        "versionchanged",
        "warning",
    }
)
_TASK = re.compile(r"\[[ xX]\][ \t]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_IMAGES = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)\s*)+")
_KINDS = {
    "blockquote": NoteKind.QUOTE,
    "bullet_list": NoteKind.LIST,
    "code_block": NoteKind.CODE,
    "definition": NoteKind.LINK_DEFINITION,
    "dl": NoteKind.LIST,
    "front_matter": NoteKind.FRONT_MATTER,
    "heading": NoteKind.HEADING,
    "hr": NoteKind.RULE,
    "myst_block_break": NoteKind.RULE,
    "myst_line_comment": NoteKind.COMMENT,
    "myst_target": NoteKind.LABEL,
    "ordered_list": NoteKind.LIST,
    "table": NoteKind.TABLE,
    "too_deep": NoteKind.TOO_DEEP,
}
# What a reader of the report wants to know of, even inside a part that is prose as a whole.
_REMARKABLE = frozenset(
    {
        NoteKind.ADMONITION,
        NoteKind.DIRECTIVE,
        NoteKind.TABLE,
        NoteKind.TODO,
        NoteKind.LABEL,
        NoteKind.TOO_DEEP,
        NoteKind.FOOTNOTE,
    }
)


def note_kind(block: Block) -> NoteKind:
    """What a block is called when it stays as it is."""
    if block.kind in {"fence", "colon_fence"}:
        return _fence_kind(block)
    if block.kind == "html_block":
        return NoteKind.COMMENT if block.content.lstrip().startswith("<!--") else NoteKind.HTML
    if block.kind == "paragraph":
        return paragraph_kind(block.content)
    return _KINDS.get(block.kind, NoteKind.PROSE)


def _fence_kind(block: Block) -> NoteKind:
    is_directive = block.kind == "colon_fence" or block.info.lstrip().startswith("{")
    if not is_directive:
        return NoteKind.CODE
    found = _DIRECTIVE.match(block.info)
    name = found[1].casefold() if found else ""
    if name == "todo":
        return NoteKind.TODO
    return NoteKind.ADMONITION if name in _ADMONITIONS else NoteKind.DIRECTIVE


def paragraph_kind(content: str) -> NoteKind:
    """What a paragraph is when no value is read from it; PROSE when it is just words."""
    if _FOOTNOTE.match(content):
        return NoteKind.FOOTNOTE
    if content.startswith("$$"):
        return NoteKind.MATH
    if _IMAGES.fullmatch(content):
        return NoteKind.IMAGE
    if task_box(content):
        return NoteKind.TODO
    return placeholder_kind(content) or NoteKind.PROSE


def task_box(content: str) -> str:
    """The box that an item of a task list begins with, blank included; "" if there is none."""
    found = _TASK.match(content)
    return found[0] if found else ""


class Notebook:
    """Collects notes, and knows which lines nobody has accounted for yet."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._is_done = bytearray(len(source.lines))
        self._notes: list[PageNote] = []

    def account_for(self, first: int, last: int) -> None:
        """These lines are structure, or a value stands in them."""
        last = min(last, len(self._is_done))
        self._is_done[first:last] = b"\1" * (last - first)

    def account_for_place(self, place: Place) -> None:
        """The lines that a value stands in."""
        self.account_for(*self._lines_of(place))

    def note_place(self, kind: NoteKind, place: Place, text: str) -> None:
        """Note the lines of a value that is not, or not only, what it seems."""
        self.note(kind, *self._lines_of(place), text)

    def _lines_of(self, place: Place) -> tuple[int, int]:
        first = last = place.line - 1
        while last < len(self._is_done) and self._source.starts[last] < max(place.end, place.start + 1):
            last += 1
        return first, last

    def note(self, kind: NoteKind, first: int, last: int, text: str | None = None) -> None:
        """Note these lines; without a text, the first of them stands for all."""
        first, last = self._source.trim(first, last)
        if first == last:
            return
        self.account_for(first, last)
        words = normalise(self._source.lines[first]) if text is None else text
        self._notes.append(PageNote(first + 1, last, kind, _short(words)))

    def note_block(self, block: Block, kind: NoteKind | None = None) -> None:
        """Note a block that stays as it is, and what is remarkable in it."""
        self.note(kind or note_kind(block), block.first, block.last)
        for inner in block.children:
            self.note_remarkable(inner)

    def note_remarkable(self, block: Block) -> None:
        """Note what a reader wants to know of in a part that is noted as a whole."""
        for inner in block.walk():
            if inner.kind not in LISTS and (kind := note_kind(inner)) in _REMARKABLE:
                self.note(kind, inner.first, inner.last)

    def notes(self) -> tuple[PageNote, ...]:
        """All notes in the order of the page, among them one for each stretch not accounted for."""
        first = None
        for line in range(len(self._is_done) + 1):
            is_open = (
                line < len(self._is_done) and not self._is_done[line] and not self._source.is_blank(line)
            )
            if is_open and first is None:
                first = line
            elif not is_open and first is not None:
                self.note(NoteKind.PROSE, first, line)
                first = None
        return tuple(sorted(self._notes, key=lambda note: (note.line, -note.end_line)))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "\u2026"

"""What the readers of goals, outcomes, links and members share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.pages.blocks import LISTS, Block, References
from bot.pages.inline import find_links
from bot.pages.notebook import Notebook, paragraph_kind
from bot.pages.source import Source, Words, normalise
from bot.pages.values import NoteKind, Place, Value

_MARKER = re.compile(r"[ \t]*([-*+]|\d{1,9}[.)])[ \t]*")
_PLAIN_LISTS = LISTS | {"list_item", "paragraph"}
_LINK_LINE = re.compile(r"(?:[^:.]{0,60}:)?\W*")


@dataclass(frozen=True, slots=True)
class Context:
    """The page that is being read. `has_marks`: it says how outcomes stand (see ``marks``)."""

    source: Source
    references: References
    notes: Notebook
    has_marks: bool = False

    def words(self, block: Block) -> Words:
        """The inline content of a paragraph, heading or term."""
        after = 0
        if block.kind == "heading" and block.markup.startswith("#"):
            after = self.source.lines[block.first].index("#") + block.level
        return Words.at(self.source, block.first, block.content, after)

    def value(self, place: Place) -> Value:
        """The words at a place, which is accounted for by that."""
        self.notes.account_for_place(place)
        return Value(normalise(place.of(self.source.text)), place)

    def lines_of(self, block: Block) -> Place:
        """The whole lines of a block, without blank ones at its ends."""
        return self.source.whole_lines(*self.source.trim(block.first, block.last))


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that stand in one section or definition; ``column`` is where they start on line ``first``."""

    blocks: list[Block]
    first: int = -1
    column: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """The first line of a list item: what stands before its marker, the marker, and where its text starts."""

    prefix: str
    marker: str
    column: int

    @classmethod
    def of(cls, source: Source, item: Block, part: Part) -> "Item":
        """The item's; ``part`` is what the list stands in, perhaps on the same line."""
        line = source.lines[item.first]
        after = part.column if part.first == item.first else 0
        found = _MARKER.match(line, after)
        if not found:  # a quirk of the parser's: it saw a marker where there is none at this place
            return cls("", "", after)
        return cls(line[: found.start(1)], found[1], found.end())


def is_prose(block: Block) -> bool:
    """Whether the block is a paragraph of words, not of something else (an image, a footnote, "TBD")."""
    return block.kind == "paragraph" and paragraph_kind(block.content) is NoteKind.PROSE


def is_line_of_links(block: Block, references: References) -> bool:
    """Whether a paragraph says no more than where to look: ``Board: <https://...>``."""
    links = find_links(block.content, references)
    if not links:
        return False
    rest, end = "", 0
    for link in links:
        rest += block.content[end : link.start]
        end = link.end
    return _LINK_LINE.fullmatch(rest + block.content[end:]) is not None


def read_words(context: Context, part: Part, *, or_list: bool) -> tuple[Value | None, list[Block]]:
    """The first paragraphs of a part as one value, and the other blocks.

    A list belongs to the words when a paragraph leads up to it with a colon, or (``or_list``) when
    it is all there is.
    """
    blocks = part.blocks
    start = next((i for i, block in enumerate(blocks) if is_prose(block)), None)
    if start is None:
        return _read_list(context, part) if or_list else (None, blocks)
    end = start + 1
    while end < len(blocks) and (is_prose(blocks[end]) or _is_led_up_to(blocks[end - 1], blocks[end])):
        end += 1
    return context.value(_place(context, part, blocks[start:end])), blocks[:start] + blocks[end:]


def _is_led_up_to(before: Block, block: Block) -> bool:
    return before.kind == "paragraph" and before.content.endswith(":") and _is_plain_list(block)


def _is_plain_list(block: Block) -> bool:
    return block.kind in LISTS and all(inner.kind in _PLAIN_LISTS for inner in block.walk())


def _read_list(context: Context, part: Part) -> tuple[Value | None, list[Block]]:
    for i, block in enumerate(part.blocks):
        if not _is_plain_list(block):
            continue
        rest = part.blocks[:i] + part.blocks[i + 1 :]
        if len(block.children) > 1:
            return context.value(_place(context, part, [block])), rest
        only = block.children[0]
        column = Item.of(context.source, only, part).column
        value, others = read_words(context, Part(only.children, only.first, column), or_list=True)
        return (value, rest + others) if value else (None, part.blocks)
    return None, part.blocks


def _place(context: Context, part: Part, run: Sequence[Block]) -> Place:
    """From the first word of the first block to the last of the last."""
    first, last = _ends(context, part, run[0]), _ends(context, part, run[-1])
    return Place(first.start, last.end, first.line)


def _ends(context: Context, part: Part, block: Block) -> Place:
    source = context.source
    if block.kind == "paragraph":
        return context.words(block).place()
    first, last = source.trim(block.first, block.last)
    column = part.column if part.first == first else 0
    column += len(source.lines[first][column:]) - len(source.lines[first][column:].lstrip(" \t"))
    return source.place(first, column, last - 1, len(source.lines[last - 1].rstrip(" \t")))

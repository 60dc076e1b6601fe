"""Where the parts of a project stand, for whoever writes into them."""

from dataclasses import dataclass

from bot.pages.blocks import Block
from bot.pages.names import Known
from bot.pages.outcomes import list_style
from bot.pages.outline import has_telling_terms
from bot.pages.parts import Context, Part
from bot.pages.values import PageGroup, Place


@dataclass(frozen=True, slots=True)
class GroupName:
    """The heading or term that a group stands below; ``level`` is that of the heading, 0 for a term."""

    known: Known
    block: Block
    level: int


def group_of(context: Context, name: GroupName, parts: list[Part]) -> PageGroup:
    """The group with its places, its own name accounted for."""
    source = context.source
    heading = source.whole_lines(name.block.first, name.block.last)
    context.notes.account_for(name.block.first, name.block.last)
    blocks = [block for part in parts for block in part.blocks]
    body = Place(heading.end, heading.end, name.block.last + 1)
    if blocks:
        first, last = source.trim(blocks[0].first, blocks[-1].last)
        lines = source.whole_lines(first, last)
        column = parts[0].column if parts[0].first == first else 0
        body = Place(lines.start + column, lines.end, lines.line)
    item_prefix, is_loose = next(
        (style for part in parts if (style := list_style(context, part))), ("", False)
    )
    return PageGroup(
        kind=name.known.kind,
        name=context.value(context.words(name.block).place()),
        level=name.level,
        place=Place(heading.start, max(body.end, heading.end), heading.line),
        body=body,
        item_prefix=item_prefix,
        loose=is_loose,
    )


def without_definitions(parts: list[Part]) -> tuple[list[Part], list[Block]]:
    """The parts cut at definition lists that say more of the project ("### About", then terms), and those."""
    kept, taken = list[Part](), list[Block]()
    for part in parts:
        blocks = list[Block]()
        for block in part.blocks:
            if has_telling_terms(block):
                taken.append(block)
                kept.append(Part(blocks, part.first, part.column))
                blocks = []
            else:
                blocks.append(block)
        kept.append(Part(blocks, part.first, part.column))
    return kept, taken

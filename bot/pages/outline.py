"""The outline of a page: headings, what stands below each, and the labels above them."""

from dataclasses import dataclass, field

from bot.pages.blocks import Block
from bot.pages.names import Known, known_name

# What may stand between a label and its heading: nothing that a reader of the page sees.
_UNSEEN = frozenset({"myst_line_comment", "definition"})


@dataclass(slots=True)
class Section:
    """A heading with the blocks below it and its sub-sections; the root has no heading."""

    heading: Block | None
    first: int
    """The first line, from 0: that of the label, if there is one."""
    last: int
    """The line after the last one."""
    labels: list[Block] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    sections: list["Section"] = field(default_factory=list)

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0

    @property
    def title(self) -> str:
        return self.heading.content if self.heading else ""

    @property
    def known(self) -> Known | None:
        """What part of a project the section is by its name."""
        return known_name(self.title)


def outline(root: Block) -> Section:
    """The sections of a page. Only headings at the top count, not those in quotes, lists or fences."""
    stack = [Section(None, 0, root.last)]
    for block in root.children:
        if block.kind != "heading":
            stack[-1].blocks.append(block)
            continue
        labels = _take_labels(stack[-1].blocks)
        section = Section(block, labels[0].first if labels else block.first, root.last, labels)
        while stack[-1].heading and stack[-1].level >= section.level:
            stack.pop().last = section.first
        stack[-1].sections.append(section)
        stack.append(section)
    return stack[0]


def _take_labels(blocks: list[Block]) -> list[Block]:
    """Take the labels (with what is unseen between them) off the end of what stands above a heading."""
    start = len(blocks)
    while start and blocks[start - 1].kind in _UNSEEN | {"myst_target"}:
        start -= 1
    while start < len(blocks) and blocks[start].kind != "myst_target":
        start += 1
    taken = blocks[start:]
    del blocks[start:]
    return taken


def is_project(section: Section) -> bool:
    """Whether there is a goal, outcomes or project information below the heading, however far below."""
    return has_parts_of_its_own(section) or any(is_project(below) for below in section.sections)


def has_parts_of_its_own(section: Section) -> bool:
    """Whether a goal, outcomes or information stand directly below: in terms, or in the next headings."""
    return any(map(has_telling_terms, section.blocks)) or any(
        below.known is not None and below.known.is_telling for below in section.sections
    )


def has_telling_terms(block: Block) -> bool:
    """Whether a block is a definition list of the kind that only projects have."""
    return block.kind == "dl" and any(
        known is not None and known.is_telling
        for known in (known_name(term.content) for term in block.children if term.kind == "dt")
    )

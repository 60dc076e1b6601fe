"""Sections as wholes: the label that names one, and one that stays prose."""

from bot.pages.blocks import Block
from bot.pages.outline import Section
from bot.pages.parts import Context
from bot.pages.values import NoteKind


def take_label(context: Context, section: Section) -> Block | None:
    """The label that names a project, ``projects:...`` before others, else the nearest; the rest is noted."""
    targets = [block for block in section.labels if block.kind == "myst_target"]
    ours = [block for block in targets if block.content.startswith(("projects:", "project:"))]
    chosen = ours[-1] if ours else targets[-1] if targets else None
    for block in section.labels:
        if block is chosen:
            context.notes.account_for(block.first, block.last)
        else:
            context.notes.note_block(block)
    return chosen


def note_section(context: Context, section: Section, kind: NoteKind) -> None:
    """Note a whole section, sub-sections included, and what is remarkable in it."""
    first = section.heading.first if section.heading else section.first
    context.notes.note(kind, first, section.last, section.title)
    waiting = [section]
    while waiting:
        inner = waiting.pop()
        for block in inner.blocks if inner is section else [*inner.labels, *inner.blocks]:
            context.notes.note_remarkable(block)
        waiting.extend(inner.sections)

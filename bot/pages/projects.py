"""One project: its heading, its parts, and the sub-projects below it."""

import re
from dataclasses import dataclass, field

from bot.pages.blocks import Block
from bot.pages.groups import GroupName, group_of, without_definitions
from bot.pages.inline import find_links
from bot.pages.links import NO_LEAD, Lead, LinkReader, lead_in
from bot.pages.marks import is_project_mark
from bot.pages.members import MemberReader
from bot.pages.names import Known, known_name
from bot.pages.outcomes import read_outcomes
from bot.pages.outline import Section, has_parts_of_its_own
from bot.pages.parts import Context, Part, is_line_of_links, read_words
from bot.pages.sections import note_section, take_label
from bot.pages.values import (
    Form,
    GroupKind,
    NoteKind,
    PageGroup,
    PageLink,
    PageMember,
    PageOutcome,
    Place,
    Value,
)

_DEFINITION_MARK = re.compile(r"[ \t]*[:~][ \t]+")


@dataclass(slots=True)
class Draft:
    """A project as far as it has been read: everything but its slug."""

    section: Section
    name: Value
    parent: "Draft | None" = None
    label: Block | None = None
    summary: Value | None = None
    goal: Value | None = None
    outcomes: list[PageOutcome] = field(default_factory=list)
    links: list[PageLink] = field(default_factory=list)
    members: list[PageMember] = field(default_factory=list)
    groups: list[PageGroup] = field(default_factory=list)
    has_summary_section: bool = False
    mark: Place | None = None

    @property
    def form(self) -> Form:
        return Form.DEFINITIONS if self.groups and not self.groups[0].level else Form.SECTIONS


def read_projects(context: Context, section: Section, parent: Draft | None = None) -> list[Draft]:
    """The project that the section is, and its sub-projects after it."""
    reader = _ProjectReader(context, section, parent)
    reader.read()
    return [reader.draft, *reader.below]


class _ProjectReader:
    def __init__(self, context: Context, section: Section, parent: Draft | None) -> None:
        self.context = context
        heading = section.heading or Block("heading", section.first, section.first + 1)
        self.draft = Draft(section, context.value(context.words(heading).place()), parent)
        context.notes.account_for(heading.first, heading.last)
        self.draft.label = take_label(context, section)
        self.below: list[Draft] = []

    def read(self) -> None:
        self._read_intro(self._without_mark(self.draft.section.blocks))
        for section in self.draft.section.sections:
            self._read_section(section, None)
        self.draft.groups.sort(key=lambda group: group.place.start)

    def _without_mark(self, blocks: list[Block]) -> list[Block]:
        """The blocks below the heading but for the line that publishing has put there."""
        if not blocks or blocks[0].kind != "paragraph" or not is_project_mark(blocks[0].content):
            return blocks
        self.draft.mark = self.context.lines_of(blocks[0])
        self.context.notes.account_for(blocks[0].first, blocks[0].last)
        return blocks[1:]

    def _read_intro(self, blocks: list[Block]) -> None:
        """What stands between the heading and the first section: a summary, definitions, links."""
        references = self.context.references
        start = next((i for i, block in enumerate(blocks) if block.kind == "dl"), len(blocks))
        words = next((i for i, block in enumerate(blocks) if is_line_of_links(block, references)), start)
        part = Part(blocks[: min(words, start)])
        self.draft.summary, rest = read_words(self.context, part, or_list=False)
        self._read_links([*rest, *blocks[len(part.blocks) :]], NO_LEAD)

    def _read_links(self, blocks: list[Block], lead: Lead) -> None:
        reader = LinkReader(self.context)
        for block in blocks:
            if block.kind == "dl":
                self._read_definitions(block)
            else:
                reader.read([block], lead)
        self.draft.links += reader.links

    def _read_definitions(self, block: Block) -> None:
        """Each term with the definitions that follow it."""
        terms = [i for i, child in enumerate(block.children) if child.kind == "dt"]
        for start, end in zip(terms, [*terms[1:], len(block.children)], strict=True):
            term, definitions = block.children[start], block.children[start + 1 : end]
            parts = [self._definition(term, definition) for definition in definitions]
            known = known_name(term.content) or self._known_by_links(parts)
            if known:
                self._read_group(GroupName(known, term, 0), parts)
            else:
                self.context.notes.note(NoteKind.TERM, term.first, definitions[-1].last, term.content)
                for definition in definitions:
                    self.context.notes.note_remarkable(definition)

    def _definition(self, term: Block, definition: Block) -> Part:
        line = max(definition.first, term.first + 1)  # markdown-it may count from the term's line
        while line < definition.last - 1 and self.context.source.is_blank(line):
            line += 1
        mark = _DEFINITION_MARK.match(self.context.source.lines[line])
        return Part(definition.children, line, mark.end() if mark else 0)

    def _known_by_links(self, parts: list[Part]) -> Known | None:
        """A term with a link below it says where something is, whatever it is called."""
        references = self.context.references
        has_links = any(
            inner.kind == "paragraph" and find_links(inner.content, references)
            for part in parts
            for block in part.blocks
            for inner in block.walk()
        )
        return Known(GroupKind.INFORMATION, is_telling=False, is_place=True) if has_links else None

    def _read_section(self, section: Section, within: Known | None) -> None:
        heading, known = section.heading, section.known
        if heading is None:
            return
        if known is None and section.title and self._is_sub_project(section, within):
            self.below += read_projects(self.context, section, self.draft)
            return
        for label in section.labels:
            self.context.notes.note_block(label)
        if known is None and (within is None or within.kind in {GroupKind.GOAL, GroupKind.SUMMARY}):
            note_section(self.context, section, NoteKind.SECTION)
            return
        if known is None and within is not None:  # a heading among outcomes or people
            self.context.notes.note(NoteKind.SECTION, heading.first, heading.last, section.title)
            known = within
        if known is not None:
            self._read_group(GroupName(known, heading, section.level), [Part(section.blocks)])
        for below in section.sections:
            self._read_section(below, known)

    def _is_sub_project(self, section: Section, within: Known | None) -> bool:
        if has_parts_of_its_own(section):
            return True
        if within is None:
            return section.level - self.draft.section.level > 1
        return within.kind is GroupKind.INFORMATION

    def _read_group(self, name: GroupName, parts: list[Part]) -> None:
        context, draft = self.context, self.draft
        draft.groups.append(group_of(context, name, parts))
        definitions: list[Block] = []
        if name.level:
            parts, definitions = without_definitions(parts)
        if not any(part.blocks for part in parts):
            context.notes.note(NoteKind.EMPTY, name.block.first, name.block.last, name.block.content)
        match name.known.kind:
            case GroupKind.GOAL if draft.goal is None:
                draft.goal = self._read_one_value(parts)
            case GroupKind.SUMMARY if not draft.has_summary_section:
                self._read_summary(parts)
            case GroupKind.GOAL | GroupKind.SUMMARY:
                self._note_repeated(name, parts)
            case _:
                self._read_many_values(name, parts)
        for block in definitions:
            self._read_definitions(block)

    def _read_many_values(self, name: GroupName, parts: list[Part]) -> None:
        """Outcomes, links and members: what several groups say of them is all taken."""
        context, draft = self.context, self.draft
        lead = lead_in(context, context.words(name.block)) if name.known.is_place else NO_LEAD
        people = MemberReader(context, "lead" if name.known.is_lead else "member")
        for part in parts:
            if name.known.kind is GroupKind.OUTCOMES:
                draft.outcomes += read_outcomes(context, part)
            elif name.known.kind is GroupKind.INFORMATION:
                self._read_links(part.blocks, lead)
            else:
                people.read(part.blocks)
        draft.members += people.members

    def _note_repeated(self, name: GroupName, parts: list[Part]) -> None:
        lines = [name.block, *(block for part in parts for block in part.blocks)]
        self.context.notes.note(NoteKind.REPEATED_SECTION, lines[0].first, lines[-1].last, name.block.content)
        for block in lines[1:]:
            self.context.notes.note_remarkable(block)

    def _read_one_value(self, parts: list[Part]) -> Value | None:
        """The first words in any of the parts; all else is noted."""
        value: Value | None = None
        for part in parts:
            rest = part.blocks
            if value is None:
                value, rest = read_words(self.context, part, or_list=True)
            for block in rest:
                self.context.notes.note_block(block)
        return value

    def _read_summary(self, parts: list[Part]) -> None:
        """A section of its own goes before the words below the project's heading, which stay prose."""
        value = self._read_one_value(parts)
        if value is None:
            return
        if before := self.draft.summary:
            self.context.notes.note_place(NoteKind.PROSE, before.place, before.text)
        self.draft.summary, self.draft.has_summary_section = value, True

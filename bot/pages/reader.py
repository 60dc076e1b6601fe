"""Reading a page: text in, values out."""

from collections import Counter
from collections.abc import Callable

from bot.pages.blocks import Block, parse_blocks
from bot.pages.errors import (
    NotAPageError,
    PageBinaryError,
    PageEmptyError,
    PageNotUtf8Error,
    PageTooLargeError,
)
from bot.pages.marks import has_marks
from bot.pages.notebook import Notebook
from bot.pages.outline import Section, is_project, outline
from bot.pages.parts import Context
from bot.pages.projects import Draft, read_projects
from bot.pages.sections import note_section
from bot.pages.slugs import Taken, slugify
from bot.pages.source import Source
from bot.pages.values import NoteKind, Page, PageProject, Value

LARGEST = 32 * 1024 * 1024

_STEP = 500  # lines between two reports of progress
_TITLE = "title:"

Progress = Callable[[int, int], None]


def decode_page(data: bytes) -> str:
    """The text of a page's bytes, unchanged. Raises a ``PageError`` when they are no text."""
    if len(data) > LARGEST:
        raise PageTooLargeError(len(data), LARGEST)
    if (offset := data.find(b"\0")) >= 0:
        raise PageBinaryError(offset)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise PageNotUtf8Error(error.start) from error


def read_page(text: str, *, progress: Progress | None = None) -> Page:
    """What a page says about its projects, and a note for each part of it that says nothing about them.

    ``progress`` is called with the steps done and their number, now and then and at the end.
    Raises a ``PageError`` when the text is too large, empty, binary or without any ``##`` heading;
    a page that has such headings, but no project below them, has no projects and notes that say why.
    """
    _refuse(text)
    source = Source(text)
    report = _reporter(progress, len(source.lines))
    root, references = parse_blocks(source.markdown(), report)
    page = outline(root)
    if not any(block.kind == "heading" and block.level == 2 for block in root.children):  # noqa: PLR2004 - "##"
        raise NotAPageError(len(source.lines))
    context = Context(source, references, Notebook(source), has_marks(text))
    reader = _PageReader(context, lambda line: report(len(source.lines) + line))
    reader.read(page)
    projects = reader.projects()
    if progress:
        progress(2 * len(source.lines), 2 * len(source.lines))
    return Page(reader.title, projects, context.notes.notes(), text)


def _refuse(text: str) -> None:
    if len(text) > LARGEST:
        raise PageTooLargeError(len(text), LARGEST)
    if (offset := text.find("\0")) >= 0:
        raise PageBinaryError(offset)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise PageEmptyError(len(text))


def _reporter(progress: Progress | None, lines: int) -> Callable[[int], None]:
    """Passes on every so many lines; they are gone through twice, to parse them and to read them."""
    reported = 0

    def report(line: int) -> None:
        nonlocal reported
        if progress and line - reported >= _STEP:
            reported = line
            progress(line, 2 * lines)

    return report


class _PageReader:
    def __init__(self, context: Context, report: Callable[[int], None]) -> None:
        self.title: Value | None = None
        self._has_title = False
        self._context = context
        self._report = report
        self._drafts: list[Draft] = []

    def read(self, section: Section) -> None:
        """The projects below a heading (or below none), and notes about all that is none."""
        for block in section.blocks:
            if block.kind == "front_matter" and self.title is None:
                self._read_front_matter(block)
            self._context.notes.note_block(block)
        for below in section.sections:
            self._report(below.first)
            if below.level == 1 and below.heading:
                self._read_title(below, below.heading)
                self.read(below)
            elif below.level == 2 and below.title and is_project(below):  # noqa: PLR2004 - "##"
                self._drafts += read_projects(self._context, below)
            else:
                self._note_labels(below)
                note_section(self._context, below, NoteKind.HEADING if below.title else NoteKind.EMPTY)

    def _read_title(self, section: Section, heading: Block) -> None:
        """The first heading with one number sign is the page's title; others are headings like any."""
        self._note_labels(section)
        if section.title and not self._has_title:
            self._has_title = True
            self.title = self._context.value(self._context.words(heading).place())
            self._context.notes.account_for(heading.first, heading.last)
        else:
            kind = NoteKind.HEADING if section.title else NoteKind.EMPTY
            self._context.notes.note(kind, heading.first, heading.last, section.title)

    def _note_labels(self, section: Section) -> None:
        for label in section.labels:
            self._context.notes.note_block(label)

    def _read_front_matter(self, block: Block) -> None:
        source = self._context.source
        for line in range(block.first, block.last):
            if source.lines[line].startswith(_TITLE):
                words = source.lines[line][len(_TITLE) :].strip(" \t")
                start = source.lines[line].index(words, len(_TITLE))
                if len(words) > len("''") and words[0] == words[-1] and words[0] in "\"'":
                    words, start = words[1:-1], start + 1
                if words:
                    self.title = Value(words, source.place(line, start, line, start + len(words)))

    def projects(self) -> tuple[PageProject, ...]:
        """All projects with their slugs: labels first, since those are addresses that must not move."""
        slugs: dict[int, str] = {}
        taken = Taken()
        for is_labelled in (True, False):
            for number, draft in enumerate(self._drafts):
                if (draft.label is not None) is is_labelled:
                    slugs[number] = self._slug(draft, taken)
        by_section = {id(draft): slugs[number] for number, draft in enumerate(self._drafts)}
        self._note_repeated_names()
        return tuple(self._project(draft, by_section) for draft in self._drafts)

    def _slug(self, draft: Draft, taken: Taken) -> str:
        label = draft.label.content.rpartition(":")[2].strip() if draft.label else ""
        wanted = slugify(label or draft.name.text)
        slug = taken.take(wanted)
        if slug != wanted:
            line = draft.name.place.line - 1
            self._context.notes.note(NoteKind.REPEATED_SLUG, line, line + 1, slug)
        return slug

    def _note_repeated_names(self) -> None:
        seen: Counter[str] = Counter()
        for draft in self._drafts:
            name = " ".join(draft.name.text.casefold().split())
            if seen[name]:
                line = draft.name.place.line - 1
                self._context.notes.note(NoteKind.REPEATED_NAME, line, line + 1, draft.name.text)
            seen[name] += 1

    def _project(self, draft: Draft, slugs: dict[int, str]) -> PageProject:
        source, section = self._context.source, draft.section
        heading = section.heading or Block("heading", section.first, section.first + 1)
        label = draft.label
        return PageProject(
            slug=slugs[id(draft)],
            anchor=label.content if label else None,
            name=draft.name,
            parent=slugs[id(draft.parent)] if draft.parent else None,
            summary=draft.summary,
            goal=draft.goal,
            outcomes=tuple(draft.outcomes),
            links=tuple(draft.links),
            members=tuple(draft.members),
            place=source.whole_lines(section.first, section.last),
            label=source.whole_lines(label.first, label.last) if label else None,
            heading=source.whole_lines(heading.first, heading.last),
            level=section.level,
            setext=not heading.markup.startswith("#"),
            form=draft.form,
            groups=tuple(draft.groups),
            mark=draft.mark,
        )

"""What a page says, and where it says it.

Every offset counts characters of the text exactly as it was given (byte order mark and
carriage returns included), so that ``text[place.start:place.end]`` is what stands there.
Places of values never overlap, so each can be replaced without touching another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text; ``line`` is the line of its start, counted from 1."""

    start: int
    end: int
    line: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Value:
    """Words read from the page: inline Markdown, one line a paragraph, blank lines between them."""

    text: str
    place: Place


class Form(StrEnum):
    """How a project says what its parts are."""

    SECTIONS = "sections"
    DEFINITIONS = "definition list"


class GroupKind(StrEnum):
    """What a section (or a term of a definition list) holds."""

    SUMMARY = "summary"
    GOAL = "goal"
    OUTCOMES = "outcomes"
    INFORMATION = "information"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class PageGroup:
    """One section or term of a project, and how a new item in it would be written.

    ``place`` runs from the start of the heading's (or term's) line to the end of the last line
    below it; ``body`` is what is below it alone, without the blank lines around it (empty, at the
    end of the heading, when nothing is there). Offsets of lines include their line end.
    """

    kind: GroupKind
    name: Value
    level: int
    """The heading's level; 0 for a term of a definition list."""
    place: Place
    body: Place
    item_prefix: str
    """What a new item starts with, such as ``"- "`` or, in a definition, ``"  * "``; "" without a list."""
    loose: bool
    """Whether blank lines stand between the items of the list."""


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """One key outcome; ``level`` is how deeply it is nested, from 0.

    ``mark`` is what publishing has put behind the text: how it stands, and since when (see ``marks``);
    ``is_edited``: in words that publishing has not.
    ``item`` is all its lines, those of nested outcomes included. ``prefix`` stands before the
    ``marker`` on its first line; both are "" when the outcome is a paragraph and not in a list.
    """

    text: str
    place: Place
    level: int
    item: Place
    prefix: str
    marker: str
    box: str
    """``"[ ]"`` or ``"[x]"`` as written, when the outcome is an item of a task list; else ""."""
    mark: Place | None = None
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of a project.

    ``place`` is the whole link. ``label_place`` and ``url_place`` are None when that part has no
    place of its own (a bare address has no label; a reference link has its address elsewhere,
    perhaps shared): then replace the whole. ``lead`` is the words before it, in its own bullet
    or in the one that it is nested below.
    """

    label: str
    url: str
    lead: str
    place: Place
    label_place: Place | None
    url_place: Place | None
    lead_place: Place | None
    item: Place
    """All lines of the list item or paragraph that it stands in."""


@dataclass(frozen=True, slots=True)
class PageMember:
    """A person; ``role`` is "lead" or "member", or the words that the page puts beside the name."""

    name: str
    role: str
    place: Place
    url: str | None
    handle: str | None
    item: Place
    """All lines of the list item or paragraph that the name stands in."""
    whole: Place | None = None
    """The name with its link and with what is said beside it."""


@dataclass(frozen=True, slots=True)
class PageProject:
    """A project, or a sub-project when ``parent`` is the slug of another.

    ``place`` is the whole of it, from the start of its label's (or heading's) line to the start of
    whatever comes after it; the sub-projects of a project are inside.
    """

    slug: str
    anchor: str | None
    """The label above the heading, as written: ``projects:tide-gauges``."""
    name: Value
    parent: str | None
    summary: Value | None
    goal: Value | None
    outcomes: tuple[PageOutcome, ...]
    links: tuple[PageLink, ...]
    members: tuple[PageMember, ...]
    place: Place
    label: Place | None
    """The label's whole line."""
    heading: Place
    """The heading's whole lines."""
    level: int
    setext: bool
    """Whether the heading is underlined and has no number signs."""
    form: Form
    groups: tuple[PageGroup, ...]
    mark: Place | None = None
    """The line below the heading in which publishing says when it was last checked (see ``marks``)."""


class NoteKind(StrEnum):
    """Why something on the page is not (all of) a record."""

    # What the page has around its projects
    PROSE = "prose"
    HEADING = "heading"  # a heading that is no project, with all that is below it
    SECTION = "section"  # a section of a project under a name that says nothing to us
    TERM = "term"  # the same in a definition list
    ADMONITION = "admonition"
    DIRECTIVE = "directive"
    TABLE = "table"
    LIST = "list"
    CODE = "code"
    QUOTE = "quote"
    MATH = "math"
    IMAGE = "image"
    HTML = "html"
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    RULE = "rule"
    FRONT_MATTER = "front matter"
    LINK_DEFINITION = "link definition"
    LABEL = "label"  # a label with no project below it

    # What stands where a record is read, and is none
    TODO = "to-do"
    PLACEHOLDER = "placeholder"
    EMPTY = "empty"  # a section, a heading or an item with nothing in it
    REPEATED_SECTION = "repeated section"
    UNSAFE_LINK = "unsafe link"
    LOCAL_LINK = "local link"  # relative: it leads somewhere on the page's own site only
    TOO_LONG = "too long"  # a paragraph too long to look for links or names in
    TOO_DEEP = "too deep"  # nested more deeply than is read

    # What was read, with a doubt; these stand beside the value
    REPEATED_SLUG = "repeated slug"  # text: the slug that was given instead
    REPEATED_NAME = "repeated name"  # text: the name
    TASK = "task"  # an item of a task list, read as an outcome without its box
    CONTACT = "contact"  # text: a member's address or handle, which no record has
    MARK = "mark"  # text: how an outcome stands, in words that say no status


@dataclass(frozen=True, slots=True)
class PageNote:
    """Lines of the page that stay as they are (or need a look), why, and the words to know them by."""

    line: int
    end_line: int
    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its projects in document order (a sub-project after its parent), and all else as notes."""

    title: Value | None
    projects: tuple[PageProject, ...]
    notes: tuple[PageNote, ...]
    text: str

    def places(self) -> Iterator[Place]:
        """The places of all values that can be replaced one by one, in no particular order."""
        for project in self.projects:
            yield project.name.place
            yield from (value.place for value in (project.summary, project.goal) if value)
            yield from (outcome.place for outcome in project.outcomes)
            yield from (link.place for link in project.links)
            yield from (member.place for member in project.members)

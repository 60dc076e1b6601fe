"""The people of a project: names in a list or a line, with roles, links and handles."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.pages.blocks import LISTS, Block
from bot.pages.inline import LONGEST, Found, find_links
from bot.pages.links import refusal
from bot.pages.notebook import note_kind, paragraph_kind, task_box
from bot.pages.parts import Context
from bot.pages.source import Words, normalise
from bot.pages.values import NoteKind, PageMember, Place

# None begins with blanks or gives back what it took: on a long run of blanks the time would be quadratic.
_SEPARATOR = re.compile(r"(?:[,;|\u00b7]|(?<=\s)[&/](?=\s)|\band\b|\bwith\b|\\?\n)\s*+")
_ROLE_BEFORE = re.compile(r"\s*+[*_]*+([^\W\d][\w \-/]{0,40}?)[*_]*+:[*_]*+\s++")
_ROLE_AFTER = re.compile(r"(?:\(([^()@]{1,60})\)|[\u2013\u2014-]\s++([^,;]{1,60}))$")
"""To be searched for in words without blanks at their end."""
_HANDLE = re.compile(r"\(?@([\w][\w.-]*)\)?")
_LEADS = re.compile(
    r"(?:co-?)?(?:project |team )?(?:lead|leader|shepherd|owner|champion|coordinator)s?", re.IGNORECASE
)
_ROLE_WORDS = re.compile(
    r"\b(?:lead|leader|shepherd|owner|champion|co-?ordinator|engineer|manager|director|scientist|developer|member"
    r"|maintainer|designer|writer|advisor|adviser|analyst|researcher|liaison|officer|steward|facilitator)s?\b",
    re.IGNORECASE,
)
_PARTICLES = re.compile(
    r"'t|al|bin|d[aeiou]|das|del|della|den|der|dos|el|ibn|la|le|ten|ter|van|von|y|zu", re.IGNORECASE
)
_LONGEST_NAME = 5  # words
_EDGES = " \t\n.*_"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One person in a paragraph, by offsets into it: the name, and what is said about them."""

    start: int
    end: int
    is_sure: bool
    """Whether a link or a handle shows that this is a person, and not just any words."""
    url: str | None
    handle: str | None
    role: str
    has_more: bool = False
    """Whether there are words beside the name that are none of these."""
    whole: tuple[int, int] = (0, 0)
    """The name and all that is said beside it."""


class MemberReader:
    """Reads members out of blocks; sentences about people are prose."""

    def __init__(self, context: Context, role: str) -> None:
        self._context = context
        self._role = role
        self.members: list[PageMember] = []

    def read(self, blocks: list[Block]) -> None:
        """The people named in lists and paragraphs."""
        for block in blocks:
            if block.kind in LISTS or block.kind == "list_item":
                if not block.children:
                    self._context.notes.note(NoteKind.EMPTY, block.first, block.last)
                self.read(block.children)
            elif block.kind == "paragraph":
                self._read_paragraph(block)
            else:
                self._context.notes.note_block(block)

    def _read_paragraph(self, block: Block) -> None:
        context, content = self._context, block.content
        if paragraph_kind(content) not in {NoteKind.PROSE, NoteKind.TODO} or len(content) > LONGEST:
            context.notes.note(note_kind(block), block.first, block.last)
            return
        words, role, start = context.words(block), self._role, len(task_box(content))
        if before := _ROLE_BEFORE.match(content, start):
            role, start = _role(before[1]), before.end()
        found: list[PageMember] = []
        has_other_words = False
        for entry in _entries(content, start, find_links(content, context.references)):
            name = content[entry.start : entry.end]
            if entry.is_sure or _is_name(name):
                found.append(self._member(words, entry, role, block))
                has_other_words |= entry.has_more
            elif found and _is_role(name):  # "Ana Silva, project lead"
                found[-1] = replace(found[-1], role=_role(name), whole=_up_to(found[-1], words, entry))
            else:
                has_other_words = True
        if has_other_words or not found:
            context.notes.note(note_kind(block), block.first, block.last)
        self.members += found

    def _member(self, words: Words, entry: _Entry, role: str, block: Block) -> PageMember:
        place = words.place(entry.start, entry.end)
        self._context.notes.account_for_place(place)
        name = normalise(place.of(self._context.source.text))
        self._note_contacts(place, name, entry)
        lines = self._context.lines_of(block)
        url = None if entry.url and refusal(entry.url) else entry.url
        whole = words.place(*entry.whole)
        return PageMember(name, entry.role or role, place, url, entry.handle, lines, whole)

    def _note_contacts(self, place: Place, name: str, entry: _Entry) -> None:
        """What a record does not keep; a handle that is the name is kept as that."""
        notes = self._context.notes
        if entry.url is not None:
            notes.note_place(refusal(entry.url) or NoteKind.CONTACT, place, entry.url)
        if entry.handle is not None and entry.handle != name:
            notes.note_place(NoteKind.CONTACT, place, f"@{entry.handle}")


def _up_to(member: PageMember, words: Words, entry: _Entry) -> Place:
    """The member with the role that comes behind a comma."""
    begin = member.whole or member.place
    return Place(begin.start, words.place(*entry.whole).end, begin.line)


def _entries(content: str, start: int, links: list[Found]) -> Iterator[_Entry]:
    """The content cut at commas and the like, but not inside links."""
    links = [link for link in links if link.start >= start]
    cuts = [
        (cut.start(), cut.end())
        for cut in _SEPARATOR.finditer(content, start)
        if not _cuts_a_link(cut, links)
    ]
    for cut, after in [*cuts, (len(content), len(content))]:
        end = start + len(content[start:cut].rstrip())
        first = bisect_left(links, start, key=lambda link: link.start)
        if content[start:end].strip(_EDGES):
            has_link = first < len(links) and links[first].end <= end
            entry = _linked(content, start, links[first], end) if has_link else _plain(content, start, end)
            yield replace(entry, whole=(start, end))
        start = after


def _cuts_a_link(cut: re.Match[str], links: list[Found]) -> bool:
    """Whether a cut falls into one of the links, which are in order."""
    at = bisect_right(links, cut.start(), key=lambda link: link.end)
    return at < len(links) and links[at].start < cut.end()


def _linked(content: str, begin: int, link: Found, end: int) -> _Entry:
    """The person whom a link names, in a stretch of the content."""
    start, stop = _trim(content, *(link.label or (link.start, link.end)))
    rest = content[link.end : end]
    handle, role = _HANDLE.search(rest), _ROLE_AFTER.search(rest)
    has_more = _has_words(content[begin : link.start]) or _has_words(_without(rest, handle, role))
    return _Entry(
        start, stop, start < stop, link.url, handle[1] if handle else None, _role_in(role), has_more
    )


def _plain(content: str, start: int, end: int) -> _Entry:
    """The person whom bare words name: "Ana", "@ana", "Ana (@ana)", "Ana (lead)"."""
    role = _ROLE_AFTER.search(content[start:end])
    if role:
        end = start + role.start()
    handle = _HANDLE.search(content, start, end)
    has_more = handle is not None and _has_words(content[handle.end() : end])
    if handle:
        has_name = bool(content[start : handle.start()].strip(_EDGES + "("))
        start, end = (start, handle.start()) if has_name else handle.span(1)
    start, end = _trim(content, start, end)
    return _Entry(
        start, end, handle is not None, None, handle[1] if handle else None, _role_in(role), has_more
    )


def _without(words: str, *found: re.Match[str] | None) -> str:
    """The words with a blank in place of what was found in them."""
    for each in found:
        if each:
            words = words[: each.start()] + " " * (each.end() - each.start()) + words[each.end() :]
    return words


def _has_words(rest: str) -> bool:
    return re.search(r"\w", rest) is not None


def _trim(content: str, start: int, end: int) -> tuple[int, int]:
    while start < end and content[start] in _EDGES:
        start += 1
    while end > start and content[end - 1] in _EDGES:
        end -= 1
    return start, end


def _role_in(found: re.Match[str] | None) -> str:
    return _role(found[1] or found[2]) if found else ""


def _role(words: str) -> str:
    plain = words.strip(_EDGES + "()")
    if _LEADS.fullmatch(plain):
        return "lead"
    return "member" if plain.casefold() in {"member", "members", "team"} else plain


def _is_role(words: str) -> bool:
    return _ROLE_WORDS.search(words) is not None and len(words.split()) <= _LONGEST_NAME


def _is_name(words: str) -> bool:
    """A few words, each with a capital (or of a script without any), perhaps with particles between."""
    parts = [part for part in words.split() if not _PARTICLES.fullmatch(part)]
    has_capitals = all(part[0].isalpha() and not part[0].islower() for part in parts)
    return 0 < len(parts) <= _LONGEST_NAME and has_capitals and not words.endswith(":")

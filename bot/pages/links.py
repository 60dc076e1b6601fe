"""The links of a project, with the words that lead up to each."""

import re
from dataclasses import dataclass

from bot.pages.blocks import LISTS, Block
from bot.pages.inline import LONGEST, Found, find_links
from bot.pages.notebook import note_kind, task_box
from bot.pages.parts import Context
from bot.pages.source import Words, normalise
from bot.pages.values import NoteKind, PageLink, Place

_LONGEST_LEAD = 160
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SAFE = re.compile(r"https?://[^\s/]\S*|mailto:\S[^\s@]*+@\S+", re.IGNORECASE)
_CONNECTIVE = re.compile(r"(?:and|or|as well as|plus|also|[\W_])*", re.IGNORECASE)
_BEFORE = re.compile(r"^[\s,;.:)\]\u2013\u2014-]+")
_AFTER = re.compile(r"[\s,;:(\[\u2013\u2014-]+$")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(.+)\1", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Lead:
    """The words before a link, and where they stand, if they stand on the page."""

    text: str = ""
    place: Place | None = None


NO_LEAD = Lead()


def refusal(url: str) -> NoteKind | None:
    """Why an address cannot be a link of a record: it is not safe, or leads nowhere from chat."""
    if _SAFE.fullmatch(url):
        return None
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
        return NoteKind.UNSAFE_LINK
    return NoteKind.LOCAL_LINK


def lead_in(context: Context, words: Words, start: int = 0, end: int | None = None) -> Lead:
    """The words in a stretch without the punctuation and emphasis around them, if they are not too many."""
    end = len(words.content) if end is None else end
    if end - start > _LONGEST_LEAD:
        return NO_LEAD
    size = -1
    while size != end - start:  # "**Board:**" and "**Board**:" both take two turns
        size = end - start
        if found := _BEFORE.search(words.content[start:end]):
            start += found.end()
        if found := _AFTER.search(words.content[start:end]):
            end = start + found.start()
        if found := _EMPHASIS.fullmatch(words.content[start:end]):
            start, end = start + found.start(2), start + found.end(2)
    if start >= end:
        return NO_LEAD
    place = words.place(start, end)
    return Lead(normalise(place.of(context.source.text)), place)


class LinkReader:
    """Reads links out of blocks; all words that are not part of one are noted as prose."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.links: list[PageLink] = []

    def read(self, blocks: list[Block], lead: Lead = NO_LEAD) -> None:
        """The links in lists and paragraphs; other blocks stay as they are."""
        for block in blocks:
            if block.kind == "paragraph":
                self._read_paragraph(block, block, lead)
            elif block.kind in LISTS:
                for item in block.children:
                    self._read_item(item, lead)
            else:
                self._context.notes.note_block(block)

    def _read_item(self, item: Block, lead: Lead) -> None:
        if not item.children:
            self._context.notes.note(NoteKind.EMPTY, item.first, item.last)
            return
        head, rest = item.children[0], item.children[1:]
        if head.kind != "paragraph":
            self.read(item.children, lead)
            return
        before = len(self.links)
        if find_links(head.content, self._context.references):
            self._read_paragraph(head, item, lead)
            own = self.links[before:]
            self.read(rest, Lead(own[0].lead or own[0].label, own[0].lead_place) if own else lead)
            return
        own_lead = lead_in(
            self._context, self._context.words(head), len(task_box(head.content)), len(head.content)
        )
        self.read(rest, own_lead)
        if not any(own_lead.place and link.lead_place == own_lead.place for link in self.links[before:]):
            self._context.notes.note_block(head)

    def _read_paragraph(self, block: Block, item: Block, lead: Lead) -> None:
        """The links of one paragraph. In an item any words may lead up to a link; else they need a colon."""
        context, content = self._context, block.content
        if len(content) > LONGEST:
            context.notes.note(NoteKind.TOO_LONG, block.first, block.last)
            return
        words, end, rest = context.words(block), len(task_box(content)), ""
        links = find_links(content, context.references)
        for found in links:
            before = content[end : found.start]
            if not _CONNECTIVE.fullmatch(before):
                is_lead = (item is not block or before.rstrip(" *_\n").endswith(":")) and len(
                    before
                ) <= _LONGEST_LEAD
                lead = lead_in(context, words, end, found.start) if is_lead else NO_LEAD
                rest += "" if is_lead else before
            end = found.end
            self._add(words, found, lead, item)
        rest += content[end:]
        if not links:
            context.notes.note(note_kind(block), block.first, block.last)
        elif not _CONNECTIVE.fullmatch(rest):
            context.notes.note(NoteKind.PROSE, block.first, block.last, normalise(rest))

    def _add(self, words: Words, found: Found, lead: Lead, item: Block) -> None:
        context = self._context
        place = words.place(found.start, found.end)
        url = found.url.strip()
        if refused := refusal(url):
            line = place.line - 1
            context.notes.note(refused, line, line + 1, normalise(words.content[found.start : found.end]))
            return
        for used in (place, lead.place):
            if used:
                context.notes.account_for_place(used)
        label, label_place = _label(words, found, context.source.text)
        self.links.append(
            PageLink(
                label=label or url.removeprefix("mailto:"),
                url=url,
                lead=lead.text,
                place=place,
                label_place=label_place,
                url_place=words.place(*found.address) if found.address else None,
                lead_place=lead.place,
                item=context.lines_of(item),
            )
        )


def _label(words: Words, found: Found, text: str) -> tuple[str, Place | None]:
    """The text of a link; that of an image is its description, and has no place of its own."""
    if found.label is None:
        return "", None
    place = words.place(*found.label)
    label = normalise(place.of(text))
    if image := _IMAGE.fullmatch(label):
        return image[1], None
    return label, place if label and found.is_label_free else None

"""Links in inline Markdown: what is one, and where its parts stand."""

import re
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as autolink_rule
from markdown_it.rules_inline import image as image_rule
from markdown_it.rules_inline import link as link_rule

from bot.pages.blocks import Markdown, References

LONGEST = 10_000  # Longer paragraphs are not searched, so that no page can take more than linear time.

_HINTS = re.compile(r"\]|://|<|mailto:")
_BARE = re.compile(r"://[^\s<>`\"|]+")
_SCHEME = re.compile(r"(?<![\w/])https?$", re.IGNORECASE)
_ROLE = re.compile(r"\{[\w:+-]+\}(?=`)")
_EMAIL = re.compile(r"[^\s:/]+@[^\s:/]+")
_CLOSING = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Found:
    """A link in a piece of inline Markdown, by offsets into it. None: the part has no place of its own."""

    start: int
    end: int
    url: str
    label: tuple[int, int] | None
    """The label's place, also when it names the link's definition and so must not be changed alone."""
    is_label_free: bool
    address: tuple[int, int] | None


def find_links(content: str, references: References) -> list[Found]:
    """The links of a paragraph, in order; none are looked for in one longer than ``LONGEST``."""
    if len(content) > LONGEST or not _HINTS.search(content):
        return []
    parser, found = _parser(), list[Found]()
    parser.inline.parse(content, parser, {"references": references, "found": found}, [])
    return found


@lru_cache(maxsize=1)
def _parser() -> Markdown:
    """A parser that knows what hides links (code, roles, HTML, images) and records those it sees."""
    parser = Markdown("commonmark")
    rules = parser.inline.ruler
    rules.at("link", _link)
    rules.at("image", _image)
    rules.at("autolink", _autolink)
    rules.before("backticks", "role", _role)
    rules.before("escape", "bare", _bare)
    rules.enableOnly(
        ["text", "newline", "escape", "backticks", "role", "link", "image", "autolink", "html_inline", "bare"]
    )
    parser.inline.ruler2.enableOnly([])
    return parser


# The rules below call markdown-it's in silent mode: they move on, and make no tokens.


def _link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    start = state.pos
    if not link_rule(state, silent=True):
        return False
    if not silent:
        label_end = state.md.helpers.parseLinkLabel(state, start, disableNested=True)
        state.env["found"].append(_found(state, start, label_end))
    return True


def _found(state: StateInline, start: int, label_end: int) -> Found:
    """The parts of the link that ends where the parser is now."""
    content, end = state.src, state.pos
    label = (start + 1, label_end)
    if end > label_end + 1 and content[label_end + 1] == "(":
        at = label_end + 2
        while content[at] in " \t\n":
            at += 1
        address = state.md.helpers.parseLinkDestination(content, at, end)
        to = address.pos if address.ok else at
        if content[at] == "<" and to > at:
            return Found(start, end, address.str, label, is_label_free=True, address=(at + 1, to - 1))
        return Found(
            start, end, address.str if address.ok else "", label, is_label_free=True, address=(at, to)
        )
    name = content[label_end + 2 : end - 1] if end > label_end + 1 else ""
    reference = state.env["references"].get(normalizeReference(name or content[slice(*label)]), {})
    return Found(start, end, reference.get("href", ""), label, is_label_free=bool(name), address=None)


def _image(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001 - markdown-it calls rules so
    return image_rule(state, silent=True)


def _autolink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    start = state.pos
    if not autolink_rule(state, silent=True):
        return False
    if not silent:
        inside = (start + 1, state.pos - 1)
        url = state.src[slice(*inside)]
        url = f"mailto:{url}" if _EMAIL.fullmatch(url) else url
        state.env["found"].append(Found(start, state.pos, url, None, is_label_free=False, address=inside))
    return True


def _role(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001 - markdown-it calls rules so
    """Skip the name of a role; what is in its backticks is skipped as code is."""
    found = _ROLE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if found:
        state.pos = found.end()
    return found is not None


def _bare(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """An address without any markup: the text before its colon has been passed already."""
    if silent or state.src[state.pos] != ":":
        return False
    rest = _BARE.match(state.src, state.pos, state.posMax)
    scheme = _SCHEME.search(state.src[max(state.pos - 6, 0) : state.pos])
    if not rest or not scheme:
        return False
    start, end = state.pos - len(scheme[0]), _end_of_bare(state.src, rest.start() + 3, rest.end())
    if end is None:
        return False
    state.env["found"].append(
        Found(start, end, state.src[start:end], None, is_label_free=False, address=(start, end))
    )
    state.pos = end
    return True


def _end_of_bare(content: str, start: int, end: int) -> int | None:
    """Where a bare address ends: not with the punctuation of the sentence that it stands in."""
    while end > start:
        last = content[end - 1]
        if last in ".,;:!?'*_~" or (
            last in _CLOSING and content.count(last, start, end) > content.count(_CLOSING[last], start, end)
        ):
            end -= 1
        else:
            return end
    return None

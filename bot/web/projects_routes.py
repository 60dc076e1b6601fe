"""Which page an address is of. Pure."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, quote

from bot.web.projects import PREFIX

HTML, JSON, ATOM, ICS = "html", "json", "atom", "ics"
TYPES = {
    HTML: "text/html; charset=utf-8",
    JSON: "application/json",
    ATOM: "application/atom+xml; charset=utf-8",
    ICS: "text/calendar; charset=utf-8",
}
_OF_PROJECT = frozenset({HTML, JSON})
_IN = "in"
_LONGEST = 300
"""Characters of an address of ours."""
_RANGE = re.compile(r"\s*([\w*]+/[\w*+.-]+)\s*(?:;.*?\bq=([01](?:\.\d{0,3})?))?.*")
_MOST_RANGES = 20
_PAGE = re.compile(r"[1-9]\d{0,5}", re.ASCII)


class Wanted(NamedTuple):
    """`address`: the workspace's, or None for the only one. `slug`: None for the list of projects.

    `is_by_name`: the format stands in the address, and was not chosen by what the browser likes.
    """

    address: str | None
    slug: str | None
    format: str
    page: int = 1
    is_by_name: bool = False


def wanted_by(path: str, query: str, accept: str) -> Wanted | None:
    """None for what is no address of ours. `path` is decoded, and begins with PREFIX."""
    rest = path.removeprefix(PREFIX)
    if len(path) > _LONGEST or "\x00" in path:
        return None
    rest, extension = _split(rest)
    parts = rest.split("/")
    if parts.pop(0) or not all(parts):
        return None
    address = None
    if len(parts) > 1 and parts[0] == _IN:
        address, parts = parts[1], parts[2:]
    if len(parts) > 1:
        return None
    slug = parts[0] if parts else None
    kinds = _OF_PROJECT if slug is not None else frozenset(TYPES)
    page = _page(query)
    if page is None or (extension and extension not in kinds):
        return None
    kind = extension or liked(accept, kinds)
    has_pages = slug is None and kind in {HTML, JSON}
    return Wanted(address, slug, kind, page if has_pages else 1, bool(extension))


def liked(accept: str, kinds: frozenset[str] | set[str]) -> str:
    """The format that is liked best; HTML, if others are liked no better."""
    best, most = HTML, 0.0
    for each in accept.split(",")[:_MOST_RANGES]:
        found = _RANGE.fullmatch(each)
        kind = found and next((k for k in TYPES if TYPES[k].split(";")[0] == found[1].lower()), None)
        if found and found[1] == "*/*":
            kind = HTML
        if found is None or kind not in kinds or kind is None:
            continue
        quality = float(found[2] or 1)
        if quality > most or (quality == most and kind == HTML):
            best, most = kind, quality
    return best


class Addresses:
    """Where the pages of one workspace are, from `base` on: "" for addresses without a host."""

    def __init__(self, address: str | None, base: str = "") -> None:
        self.root = base + PREFIX + (f"/{_IN}/{quote(address, safe='')}" if address is not None else "")

    def list(self, page: int = 1) -> str:
        return self.root if page == 1 else f"{self.root}?page={page}"

    def project(self, slug: str) -> str:
        return f"{self.root}/{quote(slug, safe='')}"

    def list_as(self, kind: str, page: int = 1) -> str:
        return f"{self.root}.{kind}" + (f"?page={page}" if page > 1 else "")

    def project_as(self, slug: str, kind: str) -> str:
        return f"{self.project(slug)}.{kind}"


def _split(rest: str) -> tuple[str, str]:
    before, dot, extension = rest.rpartition(".")
    return (before, extension) if dot and extension in TYPES and extension != HTML else (rest, "")


def _page(query: str) -> int | None:
    """All else in the query is nobody's, as what mail programs add to links."""
    try:
        values = parse_qs(query, max_num_fields=_MOST_RANGES).get("page", ["1"])
    except ValueError:
        return None
    return int(values[-1]) if _PAGE.fullmatch(values[-1]) else None

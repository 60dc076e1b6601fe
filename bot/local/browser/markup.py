"""HTML that is safe by construction: what is not `Markup` already is escaped on its way in."""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

Attribute = str | int | float | bool | None
Attributes = Mapping[str, Attribute]

_VOID = frozenset({"br", "hr", "img", "input"})
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20<>\"\x7f]+", re.IGNORECASE)


def el(name: str, attributes: Attributes | None = None, *children: str) -> Markup:
    """One element. An attribute that is None or False is left out; one that is True stands alone."""
    parts = [f"<{name}"]
    for key, value in (attributes or {}).items():
        if value is None or value is False:
            continue
        parts.append(f" {key}" if value is True else f' {key}="{escape(value)}"')
    parts.append(">")
    opening = Markup("".join(parts))  # noqa: S704 - names are ours, values were escaped just above
    if name in _VOID:
        return opening
    return opening + join(children) + Markup("</{}>").format(name)


def join(children: Iterable[str], separator: str = "") -> Markup:
    return escape(separator).join(children)


def safe_link(url: str) -> str | None:
    """The address if a browser may follow it: http, https or mailto, and nothing that ends an attribute."""
    return url if _SAFE_LINK.fullmatch(url) else None


def link(url: str, label: str, classes: str | None = None) -> Markup:
    """A link to elsewhere, or its label alone if the address is not one to follow."""
    href = safe_link(url)
    if href is None:
        return escape(label)
    attributes: Attributes = {
        "href": href,
        "class": classes,
        "target": "_blank",
        "rel": "noopener noreferrer",
    }
    return el("a", attributes, label)

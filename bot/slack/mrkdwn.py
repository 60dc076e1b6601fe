"""From what a person or a page wrote (inline Markdown) to Slack's mrkdwn, harmless whatever it was.

Everything is escaped on its way out: nobody can make the bot say `<!channel>`.
"""

import re
from functools import lru_cache, wraps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_INVISIBLE = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
"""Control characters, and those that turn the direction of all that follows them on the line."""
_PLAIN = re.compile(rf"(?:[^&<>\[\]*_~`\\{{\n:{_INVISIBLE}]++|:(?!//))*+")
_BARE = re.compile(
    r"\bhttps?://[^\s<>|\"\u201c\u201d]*[^\s<>|\"\u201c\u201d.,;:!?)\]}'\u2019\u2026]", re.IGNORECASE
)
"""An address in the middle of a text, without the punctuation after it."""
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_ADDRESS = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s]|tel:[^\s])", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile(rf"[\s<>|{_INVISIBLE}]")
_LONGEST_LINK = 2900
"""Slack takes 3,000 characters in a section, and a link cannot be divided."""
_ROLE = re.compile(r"\{([\w:.+-]+)\}`([^`]*)`")
_CACHED = 4096
_LONGEST_CACHED = 3000
"""Characters: as long as what somebody can type in Slack. Longer texts would fill the memory."""
_LONGEST_DRAWN = 20_000
"""Characters. Parsing takes up to 10 ms for a thousand of them, and somebody waits for the whole text."""
_MARKS = {"strong": "*", "em": "_", "s": "~"}


def escape(text: str) -> str:
    """The three characters that Slack reads as markup, spelled out; what cannot be seen is left out."""
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _remembered(draw: "Callable[[str], str]") -> "Callable[[str], str]":
    """The same, with what it made of short texts kept."""
    remembered = lru_cache(maxsize=_CACHED)(draw)

    @wraps(draw)
    def drawn(markdown: str) -> str:
        return remembered(markdown) if len(markdown) <= _LONGEST_CACHED else draw(markdown)

    return drawn


@_remembered
def mrkdwn(markdown: str) -> str:
    """Emphasis, code and links as Slack writes them; everything else as it was typed.

    A very long text is as it was typed altogether, but for its links.
    """
    if _PLAIN.fullmatch(markdown):
        return markdown.strip()
    if len(markdown) > _LONGEST_DRAWN:
        return _with_links(_UNSEEN.sub("", markdown)).strip()
    return "".join(_drawn(_tokens(markdown))).strip()


@_remembered
def plain(markdown: str) -> str:
    """The words alone, on one line, not escaped, for headers and the like; a very long text as typed."""
    if _PLAIN.fullmatch(markdown):
        return markdown.strip()
    if len(markdown) > _LONGEST_DRAWN:
        return " ".join(_UNSEEN.sub("", markdown).split())
    return " ".join("".join(_word(token) for token in _tokens(markdown)).split())


def address(url: str) -> str | None:
    """The address as it can be clicked in Slack; None for one that only means something elsewhere.

    `[x](!channel)` and `[x](@U123)` are addresses in Markdown, and would be mentions in Slack.
    """
    if not _ADDRESS.match(url):
        return None
    return _NOT_IN_ADDRESS.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), url)


def link(url: str, label: str) -> str:
    """A link; the label is words, not mrkdwn, since Slack draws no emphasis inside of one.

    What cannot be a link there is written out.
    """
    return _short_link(url, label) if len(url) + len(label) <= _LONGEST_CACHED else _link(url, label)


@lru_cache(maxsize=_CACHED)
def _short_link(url: str, label: str) -> str:
    return _link(url, label)


def _link(url: str, label: str) -> str:
    label, url = " ".join(label.split()), url.strip()
    target = address(url)
    if target is not None:
        # A bar would end the address a second time; the broken bar looks the same.
        said = "" if label == url else escape(label).replace("|", "¦")
        drawn = f"<{escape(target)}|{said}>" if said else f"<{escape(target)}>"
        if len(drawn) <= _LONGEST_LINK:
            return drawn
    return escape(f"{label} ({url})" if label and url and label != url else label or url)


def _tokens(markdown: str) -> "list[Token]":
    # MyST's roles ({badge}`new,badge-light`) are drawn as the words that a page would show.
    text = _UNSEEN.sub("", markdown)
    text = _ROLE.sub(lambda m: m[2].split(",")[0] if m[1] == "badge" else m[2], text)
    return [child for token in _parser().parseInline(text) for child in token.children or ()]


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    # Imported on the first text with markup in it, since many commands are answered without.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark").enable("strikethrough")


def _drawn(tokens: "list[Token]") -> "Iterator[str]":
    url: str | None = None
    label: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            url, label = str(token.attrs.get("href", "")), []
        elif token.type == "link_close":
            # A bare address is shown as it is: decoded, it may look like another.
            yield link(url or "", "" if token.info == "auto" else "".join(label))
            url = None
        elif url is not None:
            label.append(_word(token))
        elif token.type == "code_inline":
            yield f"`{escape(token.content)}`"
        elif token.type == "image":
            yield link(str(token.attrs.get("src", "")), _word(token))
        elif token.nesting:
            yield _MARKS.get(token.tag, "")
        else:
            yield _with_links(_word(token))


def _with_links(text: str) -> str:
    # Slack would do so by itself, and would make a mention of every typed @channel on the way: the blocks
    # say `verbatim`, which switches both off (docs.slack.dev, "text object").
    pieces = []
    start = 0
    for found in _BARE.finditer(text):
        pieces += [escape(text[start : found.start()]), link(found[0], found[0])]
        start = found.end()
    return "".join([*pieces, escape(text[start:])])


def _word(token: "Token") -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "image":
        return "".join(_word(child) for child in token.children or ())
    # Once more: an entity such as &#x202e; is a character only by now.
    return _UNSEEN.sub("", token.content) if not token.nesting else ""

"""From what a person or a page wrote (inline Markdown) to Slack's mrkdwn, harmless whatever it was.

Everything is escaped on its way out: nobody can make the bot say `<!channel>`.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PLAIN = re.compile(r"[^&<>\[\]*_~`\\{\n]*")
_ROLE = re.compile(r"\{([\w:.+-]+)\}`([^`]*)`")
_CACHED = 4096
_MARKS = {"strong": "*", "em": "_", "s": "~"}


def escape(text: str) -> str:
    """The three characters that Slack reads as markup, spelled out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=_CACHED)
def mrkdwn(markdown: str) -> str:
    """Emphasis, code and links as Slack writes them; everything else as it was typed."""
    if _PLAIN.fullmatch(markdown):
        return markdown
    return "".join(_drawn(_tokens(markdown))).strip()


@lru_cache(maxsize=_CACHED)
def plain(markdown: str) -> str:
    """The words alone, on one line, not escaped: for headers and other plain_text."""
    if _PLAIN.fullmatch(markdown):
        return markdown
    return " ".join("".join(_word(token) for token in _tokens(markdown)).split())


def link(url: str, label: str) -> str:
    """A link; the label is words, not mrkdwn, since Slack draws no emphasis inside of one."""
    target = escape(url).replace("|", "%7C").replace(" ", "%20").replace("\n", "%0A")
    # A bar would end the address a second time; the broken bar looks the same.
    return f"<{target}|{escape(label).replace('|', '¦')}>" if label else f"<{target}>"


def _tokens(markdown: str) -> "list[Token]":
    # MyST's roles ({badge}`new,badge-light`) are drawn as the words that a page would show.
    text = _ROLE.sub(lambda m: m[2].split(",")[0] if m[1] == "badge" else m[2], markdown)
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
            yield link(url or "", "".join(label))
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
            yield escape(_word(token))


def _word(token: "Token") -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "image":
        return "".join(_word(child) for child in token.children or ())
    return token.content if not token.nesting else ""

"""From what a person or a page wrote (inline Markdown) to HTML, harmless whatever it was."""

import re
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from bot.slack.mrkdwn import plain

_BARE = re.compile(
    r"\bhttps?://[^\s<>|\"\u201c\u201d]*[^\s<>|\"\u201c\u201d.,;:!?)\]}'\u2019\u2026]", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@)", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ROLE = re.compile(r"\{([\w:.+-]+)\}`([^`]*)`")
_LONGEST = 20_000
"""Characters. Longer texts are shown as they were typed."""
_REL = "nofollow noopener noreferrer"


@lru_cache(maxsize=4096)
def markup(markdown: str) -> Markup:
    """Emphasis, code and links to the web; everything else as it was typed."""
    text = _UNSEEN.sub("", markdown)
    if len(text) > _LONGEST:
        return escape(text)
    text = _ROLE.sub(lambda m: m[2].split(",")[0] if m[1] == "badge" else m[2], text)
    return Markup(_parser().renderInline(text).strip())  # noqa: S704 - the parser escapes all but what it makes


def words(markdown: str) -> str:
    """The words alone, on one line."""
    return plain(markdown)


class _Parser(MarkdownIt):
    """One that takes addresses on the web, and those of mail, for links, and no others."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's
        return bool(_ADDRESS.match(url))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False})
    parser.enable("strikethrough")
    # What is looked at tells nobody else so: no picture is loaded.
    parser.disable(["image", "html_inline", "entity"])
    parser.add_render_rule("text", _text)
    parser.add_render_rule("link_open", _link_open)
    return parser


def _text(_renderer: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:  # noqa: ANN401 - markdown-it's
    """With bare addresses as links, unless it stands in one."""
    content = tokens[index].content
    inside = sum(token.nesting for token in tokens[:index] if token.type.startswith("link_"))
    if inside:
        return str(escape(content))
    found, start = [], 0
    for match in _BARE.finditer(content):
        url = escape(match[0])
        found += [escape(content[start : match.start()]), f'<a href="{url}" rel="{_REL}">{url}</a>']
        start = match.end()
    return "".join(map(str, [*found, escape(content[start:])]))


def _link_open(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:  # noqa: ANN401 - markdown-it's
    tokens[index].attrSet("rel", _REL)
    return str(renderer.renderToken(tokens, index, options, env))

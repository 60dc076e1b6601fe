"""Slack's markdown block: standard Markdown, without HTML, and with images as their description."""

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from bot.local.browser.inline import draw_emoji
from bot.local.browser.markup import el, join, link

_ALIGNMENTS = {
    "text-align:left": "align-left",
    "text-align:center": "align-center",
    "text-align:right": "align-right",
}
_PLAIN = frozenset(
    {"p", "em", "strong", "s", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}
    | {f"h{level}" for level in range(1, 7)}
)
_TASKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}
_DEEPEST = 20

_READER = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])


def draw_markdown(text: str) -> Markup:
    return el("div", {"class": "markdown"}, _draw_tokens(_READER.parse(text)))


def _draw_tokens(tokens: Sequence[Token]) -> Markup:
    """Nested tokens come as a flat list of openings and closings; this reads it back into a tree."""
    stack: list[tuple[Token | None, list[Markup]]] = [(None, [])]
    for token in tokens:
        if token.nesting > 0:
            stack.append((token, []))
        elif token.nesting < 0:
            opening, children = stack.pop()
            stack[-1][1].append(_draw_nested(opening, children))
        else:
            stack[-1][1].append(_draw_leaf(token))
    return join(stack[0][1])


def _draw_nested(opening: Token | None, children: list[Markup]) -> Markup:
    inner = join(children)
    if opening is None or opening.hidden:
        return inner
    if opening.type == "link_open":
        return link(str(opening.attrGet("href") or ""), inner)
    if opening.tag == "table":
        return el("div", {"class": "table-scroll"}, el("table", {"class": "data-table"}, inner))
    if opening.tag not in _PLAIN:
        return inner
    classes = _ALIGNMENTS.get(str(opening.attrGet("style")))
    start = opening.attrGet("start")
    return el(opening.tag, {"class": classes, "start": start}, inner)


def _draw_leaf(token: Token) -> Markup:
    draw = _LEAVES.get(token.type)
    return escape(token.content) if draw is None else draw(token)


def _draw_words(token: Token) -> Markup:
    mark = _TASKS.get(token.content[:4])
    return draw_emoji(mark + token.content[4:] if mark else token.content)


def _draw_code(token: Token) -> Markup:
    return el("pre", {"class": "code-block"}, token.content.removesuffix("\n"))


_LEAVES: dict[str, Callable[[Token], Markup]] = {
    "inline": lambda token: _draw_tokens(token.children or []),
    "text": _draw_words,
    "code_inline": lambda token: el("code", None, token.content),
    "fence": _draw_code,
    "code_block": _draw_code,
    "softbreak": lambda _: el("br"),
    "hardbreak": lambda _: el("br"),
    "hr": lambda _: el("hr"),
    "image": lambda token: el("span", {"class": "image-away"}, token.content or "Image"),
}

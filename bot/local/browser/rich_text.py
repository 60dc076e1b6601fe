"""Slack's rich_text: text that is already taken apart, so nothing in it is read as markup again."""

from collections.abc import Callable, Iterable
from itertools import groupby

from markupsafe import Markup, escape

from bot.local.browser.inline import draw_broadcast, draw_channel, draw_date, draw_one_emoji, draw_user
from bot.local.browser.markup import el, join, link
from bot.local.browser.scene import Json, Scene

_STYLES = (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s"), ("underline", "u"))
_DEEPEST = 8
"""Slack indents no deeper."""


def draw_rich_text(block: Json, scene: Scene) -> Markup:
    drawn: list[Markup] = []
    for is_list, elements in groupby(
        block["elements"], key=lambda element: element["type"] == "rich_text_list"
    ):
        if is_list:
            drawn.append(_draw_lists(list(elements), scene))
        else:
            drawn += [_draw_part(element, scene) for element in elements]
    return join(drawn)


def rich_text_to_plain(block: Json) -> str:
    """The words alone, a line for each part."""
    lines = []
    for part in block.get("elements", []):
        inner = part.get("elements", [])
        if part.get("type") == "rich_text_list":
            lines += [f"• {_words(item.get('elements', []))}" for item in inner]
        else:
            lines.append(_words(inner))
    return "\n".join(lines)


def _words(elements: Iterable[Json]) -> str:
    return "".join(str(element.get("text") or element.get("url") or "") for element in elements)


def _draw_part(part: Json, scene: Scene) -> Markup:
    inner = join(_draw_inline(element, scene) for element in part["elements"])
    kind = part["type"]
    if kind == "rich_text_quote":
        return el("blockquote", None, inner)
    if kind == "rich_text_preformatted":
        return el("pre", {"class": "code-block"}, inner)
    return el("div", {"class": "rich-section"}, inner)


def _draw_lists(lists: list[Json], scene: Scene) -> Markup:
    """Neighbouring lists, each with its indent. Depth is a class: the block has them as siblings."""
    drawn = []
    for part in lists:
        ordered = part.get("style") == "ordered"
        indent = min(int(part.get("indent") or 0), _DEEPEST)
        classes = f"rich-list indent-{indent} mark-{indent % 3}" + (" bordered" if part.get("border") else "")
        items = [
            el("li", None, join(_draw_inline(element, scene) for element in item["elements"]))
            for item in part["elements"]
        ]
        start = int(part.get("offset") or 0) + 1
        start_at = start if ordered and start > 1 else None
        drawn.append(el("ol" if ordered else "ul", {"class": classes, "start": start_at}, *items))
    return join(drawn)


def _draw_inline(element: Json, scene: Scene) -> Markup:
    kind = element["type"]
    draw = _INLINE.get(kind)
    if draw is None:
        return escape(str(element.get("text") or element.get("fallback") or ""))
    return _style(draw(element, scene), element.get("style") or {})


def _style(drawn: Markup, style: Json) -> Markup:
    for name, tag in _STYLES:
        if style.get(name) is True:
            drawn = el(tag, None, drawn)
    return drawn


def _draw_lines(text: str) -> Markup:
    return el("br").join(escape(line) for line in text.split("\n"))


def _draw_emoji(element: Json) -> Markup:
    name = str(element["name"])
    return draw_one_emoji(name.partition("::")[0]) or escape(f":{name}:")


def _draw_colour(element: Json) -> Markup:
    """The value alone: a swatch would need a style of its own."""
    return el("code", None, str(element["value"]))


def _draw_date(element: Json, scene: Scene) -> Markup:
    fallback = str(element.get("fallback") or "")
    url = str(element.get("url") or "")
    return draw_date(str(element["timestamp"]), str(element["format"]), url, fallback, scene)


_INLINE: dict[str, Callable[[Json, Scene], Markup]] = {
    "text": lambda element, _: _draw_lines(str(element["text"])),
    "link": lambda element, _: link(str(element["url"]), str(element.get("text") or element["url"])),
    "user": lambda element, scene: draw_user(str(element["user_id"]), scene),
    "channel": lambda element, scene: draw_channel(str(element["channel_id"]), scene),
    "usergroup": lambda element, _: el("span", {"class": "mention"}, f"@{element['usergroup_id']}"),
    "broadcast": lambda element, _: draw_broadcast(str(element["range"])),
    "emoji": lambda element, _: _draw_emoji(element),
    "date": _draw_date,
    "color": lambda element, _: _draw_colour(element),
}

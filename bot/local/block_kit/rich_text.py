"""The rich_text block: sections, lists, quotes and code, and the elements inside a line.

Structure: docs.slack.dev/reference/block-kit/blocks/rich-text-block and the pages of its elements. An empty
`text` is refused there as everywhere (github.com/slack-go/slack/pull/1412).
"""

import re
from collections.abc import Iterator
from typing import Any

from bot.local.block_kit.checks import (
    Check,
    Report,
    array,
    block,
    boolean,
    by_type,
    integer,
    one_of,
    record,
    string,
    typed,
)
from bot.local.block_kit.text import link

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")


def _colour(value: object, at: str, report: Report) -> None:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        report.add(at, "must be a hex color")


_MARKS: dict[str, Check] = dict.fromkeys(("bold", "code", "italic", "strike", "underline"), boolean)
_STYLE: dict[str, Check] = {"style": record({}, _MARKS)}
_MENTION_STYLE: dict[str, Check] = {
    "style": record({}, {**_MARKS, **dict.fromkeys(("highlight", "client_highlight", "unlink"), boolean)}),
}
_FILLED = string(least=1)
_TEXT = typed({"text": _FILLED}, _STYLE)
_LINK = typed({"url": link}, {**_STYLE, "text": _FILLED, "unsafe": boolean})

_INLINE: dict[str, Check] = {
    "text": _TEXT,
    "link": _LINK,
    "emoji": typed({"name": _FILLED}, {**_STYLE, "unicode": string(), "url": link}),
    "user": typed({"user_id": _FILLED}, _MENTION_STYLE),
    "usergroup": typed({"usergroup_id": _FILLED}, _MENTION_STYLE),
    "channel": typed({"channel_id": _FILLED}, _MENTION_STYLE),
    "team": typed({"team_id": _FILLED}, _MENTION_STYLE),
    "broadcast": typed({"range": one_of("here", "channel", "everyone")}, _MENTION_STYLE),
    "color": typed({"value": _colour}, _STYLE),
    "date": typed({"timestamp": integer(), "format": _FILLED}, {**_STYLE, "url": link, "fallback": _FILLED}),
}
_LINE = array(by_type(_INLINE))
_BORDER: dict[str, Check] = {"border": integer(0, 1)}
_SECTION = typed({"elements": _LINE})

_PARTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": typed(
        {"elements": array(by_type({"rich_text_section": _SECTION})), "style": one_of("bullet", "ordered")},
        {**_BORDER, "indent": integer(0, 8), "offset": integer(0)},
    ),
    "rich_text_quote": typed({"elements": _LINE}, _BORDER),
    "rich_text_preformatted": typed({"elements": array(by_type({"text": _TEXT, "link": _LINK}))}, _BORDER),
}
RICH_TEXT_BLOCK = block({"elements": array(by_type(_PARTS))})
RICH_TEXT = by_type({"rich_text": RICH_TEXT_BLOCK})
"""A rich_text block inside another block (a cell, a title, a task's details)."""


def _lines(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in block["elements"]:
        if part["type"] == "rich_text_list":
            for item in part["elements"]:
                yield from item["elements"]
        else:
            yield from part["elements"]


def characters(block: dict[str, Any]) -> int:
    """How many characters of text a rich_text block holds, once it has been found right."""
    return sum(len(element.get("text", "")) for element in _lines(block))

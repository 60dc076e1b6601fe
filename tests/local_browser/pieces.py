"""Pieces of Block Kit to draw."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(words: str, value: str, **more: object) -> Json:
    return {"text": plain(words), "value": value, **more}


OPTIONS = [option("One", "1"), option("Two", "2")]
CONFIRM = {
    "title": plain("Sure?"),
    "text": {"type": "mrkdwn", "text": "*Really*"},
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
SERIES = [{"name": "Open", "data": [{"label": "b", "value": 3}, {"label": "a", "value": -1.5}]}]
ROWS = [
    [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Count"}],
    [{"type": "raw_text", "text": "jmte"}, {"type": "raw_number", "value": 4, "text": "four"}],
]


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}

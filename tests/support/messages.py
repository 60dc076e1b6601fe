"""What holds for every message of the bot, and what a person reads in one."""

import html
import re
from collections.abc import Iterator
from typing import Any

from bot import texts
from bot.local.block_kit import message_errors, view_errors

TEXT_LIMIT = 40_000
"""Slack cuts a longer text without a word."""

# Unescaped, only these may follow "<": addresses, mentions of people and channels by id, dates.
_OURS = re.compile(
    r"<(?:"
    r"(?:https?://|mailto:)[^<>|]+(?:\|[^<>|]+)?"
    r"|@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+"
    r"|!date\^[0-9]+\^[^<>|]+\|[^<>|]+"
    r")>"
)
UNSEEN = re.compile("[\x00\u202a-\u202e\u2066-\u2069]")
"""What turns the line around that it stands in, with all that the bot says there; and NUL."""
_WORD = re.compile(r"\w+")

AWAY, NO_FORM = (
    re.compile(re.escape(sentence).replace(re.escape("{reference}"), "[0-9a-f]{8}"))
    for sentence in (texts.DATABASE_AWAY, texts.NO_FORM)
)
"""What somebody reads when the database is away, and when a form could not be opened."""


def require_good_message(body: dict[str, Any]) -> None:
    """Slack takes it whole; its text says all that its blocks say; nothing typed in it does anything."""
    text, blocks = body["text"], body["blocks"]
    assert message_errors(blocks, text) == []
    assert 0 < len(text) <= TEXT_LIMIT
    said = words(text)
    for shown in visible_texts(blocks):
        assert words(shown) <= said, f"in the blocks, but not in the text: {words(shown) - said}"
    for written in (text, *mrkdwn_texts(blocks)):
        assert stray_markup(written) == []
        assert UNSEEN.search(written) is None


def require_good_view(body: dict[str, Any]) -> None:
    """Slack takes it, and nothing typed in it does anything."""
    assert view_errors(body) == []
    for written in mrkdwn_texts(body["blocks"]):
        assert stray_markup(written) == []
        assert UNSEEN.search(written) is None


def words(text: str) -> set[str]:
    return set(_WORD.findall(html.unescape(text)))


def stray_markup(mrkdwn: str) -> list[str]:
    """Every "<" or ">" that is part of neither a link, a mention by id, nor a date."""
    return re.findall(r"[<>].{0,20}", _OURS.sub("", mrkdwn), re.DOTALL)


def visible_texts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """What a person reads, without the labels of buttons."""
    for block in blocks:
        match block["type"]:
            case "section" | "header":
                yield block["text"]["text"]
            case "context":
                yield from (element["text"] for element in block["elements"])
            case "image":
                yield block["alt_text"]
            case "data_visualization":
                yield block["title"]
                yield from block["chart"]["axis_config"]["categories"]
                yield from (series["name"] for series in block["chart"]["series"])
            case "table":
                # A count of nothing is not said in words.
                yield from (cell["text"] for row in block["rows"] for cell in row if cell["text"] != "0")
            case "actions" | "divider":
                pass
            case other:
                raise AssertionError(f"say what people read in a block of type {other}")


def mrkdwn_texts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        for element in (block.get("text"), *block.get("elements", ())):
            if element and element["type"] == "mrkdwn":
                yield element["text"]


def buttons(body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The message's buttons by what stands on them."""
    found = {}
    for block in body.get("blocks") or ():
        for element in (block.get("accessory"), *block.get("elements", ())):
            if element and element["type"] == "button":
                found[element["text"]["text"]] = element
    return found


def all_buttons(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Every button, also those that say the same."""
    return [
        element
        for block in body.get("blocks") or ()
        for element in (block.get("accessory"), *block.get("elements", ()))
        if element and element["type"] == "button"
    ]


def heading(body: dict[str, Any]) -> str:
    text: str = body["blocks"][0]["text"]["text"]
    return text


def all_menus(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The menus at the side of sections."""
    accessories = (block.get("accessory") for block in body.get("blocks") or ())
    return [each for each in accessories if each and each["type"] == "overflow"]


def block_named(view: dict[str, Any], name: str) -> dict[str, Any]:
    """The field of a form by its name: a form that came back has other ids."""
    blocks: list[dict[str, Any]] = view["blocks"]
    return next(block for block in blocks if block.get("block_id", "").partition(":")[0] == name)

"""Parts of a message, and how they are divided into messages that Slack takes.

A part is a block with its words, so that a message's text says what its blocks say. Limits: docs.slack.dev,
"section" (3,000 characters), "header" (150), "message" (50 blocks). Nothing is ever cut without saying so:
what does not fit in a block goes on in the next, and what does not fit in a message on the next page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.chart import Chart
from bot.slack.chart_blocks import drawn_blocks
from bot.slack.effects import Block, Message, Placed
from bot.slack.mrkdwn import escape, plain

SECTION = 3000
HEADER = 150
BLOCKS = 50
CHARACTERS = 12_000
"""On one page. Slack takes more (40,000 in a text), people do not."""


@dataclass(frozen=True, slots=True)
class Part:
    """With a chart, it has no block of its own yet; see `Message`, and of `drawn` `Placed`."""

    block: Block
    text: str
    chart: Chart | None = None
    drawn: Sequence[Block] = ()


def header(words: str) -> list[Part]:
    """A heading of plain words. One too long for Slack's header is a bold section instead, whole."""
    escaped = escape(words)
    if len(words) > HEADER:
        return section(f"*{escaped}*")
    # A header is plain text, as it was typed; a message's text is mrkdwn.
    return [Part({"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}, escaped)]


def section(mrkdwn: str, accessory: dict[str, Any] | None = None) -> list[Part]:
    """Text, in as many blocks as it needs; the accessory stands in the first."""
    pieces = split(mrkdwn, SECTION) if len(mrkdwn) > SECTION else (mrkdwn,) if mrkdwn else ()
    parts = [
        Part({"type": "section", "text": _text(piece), "expand": True}, piece)
        for piece in pieces
        if not piece.isspace()
    ]
    if accessory is not None and parts:
        parts[0].block["accessory"] = accessory
    return parts


def context(mrkdwn: str) -> list[Part]:
    """Small print; a long one becomes several blocks."""
    return [Part({"type": "context", "elements": [_text(piece)]}, piece) for piece in split(mrkdwn, SECTION)]


def _text(mrkdwn: str) -> Block:
    # Verbatim: what is a link or a mention was made one here, and nothing else becomes one.
    return {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}


def divider() -> Part:
    return Part({"type": "divider"}, "")


def actions(buttons: Sequence[dict[str, Any]]) -> list[Part]:
    """A row of buttons; they are left out of the text, which must make sense without them."""
    return [Part({"type": "actions", "elements": list(buttons)}, "")] if buttons else []


def button(label: str, action_id: str, value: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - style, url, accessibility_label
    """`label` is at most 75 characters for Slack; the caller says something shorter."""
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": label, "emoji": True},
        "action_id": action_id,
        "value": value,
        **more,
    }


def overflow(action_id: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A menu of two to five choices, each with its label and its value of at most 150 characters."""
    options = [{"text": {"type": "plain_text", "text": label}, "value": value} for label, value in choices]
    return {"type": "overflow", "action_id": action_id, "options": options}


def chart(drawn: Chart, *, is_drawn: bool = False) -> list[Part]:
    """A chart, whose numbers stand in the message's text. Slack draws two in a message, no more.

    `is_drawn`: it is known that Slack does, here; one that it refuses all the same is left out.
    """
    return [Part({}, escape(drawn.words), drawn, drawn_blocks(drawn) if is_drawn else ())]


def message(parts: Iterable[Part]) -> Message:
    """All the parts, as one message."""
    kept = list(parts)
    text = "\n".join([part.text for part in kept if part.text])
    blocks = [part.block for part in kept if part.chart is None]
    if len(blocks) == len(kept):
        return Message(text, blocks)
    return Message(text, blocks, tuple(_charts(kept)))


def _charts(parts: Iterable[Part]) -> Iterator[Placed]:
    at = 0
    for part in parts:
        if part.chart is None:
            at += 1
        else:
            yield Placed(at, part.chart, part.drawn)


def pages(parts: Sequence[Part], blocks: int = BLOCKS) -> list[list[Part]]:
    """The parts in order, divided so that each page keeps within so many blocks, and CHARACTERS."""
    divided: list[list[Part]] = [[]]
    size = 0
    for part in parts:
        if divided[-1] and (len(divided[-1]) >= blocks or size + len(part.text) > CHARACTERS):
            divided.append([])
            size = 0
        divided[-1].append(part)
        size += len(part.text)
    return divided


def split(text: str, limit: int) -> Iterator[str]:
    """Pieces of at most `limit` characters: at the end of a line, else between words, never inside markup.

    No link is longer than `limit`: see mrkdwn.link.
    """
    start = 0
    while len(text) - start > limit:
        end = _cut(text, start, start + limit)
        if piece := text[start:end].rstrip():
            yield piece.lstrip() if start else piece
        start = end
    rest = text[start:]
    if rest and not rest.isspace():
        yield rest.lstrip() if start else rest


def _cut(text: str, start: int, end: int) -> int:
    for mark in ("\n", " "):
        cut = text.rfind(mark, (start + end) // 2, end)
        if cut > start and not _is_inside_link(text, start, cut):
            return cut
    opened = text.rfind("<", start, end)
    if opened > start and _is_inside_link(text, start, end):
        # Better a short piece than a bullet without its link.
        newline = text.rfind("\n", start + 1, opened)
        return newline if newline > 0 else opened
    entity = text.rfind("&", max(start, end - 5), end)
    if entity > start and ";" not in text[entity:end]:
        return entity
    return end


def _is_inside_link(text: str, start: int, at: int) -> bool:
    # Typed angle brackets are escaped, so every one that is left belongs to a link or a mention.
    return text.rfind("<", start, at) > text.rfind(">", start, at)


def shorten(words: str, limit: int) -> str:
    """For labels only, where the whole stands elsewhere: at most `limit` characters, "…" where it was cut."""
    if len(words) <= limit:
        return words
    cut = words[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip() + "…"


def briefly(markdown: str, limit: int) -> str:
    """What a text says, without its markup: escaped, and shortened as `shorten` does."""
    return escape(shorten(plain(markdown), limit))

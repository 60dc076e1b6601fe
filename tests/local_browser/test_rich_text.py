import pytest

from bot.local.browser.blocks import draw_block
from bot.local.browser.scene import Scene
from tests.local_browser.harmless import words_of
from tests.local_browser.pieces import Json, rich, section

RICH: list[tuple[Json, str, list[str]]] = [
    # A block, its words, and what its HTML must hold.
    (
        rich(section({"type": "text", "text": "*a*", "style": {"bold": True, "code": True}})),
        "*a*",
        ["<strong><code>*a*"],
    ),
    (
        rich(
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [section({"type": "text", "text": "one"})],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 1,
                "offset": 2,
                "elements": [section({"type": "text", "text": "two"})],
            },
        ),
        "onetwo",
        ["<ul", "<ol", 'start="3"', "indent-1"],
    ),
    (
        rich({"type": "rich_text_quote", "elements": [{"type": "text", "text": "q\nr"}]}),
        "qr",
        ["<blockquote>q<br>r"],
    ),
    (rich({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "p"}]}), "p", ["<pre"]),
    (
        rich(
            section(
                {"type": "user", "user_id": "UADA"},
                {"type": "channel", "channel_id": "CGEN"},
                {"type": "broadcast", "range": "here"},
                {"type": "emoji", "name": "tada"},
                {"type": "link", "url": "javascript:x", "text": "L"},
                {"type": "date", "timestamp": 1795435200, "format": "{time}", "fallback": "f"},
                {"type": "wormhole", "fallback": "w"},
            )
        ),
        "@Ada Byron#general@here🎉L7:00 AMw",
        [],
    ),
]


@pytest.mark.parametrize(("block", "words", "parts"), RICH)
def test_rich_text(block: Json, words: str, parts: list[str], scene: Scene) -> None:
    drawn = draw_block(block, scene)
    assert words_of(drawn) == words
    for part in parts:
        assert part in drawn

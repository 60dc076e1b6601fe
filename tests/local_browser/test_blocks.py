import pytest

from bot.local.browser.blocks import draw_block, draw_blocks
from bot.local.browser.scene import Scene
from tests.local_browser.harmless import words_of
from tests.local_browser.pieces import ROWS, SERIES, Json, plain

BLOCKS: list[tuple[Json, str, list[str]]] = [
    # A block, its words, and what its HTML must hold.
    ({"type": "header", "text": plain("Hi :tada:"), "level": 2}, "Hi 🎉", ["<h4", "header-2"]),
    ({"type": "divider"}, "", ["<hr>"]),
    ({"type": "section", "text": {"type": "mrkdwn", "text": "*b*"}}, "b", ["<strong>b</strong>"]),
    ({"type": "section", "text": plain("*b*")}, "*b*", []),
    ({"type": "section", "fields": [plain("a"), plain("b")]}, "ab", ['class="fields"']),
    (
        {
            "type": "context",
            "elements": [
                plain("a"),
                {"type": "image", "image_url": "https://e.org/x.png", "alt_text": "face"},
            ],
        },
        "a🖼 face",
        ['role="img"', 'aria-label="face"'],
    ),
    (
        {"type": "image", "image_url": "https://e.org/x.png", "alt_text": "A gauge"},
        "🖼 A gauge",
        ["image-away"],
    ),
    (
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A gauge"},
        "",
        ['src="/browser/files/F1"', 'alt="A gauge"'],
    ),
    (
        {"type": "image", "image_url": "http://127.0.0.1:3000/x.png", "alt_text": "x", "title": plain("T")},
        "T",
        ['src="/x.png"'],
    ),
    ({"type": "image", "image_url": "http://127.0.0.1:3000//evil/x.png", "alt_text": "x"}, "🖼 x", []),
    (
        {"type": "markdown", "text": "# T\n\n- [x] **d**\n\n<b>h</b>"},
        "T☑ d<b>h</b>",
        ["<h1>", "<strong>d</strong>"],
    ),
    (
        {"type": "markdown", "text": "[x](javascript:y) ![alt](https://e.org/i.png)"},
        "[x](javascript:y) alt",
        [],
    ),
    ({"type": "markdown", "text": "| a |\n|--:|\n| 1 |"}, "a1", ['class="align-right"']),
    (
        {"type": "table", "rows": ROWS, "column_settings": [None, {"align": "center"}]},
        "NameCountjmtefour",
        ["align-center", "<th"],
    ),
    (
        {"type": "data_table", "rows": ROWS, "caption": "Cap", "row_header_column_index": 0},
        "CapNameCountjmtefour",
        ['scope="row"'],
    ),
    (
        {
            "type": "card",
            "title": plain("T"),
            "body": plain("B"),
            "actions": [{"type": "button", "text": plain("Go"), "action_id": "a"}],
        },
        "TBGo",
        ["<button"],
    ),
    ({"type": "carousel", "elements": [{"type": "card", "title": plain("T")}]}, "T", ['class="card"']),
    ({"type": "container", "title": plain("C"), "child_blocks": [{"type": "divider"}]}, "C", ["<hr>"]),
    (
        {"type": "container", "title": plain("C"), "is_collapsible": True, "child_blocks": []},
        "C",
        ["<details", " open"],
    ),
    ({"type": "alert", "text": plain("Mind"), "level": "warning"}, "Mind", ["alert-warning"]),
    (
        {
            "type": "plan",
            "title": "P",
            "tasks": [{"type": "task_card", "task_id": "1", "title": "T", "status": "complete"}],
        },
        "P✓ T",
        [],
    ),
    (
        {
            "type": "video",
            "title": plain("V"),
            "video_url": "https://e.org/v",
            "alt_text": "v",
            "thumbnail_url": "https://e.org/t",
        },
        "▶V",
        ['href="https://e.org/v"'],
    ),
    ({"type": "hologram"}, "This workspace cannot draw the block “hologram”.", ["unknown"]),
    ({}, "This workspace cannot draw the block “None”.", ["unknown"]),
    (
        {"type": "section", "text": "oops"},
        "The block “section” is not in order and cannot be drawn.",
        ["unknown"],
    ),
    (
        {"type": "actions", "elements": [{"type": "joystick"}]},
        "This workspace cannot draw the element “joystick”.",
        [],
    ),
]


@pytest.mark.parametrize(("block", "words", "parts"), BLOCKS)
def test_a_block(block: Json, words: str, parts: list[str], scene: Scene) -> None:
    drawn = draw_block(block, scene)
    assert words_of(drawn) == words
    for part in parts:
        assert part in drawn


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_a_chart_is_a_picture_and_a_table_of_its_numbers(kind: str, scene: Scene) -> None:
    chart = {"type": kind, "series": SERIES, "axis_config": {"categories": ["a", "b"], "y_label": "Y"}}
    drawn = draw_block({"type": "data_visualization", "title": "T", "chart": chart}, scene)
    words = words_of(drawn)
    assert words.startswith("TY")
    assert words.endswith("Opena-1.5b3")
    assert "style=" not in drawn


def test_a_pie_of_one_segment_is_round(scene: Scene) -> None:
    chart = {"type": "pie", "segments": [{"label": "all", "value": 2}]}
    drawn = draw_block({"type": "data_visualization", "title": "T", "chart": chart}, scene)
    assert '<circle cx="260.0"' in drawn
    assert "all2" in words_of(drawn)


def test_blocks_without_an_id_go_by_that_of_their_container(scene: Scene) -> None:
    button = {"type": "actions", "elements": [{"type": "button", "text": plain("x"), "action_id": "a"}]}
    drawn = draw_blocks(
        [{"type": "container", "block_id": "C", "title": plain("t"), "child_blocks": [button]}], scene
    )
    assert 'data-block="C"' in drawn

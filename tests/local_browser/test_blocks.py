from typing import Any

import pytest

from bot.local.browser.blocks import draw_block, draw_blocks
from bot.local.browser.scene import Scene
from tests.local_browser.conftest import make_scene
from tests.local_browser.harmless import words_of

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


BLOCKS: list[tuple[Json, str, list[str]]] = [
    # A block, its words, and what its HTML must hold.
    ({"type": "header", "text": plain("Hi :tada:"), "level": 2}, "Hi 🎉", ["<h4", "header-2"]),
    ({"type": "divider"}, "", ["<hr>"]),
    ({"type": "section", "text": {"type": "mrkdwn", "text": "*b*"}}, "b", ["<strong>b</strong>"]),
    ({"type": "section", "text": plain("*b*")}, "*b*", []),
    ({"type": "section", "fields": [plain("a"), plain("b")]}, "ab", ['class="fields"']),
    (
        {"type": "context", "elements": [plain("a"), {"type": "image", "image_url": "https://e.org/x.png", "alt_text": "face"}]},
        "a🖼 face",
        ['role="img"', 'aria-label="face"'],
    ),
    ({"type": "image", "image_url": "https://e.org/x.png", "alt_text": "A gauge"}, "🖼 A gauge", ["image-away"]),
    ({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A gauge"}, "", ['src="/browser/files/F1"', 'alt="A gauge"']),
    ({"type": "image", "image_url": "http://127.0.0.1:3000/x.png", "alt_text": "x", "title": plain("T")}, "T", ['src="/x.png"']),
    ({"type": "image", "image_url": "http://127.0.0.1:3000//evil/x.png", "alt_text": "x"}, "🖼 x", []),
    ({"type": "markdown", "text": "# T\n\n- [x] **d**\n\n<b>h</b>"}, "T☑ d<b>h</b>", ["<h1>", "<strong>d</strong>"]),
    ({"type": "markdown", "text": "[x](javascript:y) ![alt](https://e.org/i.png)"}, "[x](javascript:y) alt", []),
    ({"type": "markdown", "text": "| a |\n|--:|\n| 1 |"}, "a1", ['class="align-right"']),
    ({"type": "table", "rows": ROWS, "column_settings": [None, {"align": "center"}]}, "NameCountjmtefour", ["align-center", "<th"]),
    ({"type": "data_table", "rows": ROWS, "caption": "Cap", "row_header_column_index": 0}, "CapNameCountjmtefour", ['scope="row"']),
    ({"type": "card", "title": plain("T"), "body": plain("B"), "actions": [{"type": "button", "text": plain("Go"), "action_id": "a"}]}, "TBGo", ["<button"]),
    ({"type": "carousel", "elements": [{"type": "card", "title": plain("T")}]}, "T", ['class="card"']),
    ({"type": "container", "title": plain("C"), "child_blocks": [{"type": "divider"}]}, "C", ["<hr>"]),
    ({"type": "container", "title": plain("C"), "is_collapsible": True, "child_blocks": []}, "C", ["<details", " open"]),
    ({"type": "alert", "text": plain("Mind"), "level": "warning"}, "Mind", ["alert-warning"]),
    ({"type": "plan", "title": "P", "tasks": [{"type": "task_card", "task_id": "1", "title": "T", "status": "complete"}]}, "P✓ T", []),
    (
        {"type": "video", "title": plain("V"), "video_url": "https://e.org/v", "alt_text": "v", "thumbnail_url": "https://e.org/t"},
        "▶V",
        ['href="https://e.org/v"'],
    ),
    ({"type": "hologram"}, "This workspace cannot draw the block “hologram”.", ["unknown"]),
    ({}, "This workspace cannot draw the block “None”.", ["unknown"]),
    ({"type": "section", "text": "oops"}, "The block “section” is not in order and cannot be drawn.", ["unknown"]),
    ({"type": "actions", "elements": [{"type": "joystick"}]}, "This workspace cannot draw the element “joystick”.", []),
    (rich(section({"type": "text", "text": "*a*", "style": {"bold": True, "code": True}})), "*a*", ["<strong><code>*a*"]),
    (
        rich(
            {"type": "rich_text_list", "style": "bullet", "elements": [section({"type": "text", "text": "one"})]},
            {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2, "elements": [section({"type": "text", "text": "two"})]},
        ),
        "onetwo",
        ["<ul", "<ol", 'start="3"', "indent-1"],
    ),
    (rich({"type": "rich_text_quote", "elements": [{"type": "text", "text": "q\nr"}]}), "qr", ["<blockquote>q<br>r"]),
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
]  # fmt: skip


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


ELEMENTS: list[tuple[Json, list[str]]] = [
    ({"type": "button", "text": plain("Go"), "value": "v", "style": "primary"}, ['data-press="v"', "btn-primary", "<button"]),
    ({"type": "button", "text": plain("Go"), "url": "https://e.org"}, ['<a href="https://e.org"', 'rel="noopener noreferrer"']),
    ({"type": "button", "text": plain("Go"), "url": "javascript:x"}, ["<button"]),
    ({"type": "button", "text": plain("Go"), "accessibility_label": "Go on"}, ['aria-label="Go on"']),
    ({"type": "button", "text": plain("Go"), "confirm": CONFIRM}, ["<template data-confirm>", "<strong>Really", "btn-danger"]),
    ({"type": "overflow", "options": OPTIONS}, ['aria-haspopup="menu"', 'role="menuitem"', 'data-press="2"']),
    ({"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]}, ['<option value="2" selected>Two']),
    ({"type": "static_select", "option_groups": [{"label": plain("G"), "options": OPTIONS}]}, ['<optgroup label="G">']),
    ({"type": "external_select", "initial_option": OPTIONS[0]}, ['value="1" selected']),
    ({"type": "users_select", "initial_user": "UBO"}, ['value="UBO" selected>Bo &lt;b&gt;']),
    ({"type": "channels_select", "placeholder": plain("Where")}, [">Where<", '<option value="CGEN">#general']),
    ({"type": "conversations_select"}, ['<optgroup label="People">']),
    ({"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS, "max_selected_items": 2}, ["One, Two", 'data-most="2"']),
    ({"type": "multi_users_select", "initial_users": ["UADA"]}, ['value="UADA" checked']),
    ({"type": "multi_channels_select"}, ['value="CGEN"']),
    ({"type": "multi_conversations_select"}, ["#general", "Ada Byron"]),
    ({"type": "checkboxes", "options": [option("A", "a", description=plain("more"))]}, ['type="checkbox"', "more"]),
    ({"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]}, ['type="radio"', 'value="1" checked']),
    ({"type": "plain_text_input", "initial_value": 'a"b', "max_length": 9}, ['value="a&#34;b"', 'maxlength="9"']),
    ({"type": "plain_text_input", "multiline": True, "initial_value": "</textarea><b>"}, ["&lt;/textarea&gt;&lt;b&gt;"]),
    ({"type": "rich_text_input", "initial_value": rich(section({"type": "text", "text": "R"}))}, ["<textarea", "R"]),
    ({"type": "email_text_input"}, ['type="email"']),
    ({"type": "url_text_input"}, ['type="url"']),
    ({"type": "number_input", "is_decimal_allowed": True, "min_value": "1"}, ['type="number"', 'step="any"', 'min="1"']),
    ({"type": "datepicker", "initial_date": "2026-11-24"}, ['type="date"', 'value="2026-11-24"']),
    ({"type": "timepicker", "initial_time": "09:30"}, ['type="time"', 'value="09:30"']),
    ({"type": "datetimepicker", "initial_date_time": 1795435200}, ['value="2026-11-23T07:00"']),
    ({"type": "file_input"}, ["cannot be sent"]),
    ({"type": "icon_button", "icon": "trash", "text": plain("Delete")}, ['aria-label="Delete"']),
    (
        {"type": "feedback_buttons", "positive_button": option("Good", "g"), "negative_button": option("Bad", "b")},
        ['aria-label="Good"', 'data-press="b"'],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("element", "parts"), ELEMENTS)
def test_an_element(element: Json, parts: list[str], scene: Scene) -> None:
    block = {"type": "actions", "block_id": "B", "elements": [{"action_id": "A", **element}]}
    drawn = draw_block(block, scene)
    words_of(drawn)
    for part in ['data-block="B"', 'data-action="A"', *parts]:
        assert part in drawn


def test_an_input_has_its_label_and_what_was_put_in() -> None:
    scene = make_scene(values={"B": {"A": {"type": "plain_text_input", "value": "typed"}}})
    element = {"type": "plain_text_input", "action_id": "A", "initial_value": "old"}
    block = {
        "type": "input",
        "block_id": "B",
        "label": plain("Name"),
        "element": element,
        "hint": plain("Hint"),
    }
    drawn = draw_block({**block, "optional": True}, scene)
    assert words_of(drawn) == "Name (optional)Hint"
    assert 'value="typed"' in drawn
    target = drawn.split('for="')[1].split('"')[0]
    assert f'<input id="{target}"' in drawn


def test_the_same_block_in_two_messages_has_two_ids(scene: Scene) -> None:
    block = {"type": "input", "block_id": "B", "label": plain("L"), "element": {"type": "plain_text_input"}}
    assert draw_block(block, scene.within("1")) != draw_block(block, scene.within("2"))


def test_blocks_without_an_id_go_by_that_of_their_container(scene: Scene) -> None:
    button = {"type": "actions", "elements": [{"type": "button", "text": plain("x"), "action_id": "a"}]}
    drawn = draw_blocks(
        [{"type": "container", "block_id": "C", "title": plain("t"), "child_blocks": [button]}], scene
    )
    assert 'data-block="C"' in drawn

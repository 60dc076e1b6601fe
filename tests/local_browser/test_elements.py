import pytest

from bot.local.browser.blocks import draw_block
from bot.local.browser.scene import Scene
from tests.local_browser.conftest import make_scene
from tests.local_browser.harmless import words_of
from tests.local_browser.pieces import CONFIRM, OPTIONS, Json, option, plain, rich, section

ELEMENTS: list[tuple[Json, list[str]]] = [
    (
        {"type": "button", "text": plain("Go"), "value": "v", "style": "primary"},
        ['data-press="v"', "btn-primary", "<button"],
    ),
    (
        {"type": "button", "text": plain("Go"), "url": "https://e.org"},
        ['<a href="https://e.org"', 'rel="noopener noreferrer"'],
    ),
    ({"type": "button", "text": plain("Go"), "url": "javascript:x"}, ["<button"]),
    ({"type": "button", "text": plain("Go"), "accessibility_label": "Go on"}, ['aria-label="Go on"']),
    (
        {"type": "button", "text": plain("Go"), "confirm": CONFIRM},
        ["<template data-confirm>", "<strong>Really", "btn-danger"],
    ),
    ({"type": "overflow", "options": OPTIONS}, ['aria-haspopup="menu"', 'role="menuitem"', 'data-press="2"']),
    (
        {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]},
        ['<option value="2" selected>Two'],
    ),
    (
        {"type": "static_select", "option_groups": [{"label": plain("G"), "options": OPTIONS}]},
        ['<optgroup label="G">'],
    ),
    (
        {"type": "external_select", "initial_option": OPTIONS[0]},
        ['data-value="1" hidden>One', 'role="combobox" value="One"'],
    ),
    (
        {"type": "multi_external_select", "initial_options": OPTIONS, "max_selected_items": 3},
        ['data-most="3"', 'aria-label="Remove Two"'],
    ),
    ({"type": "users_select", "initial_user": "UBO"}, ['value="UBO" selected>Bo &lt;b&gt;']),
    (
        {"type": "channels_select", "placeholder": plain("Where")},
        [">Where<", '<option value="CGEN">#general'],
    ),
    (
        {"type": "conversations_select"},
        ['<optgroup label="Channels">', '<option value="DBO">Bo &lt;b&gt;', '<option value="CSEC">🔒 secret'],
    ),
    ({"type": "conversations_select", "filter": {"include": ["im"]}}, ['<optgroup label="Direct']),
    (
        {
            "type": "multi_static_select",
            "options": OPTIONS,
            "initial_options": OPTIONS,
            "max_selected_items": 2,
        },
        ["One, Two", 'data-most="2"'],
    ),
    ({"type": "multi_users_select", "initial_users": ["UADA"]}, ['value="UADA" checked']),
    ({"type": "multi_channels_select"}, ['value="CGEN"']),
    ({"type": "multi_conversations_select"}, ["#general", "🔒 secret"]),
    (
        {"type": "checkboxes", "options": [option("A", "a", description=plain("more"))]},
        ['type="checkbox"', "more"],
    ),
    (
        {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]},
        ['type="radio"', 'value="1" checked'],
    ),
    (
        {"type": "plain_text_input", "initial_value": 'a"b', "max_length": 9},
        ['value="a&#34;b"', 'maxlength="9"'],
    ),
    (
        {"type": "plain_text_input", "multiline": True, "initial_value": "</textarea><b>"},
        ["&lt;/textarea&gt;&lt;b&gt;"],
    ),
    (
        {"type": "rich_text_input", "initial_value": rich(section({"type": "text", "text": "R"}))},
        ["<textarea", "R"],
    ),
    ({"type": "email_text_input"}, ['type="email"']),
    ({"type": "url_text_input"}, ['type="url"']),
    (
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "1"},
        ['type="number"', 'step="any"', 'min="1"'],
    ),
    ({"type": "datepicker", "initial_date": "2026-11-24"}, ['type="date"', 'value="2026-11-24"']),
    ({"type": "timepicker", "initial_time": "09:30"}, ['type="time"', 'value="09:30"']),
    ({"type": "datetimepicker", "initial_date_time": 1795435200}, ['value="2026-11-23T07:00"']),
    ({"type": "file_input"}, ["cannot be sent"]),
    ({"type": "icon_button", "icon": "trash", "text": plain("Delete")}, ['aria-label="Delete"']),
    (
        {
            "type": "feedback_buttons",
            "positive_button": option("Good", "g"),
            "negative_button": option("Bad", "b"),
        },
        ['aria-label="Good"', 'data-press="b"'],
    ),
]


@pytest.mark.parametrize(("element", "parts"), ELEMENTS)
def test_an_element(element: Json, parts: list[str], scene: Scene) -> None:
    block = {"type": "actions", "block_id": "B", "elements": [{"action_id": "A", **element}]}
    drawn = draw_block(block, scene)
    words_of(drawn)
    for part in ['data-block="B"', 'data-action="A"', *parts]:
        assert part in drawn


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ({"type": "channels_select"}, ["CGEN"]),
        ({"type": "conversations_select"}, ["CGEN", "CSEC", "DBO"]),
        ({"type": "conversations_select", "filter": {"include": ["public"]}}, ["CGEN"]),
        ({"type": "conversations_select", "filter": {"include": ["private", "im"]}}, ["CSEC", "DBO"]),
        ({"type": "conversations_select", "filter": {"exclude_bot_users": True}}, ["CGEN", "CSEC", "DBO"]),
    ],
)
def test_a_menu_of_places_has_those_of_its_kind(element: Json, shown: list[str], scene: Scene) -> None:
    block = {"type": "actions", "block_id": "B", "elements": [{"action_id": "A", **element}]}
    drawn = draw_block(block, scene)
    assert [place for place in ("CGEN", "CSEC", "COLD", "DBO") if f'value="{place}"' in drawn] == shown


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
    hint = drawn.split('aria-describedby="')[1].split('"')[0]
    assert f'class="hint" id="{hint}"' in drawn
    assert "aria-required" not in drawn
    assert 'aria-required="true"' in draw_block(block, scene)


def test_the_same_block_in_two_messages_has_two_ids(scene: Scene) -> None:
    block = {"type": "input", "block_id": "B", "label": plain("L"), "element": {"type": "plain_text_input"}}
    assert draw_block(block, scene.within("1")) != draw_block(block, scene.within("2"))

"""Faults of a whole message or view: how many blocks, what they hold together, where they stand."""

from typing import Any

import pytest

from bot.local.block_kit import message_errors, view_errors

from .blocks import BLOCKS, mrkdwn, plain, rich_text
from .elements import ELEMENTS
from .faults import NONE, missing, too_long, too_many
from .payloads import HOME, MISSING, MODAL, changed

DIVIDER = BLOCKS["divider"]
MARKDOWN = {"type": "markdown", "text": "x" * 6001}
FOCUSED = changed(ELEMENTS["datepicker"], "/element/focus_on_load", value=True)


def table(characters: int) -> dict[str, Any]:
    cell = rich_text(
        {"type": "text", "text": "x" * (characters - 1)}, {"type": "link", "url": "https://x", "text": "x"}
    )
    return {"type": "table", "rows": [[cell, rich_text({"type": "emoji", "name": "wave"})]]}


def data_table(characters: int) -> dict[str, Any]:
    cell = {"type": "raw_number", "value": 1, "text": "x" * (characters - 1)}
    return {"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "x"}], [cell]]}


MESSAGES: dict[str, tuple[object, str | None, str]] = {
    "neither text nor blocks": (None, None, "/text must define either `text` or `blocks`"),
    "empty text and blocks": ([], "", "/text must define either `text` or `blocks`"),
    "text": (None, "x" * 40_001, f"/text {too_long(40_000)}"),
    "blocks": ([DIVIDER] * 51, "x", f"/blocks {too_many(50)}"),
    "not an array": ({"type": "divider"}, "x", "/blocks must provide an array"),
    "not an object": (["divider"], "x", "/blocks/0 must provide an object"),
    "block_id twice": (
        [{"type": "divider", "block_id": "a"}, {"type": "header", "text": plain(), "block_id": "a"}],
        None,
        "/blocks/1/block_id `block_id` a already exists",
    ),
    "block_id twice, once inside": (
        [BLOCKS["container"], {"type": "divider", "block_id": "d"}],
        None,
        "/blocks/1/block_id `block_id` d already exists",
    ),
    "focus": (
        [FOCUSED, FOCUSED],
        None,
        "/blocks/1/element/focus_on_load only one element can be set to true",
    ),
    "markdown": (
        [MARKDOWN, MARKDOWN],
        "x",
        "/blocks must be less than 12001 characters in all markdown blocks together",
    ),
    "table": (
        [table(10_001)],
        "x",
        "/blocks must be less than 10001 characters in all table blocks together",
    ),
    "tables": (
        [table(5000), table(5001)],
        "x",
        "/blocks must be less than 10001 characters in all table blocks together",
    ),
    "data tables": (
        [data_table(10_000), data_table(10_001)],
        "x",
        "/blocks must be less than 20001 characters in all data_table blocks together",
    ),
    "charts": ([BLOCKS["pie"]] * 3, "x", "/blocks no more than 2 data_visualization blocks allowed"),
    "alert": (
        [BLOCKS["alert"]],
        "x",
        "/blocks/0/type unsupported type: alert (not available on this surface: message)",
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_faults_of_a_message(name: str) -> None:
    blocks, text, error = MESSAGES[name]
    assert message_errors(blocks, text) == [error]


def test_what_tables_may_hold_together() -> None:
    assert message_errors([table(5000), table(5000), data_table(20_000)], None) == []


MODALS: list[tuple[str, object, str]] = [
    ("/type", "popup", "/type unsupported type: popup"),
    ("/type", MISSING, f"/ {missing('type')}"),
    ("/title", MISSING, f"/ {missing('title')}"),
    ("/title/text", "x" * 25, f"/title/text {too_long(24)}"),
    ("/title", mrkdwn(), "/title/type unsupported type: mrkdwn"),
    ("/submit/text", "x" * 25, f"/submit/text {too_long(24)}"),
    ("/close/text", "x" * 25, f"/close/text {too_long(24)}"),
    ("/submit", MISSING, f"/ {missing('submit')} (the view has input blocks)"),
    ("/blocks", MISSING, f"/ {missing('blocks')}"),
    ("/blocks", [], f"/blocks {NONE}"),
    ("/blocks", [DIVIDER] * 101, f"/blocks {too_many(100)}"),
    ("/private_metadata", "x" * 3001, f"/private_metadata {too_long(3000)}"),
    ("/private_metadata", {}, "/private_metadata must provide a string"),
    ("/callback_id", "x" * 256, f"/callback_id {too_long(255)}"),
    ("/external_id", "x" * 256, f"/external_id {too_long(255)}"),
    ("/clear_on_close", 1, "/clear_on_close must provide a boolean"),
    ("/hash", "x", "/ invalid additional property: hash"),
]


@pytest.mark.parametrize(("pointer", "value", "error"), MODALS)
def test_faults_of_a_modal(pointer: str, value: object, error: str) -> None:
    assert view_errors(changed(MODAL, pointer, value)) == [error]


HOMES: list[tuple[str, object, str]] = [
    ("/title", plain(), "/ invalid additional property: title"),
    ("/blocks", [], f"/blocks {NONE}"),
    ("/blocks", [DIVIDER] * 101, f"/blocks {too_many(100)}"),
    ("/private_metadata", "x" * 3001, f"/private_metadata {too_long(3000)}"),
]


@pytest.mark.parametrize(("pointer", "value", "error"), HOMES)
def test_faults_of_a_home_tab(pointer: str, value: object, error: str) -> None:
    assert view_errors(changed(HOME, pointer, value)) == [error]


MESSAGE_ONLY = ["context_actions", "pie", "file", "markdown", "plan", "task_card"]
NOT_IN_MODALS = [*MESSAGE_ONLY, "carousel", "container", "data_table", "table"]


@pytest.mark.parametrize(
    ("view", "name"),
    [*((MODAL, name) for name in NOT_IN_MODALS), *((HOME, name) for name in [*MESSAGE_ONLY, "alert"])],
)
def test_blocks_on_a_surface_they_are_not_made_for(view: dict[str, Any], name: str) -> None:
    block = BLOCKS[name]
    [error] = view_errors({**view, "blocks": [block]})
    words = f"unsupported type: {block['type']} (not available on this surface: {view['type']})"
    assert error == f"/blocks/0/type {words}"


def test_inside_a_container_the_surface_holds_too() -> None:
    container = changed(BLOCKS["container"], "/child_blocks/0", BLOCKS["file"])
    [error] = view_errors({**HOME, "blocks": [container]})
    assert error.startswith("/blocks/0/child_blocks/0/type unsupported type: file")


def test_every_fault_is_named() -> None:
    blocks = [{"type": "header"}, {"type": "section", "text": plain(""), "block_id": 1}]
    assert message_errors(blocks, None) == [
        "/blocks/0 missing required field: text",
        "/blocks/1/text/text must be more than 0 characters",
        "/blocks/1/block_id must provide a string",
    ]

from typing import Any

import pytest

from bot.local.block_kit import message_errors, view_errors

from .blocks import BLOCKS, mrkdwn, plain
from .elements import ELEMENTS, option
from .payloads import HOME, MODAL, changed

EVERYWHERE = [
    "actions",
    "card",
    "context",
    "divider",
    "header",
    "image",
    "file image",
    "rich_text",
    "section",
    "video",
]
MESSAGE_AND_HOME = ["carousel", "container", "data_table", "table"]


@pytest.mark.parametrize("name", [*(name for name in BLOCKS if name != "alert"), *ELEMENTS])
def test_every_kind_is_right_in_a_message(name: str) -> None:
    assert message_errors([(BLOCKS | ELEMENTS)[name]], "Hello") == []


@pytest.mark.parametrize("name", [*EVERYWHERE, "alert", *ELEMENTS])
def test_what_a_modal_may_hold(name: str) -> None:
    assert view_errors({**MODAL, "blocks": [(BLOCKS | ELEMENTS)[name]]}) == []


@pytest.mark.parametrize("name", [*EVERYWHERE, *MESSAGE_AND_HOME, *ELEMENTS])
def test_what_a_home_tab_may_hold(name: str) -> None:
    assert view_errors({**HOME, "blocks": [(BLOCKS | ELEMENTS)[name]]}) == []


def test_views_are_right() -> None:
    assert view_errors(MODAL) == []
    assert view_errors(HOME) == []
    assert view_errors({"type": "modal", "title": plain(), "blocks": [BLOCKS["divider"]]}) == []


@pytest.mark.parametrize(("blocks", "text"), [(None, "Hello"), ([], "Hello"), ([{"type": "divider"}], None)])
def test_a_message_needs_text_or_blocks(blocks: object, text: str | None) -> None:
    assert message_errors(blocks, text) == []


AT_THE_LIMIT: dict[str, tuple[dict[str, Any], str, object]] = {
    "section text": (BLOCKS["section"], "/text/text", "x" * 3000),
    "characters, not bytes": (BLOCKS["section"], "/text/text", "\N{WAVING HAND SIGN}" * 3000),
    "fields": (BLOCKS["section"], "/fields", [mrkdwn("x" * 2000)] * 10),
    "header": (BLOCKS["header"], "/text/text", "x" * 150),
    "context": (BLOCKS["context"], "/elements", [mrkdwn()] * 10),
    "actions": (BLOCKS["actions"], "/elements", [{"type": "button", "text": plain()}] * 25),
    "button text": (BLOCKS["section"], "/accessory/text/text", "x" * 75),
    "button value": (BLOCKS["section"], "/accessory/value", "x" * 2000),
    "button address": (BLOCKS["section"], "/accessory/url", "https://x/" + "x" * 2990),
    "deep link": (BLOCKS["section"], "/accessory/url", "slack://user?team=T1&id=U1"),
    "options": (
        ELEMENTS["multi_external_select"],
        "/element/initial_options",
        [option(str(n)) for n in range(100)],
    ),
    "option value": (ELEMENTS["overflow"], "/elements/0/options/0/value", "x" * 150),
    "block_id": (BLOCKS["section"], "/block_id", "x" * 255),
    "alt text": (BLOCKS["image"], "/alt_text", "x" * 2000),
    "whole number as a float": (BLOCKS["header"], "/level", 4.0),
    "table rows": (BLOCKS["table"], "/rows", [[{"type": "raw_text", "text": "x" * 5}] * 20] * 100),
    "data table rows": (
        BLOCKS["data_table"],
        "/rows",
        [[{"type": "raw_text", "text": "x"}, {"type": "raw_text", "text": "x"}]] * 201,
    ),
    "markdown": (BLOCKS["markdown"], "/text", "x" * 12_000),
    "first day": (ELEMENTS["datepicker"], "/element/initial_date", "0001-01-01"),
    "midnight": (ELEMENTS["timepicker"], "/element/initial_time", "00:00"),
}


@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_the_limit_itself_is_right(name: str) -> None:
    block, pointer, value = AT_THE_LIMIT[name]
    assert message_errors([changed(block, pointer, value)], "Hello") == []


def test_as_many_blocks_as_there_may_be() -> None:
    assert message_errors([BLOCKS["divider"]] * 50, "x" * 40_000) == []
    assert view_errors({**MODAL, "blocks": [BLOCKS["divider"]] * 100}) == []
    assert view_errors({**HOME, "blocks": [BLOCKS["divider"]] * 100}) == []


def test_a_block_id_may_be_left_to_slack() -> None:
    assert message_errors([{"type": "divider"}, {"type": "divider", "block_id": ""}] * 2, None) == []


def test_response_urls_come_from_menus_in_modals() -> None:
    block = changed(ELEMENTS["conversations_select"], "/element/response_url_enabled", value=True)
    assert view_errors({**MODAL, "blocks": [block]}) == []

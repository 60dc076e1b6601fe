"""Whatever comes in, an answer comes out: a list of lines that each begin with a JSON pointer."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.local.block_kit import message_errors, view_errors

from .blocks import BLOCKS
from .elements import ELEMENTS
from .payloads import HOME, MODAL, changed

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["section", "plain_text", "https://x", "", "x" * 3001, 10**400, -0.0])
)
NAMES = st.sampled_from(
    ["type", "text", "elements", "options", "rows", "blocks", "chart", "title"]
) | st.text(max_size=5)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)
ANYTHING = JSON | st.binary() | st.tuples(st.integers()) | st.dictionaries(st.integers() | st.none(), SCALARS)
PAYLOADS = [{"blocks": [block]} for block in (BLOCKS | ELEMENTS).values()]


def places(payload: Any, at: str = "") -> list[str]:
    """The JSON pointers to everything in a payload."""
    inside = (
        payload.items()
        if isinstance(payload, dict)
        else enumerate(payload)
        if isinstance(payload, list)
        else ()
    )
    return [at, *(place for name, value in inside for place in places(value, f"{at}/{name}"))]


def is_answer(errors: list[str]) -> bool:
    return all(error.startswith("/") and " " in error for error in errors)


@given(ANYTHING, st.none() | st.text())
def test_anything_as_blocks(value: object, text: str | None) -> None:
    assert is_answer(message_errors(value, text))
    assert is_answer(message_errors([value], text))


@given(ANYTHING)
def test_anything_as_a_view(value: object) -> None:
    assert is_answer(view_errors(value))
    assert is_answer(view_errors({**MODAL, "blocks": value}))


@given(st.data(), ANYTHING)
def test_anything_in_a_place_of_a_right_payload(data: st.DataObject, value: object) -> None:
    payload = data.draw(st.sampled_from([*PAYLOADS, MODAL, HOME]))
    changed_payload = changed(payload, data.draw(st.sampled_from(places(payload)[1:])), value)
    assert is_answer(view_errors(changed_payload))
    assert is_answer(message_errors(changed_payload.get("blocks"), None))


@given(st.data())
def test_an_unknown_field_anywhere_is_refused(data: st.DataObject) -> None:
    payload = data.draw(st.sampled_from(PAYLOADS))
    objects = [
        at for at in places(payload) if at.startswith("/blocks/0") and isinstance(_at(payload, at), dict)
    ]
    at = data.draw(st.sampled_from(objects))
    blocks = changed(payload, f"{at}/unheard_of", 1)["blocks"]
    assert f"{at} invalid additional property: unheard_of" in message_errors(blocks, None)


def _at(payload: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        payload = payload[int(part) if part.isdigit() else part]
    return payload


def test_deep_nesting() -> None:
    deep: Any = {}
    for _ in range(100_000):
        deep = {"type": "container", "child_blocks": [deep]}
    [*errors] = message_errors([deep], None)
    assert is_answer(errors)
    assert errors
    assert is_answer(view_errors({**MODAL, "blocks": [deep]}))


def test_errors_end_somewhere() -> None:
    assert len(message_errors([{"type": "divider", **{str(n): n for n in range(10_000)}}], None)) == 100


def test_nothing_is_changed() -> None:
    before = json.dumps([PAYLOADS, MODAL, HOME])
    for payload in PAYLOADS:
        message_errors(payload["blocks"], None)
    view_errors(MODAL)
    view_errors(HOME)
    assert json.dumps([PAYLOADS, MODAL, HOME]) == before

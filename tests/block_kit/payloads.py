"""Views of every kind, and a way to change one place in a payload."""

from typing import Any

from .blocks import BLOCKS, plain
from .elements import ELEMENTS

MISSING = object()

MODAL: dict[str, Any] = {
    "type": "modal",
    "title": plain("Title"),
    "submit": plain("Save"),
    "close": plain("Cancel"),
    "callback_id": "c",
    "external_id": "e",
    "private_metadata": "{}",
    "clear_on_close": True,
    "notify_on_close": False,
    "blocks": [ELEMENTS["plain_text_input"], BLOCKS["alert"]],
}
HOME: dict[str, Any] = {
    "type": "home",
    "callback_id": "c",
    "external_id": "e",
    "private_metadata": "{}",
    "blocks": [BLOCKS["section"], BLOCKS["container"]],
}


def _fresh(payload: Any) -> Any:
    """A copy in which nothing is shared, unlike a deepcopy of something that holds one object twice."""
    if isinstance(payload, dict):
        return {name: _fresh(value) for name, value in payload.items()}
    return [_fresh(value) for value in payload] if isinstance(payload, list) else payload


def changed(payload: Any, pointer: str, value: object) -> Any:
    """The payload with `value` at a JSON pointer, or with nothing there if it is MISSING."""
    result = _fresh(payload)
    *path, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
    target = result
    for part in path:
        target = target[part]
    if value is MISSING:
        del target[last]
    else:
        target[last] = value
    return result

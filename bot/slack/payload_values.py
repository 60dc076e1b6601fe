"""The single values in Slack's payloads: ids, texts, addresses, and what stands in a view's fields."""

import re
from datetime import UTC, datetime
from typing import Any

from bot.slack.requests import FieldValue

_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_URL = re.compile(r"https?://[\x21-\x7e]{1,2000}")

_LATEST = 250_000_000_000
"""Unix seconds, beyond which there are no dates."""

_ONE = (
    "value",
    "selected_user",
    "selected_channel",
    "selected_conversation",
    "selected_date",
    "selected_time",
)
_SEVERAL = ("selected_users", "selected_channels", "selected_conversations")


class BadPayloadError(ValueError):
    """The body is not in a form that Slack sends."""


def read_id(value: object) -> str:
    """An id or a timestamp of Slack's. Raises BadPayloadError."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadPayloadError("id")
    return value


def read_instant(value: object) -> datetime:
    """From Unix seconds. Raises BadPayloadError."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LATEST:
        raise BadPayloadError("time")
    return datetime.fromtimestamp(value, UTC)


def read_url(value: object) -> str:
    """Raises BadPayloadError."""
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise BadPayloadError("url")
    return value


def read_text(value: object) -> str:
    """JSON can spell halves of characters, and any database refuses NUL; neither was typed by a person.

    Raises BadPayloadError.
    """
    if not isinstance(value, str):
        raise BadPayloadError("text")
    if value.isascii() and "\x00" not in value:
        return value
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def table_at(body: dict[str, Any], key: str) -> dict[str, Any]:
    """The object there; an empty one when there is none. Raises BadPayloadError."""
    found = body.get(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise BadPayloadError(key)
    return found


def field_values(state: dict[str, Any]) -> dict[str, FieldValue]:
    """What stands in each field of a view, by its block's id: a block has one element.

    docs.slack.dev, "view_submission": `state.values` has the blocks, and in each the elements by action id.
    Raises BadPayloadError.
    """
    found: dict[str, FieldValue] = {}
    values = table_at(state, "values")
    for block_id in values:
        for element in table_at(values, block_id).values():
            if not isinstance(element, dict):
                raise BadPayloadError("values")
            found[read_text(block_id)] = value_of(element)
    return found


def value_of(element: dict[str, Any]) -> FieldValue:
    """What a button carries, or what was typed or chosen. Raises BadPayloadError."""
    for key in ("selected_options", *_SEVERAL):
        if isinstance(element.get(key), list):
            return tuple(_chosen(each) for each in element[key])
    if isinstance(element.get("selected_option"), dict):
        return _chosen(element["selected_option"])
    for key in _ONE:
        if element.get(key) is not None:
            return read_text(element[key])
    return None


def _chosen(option: object) -> str:
    return read_text(option.get("value") if isinstance(option, dict) else option)

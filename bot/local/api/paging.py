"""Cursors: opaque to the app, and refused when they are not ours."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.local.errors import SlackError

Item = TypeVar("Item")


def make_cursor(kind: str, value: str) -> str:
    return base64.b64encode(f"{kind}:{value}".encode()).decode()


def read_cursor(cursor: str, kind: str) -> str:
    """What the cursor stands for, or a refusal."""
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None
    found, _, value = text.partition(":")
    if found != kind or not value:
        raise SlackError("invalid_cursor")
    return value


def page(
    items: Sequence[Item], limit: int, cursor: str, key: Callable[[Item], str], kind: str
) -> tuple[list[Item], str]:
    """One page of a list, from the item that the cursor names, and the cursor of the next page."""
    start = 0
    if cursor:
        wanted = read_cursor(cursor, kind)
        start = next((index for index, item in enumerate(items) if key(item) == wanted), -1)
        if start < 0:
            raise SlackError("invalid_cursor")
    end = start + limit
    following = make_cursor(kind, key(items[end])) if end < len(items) else ""
    return list(items[start:end]), following

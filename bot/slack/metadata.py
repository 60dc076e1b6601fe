"""The key of a delivery in the metadata of its message, by which the message is found again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

EVENT_TYPE = "waymark_delivery"
_BEFORE = timedelta(minutes=5)
"""Slack's clock and ours need not agree."""


def metadata_of(key: str) -> dict[str, object]:
    """Whoever is in the channel can read it."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def key_in(message: Mapping[str, Any]) -> str | None:
    """The key of the delivery that this message of Slack's is; None for what was said otherwise."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None


def oldest_of(promised_at: datetime) -> float:
    """As Slack counts: no message of a delivery that was promised then is older."""
    return (promised_at - _BEFORE).timestamp()

"""The time, read here and in no other module; everything else takes `now` as a parameter."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)

"""The base of what can go wrong for a person."""

from dataclasses import dataclass


@dataclass(unsafe_hash=True)
class BotError(Exception):
    """The base: a person asked for something that cannot be done as it was asked. Nothing was changed."""

"""The order of projects on a page: each below the one that it is a part of, as far as that is there. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

MOST_DEEP = 3
"""Deeper parts stand as deep as that."""


class Placed(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...


class Place(NamedTuple):
    """`depth` is 0 for what is a part of nothing that is shown."""

    id: int
    depth: int


def in_order(placed: Sequence[Placed]) -> list[Place]:
    """Each project once, with its parts behind it; those that are side by side as they were given.

    A project whose parent is not among them stands on its own: nothing tells that there is one.
    """
    known = {each.id for each in placed}
    parts: dict[int | None, list[int]] = {}
    for each in placed:
        above = each.parent_id if each.parent_id in known and each.parent_id != each.id else None
        parts.setdefault(above, []).append(each.id)
    found = list(_walk(parts))
    # Of a ring, should there ever be one, nothing is lost.
    seen = {place.id for place in found}
    return found + [Place(each.id, 0) for each in placed if each.id not in seen]


def _walk(parts: dict[int | None, list[int]]) -> Iterator[Place]:
    waiting = [Place(id_, 0) for id_ in reversed(parts.get(None, ()))]
    while waiting:
        place = waiting.pop()
        yield place
        below = reversed(parts.get(place.id, ()))
        waiting += [Place(id_, min(place.depth + 1, MOST_DEEP)) for id_ in below]

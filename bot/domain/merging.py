"""Three versions of a thing: as the page had it last time, as it has it now, as the record has it. Pure.

What people said in chat is never overwritten: where both the page and the record changed, the record stays.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

ALIKE = 60.0
"""Of 100: an item at least this much like an old one, at its place, is that one edited.

Sentences that have nothing to do with each other reach 40, and seldom 55.
"""
_EQUAL = 100.0
_COMPARED = 1_000
"""Characters of an item that are compared with another."""


_NEAR = 32
"""Items on either side of a place that an edited one is looked for among: each new one could be any."""


class Merge(Enum):
    """What to do with a value."""

    KEEP = "the record is right already, or only people changed it"
    TAKE = "only the page changed: take its value"
    CONFLICT = "both changed: the record stays, and somebody should know"


def merge(base: str | None, page: str, record: str) -> Merge:
    """`base` is None when the value was not on the page before: then it fills what is empty, no more."""
    if page in (record, base or ""):
        return Merge.KEEP
    if record == (base or ""):
        return Merge.TAKE
    return Merge.CONFLICT


@dataclass(frozen=True, slots=True)
class Matching:
    """Which old item each new one is (by index, None for one that is new), and which old ones are gone."""

    old_of_new: tuple[int | None, ...]
    gone: tuple[int, ...]


def match_items(
    old: Sequence[str], new: Sequence[str], *, key: Callable[[str], str] = str, alike: float = ALIKE
) -> Matching:
    """Equal items are the same one, wherever they stand, and then those with equal keys.

    Of the others, those whose keys are alike at the same place are the same one, edited: at least `alike` of
    100, so with more than that none is.
    """
    old_of_new: list[int | None] = [None] * len(new)
    free = _match_equal(old, new, old_of_new, range(len(old)))
    old_keys, new_keys = [key(item) for item in old], [key(item) for item in new]
    free = _match_equal(old_keys, new_keys, old_of_new, free)
    if free and alike <= _EQUAL:
        _match_alike(old_keys, new_keys, old_of_new, free, alike)
    return Matching(tuple(old_of_new), tuple(free))


def _match_alike(
    old: Sequence[str], new: Sequence[str], old_of_new: list[int | None], free: list[int], alike: float
) -> None:
    """Match what is alike among the `free` old items (in order) and the new ones without one."""
    # Only pages that were edited need it.
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - seldom needed

    compared = [item[:_COMPARED] for item in old]
    above = _next_matched(old_of_new, len(old))
    below = -1
    for number, item in enumerate(new):
        if old_of_new[number] is None and free:
            near = _near(free, below, above[number])
            choices = [compared[index] for index in near]
            best = process.extractOne(item[:_COMPARED], choices, scorer=fuzz.ratio, score_cutoff=alike)
            if best is not None:
                old_of_new[number] = near[best[2]]
                free.remove(near[best[2]])
        below = _or(old_of_new[number], below)


def _next_matched(old_of_new: Sequence[int | None], end: int) -> list[int]:
    """For each new item, the old one of the nearest after it that has one; `end` where none has."""
    found = [end] * len(old_of_new)
    for number in range(len(old_of_new) - 2, -1, -1):
        found[number] = _or(old_of_new[number + 1], found[number + 1])
    return found


def _or(index: int | None, otherwise: int) -> int:
    return otherwise if index is None else index


def _near(free: Sequence[int], below: int, above: int) -> Sequence[int]:
    """Those between the neighbours, or else any; of very many, those nearest to the one or the other."""
    start, end = bisect_right(free, below), bisect_left(free, above)
    if start >= end:
        return free[max(start - _NEAR, 0) : start + _NEAR]
    if end - start <= 2 * _NEAR:
        return free[start:end]
    return [*free[start : start + _NEAR], *free[end - _NEAR : end]]


def _match_equal(
    old: Sequence[str], new: Sequence[str], old_of_new: list[int | None], free: Iterable[int]
) -> list[int]:
    """Match what is equal among the `free` old items and the new ones without one; what is free then."""
    places: dict[str, list[int]] = {}
    for index in free:
        places.setdefault(old[index], []).append(index)
    for number, item in enumerate(new):
        if old_of_new[number] is None and places.get(item):
            old_of_new[number] = places[item].pop(0)
    return sorted(index for indexes in places.values() for index in indexes)


def merge_order(record: Sequence[int], old: Sequence[int], new: Sequence[int]) -> list[int]:
    """The record's order of ids with the page's news: an order changed on the page is taken, else it is kept.

    `old` and `new` are the page's orders, then and now. An id that is new on the page goes behind the one
    that it follows there.
    """
    known, here, recorded = set(old), set(new), set(record)
    before = [key for key in old if key in here]
    after = [key for key in new if key in known]
    order = list(record)
    if before != after:
        moved = dict.fromkeys(key for key in after if key in recorded)
        order = [*moved, *(key for key in record if key not in moved)]
    return _placed(order, [None, *new], {key for key in new if key not in known})


def _placed(order: Sequence[int], page: Sequence[int | None], placed: set[int]) -> list[int]:
    """The order with those to be placed behind the ones that they follow on the page (None: at the start)."""
    kept = [key for key in order if key not in placed]
    following: dict[int | None, int | None] = dict(zip([None, *kept], [*kept, None], strict=True))
    for before, key in pairwise(page):
        if key in placed:
            following[key] = following[before]
            following[before] = key
    found: list[int] = []
    at = following[None]
    while at is not None:
        found.append(at)
        at = following[at]
    return found

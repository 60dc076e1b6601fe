"""Three versions of a thing: as the page had it last time, as it has it now, as the record has it. Pure.

What people said in chat is never overwritten: where both the page and the record changed, the record stays.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

ALIKE = 60.0
"""Of 100: an item at least this much like an old one, at its place, is that one edited.

Sentences that have nothing to do with each other reach 40, and seldom 55.
"""
_EQUAL = 100.0
_COMPARED = 1_000
"""Characters of an item that are compared with another."""


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
    for number, item in enumerate(new_keys if alike <= _EQUAL else ()):
        if old_of_new[number] is None and free:
            below, above = _neighbours(old_of_new, number, len(old))
            near = [index for index in free if below < index < above] or free
            best = max(near, key=lambda index: _likeness(old_keys[index], item, alike))
            if _likeness(old_keys[best], item, alike) >= alike:
                old_of_new[number] = best
                free.remove(best)
    return Matching(tuple(old_of_new), tuple(free))


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


def _neighbours(old_of_new: Sequence[int | None], number: int, end: int) -> tuple[int, int]:
    below = next((i for i in reversed(old_of_new[:number]) if i is not None), -1)
    above = next((i for i in old_of_new[number + 1 :] if i is not None), end)
    return below, above


def _likeness(a: str, b: str, least: float) -> float:
    """Of 100; 0 when it is below `least`."""
    # Only pages that were edited need it.
    from rapidfuzz import fuzz  # noqa: PLC0415

    return float(fuzz.ratio(a[:_COMPARED], b[:_COMPARED], score_cutoff=least))


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
    for position, key in enumerate(new):
        if key in known:
            continue
        if key in order:
            order.remove(key)
        order.insert(order.index(new[position - 1]) + 1 if position else 0, key)
    return order

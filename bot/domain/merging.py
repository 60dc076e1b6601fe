"""Three versions of a thing: as the page had it last time, as it has it now, as the record has it. Pure.

What people said in chat is never overwritten: where both the page and the record changed, the record stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_ALIKE = 0.5
"""Of 1: an item at least this much like an old one, at its place, is that one edited."""


class Merge(Enum):
    """What to do with a value."""

    KEEP = "the record is right already, or only people changed it"
    TAKE = "only the page changed: take its value"
    CONFLICT = "both changed: the record stays, and somebody should know"


def merge(base: str | None, page: str, record: str) -> Merge:
    """`base` is None when the value was not on the page before: then it fills what is empty, no more."""
    if page in (record, base):
        return Merge.KEEP
    if record == (base or ""):
        return Merge.TAKE
    return Merge.CONFLICT


@dataclass(frozen=True, slots=True)
class Matching:
    """Which old item each new one is (by index, None for one that is new), and which old ones are gone."""

    old_of_new: tuple[int | None, ...]
    gone: tuple[int, ...]


def match_items(old: Sequence[str], new: Sequence[str]) -> Matching:
    """Equal items are the same one, wherever they stand; of the others, those alike at the same place are."""
    old_of_new: list[int | None] = [None] * len(new)
    free = _match_equal(old, new, old_of_new)
    for number, item in enumerate(new):
        if old_of_new[number] is None and free:
            below, above = _neighbours(old_of_new, number, len(old))
            near = [index for index in free if below < index < above] or free
            best = max(near, key=lambda index: _likeness(old[index], item))
            if _likeness(old[best], item) >= _ALIKE:
                old_of_new[number] = best
                free.remove(best)
    return Matching(tuple(old_of_new), tuple(free))


def _match_equal(old: Sequence[str], new: Sequence[str], old_of_new: list[int | None]) -> list[int]:
    places: dict[str, list[int]] = {}
    for index, item in enumerate(old):
        places.setdefault(item, []).append(index)
    for number, item in enumerate(new):
        if places.get(item):
            old_of_new[number] = places[item].pop(0)
    return sorted(index for indexes in places.values() for index in indexes)


def _neighbours(old_of_new: Sequence[int | None], number: int, end: int) -> tuple[int, int]:
    below = next((i for i in reversed(old_of_new[:number]) if i is not None), -1)
    above = next((i for i in old_of_new[number + 1 :] if i is not None), end)
    return below, above


def _likeness(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # The cheap upper bounds spare most of the work where nothing is alike.
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


def merge_order(record: Sequence[int], old: Sequence[int], new: Sequence[int]) -> list[int]:
    """The record's order of ids with the page's news: an order changed on the page is taken, else it is kept.

    `old` and `new` are the page's orders, then and now. An id that is new on the page goes behind the one
    that it follows there.
    """
    known = set(old)
    before = [key for key in old if key in set(new)]
    after = [key for key in new if key in known]
    order = list(record)
    if before != after:
        moved = [key for key in after if key in set(record)]
        order = [*moved, *(key for key in record if key not in set(moved))]
    for position, key in enumerate(new):
        if key in known:
            continue
        if key in order:
            order.remove(key)
        order.insert(order.index(new[position - 1]) + 1 if position else 0, key)
    return order

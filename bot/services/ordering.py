"""The order of a record's outcomes, which are nested: parts stand below what they are parts of. Pure."""

from collections.abc import Sequence

from pydantic import JsonValue

from storage.records import Outcome

NUMBER = "number"
"""In the value of an item that was taken off: which one it was, counted from 1."""


def with_parts(record: Sequence[Outcome], index: int) -> list[Outcome]:
    """An outcome and the ones below it, which are indented further."""
    below = [record[index]]
    for outcome in record[index + 1 :]:
        if outcome.level <= record[index].level:
            break
        below.append(outcome)
    return below


def ids_in(value: JsonValue) -> list[int]:
    """An order, as the history keeps it."""
    return [int(str(id_)) for id_ in value] if isinstance(value, list) else []


def as_value(ids: Sequence[int]) -> list[JsonValue]:
    return list[JsonValue](ids)


def reordered(now: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """What there is now in the wanted order; what that does not name stays at its place among the others."""
    present = set(now)
    named = iter([id_ for id_ in wanted if id_ in present])
    asked = set(wanted)
    return [next(named) if id_ in asked else id_ for id_ in now]


def is_in_order(now: Sequence[int], then: Sequence[int]) -> bool:
    """Whether those that are still there stand in the same order as then."""
    return list(now) == reordered(now, then)


def put_at(ids: Sequence[int], id_: int, number: int) -> list[int]:
    """With this one as number so-and-so, or as the last."""
    others = [each for each in ids if each != id_]
    return [*others[: number - 1], id_, *others[number - 1 :]]


def number_of(value: JsonValue) -> int | None:
    """Which one it was when it was taken off, if that was written down."""
    number = value.get(NUMBER) if isinstance(value, dict) else None
    return number if isinstance(number, int) else None


def without_number(value: JsonValue) -> JsonValue:
    """To compare with an item that is on the record, whose number says nothing of itself."""
    return {key: each for key, each in value.items() if key != NUMBER} if isinstance(value, dict) else value

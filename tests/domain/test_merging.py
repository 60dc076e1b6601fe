"""Three versions of a thing: the page then, the page now, and the record."""

import time
from collections.abc import Callable
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.merging import Matching, Merge, match_items, merge, merge_order
from tests.support.growth import require_linear_growth

KEEP, TAKE, CONFLICT = Merge.KEEP, Merge.TAKE, Merge.CONFLICT


@pytest.mark.parametrize(
    ("base", "page", "record", "expected"),
    [
        ("a", "a", "a", KEEP),
        ("a", "b", "a", TAKE),
        ("a", "a", "b", KEEP),
        ("a", "b", "b", KEEP),
        ("a", "b", "c", CONFLICT),
        ("a", "", "a", TAKE),
        ("a", "", "b", CONFLICT),
        ("a", "a", "", KEEP),
        ("a", "b", "", CONFLICT),
        (None, "a", "", TAKE),
        (None, "a", "a", KEEP),
        (None, "a", "b", CONFLICT),
        (None, "", "b", KEEP),
        (None, "", "", KEEP),
        ("", "a", "", TAKE),
        ("", "", "a", KEEP),
    ],
)
def test_the_page_is_taken_where_it_alone_changed(
    base: str | None, page: str, record: str, expected: Merge
) -> None:
    assert merge(base, page, record) is expected


def test_nothing_but_a_change_of_the_page_alone_overwrites_a_record() -> None:
    for base, page, record in product([None, "", "a", "b"], ["", "a", "b"], ["", "a", "b"]):
        if merge(base, page, record) is TAKE:
            assert record == (base or "")
            assert page != record


def test_equal_items_are_the_same_wherever_they_stand() -> None:
    assert match_items(["one", "two", "three"], ["three", "one", "two"]) == Matching((2, 0, 1), ())


def test_an_edited_item_is_the_one_at_its_place() -> None:
    old = ["Four labs have taught a course", "The guide is followed start to finish", "Two labs stay"]
    new = [
        "Five labs have taught a course",
        "The guide is followed start to finish",
        "Two labs sign up again",
    ]

    assert match_items(old, new) == Matching((0, 1, 2), ())


def test_an_item_that_is_nothing_like_an_old_one_is_new() -> None:
    old = ["Recordings are up within three days"]
    new = ["Four labs have taught a course"]

    assert match_items(old, new) == Matching((None,), (0,))


def test_an_item_edited_and_moved_is_still_found() -> None:
    old = ["Four labs have taught a course", "Links are checked", "Pages have owners"]
    new = ["Links are checked", "Pages have owners", "Four labs have now taught a course"]

    assert match_items(old, new) == Matching((1, 2, 0), ())


def test_equal_keys_go_before_likeness_and_equal_items_before_keys() -> None:
    old, new = ["k1 old words", "k2 x", "k2 y"], ["k2 y", "k1 quite another text altogether", "k2 z"]

    found = match_items(old, new, key=lambda item: item.split()[0])

    assert found == Matching((2, 0, 1), ())


def test_how_much_alike_is_alike_enough_can_be_said() -> None:
    assert match_items(["Ana Silva"], ["Eva Silva"], alike=85.0).old_of_new == (None,)
    assert match_items(["Ana Silva"], ["Ana Sílva"], alike=85.0).old_of_new == (0,)


_ITEM = st.sampled_from(["a tide gauge", "a tide table", "b", "", "a tide gauges"]) | st.text(max_size=8)
_ITEMS = st.lists(_ITEM, max_size=8)


@given(_ITEMS, _ITEMS)
def test_every_item_is_matched_once_or_gone(old: list[str], new: list[str]) -> None:
    found = match_items(old, new)

    matched = [index for index in found.old_of_new if index is not None]
    assert len(found.old_of_new) == len(new)
    assert sorted([*matched, *found.gone]) == list(range(len(old)))


@given(_ITEMS)
def test_equal_lists_are_matched_item_by_item(items: list[str]) -> None:
    assert match_items(items, list(items)) == Matching(tuple(range(len(items))), ())


@given(_ITEMS, st.randoms(use_true_random=False))
def test_a_shuffled_list_loses_nothing(items: list[str], chance: Random) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)

    found = match_items(items, shuffled)

    assert [items[index] for index in found.old_of_new if index is not None] == shuffled
    assert found.gone == ()


def test_two_hundred_long_items_all_rewritten_take_no_time_to_speak_of() -> None:
    old = [f"{number} " + "the gauge reports again " * 120 for number in range(200)]
    new = [f"{number} " + "a reef is mapped anew by all " * 100 for number in range(200)]

    began = time.process_time()
    match_items(old, new)

    assert time.process_time() - began < 10


def test_an_order_that_the_page_did_not_change_is_that_of_the_record() -> None:
    assert merge_order([3, 9, 1, 2], old=[1, 2, 3], new=[1, 2, 3]) == [3, 9, 1, 2]


def test_an_order_that_the_page_changed_is_taken_and_the_others_follow() -> None:
    assert merge_order([1, 9, 2, 3], old=[1, 2, 3], new=[3, 1, 2]) == [3, 1, 2, 9]


def test_what_is_new_on_the_page_goes_behind_what_it_follows_there() -> None:
    assert merge_order([1, 2], old=[1, 2], new=[7, 1, 8, 2]) == [7, 1, 8, 2]
    assert merge_order([2, 9, 1], old=[1, 2], new=[1, 8, 2]) == [2, 9, 1, 8]


def test_the_order_of_thousands_takes_no_time_to_speak_of() -> None:
    record = list(range(5_000))

    began = time.process_time()
    merge_order(record, old=record, new=record[::-1])

    assert time.process_time() - began < 0.2


def test_what_is_gone_from_the_page_changes_no_order() -> None:
    assert merge_order([4, 1, 2, 3], old=[1, 2, 3], new=[1, 3]) == [4, 1, 2, 3]


@st.composite
def _orders(draw: st.DrawFn) -> tuple[list[int], list[int], list[int]]:
    record = draw(st.permutations(range(draw(st.integers(0, 6)))))
    old = draw(st.permutations([key for key in record if draw(st.booleans())]))
    kept = [key for key in old if draw(st.booleans())]
    fresh = draw(st.lists(st.sampled_from([*range(10, 13), *set(record) - set(old)]), unique=True))
    new = draw(st.permutations([*kept, *fresh]))
    return list(record), list(old), list(new)


@given(_orders())
def test_an_order_has_each_once_and_forgets_none(orders: tuple[list[int], list[int], list[int]]) -> None:
    record, old, new = orders

    merged = merge_order(record, old, new)

    assert sorted(merged) == sorted({*record, *new})


@given(_orders())
def test_the_order_of_people_stays_while_the_page_keeps_its_own(
    orders: tuple[list[int], list[int], list[int]],
) -> None:
    record, old, _ = orders

    assert merge_order(record, old, old) == record
    assert merge_order(record, old, [key for key in old if key % 2]) == record


@given(_orders())
def test_an_order_that_was_merged_is_not_changed_by_merging_it_again(
    orders: tuple[list[int], list[int], list[int]],
) -> None:
    record, old, new = orders
    merged = merge_order(record, old, new)

    assert merge_order(merged, new, new) == merged


def _edited(number: int) -> str:
    return f"The gauge number {number} reports every hour of the year {number * 7919 % 1000}"


@pytest.mark.parametrize("edited", [_edited, lambda number: f"Reef {number * 31 % 977} mapped anew {number}"])
def test_time_grows_in_line_with_the_items(edited: Callable[[int], str]) -> None:
    def match(size: int) -> None:
        match_items(
            [_edited(n).replace("hour", "day") for n in range(size)], [edited(n) for n in range(size)]
        )

    require_linear_growth(match, 250)


def test_time_grows_in_line_with_the_order() -> None:
    def order(size: int) -> None:
        merge_order(list(range(size)), list(range(size)), list(range(size, 2 * size)))

    require_linear_growth(order, 1_000)


def test_of_thousands_that_were_all_edited_each_is_known_again() -> None:
    old = [_edited(number).replace("hour", "day") for number in range(3_000)]

    found = match_items(old, [_edited(number) for number in range(3_000) if number % 10])

    assert [index for index in found.old_of_new if index is not None] == sorted(
        set(range(3_000)) - set(found.gone)
    )
    assert len(found.gone) == 300
    assert None not in found.old_of_new

"""Projects on the page: each below the one that it is a part of."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.public_order import MOST_DEEP, in_order


class One(NamedTuple):
    id: int
    parent_id: int | None


def test_parts_stand_behind_their_whole_in_the_order_in_which_they_came() -> None:
    placed = [One(1, None), One(2, 4), One(3, 1), One(4, None), One(5, 1), One(6, 3)]

    assert in_order(placed) == [(1, 0), (3, 1), (6, 2), (5, 1), (4, 0), (2, 1)]


def test_of_a_whole_that_is_not_shown_nothing_tells() -> None:
    assert in_order([One(2, 99), One(3, 2)]) == [(2, 0), (3, 1)]


@given(
    st.lists(st.tuples(st.integers(0, 12), st.none() | st.integers(0, 14)), unique_by=lambda each: each[0])
)
def test_each_stands_there_once_rings_and_all(pairs: list[tuple[int, int | None]]) -> None:
    found = in_order([One(*pair) for pair in pairs])

    assert sorted(place.id for place in found) == sorted(id_ for id_, _ in pairs)
    assert all(0 <= place.depth <= MOST_DEEP for place in found)

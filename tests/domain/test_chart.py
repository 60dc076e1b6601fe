"""What a chart says, in words and as a table."""

import pytest

from bot.domain.chart import WORDS, Chart, ChartKind, Look, Series, distinct, number_in_words

NONE = "\u2013"
COUNTS = Chart(
    ChartKind.COUNTS,
    "Outcomes by status",
    "Week to",
    ("1 Mar", "now"),
    (Series("On track", Look.GOOD, (3, 2), "🟢"), Series("At risk", Look.CAREFUL, (0, 1), "🟡")),
)
COURSE = Chart(
    ChartKind.COURSE,
    "The way",
    "Day",
    ("1 Mar", "today", "5 Apr"),
    (
        Series("Measured", Look.MEASURED, (None, 41.5, None)),
        Series("Straight line", Look.PLANNED, (0, 20, 52)),
    ),
    "weeks",
)


def test_counts_in_words_leave_out_what_there_is_none_of() -> None:
    assert COUNTS.words == "Outcomes by status. Week to 1 Mar: On track 3. now: On track 2, At risk 1."


def test_a_course_in_words_says_its_unit_and_only_what_is_known() -> None:
    assert COURSE.words == (
        "The way. Day 1 Mar: Straight line 0 weeks. today: Measured 41.5 weeks, Straight line 20 weeks. "
        "5 Apr: Straight line 52 weeks."
    )


def test_the_table_has_a_row_for_each_category_and_a_dash_for_what_is_not_known() -> None:
    assert COURSE.rows() == [
        ["Day", "Measured", "Straight line"],
        ["1 Mar", NONE, "0"],
        ["today", "41.5", "20"],
        ["5 Apr", NONE, "52"],
    ]
    assert COUNTS.rows()[0] == ["Week to", "🟢 On track", "🟡 At risk"]


def test_words_that_do_not_fit_are_said_to_be_missing() -> None:
    names = tuple(f"{number} {'x' * 190}" for number in range(20))
    long = Chart(ChartKind.SHARES, "T", "Project", names, (Series("Fresh", Look.GOOD, (1,) * 20),))

    assert len(long.words) <= WORDS
    assert long.words.endswith("Fresh 1. There is more than fits here.")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "3"),
        (41.5, "41.5"),
        (1234567.0, "1,234,567"),
        (0.125, "0.12"),
        (-2.0, "-2"),
        (0, "0"),
        (None, NONE),
    ],
)
def test_numbers_are_short(value: float | None, words: str) -> None:
    assert number_in_words(value) == words


def test_labels_that_are_cut_alike_are_numbered() -> None:
    found = distinct(("Reef survey of the north", "Reef survey of the south", "Reef", "Reef"), 12)

    assert found == ("Reef survey…", "Reef surve 2", "Reef", "Reef 2")
    assert all(len(label) <= 12 for label in found)

"""The nearest word by spelling."""

import pytest

from bot.domain.nearest import nearest_word, nearest_words

COMMANDS = ("help", "list", "show", "goal", "outcomes", "links", "search", "stale")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("shwo", "show"),
        ("SHOW", "show"),
        ("lsit", "list"),
        ("outcome", "outcomes"),
        ("serach", "search"),
        ("xyzzy", None),
        ("", None),
        ("q" * 5000, None),
    ],
)
def test_a_slip_finds_its_word_and_nonsense_finds_none(typed: str, nearest: str | None) -> None:
    assert nearest_word(typed, COMMANDS) == nearest


def test_nothing_is_near_to_no_words() -> None:
    assert nearest_word("show", ()) is None
    assert nearest_words("show", (), 3) == ()


def test_several_words_come_best_first_and_no_more_than_asked_for() -> None:
    assert nearest_words("Goals", ("show", "goals", "goal", "gaol"), 2) == ("goals", "goal")
    assert nearest_words("xyzzy", COMMANDS, 2) == ()

"""What people write in the thread of a check-in, as tables, and what holds of any text."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.command_line import as_typed
from bot.domain.reply_grammar import Asked, NoSuchOutcome, Plain, Unclear, Understood, parse_reply
from tests.domain.reply_cases import ALIKE, CASES, FOUR, NONE_OPEN, NOTHING, ONE, ONE_MEASURED, Told, told
from tests.support.growth import require_linear_growth

_PIECES = (
    *("1", "2", "3:", "#4", "9", "1-3", "1,", "and", "outcome", "is", "are", "not", "done"),
    *("at risk", "off track", "on", "with", "🟢", "✅", ":red_circle:", "70%", "12 of 20", "41"),
    *("docs", "pilot hubs", "review", "?", ":", " - ", "\n", "\n\n", "  ", "- ", "> ", "&gt;"),
    *("```", "*", "_", "~", "<@U123>", "<https://x.org|y>", "&amp;", "\u00a0", "\u200b", "\x00"),
    *("\r\n", "\u2028", "we", "by Friday", "thanks", ".", ",", "Hi all,"),
)
_DENIALS = (
    *("not", "NOT", "never", "almost", "nearly", "half", "partly", "hardly", "isn't", "isn\u2019t", "aren't"),
    *("wasn't", "won't be", "hasn't been", "can't be", "no longer", "not yet", "nowhere near", "far from"),
    *(
        "to be",
        "will be",
        "should be",
        "must be",
        "may be",
        "might be",
        "about to be",
        "needs to be",
        "hope to be",
    ),
    *("was", "were", "had been", "if", "when", "once", "until", "unless", "maybe", "probably", "supposedly"),
    *(
        "getting close to",
        "less than",
        "only",
        "un",
        "hopefully",
        "soon",
        "tomorrow",
        "in May",
        "who is",
        "why",
    ),
)
_REPLIES = st.text(max_size=80) | st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join)
_ANY = settings(deadline=None)
"""The first that looks for a slip in spelling waits for rapidfuzz to be imported."""
_ASKED = st.sampled_from((FOUR, ONE, ONE_MEASURED, NONE_OPEN, ALIKE, ()))


@pytest.mark.parametrize(("text", "asked", "lines"), CASES)
def test_a_reply_says_what_the_table_says(text: str, asked: Sequence[Asked], lines: list[Told]) -> None:
    assert [told(line) for line in parse_reply(text, asked)] == lines


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_are_no_update_change_nothing(text: str) -> None:
    assert parse_reply(text, FOUR) == tuple(Plain(line) for line in as_typed(text).splitlines())


@pytest.mark.parametrize("denial", _DENIALS)
def test_what_is_denied_hoped_or_past_is_no_update(denial: str) -> None:
    named = ("1", "#1", "1:", "outcome 1 is", "1: it is", "pilot hubs", "the pilot hubs are", "")

    for outcome, said in product(named, ("done", "at risk", "on track", "\u2705")):
        lines = parse_reply(f"{outcome} {denial} {said}", FOUR) + parse_reply(
            f"{outcome} {denial} {said}", ONE
        )

        assert not any(isinstance(line, Understood) for line in lines), outcome


def test_lines_are_kept_as_they_were_typed() -> None:
    text = " - *1* done &amp; <https://x.org|shown>\n   to all\n\n2:  at  risk"

    assert [line.line for line in parse_reply(text, FOUR)] == [
        "- *1* done & [shown](https://x.org)\n   to all",
        "2:  at  risk",
    ]


def test_a_thousand_marks_are_one_status() -> None:
    (line,) = parse_reply("1 " + "🟢" * 5_000, FOUR)

    assert told(line)[:2] == ("understood", 1)


@_ANY
@given(_REPLIES, _ASKED)
def test_only_outcomes_that_exist_are_updated_or_asked_about(text: str, asked: Sequence[Asked]) -> None:
    numbers = {each.number for each in asked}

    for line in parse_reply(text, asked):
        match line:
            case Understood():
                assert line.number in numbers
            case NoSuchOutcome():
                assert line.number not in numbers
            case Unclear():
                assert line.candidates
                assert set(line.candidates) <= numbers
                assert len(set(line.candidates)) == len(line.candidates)


@_ANY
@given(_REPLIES, _ASKED)
def test_a_number_is_understood_only_where_something_is_measured(text: str, asked: Sequence[Asked]) -> None:
    measured = {each.number for each in asked if each.is_measured}

    for line in parse_reply(text, asked):
        if isinstance(line, Understood):
            assert line.said.status is not None or line.said.value is not None
            assert line.said.value is None or line.number in measured


@_ANY
@given(_REPLIES, _ASKED)
def test_nothing_typed_is_lost(text: str, asked: Sequence[Asked]) -> None:
    kept = [part for line in parse_reply(text, asked) for part in line.line.splitlines()]

    assert [line for line in as_typed(text).splitlines() if line.strip() and line not in kept] == []


@_ANY
@given(_REPLIES)
def test_a_quotation_changes_nothing(text: str) -> None:
    quoted = "\n".join(f"&gt; {line}" for line in text.splitlines())

    assert all(isinstance(line, Plain) for line in parse_reply(quoted, FOUR))


@pytest.mark.parametrize(
    "unit",
    [
        *("1 done\n", "1 done, ", "1 done and ", "1 done\nmore\n", "1, ", "1-", "1: ", "1,1", "9"),
        *("x", "y\n", "docs is on track\n", "docs 7%\n", "docs: 41\n", "docs done "),
        *("maintaner: done\n", "\u2705 dosc\n", "done\n", "on  ", "on track ", "\U0001f7e2", "*a"),
        *("_a_ ", "- ", "> ", "```\n", "<https:", "&lt;", "@U12 ", "hi, ", "\u00a0", "is ", "still "),
        *(": ", "1: x, on track\n", "\U0001f7e2 a", "- * "),
    ],
)
def test_time_grows_in_line_with_what_was_typed(unit: str) -> None:
    require_linear_growth(lambda size: parse_reply(unit * (size // len(unit)), FOUR), 1_000)


def test_time_grows_in_line_with_the_outcomes() -> None:
    def read(size: int) -> None:
        asked = [Asked(n, f"Docs for hub {n} in {n}", is_measured=False, is_open=True) for n in range(size)]
        parse_reply("hbus 7 docs: done\n", asked)

    require_linear_growth(read, 100)

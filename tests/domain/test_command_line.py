"""What was typed, taken apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.command_line import (
    CommandLine,
    channel_in,
    clean,
    parse_command_line,
    unquote,
    words_in,
)
from tests.support.growth import require_linear_growth

NBSP, ZERO_WIDTH, BYTE_ORDER_MARK = "\u00a0", "\u200b", "\ufeff"


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("", "", ""),
        ("   ", "", ""),
        ("show jmte", "show", "jmte"),
        ("SHOW JMTE", "show", "JMTE"),
        ("  show   jmte   pangeo  ", "show", "jmte pangeo"),
        ("show\tjmte\n", "show", "jmte"),
        (f"show{NBSP}jmte", "show", "jmte"),
        (f"{ZERO_WIDTH}show{ZERO_WIDTH} {BYTE_ORDER_MARK}jmte", "show", "jmte"),
        ("show\u3000海洋", "show", "海洋"),
        ('"show" jmte', "show", "jmte"),
        ("`list` mine", "list", "mine"),
        ("/list", "list", ""),
        ("/project-list", "project-list", ""),
        ("show 'Hub pilots'", "show", "'Hub pilots'"),
        ("\x00show\x1f jmte", "show", "jmte"),
        ("\u202eshow jmte", "show", "jmte"),
        ("ÉTAT x", "état", "x"),
    ],
)
def test_the_first_word_is_the_command_and_all_else_is_kept(typed: str, name: str, rest: str) -> None:
    assert parse_command_line(typed) == CommandLine(name, rest)


QUOTED = "\"docs\" 'docs' `docs` “docs” „docs“ ‚docs‘ «docs» ‹docs› ‘docs’ \"docs docs'"  # noqa: RUF001 - as people type them


@pytest.mark.parametrize("typed", [*QUOTED.split(), "« docs »"])
def test_quotation_marks_of_every_kind_are_taken_off(typed: str) -> None:
    assert unquote(typed) == "docs"
    assert words_in(typed) == "docs"


def test_quotation_marks_inside_are_kept() -> None:
    assert unquote('"the "new" docs page"') == 'the "new" docs page'
    assert unquote("people's page") == "people's page"


@pytest.mark.parametrize(
    ("typed", "channel_id"),
    [
        ("<#C0DOCS>", "C0DOCS"),
        ("<#C0DOCS|docs>", "C0DOCS"),
        ("<#C0DOCS|>", "C0DOCS"),
        ("<#G0PRIVATE|secret plans>", "G0PRIVATE"),
        ('"<#C0DOCS|docs>"', "C0DOCS"),
        (" <#C0DOCS> ", "C0DOCS"),
        ("#docs", None),
        ("docs", None),
        ("<#C0DOCS> docs", None),
        ("<@U0ANA>", None),
        ("<#c0docs>", None),
        ("", None),
    ],
)
def test_a_channel_is_one_in_both_of_slacks_forms(typed: str, channel_id: str | None) -> None:
    assert channel_in(typed) == channel_id


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("R&amp;D", "R&D"),
        ("a &lt;b&gt; c", "a <b> c"),
        ("&amp;lt;", "&lt;"),
        ("<https://example.org/x|the board>", "the board"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("<http://docs.example.org|docs.example.org> refresh", "docs.example.org refresh"),
        ("<mailto:a@example.org|a@example.org>", "a@example.org"),
        ("<https://example.org?a=1&amp;b=2>", "https://example.org?a=1&b=2"),
        ("<@U0ANA|ana> and <#C0DOCS|docs>", "ana and docs"),
        ("<#C0DOCS>", "<#C0DOCS>"),
        ("  “Hub pilots”  ", "Hub pilots"),
        ("", ""),
    ],
)
def test_words_are_those_that_the_person_saw(typed: str, words: str) -> None:
    assert words_in(typed) == words


@given(st.text())
@example("<#C|" * 50)
@example("<" * 5000)
def test_whatever_is_typed_is_taken_apart_without_an_error(text: str) -> None:
    line = parse_command_line(text)

    assert " " not in line.name
    assert line.rest == line.rest.strip()
    assert line == parse_command_line(clean(text))
    words_in(text)
    channel_in(text)


@given(st.text(), st.integers(0, 3), st.sampled_from([" ", NBSP, "\t", ZERO_WIDTH + " "]))
def test_stray_blanks_around_make_no_difference(text: str, count: int, blank: str) -> None:
    assert parse_command_line(blank * count + text + blank * count) == parse_command_line(text)


@pytest.mark.parametrize("unit", ["<https:", "<https://x|", "<@U1|", "<#C1|", "&lt;", "<"])
def test_time_grows_in_line_with_what_was_typed(unit: str) -> None:
    require_linear_growth(lambda size: words_in(unit * (size // len(unit))), 4_000)

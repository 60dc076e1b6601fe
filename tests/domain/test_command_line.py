"""What was typed, taken apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.command_line import (
    First,
    as_typed,
    channel_in,
    clean,
    number_in,
    parse_command_line,
    person_in,
    split_first,
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
    line = parse_command_line(typed)

    assert (line.name, line.rest) == (name, rest)


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
    ("typed", "person_id"),
    [
        ("<@U0ANA>", "U0ANA"),
        ("<@U0ANA|ana>", "U0ANA"),
        ("<@W0ANA|Ana Silva>", "W0ANA"),
        ("“<@U0ANA>”", "U0ANA"),
        ("@ana", None),
        ("<@U0ANA> and <@U0BO>", None),
        ("<#C0DOCS>", None),
    ],
)
def test_a_person_is_one_in_both_of_slacks_forms(typed: str, person_id: str | None) -> None:
    assert person_in(typed) == person_id


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
    again = parse_command_line(clean(text))
    assert (line.name, line.rest) == (again.name, again.rest)
    words_in(text)
    channel_in(text)
    person_in(text)


@given(st.text(), st.integers(0, 3), st.sampled_from([" ", NBSP, "\t", ZERO_WIDTH + " "]))
def test_stray_blanks_around_make_no_difference(text: str, count: int, blank: str) -> None:
    line, surrounded = (parse_command_line(each) for each in (text, blank * count + text + blank * count))

    assert (surrounded.name, surrounded.rest) == (line.name, line.rest)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", First("", "")),
        ("jmte 2 done", First("jmte", "2 done")),
        ("jmte  two  blanks\nand a line", First("jmte", "two  blanks\nand a line")),
        ("“Hub pilots” 2 done", First("Hub pilots", "2 done", is_quoted=True)),
        ('"Hub pilots"', First("Hub pilots", "", is_quoted=True)),
        ("'tis 2", First("'tis", "2")),
        ('"Hub pilots', First('"Hub', "pilots")),
        ("<#C0DOCS|docs> 2", First("<#C0DOCS|docs>", "2")),
        (f"{ZERO_WIDTH} jmte 2", First("jmte", "2")),
    ],
)
def test_the_first_word_or_words_in_quotation_marks_are_split_off(text: str, first: First) -> None:
    assert split_first(text) == first


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), ("#2", 2), ("2.", 2), ("no. 2", 2), ("“12”", 12), ("two", None), ("", None), ("9" * 9, None)],
)
def test_an_outcome_is_counted_in_digits(text: str, number: int | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("unit", ["<https:", "<https://x|", "<@U1|", "<#C1|", "&lt;", "<"])
def test_time_grows_in_line_with_what_was_typed(unit: str) -> None:
    require_linear_growth(lambda size: words_in(unit * (size // len(unit))), 4_000)


@pytest.mark.parametrize("unit", ["<https:", "<!subteam^x", "<!a", "<@U1|", "<#C1|"])
def test_time_grows_in_line_with_what_is_kept_as_typed(unit: str) -> None:
    require_linear_growth(lambda size: as_typed(unit * (size // len(unit))), 4_000)

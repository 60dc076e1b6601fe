"""How people write a status, as a table."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.status_words import Found, Said, find_statuses, parse_number, parse_said
from storage.records import OutcomeStatus
from tests.support.growth import require_linear_growth

ON, AT, OFF, DONE, DROPPED = OutcomeStatus


@pytest.mark.parametrize(
    ("text", "status", "note"),
    [
        ("on track", ON, ""),
        ("On  Track", ON, ""),
        ("ontrack", ON, ""),
        ("on-track, as ever", ON, "as ever"),
        ("on_track", ON, ""),
        ("green", ON, ""),
        ("at risk: waiting for the grant office", AT, "waiting for the grant office"),
        ("At risk \u2013 two are ill", AT, "two are ill"),
        ("amber. Two are ill.", AT, "Two are ill."),
        ("off track the cable broke", OFF, "the cable broke"),
        ("blocked", OFF, ""),
        ("done", DONE, ""),
        ("Done!", DONE, ""),
        ("done\nAll of it", DONE, "All of it"),
        ("completed, and shown", DONE, "and shown"),
        ("dropped", DROPPED, ""),
        ("cancelled for lack of money", DROPPED, "for lack of money"),
    ],
)
def test_a_status_is_read_by_its_words(text: str, status: OutcomeStatus, note: str) -> None:
    assert parse_said(text) == Said(status, None, is_percent=False, note=note)


@pytest.mark.parametrize(
    ("text", "status", "note"),
    [
        ("on", ON, ""),
        ("on tr", ON, ""),
        ("off: the cable broke", OFF, "the cable broke"),
        ("at", AT, ""),
        ("a", AT, ""),
        ("at r, two are ill", AT, "two are ill"),
        ("do", DONE, ""),
        ("dr.", DROPPED, ""),
        ("fin - at last", DONE, "at last"),
        ("y", AT, ""),
    ],
)
def test_first_letters_do_when_only_one_status_has_them(text: str, status: OutcomeStatus, note: str) -> None:
    assert parse_said(text) == Said(status, None, is_percent=False, note=note)


@pytest.mark.parametrize(
    ("text", "status", "note"),
    [
        ("🟢", ON, ""),
        ("🟢 first draft is up", ON, "first draft is up"),
        ("🟢 on track: first draft is up", ON, "first draft is up"),
        (":large_green_circle: on", ON, ""),
        ("⚠️ two are ill", AT, "two are ill"),
        ("⚠ two are ill", AT, "two are ill"),
        ("🟡at risk", AT, ""),
        ("🔴 Off track", OFF, ""),
        ("✅", DONE, ""),
        ("✔️ shown", DONE, "shown"),
        (":white_check_mark: done", DONE, ""),
        ("⚪ no money", DROPPED, "no money"),
        ("🟢 red tape is gone", ON, "red tape is gone"),
        ("🟢🟢 🟢 on track: all of it", ON, "all of it"),
        ("🟢🔴 nobody knows", ON, "🔴 nobody knows"),
        ("🔴 " * 13_000, OFF, ""),
    ],
)
def test_a_status_is_read_by_its_mark(text: str, status: OutcomeStatus, note: str) -> None:
    assert parse_said(text) == Said(status, None, is_percent=False, note=note)


@pytest.mark.parametrize(
    ("text", "status", "value", "is_percent", "note"),
    [
        ("70%", None, 70, True, ""),
        ("70 %", None, 70, True, ""),
        ("70 per cent of the way", None, 70, True, "of the way"),
        ("70 percent", None, 70, True, ""),
        ("12 of 20", None, 12, False, ""),
        ("12/20, two to come", None, 12, False, "two to come"),
        ("41", None, 41, False, ""),
        ("-5", None, -5, False, ""),
        ("+5.5", None, 5.5, False, ""),
        ("1,5", None, 1.5, False, ""),
        ("1,500", None, 1500, False, ""),
        ("1,234,567.5", None, 1234567.5, False, ""),
        ("41 weeks without an outage", None, 41, False, "weeks without an outage"),
        ("41 at risk: the cache", AT, 41, False, "the cache"),
        ("at risk 41", AT, 41, False, ""),
        ("at risk, 41: the cache", AT, 41, False, "the cache"),
        ("on track 12 of 20 and more soon", ON, 12, False, "and more soon"),
        ("🟢 70% first draft", ON, 70, True, "first draft"),
        ("at risk: 3 people left", AT, None, False, "3 people left"),
        ("done 2026-05-04", DONE, None, False, "2026-05-04"),
        ("done 10:30 on Monday", DONE, None, False, "10:30 on Monday"),
    ],
)
def test_a_number_is_read_before_or_after_a_status(
    text: str, status: OutcomeStatus | None, value: float | None, *, is_percent: bool, note: str
) -> None:
    assert parse_said(text) == Said(status, value, is_percent, note)


def test_where_nothing_is_measured_a_number_after_a_status_is_part_of_the_note() -> None:
    said = parse_said("done, 3 of 4", is_measured=False)

    assert said == Said(DONE, None, is_percent=False, note="3 of 4")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "on Tuesday we meet",
        "off to the harbour",
        "at the harbour",
        "o",
        "d",
        "c",
        "r",
        "donee",
        "done-ish",
        "on-going",
        "ontracks",
        "not done",
        "the first draft is up",
        "3rd draft",
        "2026-05-04",
        "10:30",
        "%",
        "of 20",
        "🎉",
        "-",
        "9" * 400,
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert parse_said(text) is None


@given(st.text(max_size=60) | st.from_regex(r"\A[-+]?[\d.,% of/]{1,30}\Z"))
def test_any_text_is_read_or_not_but_never_breaks(text: str) -> None:
    said = parse_said(text)

    assert said is None or said.value is None or math.isfinite(said.value)


def test_a_number_with_more_digits_than_can_be_counted_with_is_none() -> None:
    assert parse_number("999,999,999,999,999") == 999_999_999_999_999
    assert parse_number("1" + ",000" * 5) is None
    assert parse_said("done " + "1" + ",000" * 200) == Said(
        DONE, None, is_percent=False, note="1" + ",000" * 200
    )


def test_statuses_are_found_where_they_stand() -> None:
    assert list(
        find_statuses("Docs: on track, \u26a0\ufe0f hubs atrisk; not-done, ondone, on Tuesday, red")
    ) == [
        Found(6, 14, is_mark=False, is_one_word=False),
        Found(16, 18, is_mark=True, is_one_word=False),
        Found(24, 30, is_mark=False, is_one_word=False),
        Found(62, 65, is_mark=False, is_one_word=True),
    ]


def test_a_thousand_marks_in_a_row_are_one_status() -> None:
    assert parse_said("\U0001f7e2 " * 5_000 + "on track: all well") == Said(
        ON, None, is_percent=False, note="all well"
    )


@pytest.mark.parametrize("unit", ["\U0001f7e2", "\u2705 ", "on ", "done ", "9", "1,1", ": "])
def test_time_grows_in_line_with_what_was_typed(unit: str) -> None:
    require_linear_growth(lambda size: parse_said(unit * (size // len(unit))), 2_500)

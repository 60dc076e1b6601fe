"""Folding, keys and words: what a typed text is compared with."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import terms
from storage.terms import Rank
from tests.support.growth import require_linear_growth


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("JMTE-Pangeo", "jmte pangeo"),
        ("  Hub   pilots ", "hub pilots"),
        ("snake_case", "snake case"),
        ("Café Übersee", "cafe ubersee"),
        ("Cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("\uff26\uff35\uff2c\uff2c\u3000\uff57\uff49\uff44\uff54\uff48", "full width"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("σίσυφος", "σισυφοσ"),
        ("海洋データ", "海洋テータ"),
        ("R&D (2026)", "r d 2026"),
        ("100%_done", "100 done"),
        ("🌊", ""),
        ("\x00\u200b", ""),
        ("", ""),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(text: str, folded: str) -> None:
    assert terms.fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert terms.fold(terms.fold(text)) == terms.fold(text)


@given(st.text())
def test_what_is_folded_has_no_character_that_means_something_to_like(text: str) -> None:
    assert not set(terms.fold(text)) & set("%_\\\x00")
    assert terms.fold(text) == " ".join(terms.fold(text).split())


@given(st.text(alphabet=string.printable))
def test_plain_text_is_folded_as_any_other_is(text: str) -> None:
    assert terms.fold(text) == terms.fold(text + "é").removesuffix("e").strip()


@given(st.text(min_size=1), st.text())
def test_a_range_holds_just_the_texts_that_begin_alike(start: str, rest: str) -> None:
    prefix, other = terms.fold(start), terms.fold(rest)

    is_inside = prefix <= other < terms.after(prefix)

    assert is_inside is other.startswith(prefix)
    assert prefix <= prefix + other < terms.after(prefix)


def test_the_keys_of_a_project_are_its_names_and_what_follows_each_of_their_words() -> None:
    keys = terms.keys_of("hub-pilots", "Hub pilots for labs", ["The Pilots"])

    assert keys == {
        "hub pilots": Rank.SLUG,
        "the pilots": Rank.ALIAS,
        "hub pilots for labs": Rank.NAME,
        "pilots": Rank.PART,
        "pilots for labs": Rank.PART,
        "for labs": Rank.PART,
        "labs": Rank.PART,
    }


def test_a_key_keeps_the_best_of_its_ranks() -> None:
    assert terms.keys_of("docs", "Docs", ["docs"]) == {"docs": Rank.SLUG}


def test_keys_are_cut_and_a_very_long_name_takes_no_time() -> None:
    keys = terms.keys_of("x", "word " * 50_000)

    assert max(map(len, keys)) == terms.MAX_KEY


def test_a_name_without_letters_has_no_key() -> None:
    assert terms.keys_of("🌊", "—") == {}


def test_the_words_of_names_rank_before_those_of_other_texts_and_addresses_have_none() -> None:
    words = terms.words_of(
        ["Tide gauges"], ["a gauge at [the quay](https://example.org/secret) or http://x.org/y"]
    )

    assert words == {
        "tide": Rank.PART,
        "gauges": Rank.PART,
        "a": Rank.TEXT,
        "gauge": Rank.TEXT,
        "at": Rank.TEXT,
        "the": Rank.TEXT,
        "quay": Rank.TEXT,
        "or": Rank.TEXT,
    }


@pytest.mark.parametrize("unit", ["](", "](a", "https://", "[a](", "_ "])
def test_time_grows_in_line_with_the_text(unit: str) -> None:
    require_linear_growth(lambda size: terms.words_of([], [unit * (size // len(unit))]), 4_000)

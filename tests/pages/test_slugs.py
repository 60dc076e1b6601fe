"""Links, members, slugs, and other details of what is read."""

import pytest

from bot.pages import read_page
from bot.pages.slugs import LONGEST, Taken, slugify
from bot.pages.source import normalise
from tests.pages.reading import check, notes_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Organization-building", "organization-building"),
        ("Dev/ops & more", "dev-ops-more"),
        ("The *big* [one](https://x.org) `x`", "the-big-one-x"),
        ("{badge}`new` thing", "new-thing"),
        ("We're \u00c5ngstr\u00f6m \u0141\u00f3d\u017a stra\u00dfe", "were-angstrom-lodz-strasse"),
        (
            "\u041f\u0440\u043e\u0435\u043a\u0442 \u041e\u043a\u0435\u0430\u043d",
            "\u043f\u0440\u043e\u0435\u043a\u0442-\u043e\u043a\u0435\u0430\u043d",
        ),
        ("\u6d77\u6d0b\u8ba1\u5212", "\u6d77\u6d0b\u8ba1\u5212"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("\U0001f680", "project"),
        ("", "project"),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 100, "x" * LONGEST),
    ],
)
def test_slugs(words: str, slug: str) -> None:
    assert slugify(words) == slug


def test_slugs_are_made_unique_within_their_length() -> None:
    taken = Taken()
    assert [taken.take(slug) for slug in ["a", "a-2", "a", "a"]] == ["a", "a-2", "a-3", "a-4"]
    assert [taken.take("x" * LONGEST) for _ in range(2)] == ["x" * LONGEST, "x" * (LONGEST - 2) + "-2"]


def test_a_label_keeps_its_slug_from_a_heading_that_would_have_it() -> None:
    page = read_page("## Reef\n### Goal\nx\n\n(a:reef)=\n## Other\n### Goal\nx\n\n## reef\n### Goal\nx\n")
    check(page)
    assert [project.slug for project in page.projects] == ["reef-2", "reef", "reef-3"]
    assert [(note.line, note.kind.value, note.text) for note in page.notes] == [
        (1, "repeated slug", "reef-2"),
        (10, "repeated slug", "reef-3"),
        (10, "repeated name", "reef"),
    ]


def test_a_label_that_ends_in_its_colon_leaves_the_slug_to_the_heading() -> None:
    (project,) = read_page("(projects:)=\n## Reef\n### Goal\nx\n").projects
    assert (project.slug, project.anchor) == ("reef", "projects:")


def test_of_several_labels_the_one_for_projects_counts() -> None:
    page = read_page("(projects:reef)=\n(old)=\n% moved\n\n## Corals\n### Goal\nx\n")
    check(page)
    assert (page.projects[0].slug, page.projects[0].anchor) == ("reef", "projects:reef")
    assert notes_of(page) == [(2, 2, "label"), (3, 3, "comment")]
    assert page.projects[0].place.start == 0


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("a\r\n  b\r\tc", "a b c"),
        ("a\n\n  b\n \n\nc", "a\n\nb\n\nc"),
        ("a  \nc\\\\\nd\\", "a c\\\\ d\\"),
        ("- a\n  b\n- c", "- a b\n- c"),
        ("", ""),
    ],
)
def test_normalising(raw: str, words: str) -> None:
    assert normalise(raw) == words
    assert normalise(words) == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("a\\\n  b", "a\nb"),
        ("\\# a", "# a"),
        ("1\\. May", "1. May"),
        ("a\n\\- b", "a - b"),
        ("a \\<b> `\\<i>` \\\\<u>", "a <b> `\\<i>` \\\\<u>"),
        ("\\*a\\* \\<https://x.org>", "\\*a\\* \\<https://x.org>"),
    ],
)
def test_backslashes_that_only_keep_words_words_are_left_out(raw: str, words: str) -> None:
    assert normalise(raw) == words

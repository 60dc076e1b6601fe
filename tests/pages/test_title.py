"""The page's title is neither a project nor prose."""

import pytest

from bot.pages import read_page
from tests.pages.reading import check, notes_of

BELOW = "\n\n## T\n\n### Goal\n\nx\n"


@pytest.mark.parametrize("heading", ["# Our *work*", "Our *work*\n======", "# Our *work* #"])
def test_the_first_heading_of_level_one_is_the_title_and_its_line_is_structure(heading: str) -> None:
    page = read_page(heading + BELOW)

    check(page)
    assert page.title is not None
    assert (page.title.text, page.title.place.line) == ("Our *work*", 1)
    assert page.notes == ()


def test_a_second_one_is_noted() -> None:
    page = read_page("# One" + BELOW + "\n# Two\n")

    check(page)
    assert notes_of(page) == [(9, 9, "heading")]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Our work", "Our work"),
        ("title:\tOur work \t", "Our work"),
        ('title: "Our work" ', "Our work"),
        ("title: 'Our work'", "Our work"),
        ("title: 'Our' work", "'Our' work"),
        ('title: "Our work', '"Our work'),
        ("title: ''", "''"),
        ('title: " "', " "),
        ("title:title:", "title:"),
    ],
)
def test_a_title_in_the_front_matter_is_what_stands_between_blanks_and_quotes(line: str, title: str) -> None:
    text = f"---\n{line}\n---\n## T\n\n### Goal\n\nx\n"

    page = read_page(text)

    assert page.title is not None
    assert page.title.text == title == page.title.place.of(text)


def test_a_title_that_is_blank_is_none() -> None:
    assert read_page("---\ntitle:  \n---\n## T\n\n### Goal\n\nx\n").title is None

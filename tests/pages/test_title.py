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

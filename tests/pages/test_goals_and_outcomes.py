import pytest

from bot.pages import read_page
from tests.pages.reading import (
    check,
    goal_of,
    notes_of,
    only,
    outcomes_of,
    summary_of,
)


def test_paragraphs_lists_and_lines_that_are_joined() -> None:
    project = only(
        "## T\n\nOne\ntwo  \nthree\\\nfour\n\nFive:\n\n- six\n  seven\n- eight\n\n### Goal\n\n- nine\n- ten\n"
    )
    assert summary_of(project) == "One two three\nfour\n\nFive:\n\n- six seven\n- eight"
    assert goal_of(project) == "- nine\n- ten"


def test_outcomes_keep_nesting_markup_and_paragraphs() -> None:
    project = only(
        """\
## T
### Outcomes
Lead-in, which is prose.

- *One*, with a [link](https://example.org)
  that goes on
  1. nested {term}`x`
     - deeper

  kept as prose
- [x] two

  second paragraph

      code

* - nested at once
"""
    )
    assert outcomes_of(project) == [
        (0, "*One*, with a [link](https://example.org) that goes on"),
        (1, "nested {term}`x`"),
        (2, "deeper"),
        (0, "two\n\nsecond paragraph"),
        (1, "nested at once"),
    ]
    assert [(o.prefix, o.marker, o.box) for o in project.outcomes] == [
        ("", "-", ""),
        ("  ", "1.", ""),
        ("     ", "-", ""),
        ("", "-", "[x]"),
        ("* ", "-", ""),
    ]
    assert project.links == ()


def test_an_outcome_may_be_a_paragraph() -> None:
    assert outcomes_of(only("## T\n### Outcomes\nGauges\nreport.\n")) == [(0, "Gauges report.")]


def test_headings_among_outcomes_are_noted_and_what_is_below_them_is_read() -> None:
    page = read_page("## T\n### Outcomes\n#### This year\n- one\n#### Next year\n- two\n")
    check(page)
    assert outcomes_of(page.projects[0]) == [(0, "one"), (0, "two")]
    assert notes_of(page) == [(2, 2, "empty"), (3, 3, "section"), (5, 5, "section")]


@pytest.mark.parametrize(
    "goal",
    [
        "TBD",
        "*tbd*",
        "TODO",
        "TODO: ask Ana",
        "...",
        "\u2026",
        "-",
        "N/A",
        "To be defined",
        "to be decided in May",
        "Coming soon",
        "_insert goal here_",
        "<goal>",
        "{{ goal }}",
        "[your goal]",
        "xxx",
        "Lorem ipsum dolor sit amet.",
        "Not yet agreed",
        "<!-- write me -->",
        "```{todo}\nask Ana\n```",
        ":::{todo}\nask Ana\n:::",
        "% write me",
        "???",
        "TBC by the team",
        "Goal goes here",
        "**To be determined.**",
        "![](https://example.org/x.png)",
    ],
)
def test_a_placeholder_is_no_goal_and_is_noted(goal: str) -> None:
    page = read_page(f"## T\n\n### Goal\n\n{goal}\n\n### Outcomes\n\n- {goal.splitlines()[0]}\n- one\n")
    check(page)
    assert page.projects[0].goal is None
    assert [note.line for note in page.notes][:1] == [5]


@pytest.mark.parametrize(
    "goal",
    [
        "To be the place where harbours look first",
        "Add an archive that people trust",
        "None of our users waits for more than a day",
        "A community that meets here",
        "[Grow](https://example.org)",
        "{term}`Tide` tables for all",
        "TBDatabase is fast",
        "Pending requests are answered in a day",
    ],
)
def test_a_goal_that_only_looks_like_a_placeholder_is_one(goal: str) -> None:
    assert goal_of(only(f"## T\n### Goal\n{goal}\n")) == goal

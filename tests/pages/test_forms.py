"""The many ways in which people write down the same project."""

import pytest

from bot.pages import read_page
from bot.pages.names import known_name
from bot.pages.values import Form, PageProject
from tests.pages.reading import (
    by_slug,
    check,
    goal_of,
    links_of,
    members_of,
    notes_of,
    outcomes_of,
    summary_of,
)


def only(text: str) -> PageProject:
    page = read_page(text)
    check(page)
    (project,) = page.projects
    return project


SAME = {
    "sections": """\
## Tides

We measure.

### Strategic goal

Know the sea.

### Key outcomes

- Gauges report
- People read

### Project information

- Project board: [board](https://example.org/b)

### Shepherds

- Ana Silva
""",
    "capitals, colons, emphasis, closing number signs": """\
## Tides ##

We measure.

### **STRATEGIC GOAL**: ###
Know the sea.
### _Key Outcomes:_
* Gauges report
* People read
### Project Information
* **Project board:** [board](https://example.org/b)
### Shepherd(s)
Ana Silva
""",
    "definition list": """\
## Tides

We measure.

Strategic goal
: Know the sea.

Key outcomes
: - Gauges report
  - People read

Project board
: [board](https://example.org/b)

Shepherds
: Ana Silva
""",
    "definition list with other marks, several definitions": """\
## Tides

We measure.

Goal:
: Know
  the sea.

Outcomes
: Gauges report
: People read

**Project board**

~ [board](https://example.org/b)

Lead
: Ana Silva
""",
    "underlined headings, an explicit summary, other names": """\
Tides
-----

### About this project
We measure.
### Objectives
Know the
sea.
### Key results
1. Gauges report
2. People read
### Where to find more
Project board: [board](https://example.org/b).
### Owner
Ana Silva
""",
    "both forms, and tabs": """\
## Tides

We measure.

### Goals

-\tKnow the sea.

### Outcomes
+\tGauges report

+\tPeople read

Project board
: [board](https://example.org/b)

Shepherd
: Ana Silva
""",
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
def test_the_same_project_in_each_form(text: str, line_end: str) -> None:
    project = only(text.replace("\n", line_end))
    assert (project.slug, project.name.text) == ("tides", "Tides")
    assert summary_of(project) == "We measure."
    assert goal_of(project) == "Know the sea."
    assert outcomes_of(project) == [(0, "Gauges report"), (0, "People read")]
    assert links_of(project) == [("Project board", "board", "https://example.org/b")]
    assert members_of(project) == [("Ana Silva", "lead")]


def test_a_byte_order_mark_is_not_part_of_the_first_line() -> None:
    project = only("\ufeff## Tides\n### Goal\nKnow the sea.\n")
    assert project.name.place.start == 4
    assert goal_of(project) == "Know the sea."


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Strategic Goal", "goal"),
        ("our goals:", "goal"),
        ("*Key goal*", "goal"),
        ("Objective", "goal"),
        ("KEY OUTCOMES", "outcomes"),
        ("Key-outcomes", "outcomes"),
        ("2. Outcomes (draft)", "outcomes"),
        ("Deliverables", "outcomes"),
        ("Project Info", "information"),
        ("Links & more", None),
        ("Where to find more", "information"),
        ("More information:", "information"),
        ("Project board", "information"),
        ("About the project", "summary"),
        ("Description", "summary"),
        ("Team Members", "team"),
        ("Shepherd(s)", "team"),
        ("Team & leads", "team"),
        ("People", "team"),
        ("What our goals are not", None),
        ("", None),
        ("s", None),
        ("g" * 1000, None),
    ],
)
def test_names_of_parts(name: str, kind: str | None) -> None:
    known = known_name(name)
    assert (known.kind.value if known else None) == kind


def test_a_heading_with_only_a_summary_or_a_team_is_no_project() -> None:
    page = read_page("## One\n### About\nx\n### Team\nAna Silva\n## Two\n### Goal\nx\n")
    assert [project.slug for project in page.projects] == ["two"]
    assert notes_of(page) == [(1, 5, "heading")]


def test_paragraphs_lists_and_lines_that_are_joined() -> None:
    project = only(
        "## T\n\nOne\ntwo  \nthree\\\nfour\n\nFive:\n\n- six\n  seven\n- eight\n\n### Goal\n\n- nine\n- ten\n"
    )
    assert summary_of(project) == "One two three four\n\nFive:\n\n- six seven\n- eight"
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
    ["TBD", "*tbd*", "TODO", "TODO: ask Ana", "...", "\u2026", "-", "N/A", "To be defined", "to be decided in May",
     "Coming soon", "_insert goal here_", "<goal>", "{{ goal }}", "[your goal]", "xxx", "Lorem ipsum dolor sit amet.",
     "Not yet agreed", "<!-- write me -->", "```{todo}\nask Ana\n```", ":::{todo}\nask Ana\n:::", "% write me", "???",
     "TBC by the team", "Goal goes here", "**To be determined.**", "![](https://example.org/x.png)"],
)  # fmt: skip
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


SUB_PROJECTS = """\
## Pilots

### Goal
x

### Project information

Two labs.

(projects:delta)=
#### Delta Lab

Rivers, see [them](https://example.org/rivers).

- project management:
  - [repo](https://example.org/repo)
  - [chat](https://example.org/chat)

#### Reef Lab
Board: <https://example.org/reef>

Corals.

##### Outcomes
- More coral

### Team
- Bo Chen
"""


def test_sub_projects_have_parts_of_their_own() -> None:
    page = read_page(SUB_PROJECTS)
    check(page)
    pilots, delta, reef = page.projects
    assert [project.parent for project in page.projects] == [None, "pilots", "pilots"]
    assert (delta.slug, delta.anchor, reef.slug, reef.anchor) == ("delta", "projects:delta", "reef-lab", None)
    assert summary_of(delta) == "Rivers, see [them](https://example.org/rivers)."
    assert [lead for lead, _, _ in links_of(delta)] == ["project management"] * 2
    assert links_of(reef) == [("Board", "https://example.org/reef", "https://example.org/reef")]
    assert outcomes_of(reef) == [(0, "More coral")]
    assert members_of(pilots) == [("Bo Chen", "member")]
    assert (pilots.links, pilots.outcomes) == ((), ())
    assert page.text[delta.place.start : delta.place.end].startswith("(projects:delta)=\n#### Delta")
    assert page.text[delta.place.start : delta.place.end].endswith("chat)\n\n")


def test_sub_projects_of_a_project_in_a_definition_list() -> None:
    page = read_page(
        "## A\n\nGoal\n: x\n\n#### B\n\nWords.\n\n- [l](https://example.org)\n\n### C\n\nGoal\n: y\n"
    )
    check(page)
    assert [(project.slug, project.parent) for project in page.projects] == [
        ("a", None),
        ("b", "a"),
        ("c", "a"),
    ]
    assert [project.form for project in page.projects] == [Form.DEFINITIONS, Form.SECTIONS, Form.DEFINITIONS]


def test_groups_say_where_a_new_item_goes() -> None:
    text = "## A\n### Outcomes\n\n1. x\n2. y\n\n\n### Links\n\nBoard\n: * [b](https://example.org)\n\n  * [c](https://example.org)\n"
    project = only(text)
    outcomes, _, board = project.groups
    assert (outcomes.item_prefix, outcomes.loose, outcomes.body.of(text)) == ("3. ", False, "1. x\n2. y\n")
    assert (board.item_prefix, board.loose, board.level) == ("  * ", True, 0)
    assert board.place.of(text).startswith("Board\n: *")


def test_what_is_not_a_record_is_kept_and_noted() -> None:
    page = read_page(
        """\
---
title: "The page"
---
Intro.

(lost)=

## No project
```{note}
## fake
### Goal
```

## Real

:::{warning}
:::

### Goal
One.

| a |
|---|

### Other
Words.
- [ ] a task

### Objective
Again.

### Outcomes
-
- TBD
- [ ] one
% a comment

### Links
- no link here
- [up](../up.md)
- [bad](javascript:x)
[^1]: note
"""
    )
    check(page)
    assert page.title is not None
    assert page.title.text == "The page"
    assert notes_of(page) == [
        (1, 3, "front matter"),
        (4, 4, "prose"),
        (6, 6, "label"),
        (8, 12, "heading"),
        (9, 12, "admonition"),
        (16, 17, "admonition"),
        (22, 23, "table"),
        (25, 27, "section"),
        (27, 27, "to-do"),
        (29, 30, "repeated section"),
        (33, 33, "empty"),
        (34, 34, "placeholder"),
        (35, 35, "task"),
        (36, 36, "comment"),
        (39, 39, "prose"),
        (40, 40, "local link"),
        (41, 42, "prose"),
        (41, 41, "unsafe link"),
    ]
    assert by_slug(page).keys() == {"real"}

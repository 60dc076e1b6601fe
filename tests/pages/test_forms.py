"""The many ways in which people write down the same project."""

import pytest

from bot.pages import read_page
from bot.pages.names import known_name
from tests.pages.reading import (
    goal_of,
    links_of,
    members_of,
    notes_of,
    only,
    outcomes_of,
    summary_of,
)

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

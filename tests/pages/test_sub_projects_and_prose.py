from bot.pages import read_page
from bot.pages.values import Form
from tests.pages.reading import by_slug, check, links_of, members_of, notes_of, only, outcomes_of, summary_of

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

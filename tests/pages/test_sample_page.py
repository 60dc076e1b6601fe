from importlib.resources import files

import pytest

from bot.pages import Page, decode_page, read_page
from bot.pages.values import Form
from tests.pages.reading import by_slug, check, goal_of, links_of, members_of, notes_of, outcomes_of


@pytest.fixture(scope="module")
def page() -> Page:
    return read_page(decode_page(files("bot.pages").joinpath("sample.md").read_bytes()))


def test_its_projects(page: Page) -> None:
    assert page.title is not None
    assert page.title.text == "What we are working on"
    assert [(project.slug, project.parent, project.form) for project in page.projects] == [
        ("jmte-pangeo", None, Form.SECTIONS),
        ("hub-pilots", None, Form.SECTIONS),
        ("estuary-lab-port-aldersea", "hub-pilots", Form.SECTIONS),
        ("kelp-atlas", "hub-pilots", Form.SECTIONS),
        ("docs-refresh", None, Form.DEFINITIONS),
        ("tide-gauges", None, Form.SECTIONS),
        ("community-calls", None, Form.DEFINITIONS),
        ("grants-2027", None, Form.SECTIONS),
        ("reserve", None, Form.SECTIONS),
    ]


def test_every_project_at_the_top_has_all_that_a_record_wants(page: Page) -> None:
    for project in page.projects:
        assert project.summary
        assert project.links or project.slug == "hub-pilots"
        if project.parent is None:
            assert project.outcomes
            assert project.members
            assert project.goal or project.slug == "grants-2027"


def test_jmte_is_read_whole(page: Page) -> None:
    jmte = by_slug(page)["jmte-pangeo"]
    assert "**research-grade cloud hubs in the open**" in (goal_of(jmte) or "")
    assert len(jmte.outcomes) == 6
    assert [lead for lead, _, _ in links_of(jmte)] == [
        "Project management",
        "Meeting notes",
        "Infrastructure",
        "Infrastructure",
        "Questions from users",
    ]
    assert members_of(jmte) == [
        ("Sofia Lindqvist", "lead"),
        ("Mateo Quispe", "infrastructure engineer"),
        ("Haruki Tanaka", "member"),
    ]


def test_outcomes_nest(page: Page) -> None:
    assert [level for level, _ in outcomes_of(by_slug(page)["tide-gauges"])] == [0, 0, 0, 0, 1, 1, 0]


def test_what_is_no_record_is_noted(page: Page) -> None:
    kinds = [kind for _, _, kind in notes_of(page)]
    assert kinds == [
        "prose",
        "admonition",
        "heading",
        "table",
        "contact",
        "prose",
        "prose",
        "admonition",
        "placeholder",
        "heading",
    ]
    check(page)

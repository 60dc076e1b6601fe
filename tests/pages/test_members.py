"""Links, members, slugs, and other details of what is read."""

import pytest

from bot.pages import read_page
from bot.pages.values import PageProject
from tests.pages.reading import check, members_of


def team(below: str, name: str = "Team") -> PageProject:
    page = read_page(f"## T\n\n### Goal\n\nx\n\n### {name}\n\n{below}\n")
    check(page)
    return page.projects[0]


@pytest.mark.parametrize(
    ("below", "members"),
    [
        (
            "Ana Silva, Bo Chen and Cy O'Neil",
            [("Ana Silva", "member"), ("Bo Chen", "member"), ("Cy O'Neil", "member")],
        ),
        (
            "- Ana Silva (lead)\n- Bo Chen \u2013 data engineer",
            [("Ana Silva", "lead"), ("Bo Chen", "data engineer")],
        ),
        ("- Ana Silva, project lead\n- Bo", [("Ana Silva", "lead"), ("Bo", "member")]),
        (
            "- Lead: Ana Silva\n- Members: Bo Chen & Cy",
            [("Ana Silva", "lead"), ("Bo Chen", "member"), ("Cy", "member")],
        ),
        ("- **Lead:** [Ana Silva](https://x.org/a)", [("Ana Silva", "lead")]),
        ("- [Silva, Ana](https://x.org/a)", [("Silva, Ana", "member")]),
        ("@ana and @bo-c", [("ana", "member"), ("bo-c", "member")]),
        ("- Ana Silva (@ana)\n- Bo Chen @bo", [("Ana Silva", "member"), ("Bo Chen", "member")]),
        (
            "Ana de la Cruz; \u5c71\u7530\u592a\u90ce",
            [("Ana de la Cruz", "member"), ("\u5c71\u7530\u592a\u90ce", "member")],
        ),
        ("Ana Silva\nBo Chen", [("Ana Silva", "member"), ("Bo Chen", "member")]),
        ("TBD", []),
        ("We meet every week and decide together.", []),
        ("-", []),
    ],
)
def test_members(below: str, members: list[tuple[str, str]]) -> None:
    assert members_of(team(below)) == members


@pytest.mark.parametrize("name", ["Leads", "Shepherds", "Owner"])
def test_those_who_lead_by_the_name_of_their_section(name: str) -> None:
    assert members_of(team("Ana Silva", name)) == [("Ana Silva", "lead")]


def test_members_have_addresses_and_handles() -> None:
    ana, bo, cy = team("- [Ana Silva](https://x.org/a)\n- Bo Chen (@bo)\n- @cy").members
    assert (ana.url, ana.handle) == ("https://x.org/a", None)
    assert (bo.url, bo.handle) == (None, "bo")
    assert (cy.name, cy.handle) == ("cy", "cy")

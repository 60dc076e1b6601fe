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


@pytest.mark.parametrize(
    ("below", "notes"),
    [
        ("- Ana\n- [Ana Silva](https://x.org/a)", [(8, "contact", "https://x.org/a")]),
        ("Ana Silva (@ana), Bo @bo", [(7, "contact", "@ana"), (7, "contact", "@bo")]),
        ("- [Ana](https://x.org/a) (@ana)", [(7, "contact", "https://x.org/a"), (7, "contact", "@ana")]),
        ("@ana", []),
        ("- [Ana](javascript:x)", [(7, "unsafe link", "javascript:x")]),
        ("- [Ana](people/ana.md)", [(7, "local link", "people/ana.md")]),
    ],
)
def test_what_no_record_keeps_of_a_person_is_noted(below: str, notes: list[tuple[int, str, str]]) -> None:
    page = read_page(f"## T\n\n### Goal\n\nx\n### Team\n{below}\n")
    check(page)
    assert [(note.line, note.kind.value, note.text) for note in page.notes] == notes


@pytest.mark.parametrize(
    "below",
    [
        "- [Ana](https://x.org/a) on Mondays only",
        "- ask [Ana](https://x.org/a)",
        "- Ana (@ana) on Mondays only",
    ],
)
def test_other_words_beside_a_name_are_noted(below: str) -> None:
    page = read_page(f"## T\n\n### Goal\n\nx\n\n### Team\n\n{below}\n")
    assert members_of(page.projects[0]) == [("Ana", "member")]
    assert "prose" in {note.kind.value for note in page.notes}


@pytest.mark.parametrize(
    "below", ["- **Lead:** [Ana](https://x.org/a).", "- [Ana](https://x.org/a) \u2013 engineer (@ana)"]
)
def test_punctuation_is_no_word(below: str) -> None:
    page = read_page(f"## T\n\n### Goal\n\nx\n\n### Team\n\n{below}\n")
    assert {note.kind.value for note in page.notes} <= {"contact"}

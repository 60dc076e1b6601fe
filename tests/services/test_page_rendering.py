"""A page made from nothing is read back into the same records, whatever people typed into them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from bot.pages import read_page
from bot.pages.errors import BrokenTemplateError
from bot.pages.page_style import PageStyle
from bot.pages.template import PAGE, fill_in, own_template
from bot.pages.template import Values as Filling
from bot.pages.template_words import cleaned
from bot.pages.values import PageProject
from bot.services.export_json import json_pieces
from bot.services.export_reading import Exported, Selection
from bot.services.importing import PageImport
from bot.services.page_rendering import render_page
from bot.services.page_values import Values
from storage.archived import Archived
from storage.database import Database
from storage.outcomes import list_outcomes
from storage.project_batches import Spot, WholeProject
from storage.records import Link, Member, Outcome, OutcomeStatus, Project, ProjectState
from tests.pages.typed import TEXTS, said
from tests.support.make import NOW, make_channel, make_project, make_workspace, say
from tests.support.readme import ROOT

STYLES = st.builds(PageStyle, st.booleans(), st.sampled_from(Archived))
VISIBLE = TEXTS.filter(lambda text: bool(cleaned(text).strip()))
URLS = st.from_regex(r"https?://[a-z]{1,5}\.org/[!-~]{0,12}", fullmatch=True)
NAMES = st.sampled_from(["Ana Silva", "Bo Chen", "Cy de Wit", "Łucja Żak", "O'Brien"])
LEADS = st.sampled_from(["", "Chat", "Meeting notes", "Project management"])


@st.composite
def wholes(draw: st.DrawFn, number: int) -> WholeProject:
    texts = draw(st.lists(VISIBLE, max_size=4))
    project = Project(
        id=number,
        workspace_id="T0",
        slug=f"p-{number}",
        name=draw(VISIBLE),
        summary=draw(TEXTS),
        goal=draw(TEXTS),
        state=ProjectState.ACTIVE,
        owner_id=None,
        channel_id=None,
        parent_id=None,
        created_at=NOW,
        revision=1,
        is_restricted=False,
        is_private=False,
        seen_in=None,
    )
    return WholeProject(
        project,
        (),
        tuple(
            Outcome(
                id=place,
                project_id=number,
                number=place,
                level=draw(st.integers(0, 4)),
                text=text,
                owner_id=None,
                due_on=None,
                metric=None,
                newest=None,
                vouched_at=None,
            )
            for place, text in enumerate(texts, 1)
        ),
        tuple(
            Link(id=1, label=draw(TEXTS), url=url, lead=draw(LEADS))
            for url in draw(st.lists(URLS, max_size=3))
        ),
        tuple(
            Member(id=1, user_id=None, name=name, role=draw(st.sampled_from(["member", "lead"])))
            for name in draw(st.lists(NAMES, unique=True, max_size=3))
        ),
    )


@st.composite
def trees(draw: st.DrawFn) -> list[Exported]:
    """Up to five projects, each below the one before it, beside it, or anywhere above."""
    depths: list[int] = []
    for _ in range(draw(st.integers(1, 5))):
        depths.append(draw(st.integers(0, depths[-1] + 1)) if depths else 0)
    found: list[Exported] = []
    above: list[str] = []
    for number, depth in enumerate(depths, 1):
        whole = draw(wholes(number))
        above[depth:] = [whole.project.slug]
        parent = above[depth - 1] if depth else None
        found.append(
            Exported(
                whole,
                Spot(number, depth, None),
                height=height(depths, number - 1),
                has_children=False,
                parent=parent,
                names={},
            )
        )
    return found


def height(depths: list[int], at: int) -> int:
    """Of the tree that a project stands in."""
    first = max(place for place in range(at + 1) if depths[place] == 0)
    last = next((place for place in range(at + 1, len(depths)) if depths[place] == 0), len(depths))
    return max(depths[first:last])


def levels(outcomes: tuple[Outcome, ...]) -> list[int]:
    """As deep as a list can have them."""
    found: list[int] = []
    for outcome in outcomes:
        found.append(min(outcome.level, (found[-1] if found else -1) + 1))
    return found


def rendered(projects: list[Exported], style: PageStyle) -> str:
    values = Values(style, lambda at: at, NOW)
    given: Filling = {"title": Markup("T"), "today": Markup("today"), "projects": map(values.of, projects)}
    return "".join(fill_in(own_template(PAGE), PAGE, given))


def assert_same(exported: Exported, page: PageProject) -> None:
    project, whole = exported.project, exported.whole
    assert (page.slug, page.anchor, page.parent) == (
        project.slug,
        f"projects:{project.slug}",
        exported.parent,
    )
    assert said(page.name.text) == said(project.name)
    assert said(page.summary.text if page.summary else "") == said(project.summary)
    assert said(page.goal.text if page.goal else "") == said(project.goal)
    assert [said(each.text) for each in page.outcomes] == [said(each.text) for each in whole.outcomes]
    assert [each.level for each in page.outcomes] == levels(whole.outcomes)
    assert [(each.url, each.lead) for each in page.links] == [(each.url, each.lead) for each in whole.links]
    assert [(each.name, each.role) for each in page.members] == [
        (each.name, each.role) for each in whole.members
    ]


@settings(max_examples=60, deadline=None)
@given(trees(), STYLES)
def test_whatever_was_typed_the_page_is_read_into_the_same_records(
    projects: list[Exported], style: PageStyle
) -> None:
    page = read_page(rendered(projects, style))

    assert len(page.projects) == len(projects)
    for exported, project in zip(projects, page.projects, strict=True):
        assert_same(exported, project)


def records(database: Database, workspace_id: str) -> list[dict[str, Any]]:
    """All that a page says of the projects of a workspace."""
    with database.read() as tx:
        found = json.loads(b"".join(json_pieces(tx, Selection(workspace_id), NOW)))["projects"]
    for project in found:
        project["outcomes"] = [(each["level"], each["text"]) for each in project["outcomes"]]
        project["members"] = [(each["name"], each["role"]) for each in project["members"]]
        for name in ("aliases", "created_at", "last_checked_at", "freshness", "status"):
            del project[name]
    return sorted(found, key=lambda project: project["slug"])


def imported(database: Database, workspace_id: str, text: str, name: str = "page.md") -> None:
    with database.write() as tx:
        make_workspace(tx, workspace_id)
        PageImport(tx, workspace_id, name, read_page(text), NOW).run()


@pytest.mark.parametrize("style", [PageStyle(), PageStyle(with_status=True)])
def test_the_sample_goes_through_a_page_unchanged(database: Database, style: PageStyle) -> None:
    imported(database, "T0TEST", (ROOT / "bot/pages/sample.md").read_text(encoding="utf-8"))
    with database.read() as tx:
        text = render_page(tx, "T0TEST", style, NOW, None)
    imported(database, "T0OTHER", text)

    assert records(database, "T0OTHER") == records(database, "T0TEST")
    with database.read() as tx:
        assert render_page(tx, "T0OTHER", style, NOW, None).splitlines()[1:] == text.splitlines()[1:]


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_sub_projects_of_sub_projects_are_read_back_below_them(database: Database, depth: int) -> None:
    with database.write() as tx:
        make_workspace(tx)
        parent = None
        for number in range(depth):
            parent = make_project(
                tx, slug=f"p-{number}", name=f"P {number}", parent_id=parent.id if parent else None
            )
    with database.read() as tx:
        page = read_page(render_page(tx, "T0TEST", PageStyle(), NOW, None))

    assert [(each.slug, each.parent) for each in page.projects] == [
        ("p-0", None),
        *((f"p-{number}", f"p-{number - 1}") for number in range(1, depth)),
    ]


def test_a_page_has_what_is_public_and_not_archived(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_channel(tx, "C0SECRET", private_to=["U0ANA"])
        secret = make_project(tx, slug="secret", name="Secret", channel_id="C0SECRET")
        make_project(tx, slug="part", name="Part", parent_id=secret.id, channel_id="C0OPEN")
        make_project(tx, slug="old", name="Old", state=ProjectState.ARCHIVED)
        make_project(tx, slug="alpha", name="Alpha")
    with database.read() as tx:
        page = render_page(tx, "T0TEST", PageStyle(), NOW, None)
        marked = render_page(tx, "T0TEST", PageStyle(archived=Archived.MARKED), NOW, None)

    assert [(each.slug, each.parent) for each in read_page(page).projects] == [
        ("alpha", None),
        ("part", None),
    ]
    assert "ecret" not in page + marked
    assert "## Old\n\n*This project is archived.*\n" in marked


def test_a_page_says_how_things_stand_and_what_may_be_out_of_date(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, slug="a", name="A", outcomes=["One", "Two", "Three"])
        one, two, _ = list_outcomes(tx, "T0TEST", project.id)
        say(tx, one, OutcomeStatus.AT_RISK, ago=timedelta(days=60))
        say(tx, two, OutcomeStatus.DONE, ago=timedelta(days=2))
    with database.read() as tx:
        page = render_page(tx, "T0TEST", PageStyle(with_status=True), NOW, None)

    assert "*Last checked: 2 May 2026*" in page
    assert "- One *(at risk · 5 Mar 2026 · may be out of date)*\n" in page
    assert "- Two *(done · 2 May 2026)*\n" in page
    assert "- Three *(no update yet)*\n" in page
    assert [each.text for each in read_page(page).projects[0].outcomes] == ["One", "Two", "Three"]


def test_a_broken_template_is_said_by_its_line(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
    with database.read() as tx, pytest.raises(BrokenTemplateError) as raised:
        render_page(tx, "T0TEST", PageStyle(), NOW, "\n{{ titel }}")
    assert (raised.value.name, raised.value.line) == ("template", 2)

"""Importing a page: what it makes, what a second time changes, and what an edit does."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.pages import decode_page, read_page
from bot.services.importing import PageImport
from bot.services.sample import PAGE_NAME, import_sample
from storage import search
from storage.digests import DigestKind, list_digests
from storage.finding import list_candidates
from storage.pages import find_page, list_places
from storage.records import ProjectState, UpdateSource
from storage.schedules import find_schedule
from tests.services.team import PAGE, Team, changes_of, counts_of
from tests.support.make import NOW, SEES, make_workspace
from tests.support.required import skip_or_fail

ROOT = Path(__file__).parents[2]
REAL_PAGE = ROOT.parent / "shared" / "pages" / "active-projects.md"


def test_a_page_becomes_its_records(team_on_each: Team) -> None:
    team = team_on_each

    report = team.read(PAGE)

    assert counts_of(report) == (3, 0, 0)
    assert changes_of(report) == ["docs: new", "style-guide: new", "hubs: new"]
    docs, guide = team.project("docs"), team.project("style-guide")
    assert (docs.name, docs.goal) == ("Documentation", "A newcomer finds the answer.")
    assert docs.summary == "Our guides grew by chance."
    assert [(o.number, o.level, o.text) for o in team.outcomes("docs")] == [
        (1, 0, "Twenty questions have a page"),
        (2, 0, "Every page names an owner"),
        (3, 1, "and a date"),
        (4, 0, "Links are checked daily"),
    ]
    assert [(link.lead, link.label, link.url) for link in team.parts("docs").links] == [
        ("Board", "the board", "https://x.org/board"),
        ("Notes", "the notes", "https://x.org/notes"),
    ]
    assert team.members("docs") == [("Ana Silva", "lead"), ("Bo Chen", "member")]
    assert guide.parent_id == docs.id
    assert team.page_text() == PAGE


def test_what_was_imported_can_be_found_and_searched(team: Team) -> None:
    team.read(PAGE)

    with team.database.read() as tx:
        found = [c.project.slug for c in list_candidates(tx, "T0TEST", SEES, "pilots")]
        by_outcome = search.search_projects(tx, "T0TEST", SEES, "taught", limit=9)
        by_member = search.search_projects(tx, "T0TEST", SEES, "silva", limit=9)

    assert found == ["hubs"]
    assert [p.slug for p in by_outcome.projects] == ["hubs"]
    assert [p.slug for p in by_member.projects] == ["docs"]


def test_every_value_has_its_place_on_the_page(team: Team) -> None:
    team.read(PAGE)

    with team.database.read() as tx:
        page = find_page(tx, "T0TEST", "page.md")
        assert page is not None
        places = list_places(tx, "T0TEST", page.id)

    goals = [page.text[p.start : p.end] for p in places if p.item == "goal"]
    assert goals == ["A newcomer finds the answer.", "Labs run their own hubs."]
    ids = {outcome.id for slug in ("docs", "hubs") for outcome in team.outcomes(slug)}
    assert {p.item_id for p in places if p.item == "outcome"} == ids


def test_the_same_page_again_changes_no_row(team_on_each: Team) -> None:
    team_on_each.read(PAGE)
    before = team_on_each.rows()

    report = team_on_each.read(PAGE)

    assert counts_of(report) == (0, 0, 3)
    assert report.changes == []
    assert team_on_each.rows() == before


EDITS = [
    (
        "A newcomer finds",
        "Anybody finds",
        "docs: goal changed from “A newcomer finds the answer.” to “Anybody finds the answer.”",
    ),
    (
        "by chance.",
        "by themselves.",
        "docs: summary changed from “Our guides grew by chance.” to “Our guides grew by themselves.”",
    ),
    (
        "## Documentation",
        "## The documentation",
        "docs: name changed from “Documentation” to “The documentation”",
    ),
    (
        "Twenty questions",
        "Thirty questions",
        "docs: outcome 1 changed from “Twenty questions have a page” to “Thirty questions have a page”",
    ),
    (
        "- Links are checked daily",
        "- Links are checked daily\n- Nobody waits for a week",
        "docs: outcome added: “Nobody waits for a week”",
    ),
    (
        "- Links are checked daily\n",
        "",
        "docs: outcome 4 is no longer on the page: “Links are checked daily”",
    ),
    ("  - and a date", "- and a date", "docs: outcome 3 moved"),
    (
        "[the board]",
        "[Kanban]",
        "docs: link changed from “Board: the board https://x.org/board” to “Board: Kanban https://x.org/board”",
    ),
    (
        "x.org/notes",
        "x.org/log",
        "docs: link changed from “Notes: the notes https://x.org/notes” to “Notes: the notes https://x.org/log”",
    ),
    (
        "- Board: [the board](https://x.org/board)\n",
        "",
        "docs: link is no longer on the page: “https://x.org/board”",
    ),
    ("- Board:", "- News: <https://news.test>\n- Board:", "docs: link added: “https://news.test”"),
    ("- Bo Chen\n", "", "docs: member is no longer on the page: “Bo Chen”"),
    ("- Bo Chen\n", "- Bo Chen\n- Cy de Wit\n", "docs: member added: “Cy de Wit”"),
    ("Bo Chen", "Bo Chen (lead)", "docs: member changed from “Bo Chen, member” to “Bo Chen, lead”"),
    ("## Hub pilots", "## Pilots", "hubs: name changed from “Hub pilots” to “Pilots”"),
    (
        "### Strategic goal\n\nA newcomer finds the answer.\n\n",
        "",
        "docs: goal changed from “A newcomer finds the answer.” to “”",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), EDITS, ids=[said for _, _, said in EDITS])
def test_an_edit_changes_what_was_edited_and_says_what(team: Team, old: str, new: str, said: str) -> None:
    team.read(PAGE)
    edited = PAGE.replace(old, new, 1)
    assert edited != PAGE

    report = team.read(edited)

    assert changes_of(report) == [said]
    assert counts_of(report) == (0, 1, 2)
    fresh = Team(team.database, "T0FRESH")
    fresh.read(edited)
    assert _record(team) == _record(fresh)
    assert counts_of(team.read(edited)) == (0, 0, 3)


def _record(team: Team) -> list[object]:
    """All that people would see, whatever was imported before; dropped outcomes aside."""
    seen: list[object] = []
    for slug in ("docs", "style-guide", "hubs"):
        project, parts = team.project(slug), team.parts(slug)
        present = [o for o in team.outcomes(slug) if o.is_open]
        seen += [project.name, project.summary, project.goal, project.state]
        seen += [(o.level, o.text) for o in present]
        seen += [(link.lead, link.label, link.url) for link in parts.links]
        seen += [(member.name, member.role) for member in parts.members]
        seen += [parts.parent and parts.parent.slug, parts.aliases]
    return seen


def test_an_edit_touches_the_rows_that_it_is_about_and_no_other(team: Team) -> None:
    team.read(PAGE)
    before = team.rows()

    team.read(PAGE.replace("- Links are checked daily", "- Nobody waits\n- Links are checked daily"))

    after = team.rows()
    assert [row for row in before["outcomes"] if row not in after["outcomes"]] == [
        row for row in before["outcomes"] if row["text"] == "Links are checked daily"
    ], "only the outcome that has another place now"
    assert [row["slug"] for row in after["projects"] if row not in before["projects"]] == ["docs"]
    for table in ("links", "members", "project_aliases", "status_updates", "project_keys"):
        assert after[table] == before[table], table


def test_what_is_moved_on_the_page_moves_in_the_record(team: Team) -> None:
    team.read(PAGE)
    first, second = "- Twenty questions have a page\n", "- Links are checked daily\n"
    board, notes = (line for line in PAGE.splitlines() if "x.org/board" in line or "x.org/notes" in line)
    moved = PAGE.replace(first, "").replace(second, second + first)
    moved = moved.replace(f"{board}\n{notes}", f"{notes}\n{board}")
    moved = moved.replace("- Ana Silva (lead)\n- Bo Chen\n", "- Bo Chen\n- Ana Silva (lead)\n")

    report = team.read(moved)

    assert changes_of(report) == ["docs: outcomes moved", "docs: links moved", "docs: members moved"]
    assert team.outcome_texts("docs")[-2:] == ["Links are checked daily", "Twenty questions have a page"]
    assert team.urls("docs") == ["https://x.org/notes", "https://x.org/board"]
    assert [name for name, _ in team.members("docs")] == ["Bo Chen", "Ana Silva"]
    assert counts_of(team.read(moved)) == (0, 0, 3)


def test_a_dropped_outcome_is_kept_as_history_and_comes_back_with_its_line(team: Team) -> None:
    line = "- Links are checked daily\n"
    team.read(PAGE)
    id_ = team.outcomes("docs")[3].id

    team.read(PAGE.replace(line, ""))
    dropped = team.outcomes("docs")[3]
    report = team.read(PAGE)

    assert (dropped.id, dropped.is_open) == (id_, False)
    assert dropped.newest
    assert (dropped.newest.source, dropped.newest.said_by) == (UpdateSource.PAGE, None)
    back = team.outcomes("docs")[3]
    assert (back.id, back.is_open, back.text) == (id_, True, "Links are checked daily")
    assert changes_of(report) == ["docs: outcome 4 is on the page again, so restored"]


def test_a_project_gone_from_the_page_is_archived_and_back_with_it(team: Team) -> None:
    without = PAGE[: PAGE.index("(projects:hubs)=")]
    team.read(PAGE)
    id_ = team.project("hubs").id

    gone = team.read(without)
    state = team.project("hubs").state
    again = team.read(without)
    back = team.read(PAGE)

    assert changes_of(gone) == ["hubs: no longer on the page, so archived"]
    assert counts_of(gone) == (0, 1, 2)
    assert state is ProjectState.ARCHIVED
    assert (changes_of(again), counts_of(again)) == ([], (0, 0, 2))
    assert changes_of(back) == ["hubs: the project is on the page again, so restored"]
    assert (team.project("hubs").id, team.project("hubs").state) == (id_, ProjectState.ACTIVE)


def test_a_project_that_comes_back_edited_is_as_the_page_says(team: Team) -> None:
    edited = PAGE.replace("Labs run their own hubs.", "Labs teach.").replace(
        "- Four labs", "- Nobody\n- Four labs"
    )
    team.read(PAGE)
    team.read(PAGE[: PAGE.index("(projects:hubs)=")])

    report = team.read(edited)

    assert changes_of(report) == [
        "hubs: goal changed from “Labs run their own hubs.” to “Labs teach.”",
        "hubs: the project is on the page again, so restored",
        "hubs: outcome added: “Nobody”",
    ]
    assert team.outcome_texts("hubs") == ["Nobody", "Four labs have taught a course"]


def test_a_dropped_outcome_that_comes_back_nested_is_nested(team: Team) -> None:
    line = "- Links are checked daily\n"
    team.read(PAGE)
    team.read(PAGE.replace(line, ""))

    team.read(PAGE.replace(line, f"  {line}"))

    assert [(o.level, o.text) for o in team.outcomes("docs")][3] == (1, "Links are checked daily")


def test_another_label_is_another_address_of_the_same_project(team: Team) -> None:
    team.read(PAGE)
    id_ = team.project("docs").id

    report = team.read(PAGE.replace("(projects:docs)=", "(projects:handbook)="))

    assert changes_of(report) == ["handbook: was docs, which still finds it"]
    assert counts_of(report) == (0, 1, 2)
    assert team.project("handbook").id == id_
    assert team.parts("handbook").aliases == ("docs",)
    assert team.project("style-guide").parent_id == id_
    with team.database.read() as tx:
        assert [c.project.slug for c in list_candidates(tx, "T0TEST", SEES, "docs")] == ["handbook"]
        assert [c.project.slug for c in list_candidates(tx, "T0TEST", SEES, "handbook")] == ["handbook"]


def test_a_label_changed_back_and_forth_leaves_one_alias(team: Team) -> None:
    other = PAGE.replace("(projects:docs)=", "(projects:handbook)=")
    team.read(PAGE)
    id_ = team.project("docs").id

    for text in (other, PAGE, other, PAGE):
        report = team.read(text)
        assert counts_of(report) == (0, 1, 2)

    assert team.project("docs").id == id_
    assert team.parts("docs").aliases == ("handbook",)
    assert counts_of(team.read(PAGE)) == (0, 0, 3)


def test_the_old_label_can_be_that_of_a_new_project(team: Team) -> None:
    renamed = PAGE.replace("(projects:docs)=", "(projects:handbook)=")
    new = "\n(projects:docs)=\n## Another thing\n\n### Goal\n\nSomething else altogether.\n"
    team.read(PAGE)
    team.read(renamed)

    report = team.read(renamed + new)

    assert "handbook: no longer found by docs, which is another project on the page" in changes_of(report)
    assert team.project("docs").name == "Another thing"
    assert team.project("handbook").name == "Documentation"
    assert team.parts("handbook").aliases == ()
    assert counts_of(team.read(renamed + new)) == (0, 0, 4)


UNLABELLED = PAGE.replace("(projects:docs)=\n", "").replace("(projects:hubs)=\n", "")


@pytest.mark.parametrize("heading", ["## Documentation refresh", "## Guides"])
def test_another_heading_without_a_label_is_the_same_project(team: Team, heading: str) -> None:
    team.read(UNLABELLED)
    id_, slug = team.project("documentation").id, heading.removeprefix("## ").lower().replace(" ", "-")

    report = team.read(UNLABELLED.replace("## Documentation", heading))

    assert counts_of(report) == (0, 1, 2)
    assert team.project(slug).id == id_
    assert team.parts(slug).aliases == ("documentation",)
    assert f"{slug}: was documentation, which still finds it" in changes_of(report)


def test_another_label_and_another_heading_at_once_are_the_same_project_too(team: Team) -> None:
    team.read(PAGE)
    id_ = team.project("docs").id

    team.read(PAGE.replace("(projects:docs)=\n## Documentation", "(projects:guides)=\n## Guides"))

    assert team.project("guides").id == id_


def test_one_project_in_place_of_another_is_not_the_same(team: Team) -> None:
    head = PAGE[: PAGE.index("(projects:hubs)=")]
    team.read(PAGE)

    report = team.read(head + "## Reef atlas\n\n### Goal\n\nMap all reefs.\n")

    assert changes_of(report) == ["reef-atlas: new", "hubs: no longer on the page, so archived"]


def test_a_project_that_another_page_still_has_is_not_archived(team: Team) -> None:
    hubs = PAGE[PAGE.index("(projects:hubs)=") :]
    team.read(PAGE)
    team.read(hubs, "other.md")

    report = team.read(PAGE[: PAGE.index("(projects:hubs)=")])
    gone = team.read("## Nothing\n\n### Goal\n\nNone of it.\n", "other.md")

    assert changes_of(report) == []
    assert "hubs: no longer on the page, so archived" in changes_of(gone)


def test_a_page_that_comes_later_takes_over_what_the_first_one_said(team: Team) -> None:
    other = "(projects:hubs)=\n## Hubs\n\n### Goal\n\nAnother goal.\n\n### Outcomes\n\n- Ten labs\n"
    team.read(PAGE)

    report = team.read(other, "other.md")

    hubs = team.project("hubs")
    assert (hubs.name, hubs.goal) == ("Hubs", "Another goal.")
    assert [o.text for o in team.outcomes("hubs") if o.is_open] == ["Ten labs"]
    assert counts_of(report) == (0, 1, 0)
    assert counts_of(team.read(PAGE)) == (0, 0, 3), "the first page says nothing new"
    assert team.project("hubs").goal == "Another goal."


def test_three_pages_with_one_project_drop_nothing_that_all_of_them_have(team: Team) -> None:
    for name in ("one.md", "two.md", "three.md"):
        report = team.read(PAGE, name)
        assert report.updated == 0, name

    assert all(outcome.is_open for outcome in team.outcomes("docs"))


def test_two_workspaces_import_the_same_page_side_by_side(team_on_each: Team) -> None:
    other = Team(team_on_each.database, "T0OTHER")
    team_on_each.read(PAGE)

    assert counts_of(other.read(PAGE)) == (3, 0, 0)
    other.read(PAGE.replace("A newcomer finds", "Anybody finds"))
    other.read("## Nothing else\n\n### Goal\n\nNone.\n")

    assert team_on_each.project("docs").goal == "A newcomer finds the answer."
    assert team_on_each.project("docs").state is ProjectState.ACTIVE
    assert other.project("docs").state is ProjectState.ARCHIVED
    assert counts_of(team_on_each.read(PAGE)) == (0, 0, 3)


def test_what_stands_twice_on_a_page_is_there_twice(team: Team) -> None:
    twice = (
        PAGE.replace("- Links are checked daily\n", "- Links are checked daily\n- Links are checked daily\n")
        .replace("- Board:", "- Board: [the board](https://x.org/board)\n- Board:")
        .replace("- Bo Chen\n", "- Bo Chen\n- Bo Chen\n")
    )
    team.read(twice)

    assert team.outcome_texts("docs").count("Links are checked daily") == 2
    assert team.urls("docs").count("https://x.org/board") == 2
    assert counts_of(team.read(twice)) == (0, 0, 3)
    team.read(PAGE)
    assert [o.text for o in team.outcomes("docs") if o.is_open].count("Links are checked daily") == 1
    assert team.urls("docs").count("https://x.org/board") == 1


def test_a_page_of_two_thousand_projects_is_read_quickly(team: Team) -> None:
    text = "".join(
        f"## Project {number}\n\n### Goal\n\nReach {number}.\n\n### Outcomes\n\n- One {number}\n- Two\n\n"
        for number in range(2000)
    )
    steps: list[tuple[int, int]] = []
    page = read_page(text)
    with team.database.write() as tx:
        began = time.process_time()
        report = PageImport(tx, "T0TEST", "page.md", page, NOW).run(lambda *step: steps.append(step))
        first = time.process_time() - began
        again = PageImport(tx, "T0TEST", "page.md", page, NOW).run()

    assert counts_of(report) == (2000, 0, 0)
    assert steps == [(number, 2000) for number in range(1, 2001)]
    assert counts_of(again) == (0, 0, 2000)
    assert first < 30, "a slow core takes about eight seconds"


def test_the_real_page_is_imported(team_on_each: Team) -> None:
    if not REAL_PAGE.exists():
        skip_or_fail("the real page is not beside this checkout (../shared/pages/active-projects.md)")
    text = decode_page(REAL_PAGE.read_bytes())

    report = team_on_each.read(text)

    assert counts_of(report) == (5, 0, 0)
    assert len(team_on_each.outcomes("jmte-pangeo")) == 5
    assert len(team_on_each.parts("jmte-pangeo").links) == 2
    assert team_on_each.project("jmte-pangeo").goal.startswith("Pangeo is a key partner")
    assert counts_of(team_on_each.read(text)) == (0, 0, 5)


def test_the_sample_loads_with_its_life(team_on_each: Team) -> None:
    team = team_on_each
    page = read_page((ROOT / "bot" / "pages" / "sample.md").read_text(encoding="utf-8"))

    with team.database.write() as tx:
        import_sample(
            tx,
            make_workspace(tx),
            page,
            NOW,
            channels={"proj-jmte": "C0JMTE", "general": "C0GENERAL"},
            people={"Sofia Lindqvist": "U0SOFIA", "Mateo Quispe": "U0MATEO", "Wanjiru Kamau": "U0WANJIRU"},
        )

    assert team.slugs() == {project.slug for project in page.projects}
    jmte = team.project("jmte-pangeo")
    assert (jmte.channel_id, jmte.owner_id) == ("C0JMTE", "U0SOFIA")
    with team.database.read() as tx:
        schedule = find_schedule(tx, jmte.workspace_id, jmte.id)
    assert schedule.cadence == "weekly mon 09:30 Africa/Nairobi"
    assert schedule.next_at
    assert NOW < schedule.next_at <= NOW + timedelta(days=7)
    with team.database.read() as tx:
        (digest,) = list_digests(tx, jmte.workspace_id, tuple(DigestKind))
    assert (digest.place, digest.set_by) == ("C0GENERAL", "U0WANJIRU")
    assert digest.next_at
    assert NOW < digest.next_at <= NOW + timedelta(days=7)
    first = team.outcomes("jmte-pangeo")[0]
    assert first.newest
    assert (first.newest.said_by, first.newest.value, first.owner_id) == ("U0MATEO", 41, "U0MATEO")
    assert first.metric
    assert all(
        o.newest is None or jmte.created_at < o.newest.said_at <= NOW
        for slug in team.slugs()
        for o in team.outcomes(slug)
    )
    assert counts_of(team.read(page.text, PAGE_NAME)) == (0, 0, len(page.projects))

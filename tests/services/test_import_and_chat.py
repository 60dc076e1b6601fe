"""Importing a page into records that people have changed in chat: what they said stays."""

import pytest

from storage import links, members, outcomes
from storage.aliases import add_alias
from storage.finding import list_candidates
from storage.members import change_member
from storage.outcomes import add_outcome
from storage.records import OutcomeStatus, ProjectState, UpdateSource
from storage.status_updates import take_back_update
from tests.services.team import PAGE, Team, changes_of, counts_of
from tests.support.make import NOW, SEES, make_project

WITHOUT_HUBS = PAGE[: PAGE.index("(projects:hubs)=")]
KEPT = "is no longer on the page, but people changed it in chat; kept"
BOTH = "changed on the page and in chat; kept as people said it"
SAID = {"name": "Said name", "summary": "Said summary", "goal": "Said goal"}
ON_PAGE = {
    "name": "Documentation",
    "summary": "Our guides grew by chance.",
    "goal": "A newcomer finds the answer.",
}


@pytest.mark.parametrize("field", SAID)
def test_what_only_people_changed_stays_without_a_word(team: Team, field: str) -> None:
    team.read(PAGE)
    team.change("docs", **{field: SAID[field]})
    before = team.rows()

    report = team.read(PAGE)

    assert (changes_of(report), counts_of(report)) == ([], (0, 0, 3))
    assert team.rows() == before


@pytest.mark.parametrize("field", SAID)
def test_what_both_changed_stays_as_people_said_it_and_is_told_once(team: Team, field: str) -> None:
    team.read(PAGE)
    team.change("docs", **{field: SAID[field]})
    edited = PAGE.replace(ON_PAGE[field], "Written anew", 1)

    report = team.read(edited)
    again = team.read(edited)

    kept = f"docs: {field} changed on the page and in chat; kept as people said it: “{SAID[field]}”"
    assert (changes_of(report), counts_of(report)) == ([kept], (0, 0, 3))
    assert changes_of(again) == []
    assert getattr(team.project("docs"), field) == SAID[field]


@pytest.mark.parametrize("field", SAID)
def test_what_both_changed_to_the_same_is_no_conflict(team: Team, field: str) -> None:
    team.read(PAGE)
    team.change("docs", **{field: "The same"})

    report = team.read(PAGE.replace(ON_PAGE[field], "The same", 1))

    assert changes_of(report) == []
    assert getattr(team.project("docs"), field) == "The same"


def test_a_goal_said_in_chat_stays_where_the_page_has_none(team: Team) -> None:
    text = "(projects:docs)=\n## Docs\n\n### Outcomes\n\n- One\n"
    team.read(text)
    team.change("docs", goal="Said goal")

    first, second = team.read(text), team.read(text + "- Two\n")

    assert (changes_of(first), changes_of(second)) == ([], ["docs: outcome added: “Two”"])
    assert team.project("docs").goal == "Said goal"


def test_a_goal_that_people_deleted_does_not_come_back(team: Team) -> None:
    team.read(PAGE)
    team.change("docs", goal="")

    report = team.read(PAGE)

    assert (changes_of(report), team.project("docs").goal) == ([], "")


def test_a_project_made_in_chat_is_filled_by_its_page_and_not_overwritten(team: Team) -> None:
    with team.database.write() as tx:
        make_project(tx, slug="docs", name="Our docs", goal="Said goal", outcomes=["Links are checked daily"])

    report = team.read(PAGE)

    docs = team.project("docs")
    assert (docs.name, docs.goal, docs.summary) == ("Our docs", "Said goal", "Our guides grew by chance.")
    assert counts_of(report) == (2, 1, 0)
    assert sorted(team.outcome_texts("docs")).count("Links are checked daily") == 1
    assert counts_of(team.read(PAGE)) == (0, 0, 3)


def test_an_outcome_worded_anew_in_chat_stays_so(team: Team) -> None:
    team.read(PAGE)
    team.change_outcome("docs", 1, text="Said outcome")

    unchanged = team.read(PAGE)
    edited = team.read(PAGE.replace("Twenty questions", "Thirty questions"))

    assert changes_of(unchanged) == []
    assert changes_of(edited) == [
        "docs: outcome 1 changed on the page and in chat; kept as people said it: “Said outcome”"
    ]
    assert team.outcome_texts("docs")[0] == "Said outcome"


@pytest.mark.parametrize("status", [*OutcomeStatus, None])
def test_an_outcome_that_people_spoke_of_outlives_its_line(team: Team, status: OutcomeStatus | None) -> None:
    line = "- Links are checked daily\n"
    team.read(PAGE)
    team.say("docs", 4, status)
    before = team.outcomes("docs")[3]

    gone, again, back = team.read(PAGE.replace(line, "")), team.read(PAGE.replace(line, "")), team.read(PAGE)

    assert changes_of(gone) == [f"docs: outcome 4 “Links are checked daily” {KEPT}"]
    assert (changes_of(again), changes_of(back)) == ([], [])
    assert team.outcomes("docs")[3] == before


@pytest.mark.parametrize("changes", [{"owner_id": "U0ANA"}, {"due_on": NOW.date()}, {"metric_target": 5.0}])
def test_an_outcome_with_what_only_people_can_say_outlives_its_line(
    team: Team, changes: dict[str, object]
) -> None:
    team.read(PAGE)
    team.change_outcome("docs", 4, **changes)
    before = team.outcomes("docs")[3]

    team.read(PAGE.replace("- Links are checked daily\n", ""))

    assert team.outcomes("docs")[3] == before


def test_what_people_said_of_an_outcome_stays_with_it_when_its_line_is_edited_or_moved(team: Team) -> None:
    line, other = "- Links are checked daily\n", "- Links are checked every day\n"
    team.read(PAGE)
    team.say("docs", 4, OutcomeStatus.AT_RISK)
    id_ = team.outcomes("docs")[3].id

    team.read(PAGE.replace(line, "").replace("- Twenty", other + "- Twenty"))

    first = team.outcomes("docs")[0]
    assert (first.id, first.text, first.status) == (id_, "Links are checked every day", OutcomeStatus.AT_RISK)


def test_an_outcome_that_people_added_is_kept_and_keeps_its_place(team: Team) -> None:
    team.read(PAGE)
    with team.database.write() as tx:
        add_outcome(tx, "T0TEST", team.project("docs").id, position=1, text="Said outcome", now=NOW)
    before = team.outcome_texts("docs")

    same = team.read(PAGE)
    added = team.read(PAGE.replace("- Links are checked daily", "- Links are checked daily\n- One more"))

    assert changes_of(same) == []
    assert changes_of(added) == ["docs: outcome added: “One more”"]
    assert team.outcome_texts("docs") == [*before, "One more"]


def test_an_outcome_that_people_added_is_known_again_when_the_page_has_it_too(team: Team) -> None:
    team.read(PAGE)
    with team.database.write() as tx:
        add_outcome(tx, "T0TEST", team.project("hubs").id, position=9, text="Said outcome", now=NOW)
    id_ = team.outcomes("hubs")[1].id

    report = team.read(PAGE + "- Said outcome\n")

    assert changes_of(report) == []
    assert [o.id for o in team.outcomes("hubs")][1:] == [id_]


def test_a_link_edited_in_chat_stays_so(team: Team) -> None:
    team.read(PAGE)
    board = team.parts("docs").links[0]
    with team.database.write() as tx:
        links.change_link(tx, "T0TEST", board.id, label="Our board", url="https://x.org/new-board")

    same = team.read(PAGE)
    edited = team.read(PAGE.replace("[the board]", "[Kanban]"))
    gone = team.read(PAGE.replace("- Board: [the board](https://x.org/board)\n", ""))

    assert changes_of(same) == []
    assert changes_of(edited) == [f"docs: link {BOTH}: “Board: Our board https://x.org/new-board”"]
    assert changes_of(gone) == [f"docs: link “https://x.org/new-board” {KEPT}"]
    assert "https://x.org/new-board" in team.urls("docs")


def test_a_link_added_in_chat_stays_and_one_removed_there_stays_away(team: Team) -> None:
    team.read(PAGE)
    docs = team.project("docs").id
    with team.database.write() as tx:
        links.remove_link(tx, "T0TEST", team.parts("docs").links[1].id)
        links.add_link(tx, "T0TEST", docs, position=5, label="Said", url="https://said.test")

    reports = [team.read(PAGE), team.read(PAGE), team.read(PAGE.replace("[the notes]", "[our notes]"))]

    assert [changes_of(report) for report in reports[:2]] == [[], []]
    assert changes_of(reports[2])[0].startswith("docs: link changed on the page and in chat")
    assert team.urls("docs") == ["https://x.org/board", "https://said.test"]


def test_a_member_tied_to_a_slack_user_stays_tied(team: Team) -> None:
    team.read(PAGE)
    tie(team, "Bo Chen", "U0BO")

    team.read(PAGE)
    team.read(PAGE.replace("Bo Chen", "Bo Chén (lead)"))

    tied = {member.user_id: (member.name, member.role) for member in team.parts("docs").members}
    assert tied == {None: ("Ana Silva", "lead"), "U0BO": ("Bo Chén", "lead")}


def test_a_tie_never_goes_over_to_somebody_else(team: Team) -> None:
    team.read(PAGE)
    tie(team, "Bo Chen", "U0BO")

    for other in ("Cy de Wit", "Jo Chen", "Bo Cheung"):
        report = team.read(PAGE.replace("Bo Chen", other))
        assert f"docs: member added: “{other}”" in changes_of(report)
        team.read(PAGE)

    tied = [(m.name, m.user_id) for m in team.parts("docs").members if m.user_id]
    assert tied == [("Bo Chen", "U0BO")]


def test_a_member_who_is_tied_outlives_the_line_and_is_known_again(team: Team) -> None:
    team.read(PAGE)
    tie(team, "Bo Chen", "U0BO")

    gone = team.read(PAGE.replace("- Bo Chen\n", ""))
    back = team.read(PAGE)

    assert changes_of(gone) == [f"docs: member “Bo Chen” {KEPT}"]
    assert changes_of(back) == []
    assert [(m.name, m.user_id) for m in team.parts("docs").members] == [
        ("Ana Silva", None),
        ("Bo Chen", "U0BO"),
    ]


def test_somebody_who_joined_in_chat_stays(team: Team) -> None:
    team.read(PAGE)
    with team.database.write() as tx:
        members.add_member(tx, "T0TEST", team.project("docs").id, position=9, user_id="U0CY")

    report = team.read(PAGE.replace("- Bo Chen\n", ""))

    assert changes_of(report) == ["docs: member is no longer on the page: “Bo Chen”"]
    assert [m.user_id for m in team.parts("docs").members] == [None, "U0CY"]


def tie(team: Team, name: str, user_id: str) -> None:
    (member,) = [m for m in team.parts("docs").members if m.name == name]
    with team.database.write() as tx:
        change_member(tx, "T0TEST", member.id, user_id=user_id)


def page_with_guide(parent: str | None) -> str:
    """Two projects, and the style guide below one of them or beside both."""
    text = ""
    for slug in ("docs", "hubs"):
        text += f"(projects:{slug})=\n## Project {slug}\n\n### Goal\n\nReach {slug}.\n\n"
        text += f"### Links\n\n- <https://{slug}.test>\n\n"
        text += "#### Style guide\n\nHow we write.\n\n" if parent == slug else ""
    return text + (
        "" if parent else "## Style guide\n\nHow we write.\n\n### Links\n\n- <https://guide.test>\n"
    )


def test_a_parent_is_that_of_the_page_until_people_choose_another(team: Team) -> None:
    team.read(page_with_guide("docs"))
    moved = team.read(page_with_guide("hubs"))
    team.change("style-guide", parent_id=team.project("docs").id)

    same = team.read(page_with_guide("hubs"))
    back = team.read(page_with_guide("docs"))
    top = team.read(page_with_guide(None))

    assert changes_of(moved) == ["style-guide: parent changed from “docs” to “hubs”"]
    assert (changes_of(same), changes_of(back)) == ([], [])
    assert "style-guide: parent changed from “docs” to “”" in changes_of(top)


def test_a_parent_changed_on_the_page_and_in_chat_stays_as_people_said_it(team: Team) -> None:
    team.read(page_with_guide("docs"))
    with team.database.write() as tx:
        other = make_project(tx, slug="other")
    team.change("style-guide", parent_id=other.id)

    report = team.read(page_with_guide("hubs"))
    team.change("style-guide", parent_id=None)
    back = team.read(page_with_guide("docs"))

    assert changes_of(report) == [f"style-guide: parent {BOTH}: “other”"]
    assert changes_of(back) == []
    assert team.project("style-guide").parent_id is None


def test_another_label_of_the_parent_is_no_change_of_its_sub_projects(team: Team) -> None:
    team.read(PAGE)
    with team.database.write() as tx:
        other = make_project(tx, slug="other")
    team.change("style-guide", parent_id=other.id)

    report = team.read(PAGE.replace("(projects:docs)=", "(projects:handbook)="))

    assert changes_of(report) == ["handbook: was docs, which still finds it"]
    assert team.project("style-guide").parent_id == other.id


def test_a_slug_chosen_in_chat_stays_and_the_pages_new_one_finds_it_too(team: Team) -> None:
    team.read(PAGE)
    with team.database.write() as tx:
        add_alias(tx, "T0TEST", team.project("docs").id, "docs")
    team.change("docs", slug="said-slug")
    id_ = team.project("said-slug").id

    same = team.read(PAGE)
    renamed = team.read(PAGE.replace("(projects:docs)=", "(projects:handbook)="))

    assert (changes_of(same), counts_of(same)) == ([], (0, 0, 3))
    assert counts_of(renamed)[0] == 0
    assert team.project("said-slug").id == id_
    assert set(team.parts("said-slug").aliases) == {"docs", "handbook"}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Said"},
        {"summary": "Said"},
        {"goal": "Said"},
        {"goal": ""},
        {"state": ProjectState.PAUSED.value},
        {"state": ProjectState.COMPLETED.value},
    ],
)
def test_a_project_that_people_changed_outlives_its_place_on_the_page(
    team: Team, changes: dict[str, object]
) -> None:
    team.read(PAGE)
    team.change("hubs", **changes)
    before = team.project("hubs")

    gone, again, back = team.read(WITHOUT_HUBS), team.read(WITHOUT_HUBS), team.read(PAGE)

    assert changes_of(gone) == [f"hubs: the project {KEPT}"]
    assert changes_of(again) == []
    assert counts_of(back)[0] == 0
    for field, value in changes.items():
        assert getattr(team.project("hubs"), field) == value
    assert team.project("hubs").state == before.state


def test_a_project_with_parts_that_people_said_outlives_its_place_on_the_page(team: Team) -> None:
    hubs = "(projects:hubs)="
    for number, said in enumerate(("outcome added", "outcome spoken of", "link added", "link removed")):
        own = Team(team.database, f"T0SAID{number}")
        own.read(PAGE.replace(hubs, f"### More\n\n{hubs}") + "\n### Links\n\n- <https://hubs.test>\n")
        id_ = own.project("hubs").id
        with team.database.write() as tx:
            if said == "outcome added":
                add_outcome(tx, own.workspace_id, id_, position=5, text="Said", now=NOW)
            elif said == "link added":
                links.add_link(tx, own.workspace_id, id_, position=5, label="Said", url="https://said.test")
            elif said == "link removed":
                links.remove_link(tx, own.workspace_id, own.parts("hubs").links[0].id)
        if said == "outcome spoken of":
            own.say("hubs", 1)

        own.read(WITHOUT_HUBS)

        assert own.project("hubs").state is ProjectState.ACTIVE, said


def test_a_project_archived_in_chat_stays_archived_while_it_is_on_the_page(team: Team) -> None:
    team.read(PAGE)
    team.change("hubs", state=ProjectState.ARCHIVED.value)

    report = team.read(PAGE.replace("Four labs", "Five labs"))

    assert team.project("hubs").state is ProjectState.ARCHIVED
    assert changes_of(report) == [
        "hubs: outcome 1 changed from “Four labs have taught a course” to “Five labs have taught a course”"
    ]


def test_a_project_archived_in_chat_does_not_come_back_with_its_place_on_the_page(team: Team) -> None:
    team.read(PAGE)
    team.change("hubs", state=ProjectState.ARCHIVED.value)

    gone, back = team.read(WITHOUT_HUBS), team.read(PAGE)

    assert (changes_of(gone), changes_of(back)) == ([], [])
    assert team.project("hubs").state is ProjectState.ARCHIVED


def test_a_later_page_takes_over_nothing_that_people_said(team: Team) -> None:
    team.read(PAGE)
    team.change("hubs", goal="Said goal")
    team.say("hubs", 1)

    report = team.read("(projects:hubs)=\n## Hubs\n\n### Goal\n\nAnother.\n", "other.md")

    hubs = team.project("hubs")
    assert (hubs.name, hubs.goal) == ("Hubs", "Said goal")
    shared, *others = changes_of(report)
    assert shared.startswith("hubs: is also on the page page.md; ")
    assert len(others) == 3
    newest = team.outcomes("hubs")[0].newest
    assert newest
    assert newest.source is UpdateSource.COMMAND


def test_what_people_said_can_still_be_found_after_an_import(team: Team) -> None:
    team.read(PAGE)
    team.change("docs", name="Said name")

    team.read(PAGE.replace("Twenty questions", "Thirty questions"))

    with team.database.read() as tx:
        assert [c.project.slug for c in list_candidates(tx, "T0TEST", SEES, "said name")] == ["docs"]


def take_off(team: Team, slug: str, number: int) -> None:
    """As `/project outcome drop` does."""
    team.change_outcome(slug, number, removed_at=NOW)


def test_an_outcome_taken_off_in_chat_stays_off_whatever_the_page_does(team: Team) -> None:
    team.read(PAGE)
    take_off(team, "docs", 1)
    left = team.outcome_texts("docs")

    same = team.read(PAGE)
    edited = team.read(PAGE.replace("Twenty questions", "Thirty questions"))
    gone = team.read(PAGE.replace("- Twenty questions have a page\n", ""))

    assert (changes_of(same), changes_of(gone)) == ([], [])
    assert len(changes_of(edited)) == 1
    assert BOTH in changes_of(edited)[0]
    assert team.outcome_texts("docs") == left


def test_an_outcome_put_back_in_chat_is_the_one_on_the_page_again(team: Team) -> None:
    team.read(PAGE)
    id_ = team.outcomes("docs")[0].id
    take_off(team, "docs", 1)
    team.read(PAGE)
    with team.database.write() as tx:
        outcomes.change_outcome(tx, "T0TEST", id_, NOW, removed_at=None)

    report = team.read(PAGE.replace("Twenty questions", "Thirty questions"))

    assert changes_of(report) == [
        "docs: outcome 1 changed from “Twenty questions have a page” to “Thirty questions have a page”"
    ]
    assert team.outcomes("docs")[0].id == id_


def test_links_and_members_taken_off_in_chat_stay_off(team: Team) -> None:
    team.read(PAGE)
    with team.database.write() as tx:
        links.change_link(tx, "T0TEST", team.parts("docs").links[1].id, removed_at=NOW)
        change_member(tx, "T0TEST", team.parts("docs").members[1].id, removed_at=NOW)

    reports = [team.read(PAGE), team.read(PAGE + "\n"), team.read(PAGE)]

    assert [changes_of(report) for report in reports] == [[], [], []]
    assert team.urls("docs") == ["https://x.org/board"]
    assert team.members("docs") == [("Ana Silva", "lead")]


def test_a_project_of_which_people_took_something_off_outlives_its_place_on_the_page(team: Team) -> None:
    team.read(PAGE)
    take_off(team, "hubs", 1)

    team.read(WITHOUT_HUBS)

    assert team.project("hubs").state is ProjectState.ACTIVE


def test_an_import_counts_an_update_that_was_taken_back_as_not_said(team: Team) -> None:
    team.read(PAGE)
    team.say("docs", 4)
    said = team.outcomes("docs")[3].newest
    assert said is not None
    with team.database.write() as tx:
        take_back_update(tx, "T0TEST", said.id, NOW)

    report = team.read(PAGE.replace("- Links are checked daily\n", ""))

    assert changes_of(report) == ["docs: outcome 4 is no longer on the page: “Links are checked daily”"]

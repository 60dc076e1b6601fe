"""A page edited by hand and a record changed in chat: three-way, in every order, and nothing is lost."""

import json
from collections.abc import Callable
from itertools import permutations

import pytest

from bot.errors_publish import Author
from bot.errors_rights import NotAllowedError
from bot.pages.errors import ManyGoneError, NotAPageError, PageNotUtf8Error
from bot.services.undoing import undo
from bot.texts_import import report_json, report_text
from storage import history, pages
from storage.database import Database
from storage.outcomes import list_outcomes
from storage.page_conflicts import ConflictState
from storage.projects import change_project
from storage.records import OutcomeStatus, ProjectState, UpdateSource
from tests.services.team import PAGE, changes_of
from tests.support.make import SEES, make_channel, make_person, make_project
from tests.support.read_back import ANA, NOOR, Reader

GOAL = "A newcomer finds the answer."
LINKS = "- Links are checked daily\n"
TWENTY = "Twenty questions have a page"


@pytest.fixture
def team(database: Database) -> Reader:
    """On both databases, with the page read once."""
    made = Reader(database)
    made.read(PAGE)
    return made


@pytest.fixture
def lite_team(sqlite_database: Database) -> Reader:
    made = Reader(sqlite_database)
    made.read(PAGE)
    return made


def edited(old: str, new: str, text: str = PAGE) -> str:
    assert old in text
    return text.replace(old, new, 1)


def page_goal(team: Reader) -> None:
    team.edit(edited(GOAL, "Everybody finds it.", team.page_text()))


def page_first(team: Reader) -> None:
    team.edit(edited(TWENTY, "Thirty questions have a page", team.page_text()))


def chat_goal(team: Reader) -> None:
    team.act("docs").set("goal", "Said goal")


def chat_first(team: Reader) -> None:
    team.act("docs").word(1, "Twenty-one questions have a page")


def test_what_changed_on_the_page_only_goes_into_the_record(team: Reader) -> None:
    report = team.edit(edited(GOAL, "Everybody finds it."))

    assert changes_of(report) == [f"docs: goal changed from “{GOAL}” to “Everybody finds it.”"]
    assert team.project("docs").goal == "Everybody finds it."
    assert (team.open(), team.asked(), report.conflicts) == ((), [], ())


def test_what_changed_in_chat_only_stays_without_a_question(team: Reader) -> None:
    chat_goal(team)

    assert changes_of(team.edit(PAGE)) == []
    assert team.project("docs").goal == "Said goal"
    assert team.asked() == []


EDITS = (page_goal, page_first, chat_goal, chat_first)


@pytest.mark.parametrize("order", [*permutations(EDITS)])
def test_in_every_order_both_values_are_kept_until_somebody_decides(
    lite_team: Reader, order: tuple[Callable[[Reader], None], ...]
) -> None:
    team = lite_team
    said_first = {name: order.index(chat) < order.index(page) for name, chat, page in (
        ("goal", chat_goal, page_goal), ("outcome", chat_first, page_first),
    )}  # fmt: skip
    for edit in order:
        edit(team)

    # What was read before anybody spoke is the record's; what was said then is a change of it, in chat only.
    assert {each.item for each in team.open()} == {name for name, first in said_first.items() if first}
    assert team.project("docs").goal == "Said goal"
    assert team.outcome_texts("docs")[0] == "Twenty-one questions have a page"
    for each in team.open():
        assert each.on_page in {"Everybody finds it.", "Thirty questions have a page"}
        team.decide(each, takes_page=True)
    assert team.open() == ()
    assert team.project("docs").goal == ("Everybody finds it." if said_first["goal"] else "Said goal")


@pytest.mark.parametrize("takes_page", [True, False])
def test_an_answer_decides_and_counts_once(team: Reader, takes_page: bool) -> None:  # noqa: FBT001 - a case's value
    chat_goal(team)
    page_goal(team)
    (conflict,) = team.open()

    first = team.decide(conflict, takes_page=takes_page)
    again = team.decide(conflict, takes_page=not takes_page, person="U0BO")

    assert (first.is_mine, again.is_mine) == (True, False)
    assert again.conflict.answered_by == ANA
    assert again.conflict.state is (ConflictState.TAKEN if takes_page else ConflictState.KEPT)
    assert team.project("docs").goal == ("Everybody finds it." if takes_page else "Said goal")
    # The same page, read again, is no news.
    assert changes_of(team.edit(team.page_text())) == []
    assert team.open() == ()


def test_what_was_taken_from_the_page_can_be_taken_back(team: Reader) -> None:
    chat_goal(team)
    page_goal(team)
    done = team.decide(team.open()[0], takes_page=True)

    with team.database.write() as tx:
        undo(tx, done.act.asker, done.act.id, UpdateSource.BUTTON, team.now())

    assert team.project("docs").goal == "Said goal"


def test_the_same_conflict_is_asked_once_and_another_edit_of_the_place_renews_the_question(
    team: Reader,
) -> None:
    with team.database.write() as tx:
        make_channel(tx, "C0DOCS")
    team.act("docs").set("channel_id", "C0DOCS")
    chat_goal(team)

    page_goal(team)
    same = team.edit(team.page_text())
    (first,) = team.open()
    other = team.edit(edited("Everybody finds it.", "Anybody finds it.", team.page_text()), NOOR)

    assert changes_of(same) == []
    assert len(changes_of(other)) == 1
    (second,) = team.open()
    assert (second.id, second.version, second.base) == (first.id, 2, GOAL)
    assert (second.on_page, second.in_record) == ("Anybody finds it.", "Said goal")
    assert team.asked() == [(f"page_conflict:{first.id}:C0DOCS", "C0DOCS", 2)]


def test_who_has_seen_an_older_question_is_asked_anew(team: Reader) -> None:
    chat_goal(team)
    page_goal(team)
    (seen,) = team.open()
    team.edit(edited("Everybody finds it.", "Anybody finds it.", team.page_text()))

    done = team.decide(seen, takes_page=True)

    assert (done.is_mine, done.conflict.state) == (False, ConflictState.OPEN)
    assert team.project("docs").goal == "Said goal"


def test_who_clicks_after_something_newer_was_said_is_asked_anew(team: Reader) -> None:
    chat_goal(team)
    page_goal(team)
    (seen,) = team.open()
    team.act("docs").set("goal", "Said later")

    done = team.decide(seen, takes_page=True)

    assert (done.is_mine, done.conflict.in_record, done.conflict.version) == (False, "Said later", 2)
    assert team.project("docs").goal == "Said later"


def test_an_edit_that_is_taken_back_on_the_page_asks_nobody_any_more(team: Reader) -> None:
    chat_goal(team)
    page_goal(team)
    (conflict,) = team.open()

    team.edit(PAGE)

    assert team.open() == ()
    assert team.conflict(conflict.id).state is ConflictState.SETTLED
    assert team.project("docs").goal == "Said goal"


@pytest.mark.parametrize("through", ["page", "chat"])
def test_what_became_equal_is_settled_by_itself(team: Reader, through: str) -> None:
    chat_goal(team)
    page_goal(team)
    (conflict,) = team.open()

    if through == "page":
        team.edit(edited("Everybody finds it.", "Said goal", team.page_text()))
    else:
        team.act("docs").set("goal", "Everybody finds it.")
        assert team.settle() == 1

    assert team.conflict(conflict.id).state is ConflictState.SETTLED
    assert (team.open(), team.settle()) == ((), 0)


def test_where_people_go_back_in_chat_the_page_alone_has_changed(team: Reader) -> None:
    chat_goal(team)
    page_goal(team)
    (conflict,) = team.open()
    team.act("docs").set("goal", GOAL)

    assert team.settle() == 1

    assert team.project("docs").goal == "Everybody finds it."
    assert team.conflict(conflict.id).state is ConflictState.SETTLED
    assert team.settle() == 0


@pytest.mark.parametrize("takes_page", [True, False])
def test_an_outcome_removed_on_the_page_and_spoken_of_in_chat_is_asked_about(
    team: Reader,
    takes_page: bool,  # noqa: FBT001 - a case's value
) -> None:
    team.say("docs", 4, OutcomeStatus.AT_RISK)
    without = edited(LINKS, "")
    team.edit(without)
    (conflict,) = team.open()
    assert (conflict.item, conflict.on_page, conflict.in_record) == (
        "outcome",
        None,
        "Links are checked daily",
    )
    assert changes_of(team.edit(without)) == []

    team.decide(conflict, takes_page=takes_page)

    assert ("Links are checked daily" in team.outcome_texts("docs")) is not takes_page
    assert changes_of(team.edit(without)) == []
    assert team.open() == ()


def test_a_line_that_comes_back_to_the_page_is_the_outcome_that_it_was(team: Reader) -> None:
    team.say("docs", 4, OutcomeStatus.AT_RISK)
    before = [each.id for each in team.outcomes("docs")]
    team.edit(edited(LINKS, ""))

    team.edit(edited(LINKS, "- Links are checked every day\n"))

    assert [each.id for each in team.outcomes("docs")] == before
    assert (team.outcome_texts("docs")[3], team.open()) == ("Links are checked every day", ())


@pytest.mark.parametrize("takes_page", [True, False])
def test_an_outcome_removed_in_chat_and_edited_on_the_page_is_asked_about(
    team: Reader,
    takes_page: bool,  # noqa: FBT001 - a case's value
) -> None:
    before = [each.id for each in team.outcomes("docs")]
    team.act("docs").drop(1)
    page_first(team)
    (conflict,) = team.open()
    assert (conflict.on_page, conflict.in_record) == ("Thirty questions have a page", None)

    done = team.decide(conflict, takes_page=takes_page)

    texts = team.outcome_texts("docs")
    assert ("Thirty questions have a page" in texts) is takes_page
    if takes_page:
        assert {each.id for each in team.outcomes("docs")} == set(before)
        with team.database.write() as tx:
            undo(tx, done.act.asker, done.act.id, UpdateSource.BUTTON, team.now())
        assert "Thirty questions have a page" not in team.outcome_texts("docs")


def test_an_outcome_added_in_both_is_one_and_different_ones_are_both_kept(team: Reader) -> None:
    team.act("hubs").add("A book is printed")
    team.edit(PAGE + "- A book is printed\n")
    assert team.outcome_texts("hubs") == ["Four labs have taught a course", "A book is printed"]

    team.act("hubs").add("Rangers are trained")
    team.edit(PAGE + "- A book is printed\n- The reef is mapped\n")

    assert sorted(team.outcome_texts("hubs")[2:]) == ["Rangers are trained", "The reef is mapped"]
    assert team.open() == ()


@pytest.mark.parametrize("takes_page", [True, False])
def test_two_orders_are_asked_about_and_one_is_taken(team: Reader, takes_page: bool) -> None:  # noqa: FBT001 - a case's value
    team.act("docs").move(4, 1)
    said = team.outcome_texts("docs")
    first = f"- {TWENTY}\n"
    here = edited(LINKS, LINKS + first, edited(first, ""))

    team.edit(here)

    (conflict,) = team.open()
    assert (conflict.item, team.outcome_texts("docs")) == ("outcomes", said)
    assert changes_of(team.edit(here)) == []
    team.decide(conflict, takes_page=takes_page)
    on_page = ["Every page names an owner", "and a date", "Links are checked daily", TWENTY]
    assert team.outcome_texts("docs") == (on_page if takes_page else said)
    assert changes_of(team.edit(here)) == []


def test_an_order_changed_on_one_side_only_is_no_question(team: Reader) -> None:
    first = f"- {TWENTY}\n"
    team.edit(edited(LINKS, LINKS + first, edited(first, "")))
    assert (team.outcome_texts("docs")[-1], team.open()) == (TWENTY, ())

    team.act("docs").move(4, 1)
    moved = team.outcome_texts("docs")
    team.edit(team.page_text())

    assert (team.outcome_texts("docs"), team.open()) == (moved, ())


@pytest.mark.parametrize("takes_page", [True, False])
def test_a_name_changed_on_both_sides_is_asked_about(team: Reader, takes_page: bool) -> None:  # noqa: FBT001 - a case's value
    team.act("docs").set("name", "Guides")
    team.edit(edited("## Documentation", "## Handbooks"))
    (conflict,) = team.open()

    team.decide(conflict, takes_page=takes_page)

    assert team.project("docs").name == ("Handbooks" if takes_page else "Guides")


@pytest.mark.parametrize("takes_page", [True, False])
def test_a_project_gone_from_the_page_that_people_changed_is_asked_about(
    team: Reader,
    takes_page: bool,  # noqa: FBT001 - a case's value
) -> None:
    team.act("hubs").set("goal", "Said goal")
    without = PAGE[: PAGE.index("(projects:hubs)=")]
    team.edit(without)
    (conflict,) = team.open()
    assert (conflict.item, conflict.on_page) == ("project", None)
    assert changes_of(team.edit(without)) == []
    assert len(team.open()) == 1

    team.decide(conflict, takes_page=takes_page)

    assert team.project("hubs").state is (ProjectState.ARCHIVED if takes_page else ProjectState.ACTIVE)
    assert changes_of(team.edit(without)) == []
    assert team.open() == ()


@pytest.mark.parametrize("takes_page", [True, False])
def test_a_link_removed_in_chat_and_edited_on_the_page_is_asked_about(
    team: Reader,
    takes_page: bool,  # noqa: FBT001 - a case's value
) -> None:
    team.act("docs").unlink(1)
    team.edit(edited("[the board]", "[Kanban]"))
    (conflict,) = team.open()
    assert json.loads(conflict.on_page or "") == ["https://x.org/board", "Kanban", "Board"]

    team.decide(conflict, takes_page=takes_page)

    found = {(link.label, link.url) for link in team.parts("docs").links}
    assert (("Kanban", "https://x.org/board") in found) is takes_page
    assert changes_of(team.edit(team.page_text())) == []


def test_who_edited_the_page_stands_in_the_history(team: Reader) -> None:
    with team.database.write() as tx:
        make_person(tx, "U0NOOR", name="noor haddad")
    team.edit(edited(GOAL, "Everybody finds it."))
    team.edit(edited(GOAL, "Anybody finds it."), Author("Somebody Else", ""))

    with team.database.read() as tx:
        entries = history.list_changes(tx, "T0TEST", SEES, team.project("docs").id, limit=2)
    assert [(e.person_id, e.author, e.source) for e in entries] == [
        (None, "Somebody Else", UpdateSource.PAGE),
        ("U0NOOR", "Noor Haddad", UpdateSource.PAGE),
    ]


def test_of_two_who_are_called_the_same_nobody_is_taken_for_the_other(team: Reader) -> None:
    with team.database.write() as tx:
        make_person(tx, "U0NOOR", name="Noor Haddad")
        make_person(tx, "U0NOOR2", name="Noor Haddad")
    chat_goal(team)
    page_goal(team)

    assert [(each.author, each.author_id) for each in team.open()] == [("Noor Haddad", None)]


def test_what_somebody_edited_on_the_page_is_not_their_last_act_in_chat(team: Reader) -> None:
    with team.database.write() as tx:
        make_person(tx, "U0NOOR", name="Noor Haddad")
    team.edit(edited(GOAL, "Everybody finds it."))

    with team.database.read() as tx:
        assert history.find_last_act(tx, "T0TEST", SEES._replace(person_id="U0NOOR")) is None


def test_a_page_is_the_teams_document_also_for_who_may_not_change_the_project_in_chat(team: Reader) -> None:
    team.act("docs").restrict()
    with team.database.write() as tx:
        make_person(tx, "U0NOOR", name="Noor Haddad", is_guest=True)

    team.edit(edited(GOAL, "Everybody finds it."))

    assert team.project("docs").goal == "Everybody finds it."


def test_who_may_not_change_the_project_does_not_decide(team: Reader) -> None:
    team.act("docs").set("owner_id", ANA)
    chat_goal(team)
    team.act("docs").restrict()
    page_goal(team)
    (conflict,) = team.open()

    with pytest.raises(NotAllowedError):
        team.decide(conflict, takes_page=True, person="U0BO")
    assert len(team.open()) == 1


def test_of_a_private_project_people_are_asked_there_and_nowhere_else(team: Reader) -> None:
    with team.database.write() as tx:
        make_channel(tx, "C0SECRET", private_to=[ANA])
        make_person(tx, "U0BOSS", is_admin=True)
    team.act("docs").set("channel_id", "C0SECRET")
    chat_goal(team)

    page_goal(team)

    assert [place for _, place, _ in team.asked()] == ["C0SECRET"]


def test_without_a_channel_the_owner_is_asked_and_without_one_an_admin(team: Reader) -> None:
    team.act("docs").set("owner_id", ANA)
    chat_goal(team)
    with team.database.write() as tx:
        make_person(tx, "U0BOSS", is_admin=True)
    team.act("hubs").set("goal", "Said goal")
    hubs = edited("Labs run their own hubs.", "Hubs for all.")

    team.edit(edited(GOAL, "Everybody finds it.", hubs))

    assert [place for _, place, _ in team.asked()] == [ANA, "U0BOSS"]


def test_with_nobody_to_ask_it_waits_until_there_is_somebody(team: Reader) -> None:
    chat_goal(team)
    page_goal(team)
    assert (team.asked(), len(team.open())) == ([], 1)

    team.act("docs").set("owner_id", ANA)
    team.settle()

    assert [place for _, place, _ in team.asked()] == [ANA]


FOUR = PAGE + "\n(projects:four)=\n## Four\n\n### Goal\n\nFour.\n"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("Nothing here.", NotAPageError),
        ("## One\n\n### Goal\n\nOne.\n", ManyGoneError),
        (b"\xff", PageNotUtf8Error),
    ],
)
def test_what_is_not_this_page_changes_nothing(
    team: Reader, data: str | bytes, error: type[Exception]
) -> None:
    team.edit(FOUR)
    before = team.rows()

    with pytest.raises(error):
        team.edit(data)

    assert team.rows() == before


def test_a_report_says_what_is_to_be_decided(team: Reader) -> None:
    chat_goal(team)

    report = team.edit(edited(GOAL, "Everybody finds it."))

    assert "To be decided in Slack, and kept on both sides until then: 1" in report_text(
        report, dry_run=False
    )
    assert json.loads(report_json(report))["conflicts"] == [
        {"project": "docs", "item": "goal", "before": GOAL, "page": "Everybody finds it."}
        | {"record": "Said goal", "by": "Noor Haddad"}
    ]


@pytest.mark.parametrize(
    "heading", ["(projects:secret)=\n## Anything", "## Secret", "(projects:also)=\n## Other"]
)
def test_a_heading_that_is_called_as_a_private_project_neither_changes_it_nor_answers(
    team: Reader, heading: str
) -> None:
    with team.database.write() as tx:
        make_channel(tx, "C0SECRET", team.workspace_id, private_to=(ANA,))
        make_project(
            tx, team.workspace_id, slug="secret", name="Secret", channel_id="C0SECRET", aliases=("also",)
        )
    before = team.project("secret")
    own = f"{PAGE}\n{heading}\n\n### Goal\n\nMine now.\n\n### Outcomes\n\n- Mine\n"

    team.edit(own)
    team.edit(PAGE)

    assert team.project("secret") == before
    assert team.open() == ()
    with team.database.read() as tx:
        assert list_outcomes(tx, team.workspace_id, before.id) == ()
        assert pages.list_places_of_project(tx, team.workspace_id, before.id) == ()


def test_a_private_project_that_stands_on_the_page_is_edited_there_as_ever(team: Reader) -> None:
    with team.database.write() as tx:
        make_channel(tx, "C0SECRET", team.workspace_id, private_to=(ANA,))
        change_project(tx, team.workspace_id, team.project("docs").id, team.now(), channel_id="C0SECRET")
    assert team.project("docs").is_private

    team.edit(edited(GOAL, "Everybody finds it."))

    assert team.project("docs").goal == "Everybody finds it."

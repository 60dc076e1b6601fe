"""A project that becomes private leaves the page that it stands on, and comes back when it is public."""

import pytest

from bot.pages import read_page
from bot.pages.page_style import PageStyle
from storage import channels, pages, projects
from storage.database import Database
from storage.records import OutcomeStatus, ProjectState
from storage.workspaces import lock_workspace
from tests.services.team import PAGE, changes_of
from tests.support.make import make_channel, make_project
from tests.support.read_back import ANA, Published

GOAL = "Labs run their own hubs."
HUBS = PAGE[PAGE.index("(projects:hubs)=") :]
WITHOUT = PAGE.removesuffix(f"\n{HUBS}")
PLAIN = PageStyle()


@pytest.fixture
def team(database: Database) -> Published:
    """On both databases: hub pilots have a public channel, and stand on a page that is published."""
    return begun(Published(database))


@pytest.fixture
def lite_team(sqlite_database: Database) -> Published:
    return begun(Published(sqlite_database))


def begun(made: Published) -> Published:
    made.read(PAGE)
    with made.database.write() as tx:
        make_channel(tx, "C0HUBS")
        make_channel(tx, "C0SECRET", private_to=[ANA])
    move_to(made, "hubs", "C0HUBS")
    assert made.publish(PLAIN) == PAGE
    return made


def move_to(team: Published, slug: str, channel_id: str | None) -> None:
    with team.database.write() as tx:
        lock_workspace(tx, team.workspace_id)
        project_id = team.project(slug).id
        projects.change_project(tx, team.workspace_id, project_id, team.now(), channel_id=channel_id)


def turn(team: Published, channel_id: str, *, is_private: bool) -> None:
    """Slack says so."""
    with team.database.write() as tx:
        lock_workspace(tx, team.workspace_id)
        where = tx, team.workspace_id, channel_id
        channels.save_channel(*where, is_private=is_private, members=[ANA], now=team.now())


@pytest.mark.parametrize("how", ["its channel turned private", "it moved into a private channel"])
def test_its_section_and_nothing_else_goes_and_comes_back(team: Published, how: str) -> None:
    if how == "it moved into a private channel":
        move_to(team, "hubs", "C0SECRET")
    else:
        turn(team, "C0HUBS", is_private=True)

    assert team.publish(PLAIN) == WITHOUT
    assert changes_of(team.edit(WITHOUT.replace("Some words", "Other words"))) == []
    assert (team.project("hubs").state, team.project("hubs").goal) == (ProjectState.ACTIVE, GOAL)
    assert (team.open(), team.asked()) == ((), [])
    team.act("hubs").set("goal", "Said in private.")
    assert "private" not in team.publish(PLAIN)

    if how == "it moved into a private channel":
        move_to(team, "hubs", "C0HUBS")
    else:
        turn(team, "C0HUBS", is_private=False)
    back = PAGE.replace(GOAL, "Said in private.").replace("Some words", "Other words")
    assert team.publish(PLAIN) == back
    assert changes_of(team.edit(back)) == []
    assert team.publish(PLAIN) == back


def test_with_status_nothing_that_was_said_of_it_stays(lite_team: Published) -> None:
    lite_team.say("hubs", 1, OutcomeStatus.AT_RISK)
    assert "at risk" in lite_team.publish()

    turn(lite_team, "C0HUBS", is_private=True)

    assert "at risk" not in (written := lite_team.publish())
    assert "ubs" not in written


def test_on_a_page_that_was_imported_it_is_not_carried_to_a_place(sqlite_database: Database) -> None:
    team = Published(sqlite_database)
    team.read(PAGE)
    with team.database.write() as tx:
        make_channel(tx, "C0SECRET", private_to=[ANA])
    move_to(team, "hubs", "C0SECRET")

    assert team.publish(PLAIN) == WITHOUT


def test_as_long_as_slack_has_not_told_whether_its_channel_is_private_it_stays(lite_team: Published) -> None:
    move_to(lite_team, "hubs", "C0NEW")
    lite_team.change("hubs", goal="Said meanwhile.")
    assert lite_team.project("hubs").is_private

    assert lite_team.publish(PLAIN) == PAGE

    turn(lite_team, "C0NEW", is_private=True)
    assert lite_team.publish(PLAIN) == WITHOUT


def test_a_project_below_it_that_is_public_moves_out_with_its_words(team: Published) -> None:
    with team.database.write() as tx:
        make_channel(tx, "C0STYLE")
    move_to(team, "style-guide", "C0STYLE")
    with_prose = PAGE.replace("How we write.\n", "How we write.\n\n:::{note}\nBy hand.\n:::\n")
    team.edit(with_prose)

    move_to(team, "docs", "C0SECRET")
    written = team.publish(PLAIN)

    assert {each.slug: each.parent for each in read_page(written).projects} == {
        "hubs": None,
        "style-guide": None,
    }
    assert ":::{note}\nBy hand.\n:::\n" in written
    assert "Documentation" not in written
    assert changes_of(team.edit(written)) == []
    assert team.project("style-guide").parent_id == team.project("docs").id
    move_to(team, "docs", None)
    back = team.publish(PLAIN)
    assert {each.slug: each.parent for each in read_page(back).projects} == {
        "docs": None,
        "style-guide": "docs",
        "hubs": None,
    }
    assert ":::{note}\nBy hand.\n:::\n" in back


def test_what_is_below_it_without_a_channel_of_its_own_goes_with_it(lite_team: Published) -> None:
    move_to(lite_team, "docs", "C0SECRET")

    written = lite_team.publish(PLAIN)

    assert [each.slug for each in read_page(written).projects] == ["hubs"]
    assert "How we write." not in written
    assert "# Work\n\nSome words before the first project.\n" in written
    move_to(lite_team, "docs", None)
    assert {each.slug for each in read_page(lite_team.publish(PLAIN)).projects} == {
        "docs",
        "style-guide",
        "hubs",
    }


def test_the_only_one_goes_too_and_the_page_can_still_be_read(lite_team: Published) -> None:
    move_to(lite_team, "docs", "C0SECRET")
    turn(lite_team, "C0HUBS", is_private=True)

    written = lite_team.publish(PLAIN)

    assert written == "# Work\n\nSome words before the first project.\n\n## Projects\n"
    assert changes_of(lite_team.edit(written)) == []
    turn(lite_team, "C0HUBS", is_private=False)
    assert GOAL in lite_team.publish(PLAIN)


def test_what_is_asked_about_it_waits_for_whoever_may_know(lite_team: Published) -> None:
    lite_team.act("hubs").set("goal", "Said goal")
    lite_team.edit(PAGE.replace(GOAL, "Page goal."))
    (conflict,) = lite_team.open()
    turn(lite_team, "C0HUBS", is_private=True)

    written = lite_team.publish(PLAIN)
    assert "Page goal." not in written
    lite_team.edit(written.replace("Some words", "Other words"))

    assert [each.id for each in lite_team.open()] == [conflict.id]
    lite_team.settle()
    lite_team.decide(lite_team.open()[0], takes_page=True)
    assert lite_team.project("hubs").goal == "Page goal."


def test_that_it_was_to_go_by_hand_is_no_matter_once_it_was_taken_off(lite_team: Published) -> None:
    lite_team.act("hubs").set("goal", "Said goal")
    lite_team.edit(WITHOUT)
    (conflict,) = lite_team.open()
    lite_team.act("hubs").set("goal", GOAL)
    turn(lite_team, "C0HUBS", is_private=True)
    lite_team.publish(PLAIN)

    assert (conflict.item, lite_team.project("hubs").state) == ("project", ProjectState.ACTIVE)


def test_what_will_go_is_named_once_slack_has_said_that_its_channel_is_private(team: Published) -> None:
    def named() -> tuple[str, ...]:
        with team.database.read() as tx:
            return pages.list_private_on(tx, team.workspace_id, team.page_id)

    # It counts as private, as nobody knows, and stays where it stands.
    move_to(team, "hubs", "C0NEW")
    before = named()
    assert team.publish(PLAIN) == PAGE
    turn(team, "C0NEW", is_private=True)

    assert (before, named()) == ((), ("hubs",))


@pytest.mark.parametrize("heading", ["(projects:hubs)=\n## Anything", "## Hubs"])
def test_a_heading_called_so_meanwhile_is_not_that_project(lite_team: Published, heading: str) -> None:
    turn(lite_team, "C0HUBS", is_private=True)
    lite_team.publish(PLAIN)
    own = f"{WITHOUT}\n{heading}\n\n### Goal\n\nMine now.\n"

    lite_team.edit(own)

    assert lite_team.publish(PLAIN) == own
    assert lite_team.publish(PLAIN) == own
    assert lite_team.project("hubs").goal == GOAL
    with lite_team.database.read() as tx:
        assert pages.list_private_on(tx, lite_team.workspace_id, lite_team.page_id) == ()


def test_one_that_somebody_had_taken_off_by_hand_stays_off(lite_team: Published) -> None:
    with lite_team.database.write() as tx:
        make_project(
            tx, lite_team.workspace_id, slug="boats", name="Boats", channel_id="C0HUBS", goal="Sail."
        )
    lite_team.publish(PLAIN)
    lite_team.act("boats").set("goal", "Sail on.")
    lite_team.edit(PAGE)
    lite_team.decide(lite_team.open()[0], takes_page=False)
    assert lite_team.publish(PLAIN) == PAGE
    turn(lite_team, "C0HUBS", is_private=True)
    lite_team.publish(PLAIN)

    turn(lite_team, "C0HUBS", is_private=False)

    assert lite_team.publish(PLAIN) == PAGE


def test_nor_is_such_a_heading_when_something_else_is_settled(lite_team: Published) -> None:
    turn(lite_team, "C0HUBS", is_private=True)
    lite_team.publish(PLAIN)
    own = f"{WITHOUT}\n(projects:hubs)=\n## Anything\n\n### Goal\n\nMine now.\n"
    lite_team.edit(own)
    finds = "A newcomer finds the answer."
    lite_team.act("docs").set("goal", "Said goal")
    lite_team.edit(own.replace(finds, "Everybody finds it."))
    lite_team.act("docs").set("goal", finds)

    assert lite_team.settle() == 1

    assert lite_team.project("docs").goal == "Everybody finds it."
    assert lite_team.project("hubs").goal == GOAL

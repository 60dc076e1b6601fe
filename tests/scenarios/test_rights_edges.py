"""Rights where something changes on the way: what was lost, what became private, what is half done."""

import pytest

from bot.local.seed import BOT, HARUKI, JMTE, LEILANI, MATEO, PRIYA, RANDOM, SOFIA, STEWARDS, WANJIRU
from bot.slack.memos import Memo
from storage.people import find_person, save_person
from storage.projects import change_project
from storage.workspaces import lock_workspace
from tests.scenarios.forged import submit
from tests.scenarios.records import add
from tests.scenarios.test_forms import type_form
from tests.scenarios.test_writing import changes_of, outcomes_of, project_now
from tests.support.bot import WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.make import NOW, make_channel


def make_private(bot: Bot, *members: str) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=members)


def become_guest(bot: Bot, person: str) -> None:
    """As Slack tells of it later; and of no channel is known that they are in it."""
    with bot.database.write() as tx:
        found = find_person(tx, WORKSPACE, person)
        assert found is not None
        save_person(tx, WORKSPACE, found.model_copy(update={"is_guest": True}))


def test_a_project_that_its_maker_would_not_see_is_not_made_by_halves(bot: Bot) -> None:
    make_private(bot, SOFIA)
    before = dump(bot.database)

    said = submit(bot, PRIYA, "create", Memo(), name="Reef survey", channel_id=STEWARDS)

    assert "out of your own sight" in said
    assert dump(bot.database) == before
    assert "A new project" in bot.command("create Reef survey", person=PRIYA)["text"]


def test_who_may_change_a_project_is_not_said_by_undo_of_somebody_who_left_its_team(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", owner_id=MATEO)
    lite.command(f"member add reef <@{HARUKI}>", person=MATEO)
    lite.command("access reef members", person=MATEO)
    lite.command("access reef everyone", person=HARUKI)
    lite.command(f"member remove reef <@{HARUKI}>", person=MATEO)
    assert not project_now(lite, project).is_restricted

    said = lite.command("undo", person=HARUKI)["text"]

    assert "Who may change `reef` is for its team to say" in said
    assert not project_now(lite, project).is_restricted


def test_undo_says_nothing_of_a_parent_that_became_private(lite: Bot) -> None:
    parent = add(lite, slug="zq-hidden", name="Echidna", channel_id=RANDOM)
    project = add(lite, slug="reef", name="Reef", channel_id=JMTE)
    lite.command("parent reef zq-hidden", person=PRIYA)
    lite.command("parent reef none", person=PRIYA)
    make_private(lite, SOFIA)
    with lite.database.write() as tx:
        lock_workspace(tx, WORKSPACE)
        change_project(tx, WORKSPACE, parent.id, NOW, channel_id=STEWARDS, parent_id=project.id)

    said = lite.command("undo", person=PRIYA)["text"]

    assert "hidden" not in said
    assert "Echidna" not in said
    assert project_now(lite, project).parent_id is None


def test_a_message_of_a_channel_whose_project_is_its_teams_can_be_saved_to_another(lite: Bot) -> None:
    restricted = add(lite, slug="ours", name="Ours", channel_id=JMTE, owner_id=MATEO, outcomes=["One"])
    other = add(lite, slug="reef", name="Reef", channel_id=RANDOM, outcomes=["Reefs are mapped"])
    lite.command("access ours members", person=MATEO)
    ts = lite.say("Mapped at last", person=MATEO)

    lite.people.run_message_shortcut(SOFIA, JMTE, ts, "save_update")

    assert lite.held("note", SOFIA) == "Mapped at last"
    lite.suggest("project_id", "reef", person=SOFIA)
    lite.choose_in_view("project_id", str(other.id), person=SOFIA)
    lite.choose_in_view("outcome_id", str(outcomes_of(lite, other)[0].id), person=SOFIA)
    lite.fill(person=SOFIA, status="done")
    assert len(changes_of(lite, other)) == 1
    assert changes_of(lite, restricted)[1:] == ()


def test_a_guest_is_told_before_the_form_for_a_new_project_is_filled_in(lite: Bot) -> None:
    said = lite.command("create", person=LEILANI)["text"]

    assert "Full members of the workspace make projects" in said
    assert not lite.has_view(LEILANI)


@pytest.mark.parametrize("left", ["the channel", "the team", "the workspace's full members"])
def test_a_form_that_was_opened_before_a_right_was_lost_changes_nothing(lite: Bot, left: str) -> None:
    make_private(lite, SOFIA, WANJIRU)
    channel = STEWARDS if left == "the channel" else RANDOM
    project = add(lite, slug="reef", name="Reef", channel_id=channel, owner_id=MATEO, outcomes=["One"])
    lite.command(f"member add reef <@{SOFIA}>", person=WANJIRU)
    if left == "the team":
        lite.command("access reef members", person=SOFIA)
    type_form(lite, "edit reef", person=SOFIA)
    if left == "the channel":
        lite.people.remove(WANJIRU, STEWARDS, SOFIA)
    elif left == "the team":
        lite.command(f"member remove reef <@{SOFIA}>", person=WANJIRU)
    else:
        become_guest(lite, SOFIA)
    lite.settle()

    lite.fill(person=SOFIA, goal="Mine")

    assert project_now(lite, project).goal != "Mine"


def test_a_public_channel_that_became_private_hides_its_project_when_the_next_person_comes(lite: Bot) -> None:
    add(lite, slug="reef", name="Reef", channel_id=JMTE)
    with lite.database.write() as tx:
        make_channel(tx, JMTE, WORKSPACE)
    with lite.slack.workspace.lock:
        lite.slack.workspace.channels[JMTE].is_private = True
        lite.slack.workspace.channels[JMTE].members[:] = [SOFIA, BOT.user_id]
    assert lite.command("show reef", person=PRIYA)["text"].startswith("Reef")

    assert lite.people.invite(SOFIA, JMTE, HARUKI).ok
    lite.settle()

    assert "No project is called" in lite.command("show reef", person=PRIYA)["text"]
    assert lite.command("show reef", person=HARUKI)["text"].startswith("Reef")


def test_who_left_a_private_channel_while_the_bot_was_out_sees_nothing_once_it_is_back(lite: Bot) -> None:
    make_private(lite, SOFIA, WANJIRU)
    add(lite, slug="reef", name="Reef", channel_id=STEWARDS)
    with lite.slack.workspace.lock:
        lite.slack.workspace.channels[STEWARDS].members[:] = [WANJIRU]

    assert lite.people.invite(WANJIRU, STEWARDS, BOT.user_id).ok
    lite.settle()

    assert "No project is called" in lite.command("show reef", person=SOFIA)["text"]
    assert lite.command("show reef", person=WANJIRU)["text"].startswith("Reef")

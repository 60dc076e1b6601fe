"""Reminders when owners change: who is asked of what nobody looks after, who has left, what was handed on."""

from datetime import timedelta

import pytest

from bot.local.seed import BOT, LEILANI, MATEO, SOFIA, TOMASZ, WANJIRU
from storage.outcomes import list_outcomes
from storage.reminder_candidates import list_of_project
from storage.tables import projects
from tests.support.bot import WORKSPACE, Bot
from tests.support.messages import buttons
from tests.support.reminding import (
    TUESDAY,
    WEDNESDAY_NAIROBI,
    add_stale,
    go_to,
    outcomes_of,
    reminders,
)

DAY = timedelta(days=1)


@pytest.mark.parametrize("owner_id", [None, LEILANI, "U0NOBODY99"])
def test_what_nobody_owns_who_can_be_told_is_for_the_owner_of_the_project(
    lite: Bot, owner_id: str | None
) -> None:
    add_stale(lite, 1, owner_id=owner_id)
    go_to(lite, WEDNESDAY_NAIROBI)

    (one,) = reminders(lite, WANJIRU)
    assert "Not mine…" in buttons({"blocks": one.blocks})
    lite.press(one, "Not mine…", person=WANJIRU)
    assert lite.fill(WANJIRU, owner_id=MATEO).ok
    lite.tick()
    assert outcomes_of_first_owner(lite) == MATEO


def outcomes_of_first_owner(bot: Bot) -> str | None:
    with bot.database.read() as tx:
        id_ = tx.execute(projects.select().where(projects.c.slug == "hubs")).one().id
        return list_outcomes(tx, WORKSPACE, id_)[0].owner_id


def test_an_owner_who_has_left_is_told_of_once_with_a_way_to_take_over(lite: Bot) -> None:
    project = add_stale(lite, 2, owner_id=TOMASZ, ago=DAY)
    go_to(lite, WEDNESDAY_NAIROBI)
    (one,) = reminders(lite, WANJIRU)
    assert f"<@{TOMASZ}> has left the workspace. Who looks after this now?" in one.text
    lite.press(one, "Take over", person=WANJIRU)
    lite.tick()

    assert outcomes_of(lite, project)[0].owner_id == WANJIRU
    assert "“Aim 1 of hubs” handed on" in reminders(lite, WANJIRU)[0].text
    lite.press(reminders(lite, WANJIRU)[0], "Assign…", person=WANJIRU)
    assert lite.fill(WANJIRU, owner_id=MATEO).ok
    lite.tick()
    assert outcomes_of(lite, project)[1].owner_id == MATEO
    assert reminders(lite, WANJIRU)[0].text.startswith("✅ Both are dealt with")
    for day in range(1, 20):
        go_to(lite, WEDNESDAY_NAIROBI + day * DAY)
    assert len(reminders(lite, WANJIRU)) == 1


def test_what_is_not_mine_is_nobodys_and_the_projects_owner_is_asked_whose(lite: Bot) -> None:
    project = add_stale(lite, 1)
    go_to(lite, TUESDAY)
    lite.press(reminders(lite)[0], "Not mine", person=SOFIA)
    lite.tick()
    said = lite.last_message(reminders(lite)[0].channel_id, SOFIA)
    assert "“Aim 1 of hubs” is nobody's now" in said.text
    assert reminders(lite)[0].text.startswith("✅ That is dealt with.")
    assert outcomes_of(lite, project)[0].owner_id is None
    go_to(lite, WEDNESDAY_NAIROBI + 6 * DAY)
    (asked,) = reminders(lite, WANJIRU)
    assert "Its owner says that it is not theirs. Who looks after this?" in asked.text
    assert "Nobody has looked at this for 6 weeks." in asked.text
    lite.press(said, "Undo", person=SOFIA)
    lite.tick()

    assert outcomes_of(lite, project)[0].owner_id == SOFIA
    (asked,) = reminders(lite, WANJIRU)
    assert "Its owner says" not in asked.text
    lite.command("assign hubs 1 nobody", person=SOFIA)
    with lite.database.read() as tx:
        (candidate,) = list_of_project(tx, WORKSPACE, project.id)
    assert (candidate.owner_id, candidate.disowned_at) == (None, None), "nobody has said so since"


def test_what_the_owner_of_the_project_hands_on_goes_from_their_message(lite: Bot) -> None:
    project = add_stale(lite, 2, owner_id=None)
    go_to(lite, WEDNESDAY_NAIROBI)
    lite.command(f"assign hubs 1 <@{MATEO}|mateo>", person=WANJIRU)
    lite.tick()

    (one,) = reminders(lite, WANJIRU)
    assert outcomes_of(lite, project)[0].owner_id == MATEO
    assert "“Aim 1 of hubs” handed on" in one.text
    assert "*Aim 2 of hubs*" in one.text


def test_an_app_owns_nothing(lite: Bot) -> None:
    project = add_stale(lite, 1)
    answer = lite.command(f"assign hubs 1 <@{BOT.user_id}|waymark>")
    assert "That is an app" in answer["text"]
    assert outcomes_of(lite, project)[0].owner_id == SOFIA

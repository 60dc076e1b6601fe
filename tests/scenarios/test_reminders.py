"""Reminders: who gets one when, what each line does, and how they become fewer."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.local.seed import GENERAL, JMTE, MATEO, SOFIA, STEWARDS, WANJIRU
from storage.channels import save_channel
from storage.database import Database
from storage.outcomes import change_outcome
from storage.tables import projects
from tests.support.bot import WORKSPACE, Bot, running_bot
from tests.support.make import NOW
from tests.support.messages import all_buttons, buttons
from tests.support.reminding import (
    TUESDAY,
    WEDNESDAY_NAIROBI,
    add_stale,
    channel_lines,
    choose,
    go_to,
    outcomes_of,
    reminders,
)
from tests.support.statements import statements_of_requests

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def test_it_comes_at_nine_where_the_person_is_and_shrinks_line_by_line(bot: Bot) -> None:
    add_stale(bot)
    go_to(bot, TUESDAY - timedelta(seconds=1))
    assert reminders(bot) == []
    go_to(bot, TUESDAY)

    (whole,) = reminders(bot)
    assert whole.text.startswith("⏰ *Waymark has 3 things for you to look at*")
    assert (
        "*Aim 2 of hubs*\nHubs, outcome 2 · 🌫️ _On track_\nNobody has looked at this for 5 weeks."
        in whole.text
    )
    assert "You get this since you look after it, or own its project." in whole.text
    assert {"Still true", "Update…", "Not mine"} <= set(buttons({"blocks": whole.blocks}))
    bot.press(whole, "Still true", person=SOFIA)
    bot.tick()
    assert "👍 Still true: “Aim 1 of hubs”" in bot.last_message(whole.channel_id, SOFIA).text
    (smaller,) = reminders(bot)
    assert "1 of 3 dealt with: “Aim 1 of hubs” looked at" in smaller.text
    assert "*Aim 1 of hubs*" not in smaller.text
    choose(bot, smaller, "snooze", 0)
    bot.press(reminders(bot)[0], "Still true", person=SOFIA)
    bot.tick()

    (done,) = reminders(bot)
    assert done.text.startswith("✅ All 3 are dealt with. Thank you!")
    assert "You get this since you look after it, or own its project." in done.text
    assert not all_buttons({"blocks": done.blocks})
    assert len(done.blocks or ()) == 2


def test_what_is_dealt_with_elsewhere_goes_from_the_message_and_comes_back_with_undo(lite: Bot) -> None:
    project = add_stale(lite, 2)
    go_to(lite, TUESDAY)
    lite.type_command("update hubs 1 done", person=SOFIA, channel=GENERAL)
    lite.tick()
    assert "“Aim 1 of hubs” closed" in reminders(lite)[0].text
    lite.type_command("undo", person=SOFIA, channel=GENERAL)
    lite.tick()
    assert "2 things" in reminders(lite)[0].text
    assert all(each.is_open for each in outcomes_of(lite, project))


@pytest.mark.parametrize("number", [0, 1])
def test_a_snooze_vouches_for_nothing_and_the_ladder_goes_on_after_it(lite: Bot, number: int) -> None:
    project = add_stale(lite, 1)
    before = outcomes_of(lite, project)
    go_to(lite, TUESDAY)
    (one,) = reminders(lite)
    choose(lite, one, "snooze", number)
    if number:
        assert "90 days at most" in str(lite.view(SOFIA).body)
        assert lite.fill(SOFIA, until="2026-05-05").errors
        assert lite.fill(SOFIA, until="2026-09-05").errors
        assert lite.fill(SOFIA, until="2026-05-12").ok
        lite.tick()

    assert "💤 No reminders about “Aim 1 of hubs” before Tuesday 12 May 2026" in (
        lite.last_message(one.channel_id, SOFIA).text
    )
    assert reminders(lite)[0].text.startswith("✅ That is dealt with.")
    assert outcomes_of(lite, project) == before
    go_to(lite, TUESDAY + 6 * DAY)
    assert len(reminders(lite)) == 1
    go_to(lite, TUESDAY + 7 * DAY)
    assert len(reminders(lite)) == 2


def test_the_ladder_two_messages_a_line_in_the_channel_and_then_the_digest_alone(bot: Bot) -> None:
    add_stale(bot, 2)
    bot.type_command("settings zone Europe/Stockholm", channel=GENERAL)
    for day in range(40):
        go_to(bot, TUESDAY + day * DAY)

    assert len(reminders(bot)) == 2
    (line,) = channel_lines(bot)
    assert line.text.startswith("⏰ *Hubs*: 2 outcomes have not been looked at for long")
    assert "<@" not in line.text
    assert "This is here since nobody has answered a direct message about it" in line.text
    result = bot.people.press(
        WANJIRU,
        JMTE,
        line.ts,
        next(
            each["action_id"]
            for each in all_buttons({"blocks": line.blocks})
            if each["text"]["text"] == "Still true"
        ),
    )
    assert result.ok
    bot.tick()
    assert "1 of 2 dealt with" in channel_lines(bot)[0].text


def test_who_is_away_is_passed_over_and_the_channel_hears_of_it_all_the_same(lite: Bot) -> None:
    add_stale(lite, 1, ago=timedelta(days=28))
    lite.type_command("settings zone Europe/Stockholm", channel=GENERAL)
    lite.type_command("away until 2026-06-12", person=SOFIA, channel=GENERAL)
    for day in range(13):
        go_to(lite, TUESDAY + day * DAY)
    assert (reminders(lite), channel_lines(lite)) == ([], [])
    go_to(lite, TUESDAY + 14 * DAY)
    assert (reminders(lite), len(channel_lines(lite))) == ([], 1)
    # Friday 12 June: she is back.
    go_to(lite, TUESDAY + 38 * DAY)
    assert len(reminders(lite)) == 1


def test_a_target_date_is_told_of_a_week_ahead_on_the_day_and_a_week_past(lite: Bot) -> None:
    project = add_stale(lite, 1, ago=DAY)
    with lite.database.write() as tx:
        (one,) = outcomes_of(lite, project)
        change_outcome(tx, WORKSPACE, one.id, NOW, owner_id=SOFIA, due_on=(TUESDAY + 9 * DAY).date())
    for day in range(26):
        go_to(lite, TUESDAY + day * DAY)

    said = [each.text for each in reminders(lite)]
    assert [text.partition("\n")[0] for text in said] == ["⏰ *Waymark has one thing for you to look at*"] * 3
    assert "Its target date is near: Thursday 14 May 2026" in said[0]
    assert "Its target date is today. Is it done?" in said[1]
    assert "Its target date has passed: Thursday 14 May 2026" in said[2]


def test_a_goal_that_nobody_has_confirmed_asks_its_owner_and_can_be_confirmed(lite: Bot) -> None:
    project = add_stale(lite, 0)
    with lite.database.write() as tx:
        mine = projects.c.id == project.id
        tx.execute(update(projects).where(mine).values(goal="Hubs for all", goal_confirmed_at=NOW - 90 * DAY))
    go_to(lite, WEDNESDAY_NAIROBI)
    (one,) = reminders(lite, WANJIRU)
    assert (
        "*Hubs for all*\nThe strategic goal of Hubs\nNobody has confirmed this goal for 3 months." in one.text
    )
    lite.press(one, "Still true", person=WANJIRU)
    lite.tick()

    assert "👍 The goal still holds: “Hubs for all”" in lite.last_message(one.channel_id, WANJIRU).text
    assert reminders(lite, WANJIRU)[0].text.startswith("✅ That is dealt with.")


def test_a_long_message_says_how_many_more_there_are_and_they_move_up(lite: Bot) -> None:
    add_stale(lite, 20)
    go_to(lite, TUESDAY)
    (one,) = reminders(lite)
    assert "… and 12 more. `/project list mine` and my *Home* tab show them all." in one.text
    lite.press(one, "Still true", person=SOFIA)
    lite.tick()
    assert "*Aim 9 of hubs*" in reminders(lite)[0].text
    assert "… and 11 more." in reminders(lite)[0].text


def test_of_a_private_project_only_those_are_told_who_see_it(lite: Bot) -> None:
    with lite.database.write() as tx:
        save_channel(tx, WORKSPACE, STEWARDS, is_private=True, members=[WANJIRU, SOFIA], now=NOW)
    add_stale(lite, 1, channel_id=STEWARDS, owner_id=MATEO, slug="money")
    add_stale(lite, 1, channel_id=STEWARDS, owner_id=SOFIA, slug="salaries")
    go_to(lite, TUESDAY)
    assert len(reminders(lite)) == 1
    with lite.database.write() as tx:
        save_channel(tx, WORKSPACE, STEWARDS, is_private=True, members=[WANJIRU], now=NOW)
    go_to(lite, WEDNESDAY_NAIROBI)
    assert "Aim 1 of money" in reminders(lite, WANJIRU)[0].text
    # 09:00 in Lima.
    go_to(lite, WEDNESDAY_NAIROBI + timedelta(hours=8))
    assert reminders(lite, MATEO) == []
    go_to(lite, TUESDAY + 2 * DAY)
    assert len(reminders(lite)) == 1


@pytest.mark.in_process("counts the statements of its own process")
def test_still_true_is_one_request_and_four_statements(bot: Bot) -> None:
    project = add_stale(bot, 2)
    go_to(bot, TUESDAY)
    (one,) = reminders(bot)
    # Somebody whom the process knows: it asks for that once in ten minutes.
    bot.press(one, "Still true", person=SOFIA)
    bot.tick()
    (one,) = reminders(bot)
    with statements_of_requests() as requests:
        bot.press(one, "Still true", person=SOFIA)

    ((statements),) = requests.values()
    assert len(statements) <= 4, statements
    bot.tick()
    assert all(each.vouched_at == bot.now.at for each in outcomes_of(bot, project))
    assert reminders(bot)[0].text.startswith("✅ Both")
    assert "still true, says" in bot.command("outcomes hubs")["text"]
    said = bot.last_message(one.channel_id, SOFIA)
    bot.press(said, "Undo", person=SOFIA)
    bot.tick()
    assert "one thing" in reminders(bot)[0].text


def test_the_ladder_is_shown_with_what_comes_next(lite: Bot) -> None:
    add_stale(lite, 2)
    go_to(lite, TUESDAY)
    answer = lite.command("remind hubs")
    assert "*The ladder*\n1. a direct message to whoever looks after it" in answer["text"]
    assert f"Next: a second direct message to <@{SOFIA}>, <!date^" in answer["text"]
    lite.type_command("pause hubs")
    assert "It is not active, so nobody is reminded of anything." in lite.command("remind hubs")["text"]


def test_an_owner_who_never_spoke_to_the_bot_is_met_and_told(lite_database: Database) -> None:
    with running_bot(lite_database, has_met_all=False) as stranger:
        add_stale(stranger, 1)
        stranger.tick()
        go_to(stranger, TUESDAY)
        assert len(reminders(stranger)) == 1
        asked = stranger.calls_in().count("users.info")
        for _ in range(5):
            stranger.tick()
        # Nobody is asked about twice; those of whom Slack says nothing once a day.
        assert stranger.calls_in().count("users.info") == asked

"""How reminders become fewer: by wish, by budget, and where Slack takes none, or takes them late."""

import threading
from datetime import timedelta

import pytest

from bot.local.seed import GENERAL, SOFIA
from bot.local.unkind import Rule
from bot.services.reminding import remind_due
from tests.support.bot import Bot
from tests.support.reminding import (
    TUESDAY,
    add_stale,
    choose,
    go_to,
    reminders,
)

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.mark.parametrize(("number", "said"), [(1, "once a week"), (2, "only in the digest"), (3, "never")])
def test_the_menu_makes_them_fewer_and_home_has_the_way_back(lite: Bot, number: int, said: str) -> None:
    add_stale(lite, 1)
    go_to(lite, TUESDAY)
    choose(lite, reminders(lite)[0], "wish", number)
    add_stale(lite, 1, slug="docs")
    go_to(lite, TUESDAY + DAY)
    assert len(reminders(lite)) == 1

    view = lite.open_home(SOFIA)
    assert said in str(view.body).lower()
    menu = next(
        each["accessory"]
        for each in view.body["blocks"]
        if each.get("accessory", {}).get("type") == "static_select"
    )
    usual = menu["options"][0]["value"]
    assert lite.people.press_in_view(SOFIA, view.id, menu["action_id"], choice=usual).ok
    assert "as usual" in str(lite.home(SOFIA).body)
    go_to(lite, TUESDAY + 2 * DAY)
    assert len(reminders(lite)) == 2


def test_three_a_week_at_most_and_the_workspace_changes_both(lite: Bot) -> None:
    for day in range(6):
        add_stale(lite, 1, slug=f"p{day}")
        go_to(lite, TUESDAY + day * DAY)
    assert len(reminders(lite)) == 3
    lite.type_command("settings reminders 4", channel=GENERAL)
    # Monday.
    go_to(lite, TUESDAY + 6 * DAY)
    assert len(reminders(lite)) == 4
    lite.type_command("settings reminders 08:30", channel=GENERAL)
    lite.tick()
    go_to(lite, TUESDAY + 9 * DAY - timedelta(minutes=31))
    assert len(reminders(lite)) == 4
    go_to(lite, TUESDAY + 9 * DAY - timedelta(minutes=30))
    assert len(reminders(lite)) == 5
    assert "working days at 08:30" in reminders(lite)[-1].text
    lite.type_command("settings reminders none", channel=GENERAL)
    go_to(lite, TUESDAY + 16 * DAY - timedelta(minutes=30))
    assert len(reminders(lite)) == 5
    assert "*Reminders*: none" in lite.command("settings")["text"]
    lite.type_command("update p0 1 done", person=SOFIA, channel=GENERAL)
    lite.tick()
    assert "From now on no reminders come: this workspace wants none." in reminders(lite)[0].text


def test_what_slack_never_takes_stops_for_that_person_until_they_say_how_often(lite: Bot) -> None:
    # Nobody else is to be asked while hers have stopped.
    add_stale(lite, 1, project_owner_id=SOFIA)
    lite.slack.platform.unkindness.add(Rule("chat.postMessage", error="cannot_dm_bot", times=1))
    for day in range(8):
        go_to(lite, TUESDAY + day * DAY)
    assert reminders(lite) == []
    view = lite.open_home(SOFIA)
    assert "*Reminders* have stopped: Slack did not take the last one (`cannot_dm_bot`)." in str(view.body)
    menu = next(
        each["accessory"]
        for each in view.body["blocks"]
        if each.get("accessory", {}).get("type") == "static_select"
    )
    value = menu["options"][0]["value"]
    assert lite.people.press_in_view(SOFIA, view.id, menu["action_id"], choice=value).ok
    go_to(lite, TUESDAY + 8 * DAY)
    assert len(reminders(lite)) == 1


def test_a_message_that_cannot_be_changed_any_more_stops_no_others(lite: Bot) -> None:
    add_stale(lite, 2)
    go_to(lite, TUESDAY)
    (one,) = reminders(lite)
    lite.slack.platform.unkindness.add(Rule("chat.update", error="is_inactive", times=1))
    lite.press(one, "Still true", person=SOFIA)
    lite.tick()
    assert reminders(lite)[0].text == one.text
    assert "have stopped" not in str(lite.open_home(SOFIA).body)
    go_to(lite, TUESDAY + WEEK)
    assert len(reminders(lite)) == 2


def test_what_waits_is_not_sent_when_the_workspace_wants_none_any_more(lite: Bot) -> None:
    add_stale(lite, 1)
    lite.slack.platform.unkindness.add(Rule("chat.postMessage", status=500, times=1))
    go_to(lite, TUESDAY)
    lite.type_command("settings reminders none", channel=GENERAL)
    go_to(lite, TUESDAY + DAY)
    assert reminders(lite) == []


def test_what_slack_takes_late_is_the_one_message_of_the_day_when_it_does(lite: Bot) -> None:
    add_stale(lite, 1)
    lite.slack.platform.unkindness.add(Rule("chat.postMessage", status=500, times=1))
    go_to(lite, TUESDAY)
    go_to(lite, TUESDAY + timedelta(hours=5))
    add_stale(lite, 1, slug="docs")
    # The sender is there first.
    lite.now.at = TUESDAY + DAY
    lite.settle()
    assert len(reminders(lite)) == 1
    lite.tick()
    assert len(reminders(lite)) == 1


@pytest.mark.in_process(
    "the jobs have their turn before the sender, which among processes is a matter of chance"
)
def test_what_slack_takes_too_late_waits_for_the_next_working_day(lite: Bot) -> None:
    add_stale(lite, 1)
    lite.slack.platform.unkindness.add(Rule("chat.postMessage", status=500, times=1))
    lite.now.at = TUESDAY
    lite.tick()
    # Slack is back in the afternoon.
    go_to(lite, TUESDAY + timedelta(hours=5))
    assert reminders(lite) == []
    add_stale(lite, 1, slug="docs")
    go_to(lite, TUESDAY + DAY)
    (one,) = reminders(lite)
    assert "2 things" in one.text


def test_two_processes_that_look_at_once_send_one_message(bot: Bot) -> None:
    add_stale(bot, 5)
    bot.tick()
    bot.now.at = TUESDAY

    def look() -> None:
        with bot.database.write() as tx:
            remind_due(tx, TUESDAY)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bot.tick()
    (one,) = reminders(bot)
    assert one.text.count("Nobody has looked at this") == 5

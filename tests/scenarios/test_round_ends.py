"""What comes of a round: its summary, silence, what stops it, and what brings it back."""

import pytest

from bot.local.seed import BOT, GENERAL, HARUKI, MATEO, SOFIA, STEWARDS
from bot.local.unkind import Rule
from storage.check_ins import CheckInState
from storage.records import Project
from storage.settings import change_settings
from tests.scenarios.records import add, add_jmte
from tests.support.asking import (
    MONDAY,
    again,
    in_thread,
    next_at,
    press_more,
    prompts,
    rounds_of,
    schedule_of,
)
from tests.support.bot import CHANNEL, PERSON, WORKSPACE, Bot
from tests.support.make import make_channel


def told(bot: Bot, person: str, containing: str) -> list[str]:
    """What the bot has said to somebody by direct message."""
    return [each.text for each in bot.seen(bot.direct(person), person) if containing in each.text]


def set_archived(bot: Bot, channel: str = CHANNEL, *, to: bool = True) -> None:
    with bot.slack.workspace.changing():
        bot.slack.workspace.channels[channel].is_archived = to


def leave(bot: Bot, channel: str = CHANNEL) -> None:
    with bot.slack.workspace.changing():
        bot.slack.workspace.channels[channel].members.remove(BOT.user_id)


def scheduled(bot: Bot) -> Project:
    project = add_jmte(bot)
    bot.type_command(MONDAY)
    return project


def test_the_summary_says_what_changed_what_is_at_risk_and_who_was_not_heard(bot: Bot) -> None:
    scheduled(bot)
    bot.tick(days=7)
    (prompt,) = prompts(bot)
    bot.say("1 done, all three\n3: 40% of the costs", thread_ts=prompt.ts, person=SOFIA)
    bot.tick(days=3)
    (summary,) = in_thread(bot, prompt, "🧾")

    changed, _, rest = summary.text.partition("*Still at risk or off track*")
    assert "“all three”" in changed
    assert "Down to three minutes" in rest
    not_heard = rest.partition("Not heard")[2]
    assert f"<@{HARUKI}>" in not_heard
    assert f"<@{SOFIA}>" not in not_heard


def test_a_late_answer_corrects_the_summary(bot: Bot) -> None:
    scheduled(bot)
    bot.tick(days=7)
    (prompt,) = prompts(bot)
    bot.tick(days=3)
    (before,) = in_thread(bot, prompt, "🧾")
    bot.say("2 done at last", thread_ts=prompt.ts, person=SOFIA)
    bot.tick()
    after = again(bot, before)
    assert "nobody answered" in before.text
    assert "1 of 3 answered" in after.text
    assert "at last" in after.text


def test_the_digest_gets_a_line_but_none_of_a_private_project(bot: Bot) -> None:
    scheduled(bot)
    with bot.database.write() as tx:
        change_settings(tx, WORKSPACE, digest_channel_id=GENERAL)
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    add(bot, slug="budget", name="Budget", channel_id=STEWARDS, owner_id=SOFIA, outcomes=("It is balanced",))
    bot.type_command("schedule budget weekly mon 09:30 UTC", channel=STEWARDS)
    bot.tick(days=7)
    assert len(prompts(bot, STEWARDS)) == 1
    bot.tick(days=3)
    lines = [each.text for each in bot.seen(GENERAL) if "checked in" in each.text]

    assert len(lines) == 1
    assert "Jupyter Meets the Earth" in lines[0]
    assert len([each for each in bot.seen(STEWARDS) if "🧾" in each.text]) == 1


def test_a_project_that_moves_to_a_private_channel_is_told_of_there_alone(bot: Bot) -> None:
    """What was posted before in public stays as it was: nothing newer is drawn there."""
    scheduled(bot)
    with bot.database.write() as tx:
        change_settings(tx, WORKSPACE, digest_channel_id=GENERAL)
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    bot.tick(days=7)
    (prompt,) = prompts(bot)
    bot.tick(days=3)
    (line,) = [each for each in bot.seen(GENERAL) if "checked in" in each.text]
    (summary,) = in_thread(bot, prompt, "🧾")
    bot.tick(days=4)
    (_, second) = prompts(bot)
    public = [prompt, line, summary, second]
    stood = [(each.text, str(each.blocks)) for each in (again(bot, each) for each in public)]

    bot.command(f"channel jmte <#{STEWARDS}|stewards>")
    for told_below in (prompt, second):
        bot.say("1 off track, the grant is at stake", thread_ts=told_below.ts, person=SOFIA)
    bot.tick(days=3)

    assert "the grant is at stake" in bot.command("outcomes jmte", channel=STEWARDS)["text"]
    assert [(each.text, str(each.blocks)) for each in (again(bot, each) for each in public)] == stood
    assert in_thread(bot, second, "🧾") == []
    assert in_thread(bot, second, "🔔") == []


def test_a_round_that_is_open_goes_on_in_the_private_channel_that_its_project_moves_to(bot: Bot) -> None:
    project = scheduled(bot)
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    bot.tick(days=7)
    (public,) = prompts(bot)
    bot.say("2 at risk", thread_ts=public.ts, person=SOFIA)
    bot.tick(days=1)
    stood = again(bot, public).text
    (before,) = rounds_of(bot, project)

    bot.command(f"channel jmte <#{STEWARDS}|stewards>")
    bot.tick()
    (asked,) = prompts(bot, STEWARDS, SOFIA)
    (after,) = rounds_of(bot, project)
    bot.say("1 off track, the grant is at stake", thread_ts=asked.ts, person=SOFIA, channel=STEWARDS)
    bot.tick(days=5)

    assert after.closes_at > before.closes_at
    assert "1 of 3 answered" in asked.text, "who has answered before has answered"
    summed_up = [each for each in bot.seen(STEWARDS, SOFIA) if "🧾" in each.text]
    assert [each.thread_ts for each in summed_up] == [asked.ts]
    assert "the grant is at stake" in summed_up[0].text
    assert again(bot, public).text == stood
    assert in_thread(bot, public) == []


@pytest.mark.parametrize("how", ["put off", "not sent yet"])
def test_one_that_nobody_is_asked_in_just_then_is_asked_in_the_private_channel(bot: Bot, how: str) -> None:
    scheduled(bot)
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    if how == "put off":
        bot.tick(days=7)
        press_more(bot, prompts(bot)[0], "Ask again tomorrow", person=SOFIA)
    else:
        bot.slack.platform.unkindness.add(Rule("chat.postMessage", status=429, retry_after=3600))
        bot.tick(days=7)
    bot.command(f"channel jmte <#{STEWARDS}|stewards>")
    bot.tick(days=1, minutes=1)

    assert len(prompts(bot, STEWARDS, SOFIA)) == 1
    assert len(prompts(bot)) == (1 if how == "put off" else 0)


def test_an_owner_who_is_not_in_the_private_channel_is_told_nothing(bot: Bot) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, MATEO))
    # A process that begins a week later asks Slack.
    with bot.slack.workspace.lock:
        bot.slack.workspace.channels[STEWARDS].members.remove(SOFIA)
    add(bot, slug="budget", name="Budget", channel_id=STEWARDS, owner_id=SOFIA, outcomes=("It is balanced",))
    bot.type_command("schedule budget weekly mon 09:30 UTC", channel=STEWARDS)
    set_archived(bot, STEWARDS)
    bot.tick(days=7)
    assert told(bot, SOFIA, "Budget") == []


def test_after_three_silent_rounds_the_owner_is_asked_once(bot: Bot) -> None:
    project = scheduled(bot)
    for _ in range(5):
        bot.tick(days=7)
    asked = told(bot, SOFIA, "nobody has answered the last 3 check-ins")
    assert len(asked) == 1
    message = next(m for m in bot.seen(bot.direct(SOFIA), SOFIA) if "nobody has answered" in m.text)
    assert bot.press(message, "Pause the project", person=SOFIA).ok
    assert next_at(bot, project) is None
    assert told(bot, SOFIA, "Paused: nobody is asked")


def test_an_answer_ends_the_silence_also_a_late_one(bot: Bot) -> None:
    project = scheduled(bot)
    for _ in range(3):
        bot.tick(days=7)
    assert schedule_of(bot, project).silent_rounds == 2
    bot.tick(days=3)
    assert schedule_of(bot, project).silent_rounds == 3
    prompt = prompts(bot)[-1]
    bot.say("1 done", thread_ts=prompt.ts, person=SOFIA)
    bot.tick()
    assert schedule_of(bot, project).silent_rounds == 0


def test_a_team_that_is_away_is_not_silent(bot: Bot) -> None:
    project = scheduled(bot)
    for person in (SOFIA, MATEO, HARUKI):
        bot.type_command("away until 2026-12-01", person=person, channel=GENERAL)
    for _ in range(3):
        bot.tick(days=7)
    assert schedule_of(bot, project).silent_rounds == 0


def test_an_archived_channel_stops_it_tells_the_owner_once_and_shows_in_home(bot: Bot) -> None:
    project = scheduled(bot)
    bot.open_home(SOFIA)
    set_archived(bot)
    bot.tick(days=7)
    bot.tick(days=7)

    assert schedule_of(bot, project).stopped_because == "is_archived"
    assert [each.state for each in rounds_of(bot, project)] == [CheckInState.MISSED]
    (said,) = told(bot, SOFIA, "check-ins have stopped")
    assert "is archived" in said
    assert "`/project channel jmte-pangeo #channel`" in said
    assert "is archived" in bot.command("schedule jmte")["text"]
    home = bot.open_home(SOFIA)
    assert "Check-ins of *Jupyter Meets the Earth* have stopped" in str(home.body)
    set_archived(bot, to=False)
    bot.press_at_home("Try again", person=SOFIA)
    assert "have stopped" not in str(bot.home(SOFIA).body).partition("What waits")[2]
    bot.tick(days=7)
    assert len(prompts(bot)) == 1
    assert schedule_of(bot, project).stopped_because is None


def test_a_home_that_is_open_says_so_when_it_happens_and_so_of_a_pause_that_ends(bot: Bot) -> None:
    scheduled(bot)
    assert "is archived" not in str(bot.open_home(SOFIA).body)
    set_archived(bot)
    bot.tick(days=7)
    stopped = str(bot.home(SOFIA).body)
    bot.command("pause jmte until 2026-05-20", person=SOFIA)
    paused = str(bot.home(SOFIA).body)
    bot.tick(days=10)

    assert "is archived" in stopped
    assert "Paused" in paused
    assert "Paused" not in str(bot.home(SOFIA).body)


def test_another_channel_brings_them_back(bot: Bot) -> None:
    project = scheduled(bot)
    set_archived(bot)
    bot.tick(days=7)
    assert schedule_of(bot, project).stopped_because is not None
    bot.command(f"channel jmte <#{GENERAL}|general>")
    assert schedule_of(bot, project).stopped_because is None
    bot.tick(days=7)
    assert len(prompts(bot, GENERAL)) == 1


def test_the_bot_invited_back_brings_them_back(bot: Bot) -> None:
    project = scheduled(bot)
    leave(bot)
    bot.tick(days=7)
    assert schedule_of(bot, project).stopped_because == "not_in_channel"
    assert bot.people.say(PERSON, CHANNEL, "/invite @Waymark").ok
    bot.settle()
    assert schedule_of(bot, project).stopped_because is None
    bot.tick(days=7)
    assert len(prompts(bot)) == 1


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("channel_not_found", "`/invite @Waymark`"),
        ("restricted_action", "an admin of the workspace can allow it"),
        ("msg_too_long", "Slack refused it (`msg_too_long`)"),
    ],
)
def test_whatever_stops_them_is_said_with_the_way_to_mend_it(lite: Bot, code: str, way: str) -> None:
    project = scheduled(lite)
    lite.slack.platform.unkindness.add(Rule("chat.postMessage", error=code, times=1))
    lite.tick(days=7)
    assert schedule_of(lite, project).stopped_because == code
    (said,) = told(lite, SOFIA, "check-ins have stopped")
    assert way in said
    asked = next(each for each in lite.seen(lite.direct(SOFIA), SOFIA) if "have stopped" in each.text)
    assert lite.press(asked, "Try again", person=SOFIA).ok
    assert schedule_of(lite, project).stopped_because is None
    assert told(lite, SOFIA, "Check-ins go on")


def test_a_check_in_out_of_turn_that_comes_through_brings_them_back(bot: Bot) -> None:
    project = scheduled(bot)
    set_archived(bot)
    bot.tick(days=7)
    assert next_at(bot, project) is None
    set_archived(bot, to=False)
    bot.command("checkin jmte")
    bot.tick()
    assert len(prompts(bot)) == 1
    assert schedule_of(bot, project).stopped_because is None
    assert next_at(bot, project) is not None


def test_an_old_prompt_that_cannot_be_changed_stops_nothing_elsewhere(bot: Bot) -> None:
    project = scheduled(bot)
    bot.tick(days=7)
    (prompt,) = prompts(bot)
    bot.command(f"channel jmte <#{GENERAL}|general>")
    set_archived(bot)
    bot.type_command("update jmte 1 done", person=SOFIA)
    bot.tick()
    bot.tick(days=3)
    assert again(bot, prompt).text == prompt.text
    assert schedule_of(bot, project).stopped_because is None
    assert next_at(bot, project) is not None
    assert rounds_of(bot, project)[0].state is CheckInState.CLOSED


def test_an_owner_who_left_stops_what_was_asked_by_direct_message(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", owner_id=SOFIA, outcomes=("It lives",))
    bot.type_command("schedule reef weekly mon 09:30 UTC", person=SOFIA)
    with bot.slack.workspace.changing():
        bot.slack.workspace.users[SOFIA].deleted = True
    bot.tick(days=7)
    assert schedule_of(bot, project).stopped_because in {"user_disabled", "user_not_found"}
    assert "`/project owner reef @person`" in bot.command("schedule reef")["text"]


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive"])
def test_a_revoked_token_stops_nothing_for_ever(bot: Bot, code: str) -> None:
    project = scheduled(bot)
    bot.slack.platform.unkindness.add(Rule("chat.postMessage", error=code, times=1))
    bot.tick(days=7)
    assert prompts(bot) == []
    assert schedule_of(bot, project).stopped_because is None
    assert told(bot, SOFIA, "have stopped") == []
    bot.tick(minutes=2)
    assert len(prompts(bot)) == 1
    assert next_at(bot, project) is not None


def test_what_was_shut_out_until_its_round_was_over_is_not_sent(bot: Bot) -> None:
    project = scheduled(bot)
    bot.slack.platform.unkindness.add(Rule("chat.postMessage", error="token_revoked", times=100))
    bot.tick(days=7)
    bot.tick(days=3)
    assert rounds_of(bot, project)[0].state is CheckInState.MISSED
    assert schedule_of(bot, project).silent_rounds == 0
    bot.slack.platform.unkindness.clear()
    bot.tick(minutes=2)
    assert prompts(bot) == []
    assert in_channel(bot) == 0


def in_channel(bot: Bot) -> int:
    return len([each for each in bot.seen() if "🧾" in each.text])

"""A round while it is open: who is asked, reminded and heard; put off, left out, asked again."""

from datetime import UTC, datetime

import pytest

from bot.local.seed import GENERAL, HARUKI, LEILANI, MATEO, SOFIA
from storage import people
from storage.check_ins import CheckInState
from storage.members import add_member
from storage.outcomes import list_outcomes
from tests.scenarios.records import add, add_jmte
from tests.support.asking import MONDAY, again, in_thread, next_at, press_more, prompts, rounds_of
from tests.support.bot import CHANNEL, PERSON, WORKSPACE, Bot
from tests.support.make import make_person


def asked(bot: Bot) -> None:
    """The project's prompt stands in its channel, at 09:30 on a Monday."""
    bot.type_command(MONDAY)
    bot.tick(days=7)


def test_a_nudge_comes_in_working_hours_names_who_is_missing_and_goes_away(bot: Bot) -> None:
    project = add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    reminds_at = rounds_of(bot, project)[0].next_step_at
    assert reminds_at is not None
    assert 9 <= reminds_at.hour < 17
    bot.say("1 done", thread_ts=prompt.ts, person=SOFIA)
    bot.tick(days=1, hours=7)
    (nudge,) = in_thread(bot, prompt, "is it all still true?")
    bot.say("no news", thread_ts=prompt.ts, person=MATEO)
    bot.tick()
    (smaller,) = in_thread(bot, prompt, "is it all still true?")
    # From elsewhere: he is not in that channel.
    bot.type_command("update jmte 3 on track", person=HARUKI, channel=GENERAL)
    bot.tick()

    assert [f"<@{id_}>" in nudge.text for id_ in (SOFIA, MATEO, HARUKI)] == [False, True, True]
    assert f"<@{MATEO}>" not in smaller.text
    assert f"<@{HARUKI}>" in smaller.text
    assert in_thread(bot, prompt, "is it all still true?") == []
    assert "3 of 3 answered" in again(bot, prompt).text


def test_nobody_is_nudged_for_a_project_that_was_paused_meanwhile(bot: Bot) -> None:
    add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    bot.type_command("pause jmte")
    bot.tick(days=1, hours=7)
    assert in_thread(bot, prompt, "is it all still true?") == []


def test_the_prompts_form_opens_with_the_last_words_and_keeps_what_is_typed(lite: Bot) -> None:
    project = add_jmte(lite)
    asked(lite)
    (prompt,) = prompts(lite)
    with lite.database.read() as tx:
        _one, two, three = list_outcomes(tx, WORKSPACE, project.id)
    lite.press(prompt, "Update…")
    lite.choose_in_view("outcome_id", str(two.id))
    of_two = lite.held("note")
    lite.choose_in_view("outcome_id", str(three.id), note=of_two)
    of_three = lite.held("note")
    lite.choose_in_view("outcome_id", str(two.id), note="Two and a half minutes")
    typed = lite.held("note")
    lite.fill(note=typed, status="on_track")

    assert of_two == "Down to *three* minutes"
    assert not of_three
    assert typed == "Two and a half minutes"
    with lite.database.read() as tx:
        said = list_outcomes(tx, WORKSPACE, project.id)[1].newest
    assert said is not None
    assert said.note == "Two and a half minutes"
    lite.tick()
    assert "1 of 4 answered" in again(lite, prompt).text


def test_a_deleted_prompt_is_no_error(bot: Bot) -> None:
    project = add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    with bot.slack.workspace.changing():
        posted = bot.slack.workspace.messages[CHANNEL]
        posted.remove(next(each for each in posted if each.ts == prompt.ts))
    bot.type_command("update jmte 1 done", person=SOFIA)
    bot.tick(days=3)
    assert rounds_of(bot, project)[0].state is CheckInState.CLOSED
    assert next_at(bot, project) is not None
    bot.tick(days=4)
    assert len(prompts(bot)) == 1


def test_nobody_is_nudged_twice_nor_after_the_end(bot: Bot) -> None:
    add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    bot.tick(days=1, hours=7)
    bot.tick(hours=1)
    assert len(in_thread(bot, prompt, "is it all still true?")) == 1
    bot.tick(days=1)
    assert in_thread(bot, prompt, "is it all still true?") == []
    assert len(in_thread(bot, prompt, "Not heard this time")) == 1


def test_who_is_away_or_has_left_is_neither_asked_nor_nudged_nor_named(bot: Bot) -> None:
    add_jmte(bot)
    with bot.database.write() as tx:
        tomasz = people.find_person(tx, WORKSPACE, HARUKI)
        assert tomasz is not None
        people.save_person(tx, WORKSPACE, tomasz.model_copy(update={"is_deleted": True}))
    bot.type_command("away until 2026-06-30", person=MATEO)
    asked(bot)
    (prompt,) = prompts(bot)
    bot.tick(days=1, hours=7)
    nudge = in_thread(bot, prompt, "is it all still true?")[0]
    bot.tick(days=2)
    summary = in_thread(bot, prompt, "Not heard this time")[0]

    for said in (nudge, summary):
        not_heard = said.text if said is nudge else said.text.partition("Not heard")[2]
        assert f"<@{SOFIA}>" in not_heard
        assert f"<@{MATEO}>" not in not_heard
        assert f"<@{HARUKI}>" not in not_heard


def test_a_snoozed_round_is_asked_below_and_the_old_thread_still_counts(bot: Bot) -> None:
    project = add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    before = rounds_of(bot, project)[0].closes_at
    press_more(bot, prompt, "Ask again tomorrow")
    bot.tick()
    stub = again(bot, prompt)
    assert "Put off by" in stub.text
    assert rounds_of(bot, project)[0].closes_at > before
    bot.tick(days=1)
    old, new = prompts(bot)
    assert "asked further below" in old.text
    bot.say("1 done", thread_ts=old.ts, person=SOFIA)
    bot.tick()
    assert "1 of 3 answered" in again(bot, new).text
    with bot.database.read() as tx:
        assert list_outcomes(tx, WORKSPACE, project.id)[2].newest is None, "a snooze says nothing"
    bot.tick(days=3)
    assert "(closed)" in again(bot, new).text
    assert len(in_thread(bot, new, "🧾")) == 1


def test_a_snooze_is_taken_back_with_a_click(bot: Bot) -> None:
    add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    press_more(bot, prompt, "Ask again in two days")
    bot.tick()
    assert bot.press(again(bot, prompt), "Ask now after all").ok
    bot.tick()
    assert "Nobody has answered yet" in again(bot, prompt).text
    bot.tick(days=2)
    assert len(prompts(bot)) == 1


def test_a_round_that_is_left_out_is_asked_again_and_two_clicks_are_one(bot: Bot) -> None:
    project = add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    assert bot.press(prompt, "Skip this round").ok
    bot.tick()
    stub = again(bot, prompt)
    assert "This round is left out" in stub.text
    bot.press(stub, "Ask again")
    bot.press(stub, "Ask again")
    bot.tick()
    assert rounds_of(bot, project)[0].state is CheckInState.OPEN
    assert "Nobody has answered yet" in again(bot, prompt).text


def test_a_round_that_was_left_out_is_not_asked_again_after_its_end(bot: Bot) -> None:
    project = add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    bot.press(prompt, "Skip this round")
    bot.tick()
    stub = again(bot, prompt)
    bot.tick(days=3)
    bot.press(stub, "Ask again")
    assert "is over" in bot.last_message().text
    assert rounds_of(bot, project)[0].state is CheckInState.SKIPPED


@pytest.mark.parametrize("label", ["Everything still true", "Skip this round"])
def test_an_old_button_of_a_closed_round_says_that_it_is_over(bot: Bot, label: str) -> None:
    add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    bot.tick(days=3)
    with bot.slack.workspace.changing():
        # What a screen still shows that was not redrawn yet.
        posted = next(each for each in bot.slack.workspace.messages[CHANNEL] if each.ts == prompt.ts)
        posted.text, posted.blocks = prompt.text, prompt.blocks
    assert bot.press(prompt, label).ok
    assert "is over" in bot.last_message().text


def test_buttons_are_for_those_who_may_change_the_project(bot: Bot) -> None:
    project = add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    bot.press(prompt, "Skip this round", person=LEILANI)
    assert rounds_of(bot, project)[0].state is CheckInState.OPEN
    assert bot.last_message(person=LEILANI).text.startswith("🔒")
    bot.type_command("access jmte team", person=SOFIA)
    bot.press(prompt, "Everything still true", person=PERSON)
    bot.tick()
    assert rounds_of(bot, project)[0].state is CheckInState.OPEN


def test_everything_still_true_counts_as_an_answer_and_is_no_change(bot: Bot) -> None:
    add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    bot.press(prompt, "Everything still true", person=SOFIA)
    bot.tick()
    assert "1 of 3 answered" in again(bot, prompt).text
    bot.tick(days=3)
    summary = in_thread(bot, prompt, "🧾")[0].text
    assert "Still true" in summary
    assert "*Changed*" not in summary


def test_still_true_in_words_is_no_change_either(bot: Bot) -> None:
    add_jmte(bot)
    asked(bot)
    (prompt,) = prompts(bot)
    bot.say("all still true", thread_ts=prompt.ts, person=SOFIA)
    bot.tick(days=3)
    summary = in_thread(bot, prompt, "🧾")[0].text
    assert "Still true" in summary
    assert "*Changed*" not in summary


def test_a_check_in_now_is_asked_once(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command("checkin jmte")
    bot.tick()
    twice = bot.type_command("checkin jmte")
    bot.tick()
    assert len(prompts(bot)) == 1
    assert "is being asked already" in twice.text
    assert f"Asked now by <@{PERSON}>" in prompts(bot)[0].text
    assert next_at(bot, project) is None


def test_a_prompt_of_which_the_day_is_marked_off_later_is_not_asked_again(bot: Bot) -> None:
    project = add_jmte(bot)
    asked(bot)
    bot.tick(hours=1)
    bot.type_command(f"settings days-off add {bot.now.at:%Y-%m-%d} Storm")
    bot.tick(days=1)
    bot.tick(days=1)
    assert len(prompts(bot)) == 1
    assert next_at(bot, project) == datetime(2026, 5, 18, 9, 30, tzinfo=UTC)


def test_a_prompt_that_was_moved_out_of_a_break_is_not_lost(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command("settings days-off add 2026-05-11 to 2026-05-15 Break")
    bot.type_command("schedule jmte every 2 weeks mon 09:30 UTC from 2026-05-11")
    moved = datetime(2026, 5, 18, 9, 30, tzinfo=UTC)
    assert next_at(bot, project) == moved
    bot.tick(days=12)
    bot.type_command("owner jmte me")
    assert next_at(bot, project) == moved
    bot.tick(days=2)
    assert len(prompts(bot)) == 1


def test_a_project_with_many_long_outcomes_fits_in_its_messages(lite: Bot) -> None:
    bot = lite
    long = "Reefs & <tides> of “Ångström” " * 100
    project = add(
        bot,
        slug="s" * 40,
        name="& <Name> " * 30,
        goal="& <goal> " * 200,
        owner_id=SOFIA,
        channel_id=CHANNEL,
        outcomes=[f"{n} {long}"[:3000] for n in range(200)],
    )
    with bot.database.write() as tx:
        for n in range(40):
            person = make_person(tx, f"U0MANY{n:05}", WORKSPACE)
            add_member(tx, WORKSPACE, project.id, user_id=person.id)
    bot.type_command("schedule weekly mon 09:30 UTC")
    bot.tick(days=7)
    (prompt,) = prompts(bot)
    for n in range(1, 31):
        bot.type_command(f"update {n} at risk {'& <so it is> ' * 40}", person=SOFIA)
    bot.tick()
    bot.press(prompt, "Everything still true")
    bot.tick(days=1, hours=7)
    (nudge,) = in_thread(bot, prompt, "is it all still true?")
    bot.tick(days=2)
    texts = [nudge.text, again(bot, prompt).text, *(each.text for each in in_thread(bot, prompt))]

    assert len(texts) >= 2
    assert all("more" in text for text in texts)
    assert max(map(len, texts)) <= 4000

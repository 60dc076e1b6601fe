"""When a project is asked: set, left out, paused, previewed; and who agrees to be asked."""

from datetime import UTC, datetime

import pytest

from bot.local.seed import DOCS, GENERAL, JONAS, MATEO, PRIYA, SOFIA, STEWARDS
from bot.slack.views.outcomes import instant
from storage.settings import change_settings
from tests.scenarios.records import add, add_jmte
from tests.support.asking import MONDAY, next_at, press_more, prompts, rounds_of, schedule_of
from tests.support.bot import CHANNEL, PERSON, WORKSPACE, Bot
from tests.support.make import make_channel
from tests.support.messages import all_buttons, block_named


def labels(body: dict[str, object]) -> set[str]:
    return {each["text"]["text"] for each in all_buttons(body)}


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "words", "due"),
    [
        (
            "weekly mon 09:30 Europe/Berlin",
            "every Monday at 09:30 (Europe/Berlin)",
            at(2026, 5, 11, 7, 30),
        ),
        (
            "every 2 weeks thu 16:00",
            "every 2 weeks on Thursday at 16:00 (Africa/Nairobi)",
            at(2026, 5, 7, 13),
        ),
        ("monthly first tue 10:00", "on the first Tuesday of the month at 10:00", at(2026, 5, 5, 7)),
        ("Mondays 9am UTC", "every Monday at 09:00 (UTC)", at(2026, 5, 11, 9)),
    ],
)
def test_a_schedule_is_set_in_the_words_of_the_day(bot: Bot, typed: str, words: str, due: datetime) -> None:
    project = add_jmte(bot)
    answer = bot.command(f"schedule jmte {typed}")
    assert words in answer["text"]
    assert "Undo" in labels(answer)
    assert next_at(bot, project) == due


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("weekly", "On which weekday? That is missing."),
        ("weekly mon", "At what time? That is missing."),
        ("weekly mon 25:00", "At what time? “25:00” is not understood."),
        ("weekly mon 9:30 Europe/Berln", "`Europe/Berlin`"),
        ("sometimes mon 9:30", "“sometimes”"),
    ],
)
def test_what_is_not_understood_is_said_with_a_way_to_say_it(lite: Bot, typed: str, says: str) -> None:
    project = add_jmte(lite)
    answer = lite.command(f"schedule jmte {typed}")["text"]
    assert says in answer
    assert "weekly mon 09:30" in answer
    assert schedule_of(lite, project).cadence is None


@pytest.mark.parametrize(
    "typed", ["weekly mon 09:30 utc", "mon. 9:30 weekly utc", "the 1st monday of the month 9:30 utc"]
)
def test_in_its_own_channel_a_project_needs_no_name(lite: Bot, typed: str) -> None:
    project = add_jmte(lite)
    assert "at 09:30 (UTC)" in lite.command(f"schedule {typed}", channel=CHANNEL)["text"]
    assert "left out" in lite.command("skip", channel=CHANNEL)["text"]
    assert "left out" in lite.command("schedule", channel=CHANNEL)["text"]
    assert "No check-ins any more" in lite.command("schedule off", channel=CHANNEL)["text"]
    assert next_at(lite, project) is None


def test_a_frequency_alone_in_the_channel_asks_for_the_rest(lite: Bot) -> None:
    add_jmte(lite)
    assert "On which weekday? That is missing." in lite.command("schedule weekly", channel=CHANNEL)["text"]


def test_a_project_of_several_words_is_shown(lite: Bot) -> None:
    add_jmte(lite)
    assert "No check-ins yet" in lite.command("schedule Jupyter Meets the Earth")["text"]


def test_the_zone_is_the_one_said_else_the_projects_the_workspaces_the_persons(lite: Bot) -> None:
    bot = lite
    add_jmte(bot)
    assert "(Africa/Nairobi)" in bot.command("schedule jmte weekly mon 9:30")["text"]
    bot.command("schedule jmte off")
    with bot.database.write() as tx:
        change_settings(tx, WORKSPACE, zone="Europe/Lisbon")
    assert "(Europe/Lisbon)" in bot.command("schedule jmte weekly mon 9:30")["text"]
    bot.command("schedule jmte weekly mon 9:30 Asia/Tokyo")
    assert "(Asia/Tokyo)" in bot.command("schedule jmte weekly tue 9:30")["text"]


def test_a_schedule_is_taken_back_and_done_again_and_stands_in_the_history(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command(MONDAY)
    bot.press(bot.last_message(), "Undo")
    assert schedule_of(bot, project).cadence is None
    assert next_at(bot, project) is None
    bot.press(bot.last_message(), "Redo")
    assert next_at(bot, project) == at(2026, 5, 11, 9, 30)
    history = bot.command("history jmte")["text"]
    assert "check-in: nothing → every Monday at 09:30 (UTC)" in history


def test_show_says_when_and_a_kept_answer_does_not_go_stale(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", channel_id=DOCS, owner_id=JONAS)
    assert "Next check-in" not in bot.command("show reef")["text"]
    bot.command("schedule reef weekly mon 09:30 UTC")
    assert "2026-05-11 09:30" in bot.command("show reef")["text"]
    bot.command("settings days-off add 2026-05-11 Storm")
    assert "2026-05-12 09:30" in bot.command("show reef")["text"]
    bot.tick(days=8)
    assert "2026-05-18 09:30" in bot.command("show reef")["text"]
    assert next_at(bot, project) == at(2026, 5, 18, 9, 30)


def test_days_off_move_prompts_and_say_why(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.command(MONDAY)
    bot.command("settings days-off add 2026-05-11 to 2026-05-12 Storm &lt;!channel&gt;")
    assert next_at(bot, project) == at(2026, 5, 13, 9, 30)
    preview = bot.command("preview")["text"]
    assert "moved from 11 May (Storm &lt;!channel&gt;)" in preview
    bot.command("settings days-off remove 2026-05-11 to 2026-05-12")
    assert next_at(bot, project) == at(2026, 5, 11, 9, 30)
    bot.command("settings country DE")
    bot.tick(days=14)
    # 25 May 2026 is Whit Monday.
    assert next_at(bot, project) == at(2026, 5, 26, 9, 30)


def test_the_next_round_is_left_out_and_that_is_taken_back(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command(MONDAY)
    bot.type_command("skip jmte")
    assert next_at(bot, project) == at(2026, 5, 18, 9, 30)
    bot.press(bot.last_message(), "Undo")
    assert next_at(bot, project) == at(2026, 5, 11, 9, 30)
    bot.type_command("skip jmte")
    bot.tick(days=7)
    assert prompts(bot) == []
    bot.tick(days=7)
    assert len(prompts(bot)) == 1


def test_what_is_left_out_stays_so_when_its_day_is_marked_off(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.command(MONDAY)
    bot.command("skip jmte")
    bot.command("settings days-off add 2026-05-11 Storm")
    assert next_at(bot, project) == at(2026, 5, 18, 9, 30)


def test_nothing_to_skip_says_how_to_plan_something(lite: Bot) -> None:
    add_jmte(lite)
    assert "`/project schedule jmte-pangeo WHEN`" in lite.command("skip jmte")["text"]


def test_a_pause_ends_by_itself(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command(MONDAY)
    said = bot.type_command("pause jmte until 2026-05-18").text
    assert "Paused until" in said
    assert next_at(bot, project) == at(2026, 5, 18, 9, 30)
    bot.tick(days=7)
    assert prompts(bot) == []
    bot.tick(days=7)
    assert len(prompts(bot)) == 1
    assert "Active" in bot.command("show jmte")["text"]


def test_a_pause_that_ended_while_the_bot_was_down_costs_no_round(bot: Bot) -> None:
    add_jmte(bot)
    bot.type_command(MONDAY)
    bot.type_command("pause jmte until 2026-05-18")
    bot.tick(days=14, hours=3)
    assert len(prompts(bot)) == 1


def test_who_resumes_or_pauses_again_is_not_overruled_by_an_earlier_day(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command(MONDAY)
    bot.type_command("pause jmte until 2026-05-18")
    bot.type_command("resume jmte")
    assert next_at(bot, project) == at(2026, 5, 11, 9, 30)
    bot.type_command("pause jmte")
    bot.tick(days=21)
    assert prompts(bot) == []
    assert "Paused" in bot.command("show jmte")["text"]


def test_resuming_is_taken_back_with_the_day(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command(MONDAY)
    bot.type_command("pause jmte until 2026-05-18")
    bot.type_command("resume jmte")
    bot.press(bot.last_message(), "Undo")
    assert next_at(bot, project) == at(2026, 5, 18, 9, 30)
    assert "18 May 2026" in bot.command("schedule jmte")["text"]


def test_the_preview_is_in_order_with_reasons_and_private_projects_for_those_who_see_them(bot: Bot) -> None:
    add_jmte(bot)
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    add(bot, slug="budget", name="Budget", channel_id=STEWARDS)
    add(bot, slug="docs", name="Docs", channel_id=DOCS)
    bot.command("schedule jmte weekly wed 09:30 UTC")
    bot.command("schedule docs every 2 weeks tue 08:00 UTC")
    bot.command("schedule budget weekly thu 10:00 UTC", channel=STEWARDS)
    seen, unseen = bot.command("preview")["text"], bot.command("preview", person=PRIYA)["text"]

    names = [line.split(" · ")[1] for line in seen.splitlines() if line.startswith("*<!date")]
    assert names == ["Docs", "Jupyter Meets the Earth", "Budget", "Jupyter Meets the Earth", "Budget"]
    assert "every 2 weeks on Tuesday at 08:00 (UTC)" in seen
    assert "Budget" not in unseen
    assert "Docs" in unseen
    one = bot.command("preview docs")["text"]
    assert "Jupyter" not in one


def test_the_preview_has_what_was_put_off_with_who_did_it(bot: Bot) -> None:
    project = add_jmte(bot)
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    add(bot, slug="budget", name="Budget", owner_id=SOFIA, channel_id=STEWARDS)
    bot.command("schedule budget weekly mon 09:30 UTC", channel=STEWARDS)
    bot.type_command("checkin jmte")
    bot.command("checkin budget", channel=STEWARDS)
    bot.tick()
    press_more(bot, prompts(bot)[0], "Ask again in two days", person=SOFIA)
    press_more(bot, prompts(bot, STEWARDS, SOFIA)[0], "Ask again in two days", person=SOFIA)

    seen, unseen = bot.command("preview")["text"], bot.command("preview", person=PRIYA)["text"]
    (round_,) = rounds_of(bot, project)
    assert round_.snoozed_until is not None
    line = f"*{instant(round_.snoozed_until)}* · Jupyter Meets the Earth"
    assert f"{line}\n`jmte-pangeo` in <#{CHANNEL}>, put off by <@{SOFIA}>" in seen
    assert line in unseen
    assert f"put off by <@{SOFIA}>" in bot.command("preview jmte")["text"]
    assert seen.count("· Budget") == 3, "when it is asked anew, and twice by its schedule"
    assert "Budget" not in unseen
    bot.tick(days=3)
    assert "put off" not in bot.command("preview")["text"]


def test_a_channel_offers_a_weekly_cadence_with_a_click(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", owner_id=SOFIA)
    answer = bot.command(f"channel reef <#{CHANNEL}|proj-jmte>")
    assert {"Ask every Monday", "Ask at another time…", "Undo"} <= labels(answer)
    assert "Ask every Monday" in labels(bot.command(f"channel reef <#{GENERAL}|general>"))
    bot.command("schedule reef weekly mon 09:30 UTC")
    assert schedule_of(bot, project).cadence is not None
    assert "Ask every Monday" not in labels(bot.command(f"channel reef <#{CHANNEL}|proj-jmte>"))


def test_the_records_form_offers_it_too(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", owner_id=PERSON)
    assert bot.people.run_command(PERSON, CHANNEL, "/project edit reef").ok
    assert bot.fill(channel_id=CHANNEL).ok
    shown = bot.last_message()
    assert "Ask every Monday" in labels({"blocks": shown.blocks})
    assert bot.press(shown, "Ask every Monday").ok
    assert "every Monday at 09:30 (Africa/Nairobi)" in bot.last_message().text
    assert schedule_of(bot, project).cadence == "weekly mon 09:30 Africa/Nairobi"
    bot.command("schedule reef weekly tue 10:00 UTC")
    bot.press(shown, "Ask every Monday")
    assert schedule_of(bot, project).cadence == "weekly tue 10:00 UTC", "somebody was faster"


def test_the_owner_of_a_project_without_a_channel_agrees_by_setting_it(bot: Bot) -> None:
    add(bot, slug="reef", name="Reef", owner_id=SOFIA, outcomes=("It lives",))
    bot.command("schedule reef weekly mon 09:30 UTC", person=SOFIA)
    bot.tick(days=7)
    (prompt,) = prompts(bot, bot.direct(SOFIA), SOFIA)
    bot.say("1 done", person=SOFIA, channel=bot.direct(SOFIA), thread_ts=prompt.ts)
    bot.tick()
    assert "1 of 1 answered" in prompts(bot, bot.direct(SOFIA), SOFIA)[0].text


def test_somebody_else_sets_it_and_the_owner_is_asked_once(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", owner_id=SOFIA, outcomes=("It lives",))
    said = bot.command("schedule reef weekly mon 09:30 UTC")["text"]
    assert f"its owner <@{SOFIA}> agrees to be asked" in said
    bot.command("schedule reef weekly tue 09:30 UTC")
    bot.tick()
    (asked,) = [m for m in bot.seen(bot.direct(SOFIA), SOFIA) if "may Waymark ask you here" in m.text]
    assert bot.press(asked, "Ask me directly", person=SOFIA).ok
    bot.tick()
    assert next_at(bot, project) == at(2026, 5, 5, 9, 30)
    texts = [m.text for m in bot.seen(bot.direct(SOFIA), SOFIA)]
    assert any("you are asked here, by direct message, every Tuesday" in text for text in texts)
    assert not any("may Waymark ask you here" in text for text in texts)
    bot.tick(days=1)
    assert len(prompts(bot, bot.direct(SOFIA), SOFIA)) == 1


def test_only_the_owner_can_agree(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", owner_id=SOFIA)
    bot.type_command("schedule reef weekly mon 09:30 UTC")
    bot.type_command("schedule reef", person=SOFIA)
    assert bot.press(bot.last_message(CHANNEL, SOFIA), "Share in channel", person=SOFIA).ok
    shared = bot.last_message()
    bot.press(shared, "Ask me directly", person=MATEO)
    assert "Only the owner" in bot.last_message(CHANNEL, MATEO).text
    assert schedule_of(bot, project).agreed_by is None


def test_the_form_shows_what_a_choice_comes_to_and_keeps_the_step(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command("schedule jmte every 2 weeks thu 16:00 UTC from 2026-05-14")
    bot.type_command("schedule jmte")
    assert bot.press(bot.last_message(), "Change…").ok
    assert "2026-05-14 16:00" in str(bot.view().body)
    bot.choose_in_view("weekday", "fri")
    assert str(bot.view().body).count("<!date") == 5
    bot.choose_in_view("weekday", "thu")
    assert "2026-05-14 16:00" in str(bot.view().body)
    assert bot.fill(at="15:00").ok
    assert next_at(bot, project) == at(2026, 5, 14, 15)
    assert "every 2 weeks on Thursday at 15:00 (UTC)" in bot.last_message().text


def test_the_form_says_off_and_errors_stand_at_the_field(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.type_command(MONDAY)
    assert bot.press(bot.last_message(), "Change…").ok
    bot.choose_in_view("rhythm", "off")
    assert "*Next*" not in str(bot.view().body)
    assert bot.fill().ok
    assert next_at(bot, project) is None
    assert "No check-ins any more" in bot.last_message().text


@pytest.mark.parametrize(("field", "value"), [("rhythm", "sometimes"), ("weekday", "someday")])
def test_what_the_form_cannot_take_is_said_at_its_field(lite: Bot, field: str, value: str) -> None:
    project = add_jmte(lite)
    lite.type_command("schedule jmte")
    assert lite.press(lite.last_message(), "Set…").ok
    block = block_named(lite.view().body, field)
    block["element"]["options"].append({"text": {"type": "plain_text", "text": "?"}, "value": value})
    result = lite.fill(**{field: value})
    assert list(result.errors) == [block["block_id"]]
    assert "is not understood" in result.errors[block["block_id"]]
    assert schedule_of(lite, project).cadence is None


def test_zones_are_offered_by_what_is_typed(lite: Bot) -> None:
    add_jmte(lite)
    lite.type_command("schedule jmte")
    assert lite.press(lite.last_message(), "Set…").ok
    assert "Europe/Berlin" in [each["value"] for each in lite.suggest("zone", "berl")]
    lite.choose_in_view("zone", "Europe/Berlin")
    assert lite.fill().ok
    assert "every Monday at 09:30 (Europe/Berlin)" in lite.last_message().text

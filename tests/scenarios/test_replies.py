"""Replies in the thread of a check-in: kept as said, understood, and answered to whoever said them."""

import json

import pytest

from bot.local.seed import JMTE, MATEO, SOFIA, WANJIRU
from storage.replies import list_replies
from tests.scenarios.answering import Round, begin_round
from tests.support import signing
from tests.support.bot import SECRET, WORKSPACE, Bot
from tests.support.statements import recorded_statements


@pytest.fixture
def round_(bot: Bot) -> Round:
    return begin_round(bot)


@pytest.fixture
def lite_round(lite: Bot) -> Round:
    return begin_round(lite)


def test_what_is_understood_is_written_down_marked_and_shown_to_its_author_alone(round_: Round) -> None:
    ts = round_.say("1 done\n2 at risk, waiting for a review")

    (told,) = round_.told()
    reply = round_.kept(ts)
    assert reply is not None
    assert reply.text == "1 done\n2 at risk, waiting for a review"
    assert round_.mark(ts) == ["white_check_mark"]
    assert told.text.splitlines()[0] == "✅ Noted, 2 outcomes:"
    assert "*1.* Three hubs run for a year\n✅ Done" in told.text
    assert "“waiting for a review”" in told.text
    assert round_.told(MATEO) == []
    assert "🟡 At risk" in round_.outcomes()
    assert "1 of 3 answered" in round_.prompt


def test_it_can_be_undone_and_put_right_with_one_click(round_: Round) -> None:
    round_.say("2 done, all of it")
    (told,) = round_.told()

    round_.press(told, "Put it right…")
    assert round_.bot.held("status", SOFIA) == "done"
    assert round_.bot.held("note", SOFIA) == "all of it"
    assert round_.bot.fill(SOFIA, status="at_risk").ok
    assert "🟡 At risk" in round_.outcomes()
    round_.bot.type_command("undo", person=SOFIA)
    assert "✅ Done" in round_.outcomes()
    round_.press(told, "Undo")

    assert "✅ Done" not in round_.outcomes()
    assert "Down to _three_ minutes" in round_.outcomes()
    assert "1 of 3 answered" in round_.prompt


def test_words_alone_are_an_answer_and_change_nothing(round_: Round) -> None:
    before = round_.outcomes()

    ts = round_.say("We met on Monday, and it was good :tada:", MATEO)
    round_.say("More next week", MATEO)

    assert round_.outcomes() == before
    assert round_.mark(ts) == ["white_check_mark"]
    assert round_.told(MATEO) == []
    assert round_.heard() == {MATEO}
    assert "1 of 3 answered" in round_.prompt


@pytest.mark.parametrize("words", ["all still true", "no change", "👍"])
def test_all_still_true_renews_every_open_outcome(round_: Round, words: str) -> None:
    before = round_.outcomes()
    round_.say(words)

    (told,) = round_.told()
    assert round_.outcomes().count("checked just now") == 3
    assert told.text == "✅ Still true: all 3 open outcomes."
    assert "1 of 3 answered" in round_.prompt
    round_.press(told, "Undo")
    assert round_.outcomes() == before


def test_an_unclear_line_is_asked_about_and_one_click_settles_it(round_: Round) -> None:
    round_.say("1 done\non track\nit is blocked")
    (asked,) = round_.told()
    assert "Which outcome is “on track” about? Nothing is changed yet." in asked.text

    round_.press(asked, "2. ")

    (told,) = round_.told()
    assert "✅ Noted, 2 outcomes:" in told.text
    assert "on track” about" not in told.text, "it is settled"
    assert "“it is blocked” about?" in told.text, "the other question stays"
    round_.press(told, "3. ")
    (told,) = round_.told()
    assert "✅ Noted, 3 outcomes:" in told.text
    round_.press(told, "Undo")
    assert "On track" in round_.outcomes(), "as it was before the round"
    assert "Done" not in round_.outcomes()
    assert "Off track" not in round_.outcomes()


def test_what_a_reply_closes_does_not_change_what_its_other_lines_mean(lite_round: Round) -> None:
    lite_round.say("1 done\n3 done\non track")

    (asked,) = lite_round.told()
    assert "Which outcome is “on track” about?" in asked.text
    lite_round.press(asked, "2. ")
    assert "✅ Noted, 3 outcomes:" in lite_round.told()[0].text


def test_a_click_that_comes_twice_counts_once(round_: Round) -> None:
    round_.say("on track")
    (asked,) = round_.told()
    payload = _click_of(asked, "2. ")

    for _ in range(2):
        assert round_.bot.click(payload).status == 200

    assert round_.bot.command("history jmte")["text"].count("🟢 On track") == 1
    other = _click_of(asked, "3. ")
    assert round_.bot.click(other).status == 200
    assert round_.bot.command("history jmte")["text"].count("🟢 On track") == 1


def _click_of(asked: object, label: str, person: str = SOFIA) -> dict[str, object]:
    """As Slack sends it, however often; its answers go nowhere."""
    blocks = getattr(asked, "blocks", None) or []
    elements = [each for block in blocks for each in block.get("elements", [])]
    button = next(each for each in elements if each["text"]["text"].startswith(label))
    return {
        "type": "block_actions",
        "team": {"id": WORKSPACE},
        "user": {"id": person},
        "channel": {"id": JMTE},
        "actions": [{"type": "button", "action_id": button["action_id"], "value": button["value"]}],
        "container": {"type": "message", "is_ephemeral": True},
    }


@pytest.mark.parametrize("what", ["edited", "deleted", "pressed by somebody else"])
def test_a_click_on_what_no_longer_stands_changes_nothing_and_is_answered_kindly(
    round_: Round, what: str
) -> None:
    ts = round_.say("on track")
    (asked,) = round_.told()
    before = round_.outcomes()
    if what == "edited":
        round_.edit(ts, "we met")
    if what == "deleted":
        round_.delete(ts)
    if what == "pressed by somebody else":
        payload = _click_of(asked, "2. ", MATEO)
        assert round_.bot.click(payload).status == 200
    else:
        round_.press(asked, "2. ")
        kind = {"edited": "reads otherwise by now", "deleted": "is deleted"}[what]
        assert any(kind in each.text for each in round_.bot.seen(JMTE, SOFIA))

    assert round_.outcomes() == before


def test_numbers_are_for_what_is_measured(round_: Round) -> None:
    round_.say("1 12 of 52\n2: 41\n9 done")

    (told,) = round_.told()
    assert "12 of 52 weeks" in told.text
    assert "“2: 41” changed nothing: that outcome is not measured" in told.text
    assert "“9 done” changed nothing: the outcomes are numbered 1 to 3." in told.text
    assert "12 of 52" in round_.outcomes()


def test_a_line_that_may_mean_one_outcome_is_asked_about_as_such(lite_round: Round) -> None:
    lite_round.say("2 done by Friday")

    (asked,) = lite_round.told()
    assert "Does “2 done by Friday” put outcome *2* at ✅ Done? Nothing is changed yet." in asked.text
    lite_round.press(asked, "2. ")
    assert "✅ Done" in lite_round.outcomes()


def test_notes_keep_names_links_emoji_and_brackets_and_call_nobody(lite_round: Round) -> None:
    lite_round.say(
        "2 at risk, ask @mateo :tada: & see https://x.org/a?b=1&c=2, <b> a < b and c > d <!channel>"
    )

    (told,) = lite_round.told()
    assert "ask @" in told.text
    assert MATEO not in told.text
    assert "https://x.org/a?b=1&amp;c=2, &lt;b&gt; a &lt; b and c &gt; d &lt;!channel&gt;”" in told.text
    assert "<!channel>" not in lite_round.outcomes()
    assert "<!channel>" not in lite_round.prompt


def test_marks_of_direction_do_not_hide_a_line(lite_round: Round) -> None:
    lite_round.say("\u200f2 done\u200e")
    assert "✅ Noted:" in lite_round.told()[0].text


def test_a_text_as_long_as_slack_takes_is_kept_whole_and_its_note_is_shortened(round_: Round) -> None:
    text = "2 at risk, " + "tide " * 7990

    ts = round_.say(text)

    reply = round_.kept(ts)
    assert reply is not None
    assert reply.text.strip() == text.strip()
    assert "🟡 At risk" in round_.outcomes()
    assert len(round_.told()[0].text) < 4000
    assert "1 of 3 answered" in round_.prompt


def test_forty_lines_are_answered_within_slacks_limits(lite_round: Round) -> None:
    for n in range(37):
        lite_round.bot.command(f"outcome add jmte Reef number {n}")
    lines = [f"{n} done, {'x' * 900}" for n in range(1, 41)]
    lines += ["on track", ""] * 40 + [f"{n} done" for n in range(500, 540)] + ["2: 41"] * 40

    lite_round.say("\n".join(lines))

    (told,) = lite_round.told()
    assert told.text.startswith("✅ Noted, 40 outcomes:")
    assert "… and 30 more, noted as well" in told.text
    assert "… and 34 more lines are not clear" in told.text
    assert "… and 35 more such lines." in told.text
    assert len(told.blocks or []) <= 50


def test_all_kinds_of_messages_by_which_people_say_something_count(bot: Bot) -> None:
    round_ = begin_round(bot)

    bot.people.say(SOFIA, JMTE, "1 done", round_.ts, broadcast=True)
    bot.people.share_file(MATEO, JMTE, "plan.pdf", b"x", "2 done", round_.ts)
    bot.settle()

    assert round_.heard() == {SOFIA, MATEO}
    assert round_.outcomes().count("✅ Done") == 2


def test_what_is_nobodys_answer_counts_for_nobody(lite_round: Round) -> None:
    bot = lite_round.bot
    lite_round.say("@waymark outcomes jmte", MATEO)
    bot.people.share_file(WANJIRU, JMTE, "plan.pdf", b"x", "", lite_round.ts)
    bot.settle()

    assert lite_round.heard() == set()
    assert "Nobody has answered yet" in lite_round.prompt


@pytest.mark.parametrize(
    "what",
    [
        {"bot_id": "B0OTHER0001"},
        {"bot_id": "B0OTHER0001", "subtype": "bot_message", "user": None},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"subtype": "me_message_of_the_future"},
    ],
)
def test_what_no_person_says_is_no_answer(lite_round: Round, what: dict[str, object]) -> None:
    assert send(lite_round.bot, thread_event(lite_round, "2 done", SOFIA, **what)) == 200

    assert lite_round.heard() == set()
    assert "✅ Done" not in lite_round.outcomes()


def test_a_prompt_that_somebody_deleted_still_has_its_thread(lite_round: Round) -> None:
    lite_round.say("we met", MATEO)
    assert lite_round.bot.people.delete(WANJIRU, JMTE, lite_round.ts).ok
    lite_round.bot.settle()

    lite_round.say("2 done")

    assert lite_round.heard() == {SOFIA, MATEO}


def test_thousands_of_lines_are_answered_in_slacks_time(lite_round: Round) -> None:
    lite_round.say("\n".join(["2 done"] * 5000))

    assert lite_round.told()[0].text.startswith("✅ Noted:")
    assert lite_round.bot.command("history jmte")["text"].count("✅ Done") <= 10


def test_a_mention_in_the_thread_is_an_answer_and_counts_once(round_: Round) -> None:
    round_.say("@waymark 1 done")
    round_.say("thanks(@waymark) 2 done", MATEO)
    round_.say("1 at risk @waymark\n3 done", WANJIRU)

    assert round_.heard() == {SOFIA, MATEO, WANJIRU}
    assert "3 of 4 answered" in round_.prompt
    history = round_.bot.command("history jmte")["text"]
    assert history.count(f"<@{SOFIA}>") == 1
    assert "At risk" in round_.outcomes()


def test_a_command_in_the_thread_is_one_and_stays_one_when_it_is_edited(round_: Round) -> None:
    ts = round_.say("@waymark goal jmte")
    round_.edit(ts, "@waymark outcomes jmte")
    assert round_.heard() == set()

    round_.say("@waymark outcome 2 is done")

    assert round_.heard() == {SOFIA}
    assert "✅ Done" in round_.outcomes()


@pytest.mark.in_process("counts the statements of its own process")
def test_other_threads_cost_a_look_and_no_write(round_: Round) -> None:
    bot = round_.bot
    other = bot.say("Lunch?", person=MATEO)

    with recorded_statements() as statements:
        bot.say("1 done", person=SOFIA, thread_ts=other)

    asked = [each for each in statements if "deliveries.due_at" not in each]
    assert len([each for each in asked if "check_ins" in each]) == 1
    assert not [each for each in asked if not each.startswith("SELECT")]
    assert round_.heard() == set()


def test_a_reply_after_the_end_counts_and_corrects_the_summary(round_: Round) -> None:
    bot = round_.bot
    round_.say("1 done", MATEO)
    bot.tick(days=4)
    before = bot.last_message().text

    round_.say("2 off track, no money")
    bot.tick()

    after = bot.last_message().text if not round_.told() else bot.seen(JMTE, WANJIRU)[-1].text
    assert "1 of 3 answered" in before
    assert "2 of 3 answered" in after
    assert "“no money”" in after
    assert f"<@{SOFIA}>" not in after.partition("Not heard")[2]
    assert "(closed)" in round_.prompt


@pytest.mark.parametrize("label", ["Skip this round", "Ask again tomorrow"])
def test_what_is_said_in_a_round_that_is_left_out_or_put_off_counts(round_: Round, label: str) -> None:
    bot = round_.bot
    prompt = next(each for each in bot.seen() if each.ts == round_.ts)
    if label.startswith("Skip"):
        bot.press(prompt, label, person=MATEO)
    else:
        menus = [each for block in prompt.blocks or [] for each in block.get("elements", [])]
        menu = next(each for each in menus if each["type"] == "overflow")
        value = next(each["value"] for each in menu["options"] if each["text"]["text"] == label)
        bot.people.press(MATEO, JMTE, round_.ts, menu["action_id"], choice=value)
    bot.tick()

    ts = round_.say("2 done")

    assert round_.heard() == {SOFIA}
    assert round_.kept(ts) is not None
    assert "✅ Done" in round_.outcomes()


def test_answers_by_command_form_and_button_are_the_persons_one_reply(round_: Round) -> None:
    bot = round_.bot
    prompt = next(each for each in bot.seen() if each.ts == round_.ts)

    bot.type_command("update jmte 1 done", person=SOFIA)
    round_.say("we met")
    assert "1 of 3 answered" in round_.prompt
    bot.choose(prompt, "Still true", number=2, person=MATEO)
    assert "2 of 3 answered" in round_.prompt
    bot.press(prompt, "Everything still true", person=WANJIRU)
    assert "3 of 4 answered" in round_.prompt
    assert round_.heard() == {SOFIA, MATEO, WANJIRU}


def test_several_people_at_once_are_all_heard(round_: Round) -> None:
    bot = round_.bot
    for n in range(6):
        for person in (SOFIA, MATEO, WANJIRU):
            said = bot.people.say(person, JMTE, f"{n % 3 + 1} at risk, said {n} by {person}", round_.ts)
            assert said.ok, said.sentence
    bot.settle()

    with bot.database.read() as tx:
        kept = list_replies(tx, WORKSPACE, round_.check_in().id)
    assert len(kept) == 18
    assert all(each.act_id is not None for each in kept)
    assert round_.heard() == {SOFIA, MATEO, WANJIRU}
    assert round_.outcomes().count("\n🟡 At risk") == 3


def test_an_event_that_comes_three_times_counts_once(round_: Round) -> None:
    body = thread_event(round_, "2 done", SOFIA)

    statuses = [send(round_.bot, body) for _ in range(3)]

    assert statuses == [200] * 3
    assert round_.bot.command("history jmte")["text"].count("✅ Done") == 1
    assert round_.heard() == {SOFIA}


def send(bot: Bot, body: bytes) -> int:
    """The status of the answer."""
    return signing.call(bot.app, body, signing.signed(SECRET, body), CONTENT_TYPE=signing.JSON).status


def thread_event(round_: Round, text: str, person: str, **more: object) -> bytes:
    """What somebody says in the thread, as Slack sends it; `more`: other fields, and another event's id."""
    event_id = more.pop("event_id", "Ev0AGAIN")
    event: dict[str, object] = {"type": "message", "channel": JMTE, "channel_type": "channel"}
    event |= {"user": person, "text": text, "ts": "1777900000.000100", "thread_ts": round_.ts} | more
    body = {"type": "event_callback", "team_id": WORKSPACE, "event_id": event_id, "event": event}
    return json.dumps(body).encode()

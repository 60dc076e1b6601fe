"""Replies that are edited, deleted or told of in another order, and who may change what."""

from typing import Any

import pytest

from bot.local.seed import JMTE, LEILANI, MATEO, SOFIA, WANJIRU
from tests.scenarios.answering import Round, begin_round
from tests.scenarios.test_replies import send, thread_event
from tests.support.bot import Bot


@pytest.fixture
def round_(bot: Bot) -> Round:
    return begin_round(bot)


def history(round_: Round) -> str:
    return str(round_.bot.command("history jmte")["text"])


def test_an_edit_corrects_what_was_said(round_: Round) -> None:
    ts = round_.say("2 done")
    round_.edit(ts, "2 off track\n3 done")

    assert round_.told()[-1].text.startswith("✅ Corrected, 2 outcomes:")
    assert "🔴 Off track" in round_.outcomes()
    assert round_.outcomes().count("✅ Done") == 1
    assert "1 of 3 answered" in round_.prompt
    kept = round_.kept(ts)
    assert kept is not None
    assert kept.text == "2 off track\n3 done"


def test_an_edit_to_words_alone_takes_back_what_was_said_and_still_counts(round_: Round) -> None:
    before = round_.outcomes()
    ts = round_.say("2 done")
    round_.edit(ts, "hm, we will see")

    assert round_.told()[-1].text.startswith("↩️ What this reply had said of outcomes before is taken back.")
    assert round_.outcomes() == before
    assert round_.heard() == {SOFIA}
    round_.edit(ts, "we will see")
    assert len(round_.told()) == 2, "words for words are nothing to tell of"


def test_a_reply_that_is_edited_over_and_over_says_what_it_says_last(round_: Round) -> None:
    ts = round_.say("2 done\n2 at risk, no money")
    for text in ("2 off track", "we met", "2 done", "3 done\n2 at risk, a\n2 at risk, b"):
        round_.edit(ts, text)
    assert "“b”" in round_.outcomes()
    assert "✅ Done" in round_.outcomes()

    round_.edit(ts, "nothing to say")

    assert "Down to _three_ minutes" in round_.outcomes()
    assert "✅ Done" not in round_.outcomes()
    assert round_.heard() == {SOFIA}


def test_what_somebody_else_said_since_stands_and_the_correction_has_its_place_before_it(
    round_: Round,
) -> None:
    ts = round_.say("2 done, shiped")
    round_.bot.tick(hours=1)
    round_.say("2 off track, it broke", MATEO)
    round_.bot.tick(hours=1)

    round_.edit(ts, "2 done, shipped")

    assert "“it broke”" in round_.outcomes()
    assert f"What <@{MATEO}> said of outcome *2* since then stands: 🔴 Off track." in round_.told()[-1].text
    assert "*Outcome 2* corrected: ✅ Done “shipped”, which something else had followed" in history(round_)
    assert "*Outcome 2* no longer counts: ✅ Done “shiped”" in history(round_)
    mates = round_.told(MATEO)
    round_.press(mates[-1], "Undo", MATEO)
    assert "“shipped”" in round_.outcomes()
    assert "shiped" not in round_.outcomes()


def test_a_deleted_reply_takes_back_what_it_said_and_does_not_count(round_: Round) -> None:
    before = round_.outcomes()
    ts = round_.say("2 done\n3 at risk")
    assert "1 of 3 answered" in round_.prompt

    round_.delete(ts)

    assert round_.outcomes() == before
    assert "Nobody has answered yet" in round_.prompt
    kept = round_.kept(ts)
    assert kept is not None
    assert kept.removed_at is not None
    assert "→ nothing" in history(round_)


def test_a_deletion_leaves_what_somebody_else_said_since(round_: Round) -> None:
    ts = round_.say("2 done")
    round_.bot.tick(hours=1)
    other = round_.say("2 off track, it broke", MATEO)
    round_.bot.tick(hours=1)

    round_.delete(ts)
    assert "“it broke”" in round_.outcomes()
    assert round_.heard() == {MATEO}

    round_.delete(other, MATEO)
    assert "Down to _three_ minutes" in round_.outcomes()
    assert round_.heard() == set()


@pytest.mark.parametrize("otherwise", ["message", "command", "command, overtaken since"])
def test_whoever_answered_otherwise_has_still_answered(round_: Round, otherwise: str) -> None:
    if otherwise == "message":
        round_.say("we met")
    else:
        round_.bot.type_command("update jmte 1 done", person=SOFIA)
    if "overtaken" in otherwise:
        round_.say("1 at risk", MATEO)
    ts = round_.say("3 done")

    round_.delete(ts)

    assert SOFIA in round_.heard()


def test_who_is_not_asked_and_takes_their_words_back_is_in_no_count(round_: Round) -> None:
    ts = round_.say("we met", WANJIRU)
    round_.say("hello", SOFIA)
    assert "2 of 4 answered" in round_.prompt

    round_.delete(ts, WANJIRU)

    assert "1 of 3 answered" in round_.prompt


def test_a_line_that_a_click_made_clear_is_taken_back_with_its_message(round_: Round) -> None:
    before = round_.outcomes()
    ts = round_.say("it is blocked")
    round_.press(round_.told()[0], "2. ")
    assert "🔴 Off track" in round_.outcomes()

    round_.delete(ts)

    assert round_.outcomes() == before


def test_undone_by_command_the_words_still_count_and_can_be_edited(round_: Round) -> None:
    before = round_.outcomes()
    ts = round_.say("2 done")
    round_.bot.type_command("undo", person=SOFIA)
    assert round_.outcomes() == before
    assert round_.heard() == {SOFIA}

    round_.edit(ts, "2 off track")
    assert "🔴 Off track" in round_.outcomes()
    round_.bot.type_command("undo", person=SOFIA)
    assert round_.outcomes() == before
    round_.delete(ts)
    assert round_.outcomes() == before


def test_two_lines_for_one_outcome_are_undone_as_one(round_: Round) -> None:
    before = round_.outcomes()
    round_.say("2 done\n2 at risk, after all")
    assert "“after all”" in round_.outcomes()

    round_.press(round_.told()[-1], "Undo")
    assert round_.outcomes() == before
    round_.press(round_.told()[-1], "Redo")

    assert "“after all”" in round_.outcomes()


def test_an_edit_that_is_undone_and_a_deletion_leave_nothing_of_it(round_: Round) -> None:
    before = round_.outcomes()
    ts = round_.say("2 done")
    round_.edit(ts, "2 off track")
    round_.press(round_.told()[-1], "Undo")
    assert "✅ Done" in round_.outcomes()

    round_.delete(ts)

    assert round_.outcomes() == before


def test_the_record_of_a_day_is_what_stood_then(bot: Bot) -> None:
    round_ = begin_round(bot)
    ts = round_.say("2 done, shiped")
    bot.tick(days=1)
    round_.say("2 off track, it broke", MATEO)
    bot.tick(days=1)
    round_.edit(ts, "2 done, shipped")
    bot.tick(days=1)
    round_.delete(ts)

    days = [bot.command(f"show jmte --on 2026-05-{day:02}")["text"] for day in (4, 5, 6)]

    assert "shiped" in days[0]
    assert all("it broke" in day for day in days[1:])
    assert "it broke" in bot.command("show jmte")["text"]


def changed(round_: Round, text: str, edited_ts: str, ts: str, **more: Any) -> bytes:
    message = {"type": "message", "user": SOFIA, "text": text, "ts": ts, "thread_ts": round_.ts}
    return thread_event(
        round_,
        "",
        SOFIA,
        subtype="message_changed",
        message={**message, "edited": {"user": SOFIA, "ts": edited_ts}} | more,
        previous_message=message,
        event_id=f"Ev{edited_ts.replace('.', '')}",
    )


def test_events_that_come_in_another_order_lead_to_the_same_end(round_: Round) -> None:
    ts = "1777900000.000100"
    second = changed(round_, "2 off track, b", "1777900009.000100", ts)
    first = changed(round_, "2 at risk, a", "1777900005.000100", ts)
    said = thread_event(round_, "2 done", SOFIA)

    for body in (second, first, said, second):
        assert send(round_.bot, body) == 200

    assert "“b”" in round_.outcomes()
    assert "“a”" not in history(round_)
    assert round_.heard() == {SOFIA}


def test_a_message_whose_deletion_is_told_first_does_not_count(round_: Round) -> None:
    message = {"type": "message", "user": SOFIA, "text": "2 done", "ts": "1777900000.000100"}
    deleted = thread_event(
        round_,
        "",
        SOFIA,
        subtype="message_deleted",
        previous_message={**message, "thread_ts": round_.ts},
        event_id="Ev0GONE",
    )

    assert send(round_.bot, deleted) == 200
    assert send(round_.bot, thread_event(round_, "2 done", SOFIA)) == 200

    assert round_.heard() == set()
    assert "✅ Done" not in round_.outcomes()


def test_edited_to_nothing_it_counts_no_more_and_may_say_something_again(round_: Round) -> None:
    ts = round_.bot.people.share_file(SOFIA, JMTE, "plan.pdf", b"x", "2 done", round_.ts).ts or ""
    round_.bot.settle()
    assert round_.heard() == {SOFIA}

    round_.edit(ts, "")
    assert round_.heard() == set()
    assert "✅ Done" not in round_.outcomes()
    round_.edit(ts, "2 done")

    assert round_.heard() == {SOFIA}
    assert "✅ Done" in round_.outcomes()


@pytest.mark.parametrize("why", ["a guest", "not on its team", "archived"])
def test_whoever_may_not_change_the_project_is_kept_counted_and_told_who_may(round_: Round, why: str) -> None:
    bot, person = round_.bot, LEILANI if why == "a guest" else WANJIRU
    if why == "not on its team":
        bot.type_command("access jmte team", person=SOFIA)
        person = MATEO
    if why == "archived":
        bot.type_command("archive jmte", person=SOFIA)
    before = round_.outcomes()

    prose = round_.say("we met", person)
    assert round_.told(person) == [], "nothing was to be changed"
    ts = round_.say("2 done", person)

    (told,) = round_.told(person)
    assert "What you said is kept in the thread, and counts as your answer." in told.text
    assert ("`/project restore jmte-pangeo`" if why == "archived" else f"<@{SOFIA}>") in told.text
    assert round_.outcomes() == before
    assert round_.kept(ts) is not None
    assert round_.kept(prose) is not None
    assert person in round_.heard()


def test_whoever_does_not_see_the_project_gets_nothing(round_: Round) -> None:
    bot = round_.bot
    bot.type_command("channel jmte #stewards", person=SOFIA)

    ts = round_.say("2 done", MATEO)

    assert round_.kept(ts) is None
    assert round_.told(MATEO) == []
    assert round_.mark(ts) == []

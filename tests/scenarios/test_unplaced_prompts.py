"""Replies to a prompt that stands in Slack, of which it is not written down where: they count anyway."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient
from sqlalchemy import func, select

from bot.local.seed import MATEO, SOFIA
from bot.local.unkind import Rule
from bot.slack.metadata import metadata_of
from storage.check_in_tables import replies
from storage.delivery_claims import claim_deliveries
from storage.records import Project
from tests.scenarios.answering import Round, prompt_in
from tests.scenarios.records import add, add_jmte
from tests.support.asking import prompts, rounds_of
from tests.support.bot import CHANNEL, TOKEN, WORKSPACE, Bot

POST, LOOK = "chat.postMessage", "conversations.history"


def unkind(bot: Bot, method: str, **what: object) -> None:
    bot.slack.platform.unkindness.add(Rule(method, **what))  # type: ignore[arg-type]  # a rule's own fields


def placed(bot: Bot, project: Project) -> str | None:
    """Where the only round says that its prompt stands."""
    (only,) = rounds_of(bot, project)
    return only.message_ts


def ask_and_lose_the_answer(bot: Bot) -> Round:
    """The prompt stands; what Slack said to it has not arrived, and it is not looked for before a second."""
    project = add_jmte(bot)
    bot.type_command("checkin jmte")
    unkind(bot, POST, drop="after")
    bot.tick()
    assert placed(bot, project) is None
    return Round(bot, project, prompt_in(bot, CHANNEL).ts)


def ask_and_be_killed(bot: Bot) -> Round:
    """What a process leaves that is killed between Slack's answer and the writing down of it."""
    project = add_jmte(bot)
    bot.type_command("checkin jmte")
    with bot.database.write() as tx:
        (claimed,) = claim_deliveries(tx, WORKSPACE, bot.now(), 9, "killed")
    client = WebClient(TOKEN, base_url=bot.slack.api_url)
    text = "*Jupyter Meets the Earth* — how do things stand?"
    posted = client.chat_postMessage(channel=CHANNEL, text=text, metadata=metadata_of(claimed.key))
    assert placed(bot, project) is None
    return Round(bot, project, str(posted["ts"]))


def calls(bot: Bot, name: str) -> int:
    return bot.calls_in().count(name)


def test_a_reply_counts_though_slacks_answer_was_lost(bot: Bot) -> None:
    round_ = ask_and_lose_the_answer(bot)

    ts = round_.say("1 done")

    (told,) = round_.told()
    assert "*1.* Three hubs run for a year\n✅ Done" in told.text
    assert round_.mark(ts) == ["white_check_mark"]
    assert placed(bot, round_.project) == round_.ts
    assert round_.heard() == {SOFIA}


def test_a_reply_counts_though_the_sender_was_killed_and_nothing_is_posted_twice(bot: Bot) -> None:
    round_ = ask_and_be_killed(bot)

    round_.say("1 done")
    bot.tick(minutes=5)

    assert round_.heard() == {SOFIA}
    assert "1 of 3 answered" in round_.prompt
    assert [each.ts for each in prompts(bot)] == [round_.ts]


def test_it_is_asked_once_and_others_who_reply_find_it_written_down(lite: Bot) -> None:
    round_ = ask_and_lose_the_answer(lite)

    round_.say("1 done")
    round_.say("2 at risk", MATEO)

    assert calls(lite, LOOK) == 1
    assert round_.heard() == {SOFIA, MATEO}


def test_a_mention_in_the_thread_is_an_answer_too(lite: Bot) -> None:
    round_ = ask_and_lose_the_answer(lite)

    round_.say("@waymark 1 done")

    assert round_.heard() == {SOFIA}
    assert "✅ Done" in round_.outcomes()


def test_an_edit_and_a_deletion_count_too(lite: Bot) -> None:
    round_ = ask_and_lose_the_answer(lite)
    # What was said at first has not come: Slack did not say what the thread is about.
    unkind(lite, LOOK, status=500, times=2)
    ts = round_.say("2 done")
    assert round_.kept(ts) is None

    round_.edit(ts, "1 done")
    assert "*1.* Three hubs run for a year" in lite.command("outcomes jmte")["text"]
    assert round_.heard() == {SOFIA}
    lite.slack.workspace.clock.move(timedelta(minutes=1))
    lite.settle()
    reply = round_.kept(ts)
    assert reply is not None
    assert reply.text == "1 done", "what came late was said before the edit"
    round_.delete(ts)

    assert round_.heard() == set()


@pytest.mark.parametrize(
    ("trouble", "minutes"),
    [
        ({"status": 500}, 0),
        ({"drop": "before"}, 0),
        ({"status": 429, "times": 2}, 1),
        ({"error": "internal_error", "times": 3}, 6),
    ],
)
def test_while_slack_does_not_say_it_is_asked_to_send_the_reply_again(
    lite: Bot, trouble: dict[str, object], minutes: int
) -> None:
    round_ = ask_and_lose_the_answer(lite)
    unkind(lite, LOOK, **trouble)

    ts = round_.say("1 done")
    before = round_.kept(ts)
    for _ in range(minutes):
        lite.slack.workspace.clock.move(timedelta(minutes=1))
        lite.settle()

    assert (before is None) is bool(minutes)
    assert round_.heard() == {SOFIA}
    with lite.database.read() as tx:
        assert tx.execute(select(func.count()).select_from(replies)).scalar_one() == 1


@pytest.mark.parametrize("is_below", [True, False])
def test_a_direct_answer_counts_in_the_thread_and_beside_it(lite: Bot, is_below: bool) -> None:  # noqa: FBT001 - pytest's way
    project = add(lite, slug="reef", name="Reef survey", owner_id=SOFIA, outcomes=("Map the reef",))
    lite.type_command("checkin reef", person=SOFIA)
    unkind(lite, POST, drop="after")
    lite.tick()
    channel = lite.direct(SOFIA)
    prompt = prompt_in(lite, channel)
    assert placed(lite, project) is None

    lite.say("1 done", person=SOFIA, channel=channel, thread_ts=prompt.ts if is_below else None)

    assert placed(lite, project) == prompt.ts
    assert "✅ Done" in lite.command("outcomes reef")["text"]


def test_other_threads_are_none_of_its_business_and_older_ones_cost_no_call(lite: Bot) -> None:
    old = lite.say("What about lunch?")
    lite.slack.workspace.clock.move(timedelta(hours=1))
    lite.now.at = lite.slack.workspace.clock.now()
    ask_and_lose_the_answer(lite)
    before = len(lite.seen())

    lite.say("At one", thread_ts=old)
    asked = calls(lite, LOOK)
    young = lite.say("Or later?")
    lite.say("At two", thread_ts=young)

    assert (asked, calls(lite, LOOK)) == (0, 1)
    assert len(lite.seen()) == before

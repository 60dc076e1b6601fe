"""What people say to the bot: by mention, in threads, in direct messages; and what is not meant for it."""

import time
from typing import Any

import orjson
import pytest

from bot.local.model import Message
from bot.local.seed import BOT, GENERAL, HARUKI, JMTE, MATEO, RANDOM, SOFIA, STEWARDS, WANJIRU
from bot.local.unkind import Rule
from tests.scenarios.records import add_jmte
from tests.support import signing
from tests.support.bot import SECRET, WORKSPACE, Bot


def answers(bot: Bot, channel: str = JMTE, person: str = WANJIRU) -> list[Message]:
    """What the bot has said there, as far as the person sees it."""
    bot.settle()
    return bot.seen(channel, person)


def texts(bot: Bot, channel: str = JMTE, person: str = WANJIRU) -> list[str]:
    return [message.text for message in answers(bot, channel, person)]


def event(bot: Bot, **fields: Any) -> int:
    """An event that nobody in this workspace made; the answer's status."""
    said = {"type": "message", "channel": JMTE, "user": WANJIRU, "ts": "1.2", "text": "help"} | fields
    body = {
        "type": "event_callback",
        "team_id": WORKSPACE,
        "event_id": f"Ev{said['ts'].replace('.', '')}",
        "event": said,
        "authorizations": [{"user_id": BOT.user_id, "team_id": WORKSPACE, "is_bot": True}],
    }
    sent = orjson.dumps(body)
    headers = signing.signed(SECRET, sent)
    status = signing.call(bot.app, sent, headers, CONTENT_TYPE=signing.JSON).status
    bot.settle()
    return status


def test_a_mention_in_a_channel_is_answered_in_a_thread_for_all(bot: Bot) -> None:
    add_jmte(bot)

    ts = bot.say("@waymark goal jmte")

    (answer,) = answers(bot, person=SOFIA)
    assert "Run *hubs* in the open" in answer.text
    assert answer.thread_ts == ts
    assert answer.ephemeral_to is None
    labels = [each["text"]["text"] for block in answer.blocks or () for each in block.get("elements", ())
              if each["type"] == "button"]  # fmt: skip
    assert "Share in channel" not in labels, "everybody sees it already"


def test_in_its_own_channel_the_project_may_be_left_out(bot: Bot) -> None:
    add_jmte(bot)

    bot.say("@waymark outcomes")

    assert "Three hubs run for a year" in texts(bot)[0]


def test_a_mention_in_a_thread_is_answered_in_that_thread(bot: Bot) -> None:
    add_jmte(bot)
    root = bot.say("How does JMTE stand?", person=MATEO)

    bot.say("@waymark show jmte", thread_ts=root)

    (answer,) = answers(bot)
    assert answer.thread_ts == root
    assert answer.text.startswith("Jupyter Meets the Earth")


@pytest.mark.parametrize(
    "said",
    [
        *("show jmte @waymark", "show jmte, @waymark", "hey @waymark show jmte", "@waymark: show jmte"),
        *("Could you, @waymark, show jmte", "@waymark /project show jmte", "@waymark   SHOW  jmte"),
        *("show @waymark jmte", "@waymark, show jmte"),
    ],
)
def test_a_mention_may_stand_anywhere(lite: Bot, said: str) -> None:
    add_jmte(lite)

    lite.say(said)

    assert [text.splitlines()[0] for text in texts(lite)] == ["Jupyter Meets the Earth"]


def test_a_mention_alone_gives_the_overview(lite: Bot) -> None:
    add_jmte(lite)

    lite.say("@waymark")

    assert texts(lite)[0].startswith("Waymark\nWaymark keeps your team's project records true")


@pytest.mark.parametrize("said", ["show jmte", "/project show jmte", "@waymark show jmte"])
def test_a_direct_message_needs_neither_mention_nor_command(bot: Bot, said: str) -> None:
    add_jmte(bot)
    direct = bot.direct()

    # With a space before it, Slack sends a line that begins with a slash as it is.
    if said.startswith("/"):
        event(bot, channel=direct, channel_type="im", text=said)
    else:
        bot.say(said, channel=direct)

    (answer,) = answers(bot, direct)
    assert answer.text.startswith("Jupyter Meets the Earth")
    assert answer.thread_ts is None


def test_a_thread_in_a_direct_message_stays_one(bot: Bot) -> None:
    add_jmte(bot)
    direct = bot.direct()
    root = bot.say("goal jmte", channel=direct)

    bot.say("outcomes jmte", channel=direct, thread_ts=root)

    goal, outcomes = answers(bot, direct)
    assert (goal.thread_ts, outcomes.thread_ts) == (None, root)


def test_a_person_sees_their_own_in_a_direct_message(bot: Bot) -> None:
    add_jmte(bot)
    direct = bot.direct(SOFIA)

    bot.say("list mine", person=SOFIA, channel=direct)

    assert "`jmte-pangeo`" in texts(bot, direct, SOFIA)[0]


def test_an_event_that_comes_twice_counts_once(bot: Bot) -> None:
    add_jmte(bot)
    for name in ("app_mention", "message.im"):
        bot.slack.platform.unkindness.add(Rule(event=name))
    direct = bot.direct()

    bot.say("@waymark outcome add jmte Costs are shared")
    bot.say("outcome add jmte Costs are halved", channel=direct)

    assert (len(answers(bot)), len(answers(bot, direct))) == (1, 1)
    shown = bot.command("outcomes jmte")["text"]
    assert (shown.count("Costs are shared"), shown.count("Costs are halved")) == (1, 1)


def test_edits_and_deletions_are_not_answered(bot: Bot) -> None:
    direct = bot.direct()
    ts, in_channel = bot.say("help", channel=direct), bot.say("@waymark help")
    before = len(answers(bot, direct)), len(answers(bot))

    bot.people.edit(WANJIRU, direct, ts, "list")
    bot.people.edit(WANJIRU, JMTE, in_channel, "@waymark list")
    bot.people.delete(WANJIRU, direct, ts)
    # Slack tells of an edited mention once more.
    edited = {"edited": {"user": WANJIRU, "ts": "3.4"}}
    event(bot, type="app_mention", text=f"<@{BOT.user_id}> list", **edited)

    assert (len(answers(bot, direct)), len(answers(bot))) == before


@pytest.mark.parametrize(
    "who",
    [
        {"bot_id": "B0OTHER0001", "user": "U0OTHERBOT1"},
        {"bot_id": "B0OTHER0001", "subtype": "bot_message", "user": None},
        {"bot_id": BOT.bot_id, "user": BOT.user_id},
        {"user": BOT.user_id},
    ],
)
@pytest.mark.parametrize("kind", ["app_mention", "message"])
def test_what_bots_say_is_not_answered(lite: Bot, kind: str, who: dict[str, Any]) -> None:
    direct = lite.direct()
    where = {"channel": direct, "channel_type": "im"} if kind == "message" else {}

    status = event(lite, type=kind, text=f"<@{BOT.user_id}> help", **where, **who)

    assert status == 200
    assert (answers(lite), answers(lite, direct)) == ([], [])


def test_what_is_said_in_channels_to_others_is_left_alone(lite: Bot) -> None:
    lite.say("show jmte")
    lite.say("@mateo show jmte")
    event(lite, channel_type="channel", text="show jmte")

    assert answers(lite) == []


def test_a_mention_where_the_bot_is_not_is_answered_directly(bot: Bot) -> None:
    add_jmte(bot)

    bot.say("@waymark goal jmte", channel=RANDOM)
    assert answers(bot, RANDOM) == [], "Slack tells the bot nothing of it"

    # Should Slack tell it all the same:
    event(bot, type="app_mention", channel=RANDOM, text=f"<@{BOT.user_id}> goal jmte")

    assert answers(bot, RANDOM) == []
    first, second = texts(bot, bot.direct())
    assert first.startswith(f"Waymark cannot write in <#{RANDOM}>, so here is the answer.")
    assert "Run *hubs* in the open" in second


def test_records_are_changed_by_mention_and_the_history_says_who(bot: Bot) -> None:
    add_jmte(bot)

    root = bot.say("@waymark update jmte 2 at risk: two *tired* hubs", person=MATEO)
    bot.say("@waymark create Reef survey", person=HARUKI, channel=GENERAL)
    bot.say("hm, no. @waymark undo", person=MATEO, thread_ts=root)

    updated, undone = answers(bot)
    assert "✏️ Outcome 2 is updated." in updated.text
    assert "↩️ Taken back." in undone.text
    assert undone.thread_ts == root
    assert "🌱 A new project, and you own it." in texts(bot, GENERAL)[0]
    history = bot.command("history jmte")["text"]
    assert history.count(f"<@{MATEO}>") == 2
    assert "took back" in history
    assert "“two tired hubs”" in history
    assert f"<@{HARUKI}>" in bot.command("show reef")["text"]


def test_only_who_changed_it_can_take_it_back_with_the_button(bot: Bot) -> None:
    add_jmte(bot)
    bot.say("@waymark update jmte 2 done", person=MATEO)
    (answer,) = answers(bot)

    bot.press(answer, "Undo", person=SOFIA)
    assert "There is nothing of yours to take back" in texts(bot, person=SOFIA)[-1]
    bot.press(answer, "Undo", person=MATEO)

    assert "↩️ Taken back." in texts(bot, person=MATEO)[-1]
    assert "✅ Done" not in bot.command("outcomes jmte")["text"]


def test_a_slip_is_nobody_elses_business(bot: Bot) -> None:
    add_jmte(bot)
    root = bot.say("@waymark shwo jmte", person=MATEO)
    bot.say("@waymark update jmte 9 done", person=MATEO, thread_ts=root)

    assert answers(bot, person=SOFIA) == []
    slip, wrong = answers(bot, person=MATEO)
    assert "Did you mean `/project show jmte`?" in slip.text
    assert "they are numbered 1 to 3" in wrong.text
    assert (slip.ephemeral_to, wrong.ephemeral_to) == (MATEO, MATEO)
    assert (slip.thread_ts, wrong.thread_ts) == (root, root)


def test_a_slip_in_a_direct_message_is_said_there(bot: Bot) -> None:
    direct = bot.direct()

    bot.say("shwo jmte", channel=direct)

    (answer,) = answers(bot, direct)
    assert "Did you mean" in answer.text
    assert answer.ephemeral_to is None


def test_kind_words_are_answered_kindly(bot: Bot) -> None:
    direct = bot.direct()

    for said in ("Hello!", "thank you so much 🙏", "help"):
        bot.say(said, channel=direct)
    bot.say("thanks @waymark")

    hello, thanks, help_ = texts(bot, direct)
    assert hello.startswith("👋 Hello! `list` shows the projects")
    assert thanks.startswith("🌿 With pleasure.")
    assert "`/project show [PROJECT] [--on DATE]`" in help_
    (in_channel,) = answers(bot)
    assert in_channel.ephemeral_to == WANJIRU
    assert answers(bot, person=SOFIA) == []


def test_a_file_with_words_is_read_by_its_words_and_one_alone_is_left_alone(bot: Bot) -> None:
    add_jmte(bot)
    direct = bot.direct()
    files = {"subtype": "file_share", "files": [{"id": "F1", "name": "plan.pdf"}]}

    event(bot, channel=direct, channel_type="im", text="goal jmte", ts="1.1", **files)
    event(bot, channel=direct, channel_type="im", text="", ts="1.2", **files)
    event(bot, type="app_mention", text=f"<@{BOT.user_id}> goal", ts="1.3", **files)

    goal, alone = texts(bot, direct)
    assert "Run *hubs* in the open" in goal
    assert alone.startswith("📎 Waymark reads words and leaves files where they are.")
    assert "Run *hubs* in the open" in texts(bot)[0]


def test_a_text_as_long_as_slack_takes_is_answered_and_none_of_it_is_lost(bot: Bot) -> None:
    add_jmte(bot)
    direct = bot.direct()
    long = "tide " * 8000

    bot.say(f"{long}"[:40_000], channel=direct)
    bot.say(f"goal jmte {long}"[:40_000], channel=direct)
    bot.say(f"@waymark {long}"[:40_000])

    unknown, too_long = texts(bot, direct)
    assert unknown.startswith("🔎 There is no command “tide”")
    assert "at most 3,000 can be kept" in too_long
    assert "There is no command" in texts(bot)[0]


def test_a_private_channel_is_one_too(bot: Bot) -> None:
    add_jmte(bot)

    bot.say("@waymark goal jmte", channel=STEWARDS, person=SOFIA)

    assert "Run *hubs* in the open" in texts(bot, STEWARDS, SOFIA)[0]


@pytest.mark.parametrize("piece", [" <@U0WAYMARK01|", "<@U0NOBODY01|", "<#C0NOWHERE01|"])
def test_mentions_that_never_end_are_answered_in_time(lite: Bot, piece: str) -> None:
    text = "update jmte 1 done " + piece * (150_000 // len(piece))
    began = time.monotonic()

    assert event(lite, type="app_mention", text=text) == 200

    # Looked through from each of them to the end of the text, it takes ten seconds and more.
    assert time.monotonic() - began < 3

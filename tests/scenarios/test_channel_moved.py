"""A private channel that is shared with another organization has another id then: all goes on in it."""

import json

from bot.local.seed import HARUKI, NEIGHBOURS, SOFIA, STEWARDS, WANJIRU
from storage.records import Project
from tests.scenarios.records import add
from tests.scenarios.test_writing import project_now
from tests.support import signing
from tests.support.asking import in_thread, prompts, rounds_of
from tests.support.bot import SECRET, WORKSPACE, Bot
from tests.support.make import make_channel


def add_reef(bot: Bot) -> Project:
    """A project that is asked on Mondays, in a private channel."""
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=[WANJIRU, SOFIA])
    project = add(bot, slug="reef", name="Reef", owner_id=SOFIA, outcomes=("Counted", "Mapped"))
    bot.command(f"channel reef <#{STEWARDS}>")
    bot.command("schedule reef weekly mon 09:30 UTC")
    return project


def share(bot: Bot) -> str:
    """The id that the channel has now."""
    result = bot.people.share(WANJIRU, STEWARDS, NEIGHBOURS.id)
    assert result.ok, result.sentence
    bot.settle()
    assert result.channel_id not in {None, STEWARDS}
    return result.channel_id or ""


def test_a_round_and_its_prompt_go_on_where_the_channel_is_now(bot: Bot) -> None:
    project = add_reef(bot)
    bot.tick(days=7)
    (prompt,) = prompts(bot, STEWARDS)

    moved = share(bot)
    bot.say("1 done", thread_ts=prompt.ts, channel=moved, person=SOFIA)
    bot.tick()
    (drawn,) = prompts(bot, moved)
    bot.tick(days=7)

    assert "1 of 1 answered" in drawn.text
    assert rounds_of(bot, project)[0].channel_id == moved
    assert len(prompts(bot, moved)) == 2, "the next round's is there, too"
    assert in_thread(bot, drawn, "Reef")


def test_it_is_still_the_projects_channel_seen_by_those_in_it_and_can_be_undone(bot: Bot) -> None:
    project = add_reef(bot)
    moved = share(bot)

    assert "Counted" in bot.command("show", channel=moved, person=SOFIA)["text"]
    assert "No project" in bot.command("show reef", person=HARUKI)["text"]
    assert f"<#{moved}>" in bot.command("history reef")["text"]
    assert project_now(bot, project).channel_id == moved
    bot.command("schedule reef off")
    bot.command("undo")
    bot.command("channel reef none")
    bot.command("undo")
    assert project_now(bot, project).channel_id == moved


def test_messages_that_wait_and_what_had_stopped_go_there(bot: Bot) -> None:
    add_reef(bot)
    bot.command(f"digest <#{STEWARDS}> mon 09:15 UTC")
    # Slack has moved the channel, and what the bot is to be told of it is late.
    with bot.slack.workspace.lock:
        channel = bot.slack.workspace.channels[STEWARDS]
    bot.slack.workspace.rename_id(channel, "C0STEWARDS2")
    bot.tick(days=7)
    assert "stopped" in bot.command("schedule reef")["text"]

    event = {"type": "channel_id_changed", "old_channel_id": STEWARDS, "new_channel_id": channel.id}
    for event_id in ("Ev0MOVED01", "Ev0MOVED01", "Ev0MOVED02"):
        body = {"type": "event_callback", "team_id": WORKSPACE, "event_id": event_id, "event": event}
        sent = json.dumps(body).encode()
        answer = signing.call(bot.app, sent, signing.signed(SECRET, sent), CONTENT_TYPE=signing.JSON)
        assert answer.status == 200
    bot.tick(days=7)

    assert len(prompts(bot, channel.id)) == 1
    assert bot.seen(channel.id)[-1].text.startswith("Digest\nFrom <!date^1777886100^")

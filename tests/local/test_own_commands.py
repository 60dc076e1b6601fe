import pytest

from bot.local.seed import BOT, GENERAL, JMTE, LEILANI, MATEO, RANDOM, SOFIA, STEWARDS, WANJIRU

from .conftest import Slack


def test_the_app_is_invited_and_removed(slack: Slack) -> None:
    assert slack.people.say(MATEO, RANDOM, "/invite @waymark").ok
    assert BOT.user_id in slack.workspace.channels[RANDOM].members
    assert slack.last_message(RANDOM).text == f"<@{BOT.user_id}> has joined the channel"
    assert slack.people.say(MATEO, RANDOM, "/remove @waymark").ok
    assert BOT.user_id not in slack.workspace.channels[RANDOM].members
    kinds = {event["type"] for event in slack.events()}
    assert {"member_joined_channel", "member_left_channel", "channel_left"} <= kinds


def test_a_guest_is_invited_to_another_channel(slack: Slack) -> None:
    assert slack.people.say(MATEO, JMTE, "/invite @leilani #general").ok
    assert LEILANI in slack.workspace.channels[GENERAL].members


def test_one_leaves_and_archives(slack: Slack) -> None:
    assert slack.people.say(SOFIA, STEWARDS, "/leave").ok
    assert SOFIA not in slack.workspace.channels[STEWARDS].members
    assert slack.people.say(WANJIRU, STEWARDS, "/archive").ok
    assert slack.workspace.channels[STEWARDS].is_archived


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/invite", "There is nobody of that name."),
        ("/invite @nobody", "There is nobody of that name."),
        ("/invite @waymark #nowhere", "There is no such channel."),
        ("/invite @sofia #stewards", "There is no such channel."),
        ("/invite @tomasz", "You are not allowed to do that."),
        ("/remove @haruki", "There is no such channel."),
        ("/leavers", "/leavers is not a valid command."),
    ],
)
def test_what_cannot_be_done_is_said(slack: Slack, line: str, sentence: str) -> None:
    result = slack.people.say(MATEO, JMTE, line)
    assert not result.ok
    assert result.sentence.startswith(sentence)


def test_the_app_hears_nothing_of_slacks_own_commands(slack: Slack) -> None:
    slack.people.say(MATEO, JMTE, "/invite @nobody")
    slack.settle()
    assert slack.app.received == []


def test_a_guest_makes_no_channels(slack: Slack) -> None:
    assert not slack.people.create_channel(LEILANI, "mine").ok

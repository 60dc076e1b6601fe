"""A channel that another organization shares: what Slack sends of it, and what it keeps to its own people."""

import json

import pytest
from slack_sdk.errors import SlackApiError

from bot.local.seed import BOT, GENERAL, IMANI, JMTE, JONAS, NEIGHBOURS, STEWARDS, TEAM, TIDE_GAUGES, WANJIRU

from .conftest import Slack


def test_the_channel_and_its_people_are_told_of_as_shared(slack: Slack) -> None:
    shared, own = (slack.client.conversations_info(channel=each)["channel"] for each in (TIDE_GAUGES, JMTE))
    user = slack.client.users_info(user=IMANI)["user"]

    assert (shared["is_shared"], shared["is_ext_shared"], own["is_ext_shared"]) == (True, True, False)
    assert shared["shared_team_ids"] == [TEAM.id, NEIGHBOURS.id]
    assert (user["team_id"], user["profile"]["team"], user["is_stranger"]) == (
        NEIGHBOURS.id,
        NEIGHBOURS.id,
        False,
    )
    assert "email" not in user["profile"]
    assert IMANI in slack.client.conversations_members(channel=TIDE_GAUGES)["members"]
    assert IMANI not in {each["id"] for each in slack.client.users_list()["members"]}


def test_somebody_in_no_channel_with_the_bot_is_a_stranger_and_gets_no_direct_messages(slack: Slack) -> None:
    assert slack.people.remove(JONAS, TIDE_GAUGES, BOT.user_id).ok

    assert slack.client.users_info(user=IMANI)["user"]["is_stranger"] is True
    with pytest.raises(SlackApiError, match="user_not_visible"):
        slack.client.conversations_open(users=IMANI)


def test_an_event_names_the_senders_workspace_and_is_authorized_for_that_of_the_app(slack: Slack) -> None:
    slack.people.say(IMANI, TIDE_GAUGES, "@waymark list")
    slack.settle()

    bodies = [json.loads(each.body) for each in slack.app.received if b'"event_callback"' in each.body]
    said, mention = sorted(bodies, key=lambda each: each["event"]["type"], reverse=True)
    assert (said["team_id"], said["event"]["team"]) == (NEIGHBOURS.id, NEIGHBOURS.id)
    assert (mention["team_id"], mention["event"]["user_team"]) == (TEAM.id, NEIGHBOURS.id)
    for body in (said, mention):
        assert body["is_ext_shared_channel"] is True
        assert [each["team_id"] for each in body["authorizations"]] == [TEAM.id]


def test_commands_shortcuts_and_channels_are_for_the_workspaces_own_people(slack: Slack) -> None:
    message = slack.last_message(TIDE_GAUGES)
    people = slack.people

    assert not people.run_command(IMANI, TIDE_GAUGES, "/project list").ok
    assert not people.run_shortcut(IMANI, "new_project").ok
    assert not people.run_message_shortcut(IMANI, TIDE_GAUGES, message.ts, "note_it").ok
    assert not people.join(IMANI, GENERAL).ok
    assert not people.create_channel(IMANI, "ours").ok
    assert not people.archive(IMANI, TIDE_GAUGES).ok
    assert not people.remove(IMANI, TIDE_GAUGES, JONAS).ok
    assert not people.invite(WANJIRU, JMTE, IMANI).ok
    assert not people.open_direct_message(IMANI, WANJIRU).ok
    assert people.open_direct_message(IMANI, JONAS).ok
    assert slack.app.received == []


def test_a_private_channel_that_comes_to_be_shared_has_another_id_and_the_app_is_told(slack: Slack) -> None:
    said = slack.people.say(WANJIRU, STEWARDS, "Before")
    slack.people.say(WANJIRU, STEWARDS, "In the thread", said.ts)

    public = slack.people.share(WANJIRU, JMTE, NEIGHBOURS.id)
    private = slack.people.share(WANJIRU, STEWARDS, NEIGHBOURS.id)
    slack.settle()

    assert public.channel_id == JMTE
    assert private.channel_id not in {None, STEWARDS}
    (event,) = [each for each in slack.events() if each["type"] == "channel_id_changed"]
    assert (event["old_channel_id"], event["new_channel_id"]) == (STEWARDS, private.channel_id)
    assert slack.client.conversations_info(channel=private.channel_id)["channel"]["is_ext_shared"] is True
    replies = slack.client.conversations_replies(channel=private.channel_id, ts=said.ts or "")["messages"]
    assert [each["text"] for each in replies] == ["Before", "In the thread"]
    with pytest.raises(SlackApiError, match="channel_not_found"):
        slack.client.conversations_info(channel=STEWARDS)
    assert not slack.people.share(WANJIRU, private.channel_id or "", NEIGHBOURS.id).ok

import json
from typing import Any

import pytest

from bot.local.seed import (
    BOT,
    GENERAL,
    JMTE,
    LEILANI,
    MATEO,
    RANDOM,
    STEWARDS,
    TOMASZ,
    WANJIRU,
    seeded_workspace,
)
from bot.local.server import LocalServer

from .conftest import Slack, settings_for
from .receiver import Received, Receiver, Reply


def of_kind(slack: Slack, kind: str) -> list[dict[str, Any]]:
    return [event for event in slack.events() if event["type"] == kind]


def envelopes(slack: Slack) -> list[dict[str, Any]]:
    slack.settle()
    return [json.loads(received.body) for received in slack.app.received]


def attempts(slack: Slack) -> list[tuple[str | None, str | None]]:
    slack.settle()
    names = ("x-slack-retry-num", "x-slack-retry-reason")
    return [(one.headers.get(names[0]), one.headers.get(names[1])) for one in slack.app.received]


def test_a_message_in_its_envelope(slack: Slack) -> None:
    ts = slack.people.say(MATEO, JMTE, "hello").ts
    envelope = envelopes(slack)[0]
    assert envelope["type"] == "event_callback"
    assert envelope["event_id"].startswith("Ev")
    assert envelope["authorizations"][0]["user_id"] == BOT.user_id
    event = envelope["event"]
    assert (event["type"], event["channel_type"], event["channel"]) == ("message", "channel", JMTE)
    assert (event["user"], event["text"], event["ts"], event["event_ts"]) == (MATEO, "hello", ts, ts)
    assert "bot_id" not in event


@pytest.mark.parametrize(("channel_id", "kind"), [(GENERAL, "channel"), (STEWARDS, "group"), ("", "im")])
def test_each_place_has_its_kind(slack: Slack, channel_id: str, kind: str) -> None:
    place = channel_id or slack.people.open_direct_message(WANJIRU).channel_id or ""
    slack.people.say(WANJIRU, place, "hello")
    assert [event["channel_type"] for event in of_kind(slack, "message")] == [kind]


def test_the_bot_hears_nothing_of_where_it_is_not(slack: Slack) -> None:
    slack.people.say(MATEO, RANDOM, "hello <@U0WAYMARK01> @waymark")
    ts = slack.last_message(RANDOM).ts
    slack.people.react(WANJIRU, RANDOM, ts, "tada")
    slack.people.say(WANJIRU, slack.people.open_direct_message(WANJIRU, MATEO).channel_id or "", "psst")
    slack.client.chat_postEphemeral(channel=JMTE, user=MATEO, text="only you")
    assert slack.events() == []


def test_the_bot_hears_itself(slack: Slack) -> None:
    slack.client.chat_postMessage(channel=JMTE, text="said by the bot")
    assert [event["bot_id"] for event in of_kind(slack, "message")] == [BOT.bot_id]


def test_only_what_was_subscribed_to_is_sent(app: Receiver) -> None:
    settings = settings_for(app, event_subscriptions=("app_mention",))
    with LocalServer(seeded_workspace(), settings) as server:
        server.people.say(MATEO, JMTE, "hello @waymark")
        assert server.platform.events.settle()
    assert [received.event["type"] for received in app.received] == ["app_mention"]


def test_a_thread_tells_its_parent(slack: Slack) -> None:
    first = slack.people.say(MATEO, JMTE, "begin").ts
    slack.people.say(LEILANI, JMTE, "reply", first, broadcast=True)
    reply = max(of_kind(slack, "message"), key=lambda event: str(event["ts"]))
    assert (reply["thread_ts"], reply["parent_user_id"], reply["subtype"]) == (
        first,
        MATEO,
        "thread_broadcast",
    )
    assert reply["root"]["ts"] == first


def test_changes_and_deletions(slack: Slack) -> None:
    ts = slack.people.say(MATEO, JMTE, "teh").ts or ""
    slack.people.edit(MATEO, JMTE, ts, "the")
    slack.people.delete(MATEO, JMTE, ts)
    events = {event.get("subtype"): event for event in of_kind(slack, "message")}
    changed, deleted = events["message_changed"], events["message_deleted"]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("the", "teh")
    assert changed["message"]["edited"]["user"] == MATEO
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "the")


def test_coming_and_going(slack: Slack) -> None:
    slack.people.invite(WANJIRU, RANDOM, BOT.user_id)
    joined = of_kind(slack, "member_joined_channel")[0]
    assert (joined["user"], joined["inviter"], joined["channel_type"]) == (BOT.user_id, WANJIRU, "C")
    slack.people.remove(WANJIRU, RANDOM, BOT.user_id)
    assert of_kind(slack, "member_left_channel")[0]["user"] == BOT.user_id
    assert of_kind(slack, "channel_left")[0]["channel"] == RANDOM


def test_reactions_archives_and_homes(slack: Slack) -> None:
    ts = slack.people.say(MATEO, JMTE, "done").ts or ""
    slack.people.react(WANJIRU, JMTE, ts, "tada")
    slack.people.archive(WANJIRU, JMTE)
    slack.people.open_home(MATEO)
    reacted = of_kind(slack, "reaction_added")[0]
    assert (reacted["reaction"], reacted["item"]["ts"], reacted["item_user"]) == ("tada", ts, MATEO)
    assert of_kind(slack, "channel_archive")[0]["channel"] == JMTE
    opened = of_kind(slack, "app_home_opened")[0]
    assert (opened["user"], opened["tab"], "view" in opened) == (MATEO, "home", False)


def test_what_fails_is_sent_again_at_once_and_after_one_and_five_minutes(slack: Slack) -> None:
    slack.app.otherwise = lambda _: Reply(status=500)
    slack.people.say(MATEO, JMTE, "hello")
    assert attempts(slack) == [(None, None), ("1", "http_error")]
    slack.move(seconds=55)
    assert len(attempts(slack)) == 2
    slack.move(seconds=10)
    assert attempts(slack)[2:] == [("2", "http_error")]
    slack.move(minutes=4)
    assert len(attempts(slack)) == 3
    slack.move(minutes=1, seconds=5)
    assert attempts(slack)[3:] == [("3", "http_error")]
    slack.move(days=1)
    assert len(attempts(slack)) == 4
    assert len({envelope["event_id"] for envelope in envelopes(slack)}) == 1


def test_the_app_may_ask_for_no_more(slack: Slack) -> None:
    slack.app.otherwise = lambda _: Reply(status=500, headers={"X-Slack-No-Retry": "1"})
    slack.people.say(MATEO, JMTE, "hello")
    assert attempts(slack) == [(None, None)]
    slack.move(hours=1)
    assert len(attempts(slack)) == 1


def test_says_why_it_sends_again(impatient: Slack) -> None:
    impatient.app.replies += [Reply(until=impatient.app.released), Reply(status=302)]
    impatient.people.say(MATEO, JMTE, "hello")
    assert attempts(impatient)[1] == ("1", "http_timeout")
    impatient.move(seconds=61)
    assert attempts(impatient)[2] == ("2", "too_many_redirects")


def test_proves_that_the_address_is_the_apps(slack: Slack) -> None:
    def echo(received: Received) -> Reply:
        return Reply(body={"challenge": json.loads(received.body)["challenge"]})

    slack.app.replies.append(Reply(body="no"))
    assert not slack.server.platform.events.verify_url("abc123")
    slack.app.otherwise = echo
    assert slack.server.platform.events.verify_url("abc123")


def test_a_deactivated_person_is_in_no_channel(slack: Slack) -> None:
    assert slack.people.deactivate(WANJIRU, MATEO).ok
    assert MATEO not in slack.workspace.channels[JMTE].members
    assert slack.workspace.users[MATEO].deleted
    assert not slack.people.deactivate(LEILANI, WANJIRU).ok
    assert not slack.people.invite(WANJIRU, JMTE, TOMASZ).ok

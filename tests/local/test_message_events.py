"""What the app is told of messages: new ones, edited ones, deleted ones, in threads and out of them."""

from typing import Any

from bot.local.messages import TOMBSTONE
from bot.local.model import SLACKBOT_ID
from bot.local.seed import BOT, JMTE, MATEO, SOFIA, WANJIRU

from .conftest import Slack


def messages(slack: Slack, subtype: str | None = None) -> list[dict[str, Any]]:
    """The events of messages with this subtype, in the order in which things happened."""
    found = [e for e in slack.events() if e["type"] == "message" and e.get("subtype") == subtype]
    return sorted(found, key=lambda event: str(event["event_ts"]))


def mentions(slack: Slack) -> list[dict[str, Any]]:
    return sorted(
        (event for event in slack.events() if event["type"] == "app_mention"),
        key=lambda event: str(event["event_ts"]),
    )


def thread(slack: Slack) -> tuple[str, str]:
    """A message of the bot and Mateo's reply to it."""
    root = str(slack.client.chat_postMessage(channel=JMTE, text="How does jmte stand?")["ts"])
    return root, str(slack.people.say(MATEO, JMTE, "1 done", root).ts)


def test_an_edited_reply_is_told_with_its_thread_and_what_it_was(slack: Slack) -> None:
    root, reply = thread(slack)
    slack.people.edit(MATEO, JMTE, reply, "1 at risk")
    [event] = messages(slack, "message_changed")
    assert (event["channel"], event["channel_type"], event["hidden"]) == (JMTE, "channel", True)
    assert event["ts"] == event["event_ts"] != reply
    assert not {"user", "text", "thread_ts"} & event.keys(), "these are the message's, within"
    changed, previous = event["message"], event["previous_message"]
    for message in (changed, previous):
        assert (message["ts"], message["thread_ts"], message["user"]) == (reply, root, MATEO)
        assert message["parent_user_id"] == BOT.user_id
    assert (changed["text"], previous["text"]) == ("1 at risk", "1 done")
    assert changed["edited"]["user"] == MATEO
    assert "edited" not in previous


def test_a_deleted_reply_is_told_with_its_thread_and_what_it_was(slack: Slack) -> None:
    root, reply = thread(slack)
    slack.people.delete(MATEO, JMTE, reply)
    [event] = messages(slack, "message_deleted")
    assert (event["channel"], event["channel_type"], event["hidden"]) == (JMTE, "channel", True)
    assert event["deleted_ts"] == reply
    assert event["previous_message"]["thread_ts"] == root
    assert event["previous_message"]["text"] == "1 done"
    assert "message" not in event


def test_what_was_not_changed_is_not_told(slack: Slack) -> None:
    ts = str(slack.people.say(MATEO, JMTE, "the same").ts)
    assert slack.people.edit(MATEO, JMTE, ts, "the same ").ok
    assert messages(slack, "message_changed") == []
    assert not slack.last_message(JMTE).edited


def test_an_edit_that_slack_would_not_take_changes_nothing(slack: Slack) -> None:
    ts = str(slack.people.say(MATEO, JMTE, "mine").ts)
    assert slack.people.edit(MATEO, JMTE, ts, "  ").sentence == (
        "A message cannot be empty. To take it away, delete it."
    )
    assert not slack.people.edit(SOFIA, JMTE, ts, "not mine").ok
    slack.people.leave(MATEO, JMTE)
    assert not slack.people.edit(MATEO, JMTE, ts, "from outside").ok
    assert not slack.people.edit(MATEO, JMTE, slack.last_message(JMTE).ts, "I never left").ok
    found = slack.workspace.find_message(JMTE, ts)
    assert found
    assert found.text == "mine"


def test_a_mention_in_a_reply_is_told_twice_by_two_names(slack: Slack) -> None:
    root, _ = thread(slack)
    ts = slack.people.say(MATEO, JMTE, "@waymark 1 done", root).ts
    told = [event for event in slack.events() if event.get("ts") == ts]
    assert sorted(event["type"] for event in told) == ["app_mention", "message"]
    assert {event["thread_ts"] for event in told} == {root}
    bodies = [received.body for received in slack.app.received if str(ts).encode() in received.body]
    assert len({body.partition(b'"event_id": "')[2][:12] for body in bodies}) == 2


def test_an_edited_mention_is_told_again_as_edited(slack: Slack) -> None:
    ts = str(slack.people.say(MATEO, JMTE, "show jmte").ts)
    slack.people.edit(MATEO, JMTE, ts, "@waymark show jmte")
    [mention] = mentions(slack)
    assert (mention["ts"], mention["user"], mention["channel"]) == (ts, MATEO, JMTE)
    assert mention["edited"]["user"] == MATEO
    assert mention["event_ts"] > ts


def test_a_file_with_a_comment_in_a_thread_is_shared(slack: Slack) -> None:
    root, _ = thread(slack)
    shared = slack.people.share_file(MATEO, JMTE, "gauge.png", b"png", "2 on track, see the picture", root)
    [event] = messages(slack, "file_share")
    assert (event["ts"], event["thread_ts"], event["user"]) == (shared.ts, root, MATEO)
    assert event["text"] == "2 on track, see the picture"
    [file] = event["files"]
    assert (file["name"], file["mimetype"], file["size"], file["user"]) == (
        "gauge.png",
        "image/png",
        3,
        MATEO,
    )
    kept = slack.client.conversations_replies(channel=JMTE, ts=root)["messages"][-1]
    assert kept["files"][0]["id"] == file["id"]
    assert "subtype" not in kept


def test_a_file_needs_no_comment_but_a_place(slack: Slack) -> None:
    assert slack.people.share_file(MATEO, JMTE, "notes.txt", b"abc").ok
    slack.people.archive(WANJIRU, JMTE)
    assert not slack.people.share_file(MATEO, JMTE, "notes.txt", b"abc").ok
    assert len(slack.workspace.files) == 1


def test_a_file_is_shared_over_http(slack: Slack) -> None:
    fields = {"user_id": MATEO, "channel_id": JMTE, "name": "a.txt", "content": "héllo", "comment": "see"}
    assert slack.local("people/share_file", fields)["ok"]
    assert slack.last_message(JMTE).files[0].content == "héllo".encode()


def test_a_tombstone_stands_only_as_long_as_something_hangs_on_it(slack: Slack) -> None:
    root, reply = thread(slack)
    slack.client.chat_delete(channel=JMTE, ts=root)
    [event] = messages(slack, "message_changed")
    buried = event["message"]
    assert (buried["subtype"], buried["user"], buried["hidden"]) == ("tombstone", SLACKBOT_ID, True)
    assert (buried["text"], buried["reply_count"]) == (TOMBSTONE, 1)
    slack.people.delete(MATEO, JMTE, reply)
    assert slack.workspace.find_message(JMTE, root) is None
    assert [event["deleted_ts"] for event in messages(slack, "message_deleted")] == [reply, root]


def test_a_thread_in_a_direct_message_is_told_as_such(slack: Slack) -> None:
    place = slack.people.open_direct_message(MATEO).channel_id or ""
    root = slack.client.chat_postMessage(channel=MATEO, text="How does jmte stand?")["ts"]
    slack.people.say(MATEO, place, "@waymark 1 done", root)
    reply = messages(slack)[-1]
    assert (reply["channel"], reply["channel_type"], reply["thread_ts"]) == (place, "im", root)
    assert mentions(slack) == [], "in a direct message nobody has to be called"


def test_the_events_of_the_bots_own_messages_carry_their_metadata(slack: Slack) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"key": "k1"}}
    ts = slack.client.chat_postMessage(channel=JMTE, text="x", metadata=metadata)["ts"]
    slack.client.chat_update(channel=JMTE, ts=ts, text="y")
    assert messages(slack)[0]["metadata"] == metadata
    assert messages(slack, "message_changed")[0]["message"]["metadata"] == metadata

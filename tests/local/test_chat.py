from slack_sdk.models.metadata import Metadata

from bot.local.seed import BOT, DOCS, GENERAL, JMTE, MATEO, TOMASZ, WANJIRU

from .conftest import Slack

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}


def test_posts_to_a_channel_by_id_and_by_name(slack: Slack) -> None:
    by_id = slack.client.chat_postMessage(channel=JMTE, text="one", blocks=[SECTION])
    by_name = slack.client.chat_postMessage(channel="#proj-jmte", text="two")
    assert by_id["channel"] == by_name["channel"] == JMTE
    assert by_id["ts"] < by_name["ts"]
    message = by_id["message"]
    assert (message["user"], message["bot_id"], message["text"]) == (BOT.user_id, BOT.bot_id, "one")
    assert message["blocks"][0]["block_id"], "Slack gives each block an id"


def test_a_persons_id_opens_the_direct_message(slack: Slack) -> None:
    answer = slack.client.chat_postMessage(channel=MATEO, text="hello")
    assert answer["channel"].startswith("D")
    assert slack.people.open_direct_message(MATEO).channel_id == answer["channel"]


def test_posting_to_a_deactivated_person_succeeds_as_it_does_at_slack(slack: Slack) -> None:
    answer = slack.client.chat_postMessage(channel=TOMASZ, text="hello?")
    info = slack.client.conversations_info(channel=answer["channel"])
    assert info["channel"]["is_user_deleted"] is True


def test_cuts_a_text_that_is_too_long(slack: Slack) -> None:
    answer = slack.client.chat_postMessage(channel=JMTE, text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000


def test_a_reply_goes_to_the_beginning_of_the_thread(slack: Slack) -> None:
    first = slack.people.say(MATEO, JMTE, "begin").ts or ""
    reply = slack.client.chat_postMessage(channel=JMTE, text="one", thread_ts=first)
    second = slack.client.chat_postMessage(
        channel=JMTE, text="two", thread_ts=reply["ts"], reply_broadcast=True
    )
    assert second["message"]["thread_ts"] == first
    assert second["message"]["subtype"] == "thread_broadcast"
    assert second["message"]["parent_user_id"] == MATEO


def test_a_reply_to_a_deleted_message_lands_in_the_channel(slack: Slack) -> None:
    first = slack.people.say(MATEO, JMTE, "begin").ts or ""
    slack.people.delete(MATEO, JMTE, first)
    answer = slack.client.chat_postMessage(channel=JMTE, text="too late", thread_ts=first)
    assert "thread_ts" not in answer["message"]


def test_text_alone_takes_the_blocks_away_and_marks_as_edited(slack: Slack) -> None:
    metadata = Metadata("delivery", {"key": "k1"})
    ts = slack.client.chat_postMessage(channel=JMTE, text="a", blocks=[SECTION], metadata=metadata)["ts"]
    with_blocks = slack.client.chat_update(channel=JMTE, ts=ts, text="b", blocks=[SECTION])["message"]
    assert "edited" not in with_blocks
    plain = slack.client.chat_update(channel=JMTE, ts=ts, text="c")["message"]
    assert plain["text"] == "c"
    assert "blocks" not in plain
    assert plain["edited"]["user"] == BOT.user_id
    assert plain["metadata"]["event_payload"] == {"key": "k1"}, "metadata stays unless it is sent"
    assert "metadata" not in slack.client.chat_update(channel=JMTE, ts=ts, text="d", metadata={})["message"]


def test_deletes_a_message_and_leaves_a_tombstone_over_a_thread(slack: Slack) -> None:
    alone = slack.client.chat_postMessage(channel=DOCS, text="alone")["ts"]
    asked = slack.client.chat_postMessage(channel=DOCS, text="asked")["ts"]
    slack.client.chat_postMessage(channel=DOCS, text="answered", thread_ts=asked)
    slack.client.chat_delete(channel=DOCS, ts=alone)
    slack.client.chat_delete(channel=DOCS, ts=asked)
    assert slack.workspace.find_message(DOCS, alone) is None
    history = slack.client.conversations_history(channel=DOCS)["messages"]
    assert (history[0]["ts"], history[0]["subtype"], history[0]["reply_count"]) == (asked, "tombstone", 1)


def test_only_one_person_sees_an_ephemeral_message(slack: Slack) -> None:
    ts = slack.client.chat_postEphemeral(channel=JMTE, user=MATEO, text="psst")["message_ts"]
    assert slack.workspace.messages_for(MATEO, JMTE)[-1].ts == ts
    assert all(message.ts != ts for message in slack.workspace.messages_for(WANJIRU, JMTE))
    assert all(m["ts"] != ts for m in slack.client.conversations_history(channel=JMTE)["messages"])
    assert slack.people.dismiss(MATEO, JMTE, ts).ok
    assert slack.workspace.find_message(JMTE, ts) is None


def test_a_permalink_leads_to_this_server(slack: Slack) -> None:
    first = slack.client.chat_postMessage(channel=GENERAL, text="a")["ts"]
    reply = slack.client.chat_postMessage(channel=GENERAL, text="b", thread_ts=first)["ts"]
    link = slack.client.chat_getPermalink(channel=GENERAL, message_ts=reply)["permalink"]
    digits = reply.replace(".", "")
    expected = f"{slack.server.url}/archives/{GENERAL}/p{digits}?thread_ts={first}&cid={GENERAL}"
    assert link == expected


def test_a_reaction_stands_on_the_message(slack: Slack) -> None:
    ts = slack.people.say(MATEO, JMTE, "done").ts or ""
    slack.client.reactions_add(channel=JMTE, timestamp=ts, name="tada")
    slack.people.react(WANJIRU, JMTE, ts, "tada")
    message = slack.client.conversations_history(channel=JMTE)["messages"][0]
    assert message["reactions"] == [{"name": "tada", "users": [BOT.user_id, WANJIRU], "count": 2}]


def test_timestamps_are_never_given_twice(slack: Slack) -> None:
    answers = [slack.client.chat_postMessage(channel=JMTE, text=str(n))["ts"] for n in range(20)]
    assert answers == sorted(set(answers))

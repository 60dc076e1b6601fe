import pytest
from slack_sdk.models.metadata import Metadata

from bot.local.seed import BOT, GENERAL, JMTE, LEILANI, MATEO, RANDOM, STEWARDS, TOMASZ, WANJIRU

from .conftest import Slack


def test_lists_public_channels_page_by_page(slack: Slack) -> None:
    names: list[str] = []
    for page in slack.client.conversations_list(limit=4):
        assert len(page["channels"]) <= 4
        names += [channel["name"] for channel in page["channels"]]
    assert names == ["general", "random", "proj-jmte", "proj-hub-pilots", "proj-docs", "proj-tide-gauges"]


def test_lists_what_is_asked_for_and_no_more(slack: Slack) -> None:
    slack.people.archive(WANJIRU, JMTE)
    private = slack.client.conversations_list(types="private_channel")["channels"]
    assert [(channel["name"], channel["is_member"]) for channel in private] == [("stewards", True)]
    public = slack.client.conversations_list(exclude_archived=True)["channels"]
    assert JMTE not in {channel["id"] for channel in public}
    direct = slack.client.conversations_list(types="im")["channels"]
    assert direct
    assert all(channel["is_im"] and channel["user"] != BOT.user_id for channel in direct)


def test_does_not_list_a_private_channel_without_the_bot(slack: Slack) -> None:
    slack.people.remove(WANJIRU, STEWARDS, BOT.user_id)
    assert slack.client.conversations_list(types="private_channel")["channels"] == []


def test_tells_of_a_channel_and_its_members(slack: Slack) -> None:
    info = slack.client.conversations_info(channel=JMTE, include_num_members=True)["channel"]
    members = [
        member
        for page in slack.client.conversations_members(channel=JMTE, limit=2)
        for member in page["members"]
    ]
    assert info["num_members"] == len(members) == 5
    assert set(members) >= {WANJIRU, MATEO, LEILANI, BOT.user_id}
    assert slack.client.conversations_info(channel=RANDOM)["channel"]["is_member"] is False


def test_joins_a_channel_once(slack: Slack) -> None:
    assert slack.client.conversations_join(channel=RANDOM)["channel"]["is_member"] is True
    assert slack.last_message(RANDOM).subtype == "channel_join"
    again = slack.client.conversations_join(channel=RANDOM)
    assert again["warning"] == "already_in_channel"


def test_opens_a_direct_message_once(slack: Slack) -> None:
    slack.people.create_channel(WANJIRU, "quiet")
    first = slack.client.conversations_open(users=MATEO, return_im=True)
    assert first["already_open"] is True
    assert first["channel"]["user"] == MATEO
    assert (
        slack.client.conversations_open(channel=first["channel"]["id"])["channel"]["id"]
        == first["channel"]["id"]
    )


def test_history_is_newest_first_without_replies(slack: Slack) -> None:
    first = slack.client.chat_postMessage(channel=GENERAL, text="first")["ts"]
    slack.client.chat_postMessage(channel=GENERAL, text="reply", thread_ts=first)
    slack.client.chat_postMessage(channel=GENERAL, text="shown", thread_ts=first, reply_broadcast=True)
    second = slack.client.chat_postMessage(channel=GENERAL, text="second")["ts"]
    messages = slack.client.conversations_history(channel=GENERAL)["messages"]
    assert [message["text"] for message in messages[:3]] == ["second", "shown", "first"]
    assert (messages[2]["reply_count"], messages[2]["reply_users"]) == (2, [BOT.user_id])
    assert messages[0]["ts"] == second


def test_history_comes_in_pages(slack: Slack) -> None:
    for number in range(7):
        slack.client.chat_postMessage(channel=GENERAL, text=str(number))
    pages = [page.data for page in slack.client.conversations_history(channel=GENERAL, limit=3)]
    texts = [message["text"] for page in pages for message in page["messages"]]
    assert texts[:7] == ["6", "5", "4", "3", "2", "1", "0"]
    assert [page["has_more"] for page in pages] == [True, True, False]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"oldest": 1}, ["3", "2"]),
        ({"oldest": 1, "inclusive": True}, ["3", "2", "1"]),
        ({"oldest": 0, "latest": 2}, ["1"]),
        ({"oldest": 0, "latest": 2, "inclusive": True}, ["2", "1", "0"]),
        ({"oldest": 0, "limit": 1}, ["3"]),
    ],
)
def test_history_keeps_to_its_bounds(slack: Slack, bounds: dict[str, int], expected: list[str]) -> None:
    ts = [slack.client.chat_postMessage(channel=JMTE, text=str(number))["ts"] for number in range(4)]
    arguments = {name: ts[n] if name in ("oldest", "latest") else n for name, n in bounds.items()}
    answer = slack.client.api_call("conversations.history", params={"channel": JMTE, **arguments})
    assert [message["text"] for message in answer["messages"]] == expected


def test_metadata_comes_only_when_it_is_asked_for(slack: Slack) -> None:
    metadata = Metadata("delivery", {"key": "k1"})
    slack.client.chat_postMessage(channel=JMTE, text="x", metadata=metadata)
    without = slack.client.conversations_history(channel=JMTE, limit=1)["messages"][0]
    with_it = slack.client.conversations_history(channel=JMTE, limit=1, include_all_metadata=True)[
        "messages"
    ][0]
    assert "metadata" not in without
    assert with_it["metadata"] == {"event_type": "delivery", "event_payload": {"key": "k1"}}


def test_each_page_of_a_thread_begins_with_its_first_message(slack: Slack) -> None:
    first = slack.client.chat_postMessage(channel=JMTE, text="q")["ts"]
    replies = [
        slack.client.chat_postMessage(channel=JMTE, text=str(n), thread_ts=first)["ts"] for n in range(5)
    ]
    pages = slack.client.conversations_replies(channel=JMTE, ts=first, limit=3)
    texts = [[message["text"] for message in page["messages"]] for page in pages]
    assert texts == [["q", "0", "1"], ["q", "2", "3"], ["q", "4"]]
    later = slack.client.conversations_replies(channel=JMTE, ts=first, oldest=replies[3])["messages"]
    assert [message["text"] for message in later] == ["q", "4"]


def test_people_in_pages_with_their_zones(slack: Slack) -> None:
    people = {user["id"]: user for page in slack.client.users_list(limit=3) for user in page["members"]}
    assert len(people) == 10
    assert people[MATEO]["tz_offset"] == -5 * 3600
    assert people[WANJIRU]["is_admin"] is True
    assert people[WANJIRU]["is_owner"] is True
    assert people[LEILANI]["is_restricted"] is True
    assert people[TOMASZ]["deleted"] is True
    assert people[BOT.user_id]["profile"]["bot_id"] == BOT.bot_id
    assert slack.client.users_info(user=MATEO)["user"] == people[MATEO]

"""What was promised comes to stand in Slack once, whatever Slack answers."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.local.seed import JMTE, WANJIRU
from bot.slack.metadata import metadata_of
from storage.delivery_claims import claim_deliveries
from tests.support.bot import TOKEN
from tests.support.sending import WORKSPACE, Post, rename

POST = "chat.postMessage"


def test_what_is_promised_is_posted_and_where_it_stands_is_written_down(post: Post) -> None:
    post.promise("a")
    post.settle()

    (message,) = post.standing("a")
    row = post.row("a")
    assert message.text == "How is Reef?"
    assert (row["posted_in"], row["message_ts"]) == (JMTE, message.ts)
    assert (row["due_at"], row["lease"], row["is_unsure"], row["attempts"]) == (None, None, False, 0)


def test_what_follows_from_it_is_written_down_too(post: Post) -> None:
    check_in = post.open_round()
    post.settle()

    (message,) = post.standing(check_in.prompt)
    check_in = post.round(check_in.id)
    assert (check_in.channel_id, check_in.message_ts) == (JMTE, message.ts)


def test_what_is_promised_twice_is_posted_once(post: Post) -> None:
    post.promise("a")
    post.promise("a")
    post.settle()
    post.promise("a")
    post.settle()

    assert len(post.standing("a")) == 1
    assert post.calls(POST) == [POST]


def test_those_of_a_channel_stand_in_the_order_in_which_they_were_promised(post: Post) -> None:
    keys = [f"k{number}" for number in range(12)]
    for key in keys:
        post.promise(key)
    post.settle()

    stamps = [post.standing(key)[0].ts for key in keys]
    assert stamps == sorted(stamps)


def test_what_has_changed_is_changed_in_its_place(post: Post) -> None:
    post.promise("a")
    post.settle()
    (before,) = (message.ts for message in post.standing("a"))
    rename(post.database, post.project_id, "Atoll")
    post.renew("a")
    post.settle()

    (after,) = post.standing("a")
    assert (after.text, after.ts) == ("How is Atoll?", before)
    assert post.calls(POST) == [POST]


def test_a_message_that_somebody_deleted_is_no_error(post: Post) -> None:
    post.promise("a")
    post.settle()
    post.delete("a")
    post.renew("a")
    post.settle()
    post.withdraw("a")
    post.settle()

    assert post.standing("a") == []
    assert post.calls("chat.update", "chat.delete") == ["chat.update", "chat.delete"]
    assert post.failures == []
    assert post.row("a")["failed_because"] is None


def test_what_is_withdrawn_is_taken_away(post: Post) -> None:
    post.promise("a")
    post.settle()
    post.withdraw("a")
    post.settle()

    assert post.standing("a") == []
    assert post.row("a")["due_at"] is None


def test_what_is_withdrawn_before_it_was_sent_takes_no_call(post: Post) -> None:
    post.promise("a", due_in=timedelta(hours=1))
    post.withdraw("a")
    post.settle()
    post.later(hours=2)

    assert post.calls(POST, "chat.delete", "conversations.history") == []
    assert post.row("a")["due_at"] is None


def test_a_message_for_a_person_goes_to_their_direct_messages(post: Post) -> None:
    post.promise("a", WANJIRU)
    post.promise("b", WANJIRU)
    post.settle()
    post.withdraw("b")
    post.settle()

    (message,) = post.standing("a")
    assert message.channel_id.startswith("D")
    assert post.row("a")["posted_in"] == message.channel_id
    assert post.standing("b") == []
    assert len(post.calls("conversations.open")) == 1


NOT_ANSWERED: dict[str, dict[str, object]] = {
    "lost before": {"drop": "before"},
    "lost after": {"drop": "after"},
    "500": {"status": 500},
    "502": {"status": 502},
    "internal_error": {"error": "internal_error"},
    "fatal_error": {"error": "fatal_error"},
}


@pytest.mark.parametrize("how", NOT_ANSWERED)
@pytest.mark.parametrize("channel", [JMTE, WANJIRU], ids=["channel", "person"])
def test_what_was_not_answered_is_looked_for_before_it_is_posted_again(
    post: Post, how: str, channel: str
) -> None:
    post.unkind(POST, **NOT_ANSWERED[how])
    post.promise("a", channel)
    post.settle()
    was_unsure = post.row("a")["is_unsure"]
    post.later(seconds=10)

    assert was_unsure is True
    (message,) = post.standing("a")
    assert post.calls("conversations.history") == ["conversations.history"]
    row = post.row("a")
    assert (row["message_ts"], row["is_unsure"], row["due_at"]) == (message.ts, False, None)


def test_one_that_was_found_is_brought_up_to_date(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, drop="after")
    post.promise("a")
    post.settle()
    rename(post.database, post.project_id, "Atoll")
    post.renew("a")
    post.settle()

    (message,) = post.standing("a")
    assert message.text == "How is Atoll?"


def test_one_that_was_withdrawn_meanwhile_is_found_and_taken_away(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, drop="after")
    post.promise("a")
    post.settle()
    assert len(post.standing("a")) == 1
    post.withdraw("a")
    post.settle()

    assert post.standing("a") == []


def test_it_is_looked_for_behind_hundreds_of_others(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, drop="after")
    post.promise("a")
    post.settle()
    for number in range(450):
        post.slack.people.say(WANJIRU, JMTE, f"and {number}")
    post.later(seconds=10)

    assert len(post.standing("a")) == 1
    assert len(post.calls("conversations.history")) == 3


@pytest.mark.parametrize("is_posted", [True, False])
def test_what_a_dead_process_had_begun_is_gone_on_with(post: Post, is_posted: bool) -> None:  # noqa: FBT001 - a case's value
    post.promise("a", due_in=timedelta(hours=1))
    post.slack.workspace.clock.move(timedelta(hours=1))
    with post.database.write() as tx:
        claimed = claim_deliveries(tx, WORKSPACE, post.now(), 16, "of the dead")
    if is_posted:
        client = WebClient(TOKEN, base_url=post.slack.api_url)
        client.chat_postMessage(channel=JMTE, text="?", metadata=metadata_of("a"))
    post.settle()
    stood = len(post.standing("a"))
    post.later(minutes=2)

    assert [each.key for each in claimed] == ["a"]
    assert stood == int(is_posted)
    (message,) = post.standing("a")
    assert message.text == "How is Reef?"

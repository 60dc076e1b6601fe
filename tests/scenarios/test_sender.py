"""What was promised comes to stand in Slack once, whatever Slack answers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from slack_sdk import WebClient
from sqlalchemy import select

from bot.local.seed import DOCS, GENERAL, JMTE, TOMASZ, WANJIRU
from bot.slack.effects import Message
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded, Wait
from bot.slack.looking_up import metadata_of
from bot.slack.refusals import MOST_ATTEMPTS
from storage.check_in_tables import deliveries
from storage.database import Database, Tx
from storage.deliveries import Delivery
from storage.delivery_claims import claim_deliveries
from tests.support.bot import TOKEN
from tests.support.sending import WORKSPACE, Post, post_office, rename

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


def test_a_limit_holds_up_that_method_alone_and_until_slack_said(post: Post) -> None:
    post.promise("old")
    post.settle()
    post.unkind(POST, status=429, retry_after=30)
    post.promise("a", DOCS)
    post.settle()
    rename(post.database, post.project_id, "Atoll")
    post.promise("b", GENERAL)
    post.renew("old")
    post.settle()
    updated = post.standing("old")[0].text
    before = [post.standing("a"), post.standing("b")]
    post.later(seconds=31)

    assert before == [[], []]
    assert updated == "How is Atoll?"
    assert (len(post.standing("a")), len(post.standing("b"))) == (1, 1)
    assert post.calls(POST) == [POST] * 4, "the first, the one that was too many, and the two afterwards"
    assert post.calls("conversations.history") == [], "it was not done for certain"


def test_a_limit_on_looking_is_kept_to_too(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, drop="after", times=2)
    post.unkind("conversations.history", status=429, retry_after=60)
    post.promise("a")
    post.settle()
    post.later(seconds=10)
    asked = post.calls("conversations.history")
    post.later(seconds=61)

    assert asked == ["conversations.history"]
    assert len(post.standing("a")) == 1


def archived(post: Post) -> None:
    post.archive(JMTE)


def left(post: Post) -> None:
    post.leave(JMTE)


PERMANENT: dict[str, Callable[[Post], None]] = {"is_archived": archived, "not_in_channel": left}
CODES = (
    "channel_not_found",
    "account_inactive",
    "invalid_auth",
    "token_revoked",
    "token_expired",
    "restricted_action",
    "msg_too_long",
    "invalid_blocks",
)


@pytest.mark.parametrize("code", [*PERMANENT, *CODES])
def test_what_can_never_be_sent_fails_once_and_holds_up_nobody(lite_post: Post, code: str) -> None:
    post = lite_post
    if code in PERMANENT:
        PERMANENT[code](post)
    else:
        post.unkind(POST, error=code)
    post.promise("a")
    post.settle()
    post.promise("b", DOCS)
    post.settle()
    post.later(hours=1)

    row = post.row("a")
    assert (row["failed_because"], row["due_at"], row["lease"]) == (code, None, None)
    assert post.failures == [("a", code)]
    assert len(post.calls(POST)) == 2
    assert len(post.standing("b")) == 1


def test_somebody_who_has_left_is_not_written_to(post: Post) -> None:
    post.promise("a", TOMASZ)
    post.settle()

    assert post.failures == [("a", "user_disabled")]
    assert post.calls(POST) == []


def test_a_word_that_nobody_knows_is_tried_again_up_to_a_bound(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, error="moon_is_full", times=MOST_ATTEMPTS + 10)
    post.promise("a")
    post.settle()
    for _ in range(MOST_ATTEMPTS + 5):
        post.later(minutes=6)

    assert post.failures == [("a", "moon_is_full")]
    assert post.calls(POST) == [POST] * (MOST_ATTEMPTS + 1)
    assert post.calls("conversations.history") == []


def in_the_thread_of_a(tx: Tx, _delivery: Delivery, now: datetime) -> Drawn:
    found = tx.execute(select(deliveries.c.message_ts).where(deliveries.c.key == "a")).scalar_one()
    return Ready(Message("In the thread", []), thread_ts=found) if found else Wait(now + timedelta(seconds=5))


THREADED = {"reply": Kind(in_the_thread_of_a)}


def test_what_waits_for_another_message_is_sent_into_its_thread(sqlite_database: Database) -> None:
    with post_office(sqlite_database, THREADED) as post:
        post.unkind(POST, status=500)
        post.promise("a")
        post.settle()
        post.promise("b", kind="reply")
        post.settle()
        waited = post.row("b")
        post.later(seconds=4)
        post.later(seconds=6)

        (parent,), (reply,) = post.standing("a"), post.standing("b")
    assert (waited["message_ts"], waited["is_unsure"], waited["attempts"]) == (None, False, 0)
    assert reply.thread_ts == parent.ts


@pytest.mark.parametrize("is_parent_gone", [False, True])
def test_one_in_a_thread_is_looked_for_there(sqlite_database: Database, is_parent_gone: bool) -> None:  # noqa: FBT001 - a case's value
    with post_office(sqlite_database, THREADED) as post:
        post.promise("a")
        post.settle()
        if is_parent_gone:
            post.delete("a")
        post.unkind(POST, drop="after")
        post.promise("b", kind="reply")
        post.settle()
        post.later(seconds=10)

        assert len(post.standing("b")) == 1
        assert post.calls(POST) == [POST] * 2


def test_what_nobody_needs_any_more_is_not_sent(sqlite_database: Database) -> None:
    kind = Kind(lambda _tx, _delivery, _now: Unneeded())
    with post_office(sqlite_database, {"idle": kind}) as post:
        post.promise("a", kind="idle")
        post.settle()

        assert post.calls(POST) == []
        assert post.row("a")["due_at"] is None


def test_a_kind_that_a_newer_version_knows_is_left_for_it(lite_post: Post) -> None:
    post = lite_post
    post.promise("a", kind="of the future")
    post.promise("b", DOCS)
    post.settle()

    row = post.row("a")
    assert (row["lease"], row["failed_because"], row["attempts"], row["is_unsure"]) == (None, None, 0, False)
    assert row["due_at"] is not None
    assert len(post.standing("b")) == 1


def test_a_mistake_of_ours_in_one_kind_holds_up_no_other_and_is_tried_again(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    is_broken = True

    def draw(_tx: Tx, _delivery: Delivery, _now: datetime) -> Drawn:
        if is_broken:
            raise ZeroDivisionError
        return Ready(Message("At last", []))

    with post_office(sqlite_database, {"broken": Kind(draw)}) as post:
        post.promise("a", kind="broken")
        post.promise("b", DOCS)
        post.settle()
        was_sent = len(post.standing("a")), len(post.standing("b"))
        is_broken = False
        post.later(minutes=6)

        assert was_sent == (0, 1)
        assert len(post.standing("a")) == 1
    assert "ZeroDivisionError" in caplog.text


def test_consequences_that_cannot_be_written_down_are_tried_again_and_nothing_is_posted_twice(
    sqlite_database: Database,
) -> None:
    heard: list[str] = []

    def sent(_tx: Tx, _delivery: Delivery, _channel: str, message_ts: str, _now: datetime) -> None:
        heard.append(message_ts)
        if len(heard) == 1:
            raise ZeroDivisionError

    kind = Kind(lambda _tx, _delivery, _now: Ready(Message("Once", [])), sent)
    with post_office(sqlite_database, {"once": kind}) as post:
        post.promise("a", kind="once")
        post.settle()
        post.later(minutes=6)

        (message,) = post.standing("a")
        assert heard == [message.ts] * 2
        assert post.row("a")["message_ts"] == message.ts

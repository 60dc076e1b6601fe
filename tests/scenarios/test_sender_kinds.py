"""What a kind of delivery can say of it: that it waits, where it belongs, that nobody needs it; or break."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.local.seed import DOCS
from bot.slack.effects import Message
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded, Wait
from storage.check_in_tables import deliveries
from storage.database import Database, Tx
from storage.deliveries import Delivery
from tests.support.sending import Post, post_office

POST = "chat.postMessage"


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

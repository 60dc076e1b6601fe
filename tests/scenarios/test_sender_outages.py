"""Slack or the database is away, processes end or are too late: it goes on, and nothing is said twice."""

import logging
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.local.seed import DOCS, GENERAL, HUB_PILOTS, JMTE, SOFIA, STEWARDS, TIDE_GAUGES
from bot.local.server import LocalServer
from bot.slack.effects import Message
from bot.slack.kinds import Drawn, Kind, Ready
from storage.database import Database, Tx
from storage.deliveries import Delivery
from storage.delivery_claims import claim_deliveries
from tests.support.bot import TOKEN
from tests.support.ports import free_port
from tests.support.sending import PROMPTS, WORKSPACE, Post, make_sender, post_office

POST = "chat.postMessage"
CHANNELS = (JMTE, DOCS, GENERAL, HUB_PILOTS, STEWARDS, TIDE_GAUGES)


def wait_for_line(post: Post, words: str, caplog: pytest.LogCaptureFixture) -> None:
    """Until it stands in the log; before that, not everything can have been done."""
    while words not in caplog.text:
        assert not post.sender.settle(0.2), f"done without {words!r}"


def test_slack_is_away_for_hours(sqlite_database: Database, caplog: pytest.LogCaptureFixture) -> None:
    with post_office(sqlite_database, port=free_port()) as post:
        post.slack.stop()
        for number, channel in enumerate(CHANNELS):
            post.promise(f"k{number}", channel)
        post.settle()
        for _ in range(20):
            post.later(minutes=6)
        said_while_away = caplog.text.count("Slack is away"), caplog.text.count("Slack is back")
        rows = [post.row(f"k{number}") for number in range(len(CHANNELS))]
        with LocalServer(post.slack.workspace, post.slack.settings):
            post.later(minutes=6)

            assert [len(post.standing(f"k{number}")) for number in range(len(CHANNELS))] == [1] * 6
        assert post.failures == []
    assert said_while_away == (1, 0)
    assert caplog.text.count("Slack is back") == 1
    assert not any(row["is_unsure"] for row in rows), "without a connection nothing was done"


def test_the_database_is_away(lite_post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post = lite_post
    post.promise("a", due_in=timedelta(hours=1))
    post.settle()
    file = _take_away(post.database)
    post.slack.workspace.clock.move(timedelta(hours=1))
    wait_for_line(post, "The database is away", caplog)
    for _ in range(5):
        assert not post.sender.settle(0.2)
    _put_back(file)
    post.settle()

    assert len(post.standing("a")) == 1
    assert caplog.text.count("The database is away") == 1
    assert caplog.text.count("The database is back") == 1


def test_the_database_goes_away_while_a_message_is_on_its_way(
    lite_post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post = lite_post
    post.unkind(POST, delay=1)
    post.promise("a")
    post.sender.wake()
    _wait_until_called(post)
    file = _take_away(post.database)
    wait_for_line(post, "The database is away", caplog)
    _put_back(file)
    post.settle()

    (message,) = post.standing("a")
    assert post.row("a")["message_ts"] == message.ts
    assert post.calls("conversations.history") == []


def test_what_somebody_else_has_by_now_is_not_written_over(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, delay=1)
    post.promise("a")
    post.sender.wake()
    _wait_until_called(post)
    # Nobody else writes meanwhile, so that it is this one who takes it over.
    with post.database.write() as tx:
        post.slack.workspace.clock.move(timedelta(minutes=2))
        (taken,) = claim_deliveries(tx, WORKSPACE, post.now(), 16, "somebody else's")
    post.settle()
    row = post.row("a")
    stood = len(post.standing("a"))
    post.later(minutes=2)

    assert taken.is_unsure
    assert (row["lease"], row["message_ts"], stood) == ("somebody else's", None, 1)
    assert post.row("a")["message_ts"] == post.standing("a")[0].ts


def test_it_stops_in_time_and_what_was_not_answered_is_gone_on_with(sqlite_database: Database) -> None:
    with post_office(sqlite_database) as post:
        post.unkind(POST, delay=30)
        post.promise("a")
        post.sender.wake()
        _wait_until_called(post)
        began = time.monotonic()
        post.sender.stop()
        took_s = time.monotonic() - began
        row, now = post.row("a"), post.now()
        next_one = make_sender(post.database, post.slack, PROMPTS)
        next_one.start()
        assert next_one.settle()
        looked_at_once = post.calls("conversations.history")
        post.slack.workspace.clock.move(timedelta(seconds=15))
        assert next_one.settle()
        next_one.stop()

        assert took_s < 10
        assert (row["is_unsure"], row["lease"], row["attempts"]) == (True, None, 0)
        # Slack may still have it posted as long as a call lasts: until then nobody looks for it.
        assert isinstance(row["due_at"], datetime)
        assert timedelta(seconds=10) < row["due_at"] - now <= timedelta(seconds=15)
        assert looked_at_once == []
        assert len(post.standing("a")) == 1


def test_what_it_has_not_posted_yet_goes_on_elsewhere_at_once(sqlite_database: Database) -> None:
    with post_office(sqlite_database) as post:
        post.unkind("conversations.open", delay=30)
        post.promise("a", SOFIA)
        post.sender.wake()
        _wait_until_called(post)
        began = time.monotonic()
        post.sender.stop()
        took_s = time.monotonic() - began
        next_one = make_sender(post.database, post.slack, PROMPTS)
        next_one.start()
        assert next_one.settle()
        next_one.stop()

        assert took_s < 10
        assert len(post.standing("a")) == 1
        assert post.calls("conversations.history") == [], "nothing was posted that could stand there"


def test_what_it_has_not_begun_it_gives_back(sqlite_database: Database) -> None:
    ends: list[threading.Thread] = []

    def draw(_tx: Tx, _delivery: Delivery, _now: datetime) -> Drawn:
        ends.append(threading.Thread(target=post.sender.stop))
        ends[0].start()
        # It is told to stop before this is drawn.
        ends[0].join(0.5)
        return Ready(Message("Later", []))

    with post_office(sqlite_database, {"slow": Kind(draw)}) as post:
        post.promise("a", kind="slow")
        post.sender.wake()
        while not ends:
            assert not post.sender.settle(0.1)
        ends[0].join()

        row = post.row("a")
        assert post.calls(POST) == []
    assert (row["lease"], row["is_unsure"], row["attempts"], row["message_ts"]) == (None, False, 0, None)
    assert row["due_at"] is not None


def test_several_processes_send_each_message_once(post: Post) -> None:
    other = make_sender(post.database, post.slack, PROMPTS)
    other.start()
    keys = [f"k{number}" for number in range(60)]
    for number, key in enumerate(keys):
        post.promise(key, CHANNELS[number % len(CHANNELS)])
        other.wake()
        post.sender.wake()
    post.settle()
    assert other.settle()
    other.stop()

    assert [len(post.standing(key)) for key in keys] == [1] * len(keys)
    assert len(post.calls(POST)) == len(keys)


def test_a_channel_gets_one_message_a_second_from_all_of_them_together(sqlite_database: Database) -> None:
    pace = timedelta(seconds=1)
    with post_office(sqlite_database, pace=pace) as post:
        other = make_sender(post.database, post.slack, PROMPTS, pace=pace)
        other.start()
        for key in ("a", "b", "c"):
            post.promise(key)
        post.promise("elsewhere", DOCS)
        post.settle()
        other.stop()

        a, b, c, elsewhere = (float(post.standing(key)[0].ts) for key in ("a", "b", "c", "elsewhere"))
    assert b - a >= 1
    assert c - b >= 1
    assert elsewhere < c


def test_neither_the_token_nor_what_is_said_comes_into_the_log(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), post_office(sqlite_database) as post:
        for what in ({"drop": "after"}, {"status": 500}, {"error": "invalid_blocks"}, {"error": "strange"}):
            post.unkind(POST, **what)
        for number, channel in enumerate(CHANNELS):
            post.promise(f"k{number}", channel)
        post.settle()
        post.later(minutes=5)
        post.slack.stop()
        for number in range(8):
            post.promise(f"late {number}")
        post.settle()
        sender = repr(post.sender.__dict__)

    assert "invalid_blocks" in caplog.text
    assert "Slack is away" in caplog.text
    for secret in (TOKEN, "Reef"):
        assert secret not in caplog.text
        assert secret not in sender


def _wait_until_called(post: Post) -> None:
    """Until Slack has begun with what is unkind to it."""
    while post.slack.platform.unkindness.rules():
        assert not post.sender.settle(0.02)


def _take_away(database: Database) -> Path:
    file = Path(database.url.database or "")
    for suffix in ("", "-wal", "-shm"):
        if Path(f"{file}{suffix}").exists():
            Path(f"{file}{suffix}").rename(f"{file}{suffix}.away")
    return file


def _put_back(file: Path) -> None:
    for suffix in ("-shm", "-wal", ""):
        if Path(f"{file}{suffix}.away").exists():
            Path(f"{file}{suffix}.away").rename(f"{file}{suffix}")

"""Tokens that end: replaced in time, by the worker or by whoever needs one, and never twice with the same."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest

from bot.app_many import create_access
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.local.unkind import Rule
from bot.slack.accounts import Access
from bot.slack.installations import KEPT
from storage.database import Database
from storage.migrate import migrate
from tests.support.installed import FIRST, Many, running_many
from tests.support.postgres import PostgresServer


def move(many: Many, **by: float) -> None:
    """Time passes, and no worker runs."""
    many.now.at += timedelta(**by)
    for workspace in many.workspaces.values():
        workspace.clock.move(timedelta(**by))


def refreshed(many: Many) -> list[str | None]:
    """How each call for a token came out, after that for the installation."""
    return [error for _, error in many.calls("oauth.v2.access")][1:]


@contextmanager
def other_processes(many: Many, count: int) -> Iterator[list[Access]]:
    """Each with a cache and connections of its own."""
    databases = [Database(many.settings.database_url) for _ in range(count)]
    try:
        yield [create_access(many.settings, database, many.now) for database in databases]
    finally:
        for database in databases:
            database.close()


def test_the_worker_replaces_a_token_in_time(rotating: Many) -> None:
    many = rotating
    many.install(FIRST)
    before = many.row(FIRST)
    many.tick(hours=9, minutes=59)
    assert refreshed(many) == []

    many.tick(minutes=2)

    assert refreshed(many) == [None]
    after = many.row(FIRST)
    assert after.bot_token_expires_at - before.bot_token_expires_at == timedelta(hours=10, minutes=1)
    assert (after.bot_token != before.bot_token, after.bot_refresh_token != before.bot_refresh_token) == (
        True,
        True,
    )
    many.tick(minutes=2)
    assert refreshed(many) == [None]


def test_for_days_on_end(rotating: Many) -> None:
    many = rotating
    many.install(FIRST)
    for _ in range(12):
        many.tick(hours=11)

    assert set(refreshed(many)) == {None}
    assert len(refreshed(many)) == 12
    assert not many.access.gateways.of(FIRST).is_shut_out()


def test_where_no_worker_runs_whoever_needs_a_token_gets_the_next_one(rotating: Many) -> None:
    many = rotating
    many.install(FIRST)
    move(many, hours=11, minutes=45)
    assert not many.access.gateways.of(FIRST).is_shut_out()
    assert refreshed(many) == []

    move(many, minutes=6)

    assert not many.access.gateways.of(FIRST).is_shut_out()
    assert refreshed(many) == [None]


def test_a_message_is_sent_though_the_token_has_ended_long_ago(rotating: Many) -> None:
    many = rotating
    many.install(FIRST)
    many.type_command(FIRST, "create Reef")
    many.type_command(FIRST, "channel reef #proj-jmte")
    many.type_command(FIRST, "outcome add reef Corals are counted")
    move(many, days=3)

    many.type_command(FIRST, "checkin reef")
    many.settle()

    assert refreshed(many) == [None]
    assert many.calls("chat.postMessage")[-1] == (FIRST, None)


@pytest.mark.postgres
def test_many_at_once_spend_each_refresh_token_once(postgres_server: PostgresServer) -> None:
    with postgres_server.new_database() as url, closing(Database(url)) as database:
        migrate(database)
        with running_many(database, rotates=True) as many, other_processes(many, 8) as processes:
            many.install(FIRST)
            for number in range(1, 6):
                move(many, hours=12)
                # Slack takes its time, so that all come while the first one waits.
                many.slack.platform.unkindness.add(Rule(method="oauth.v2.access", delay=0.3))

                found = all_at_once(processes)

                assert refreshed(many) == [None] * number
                assert len(found - {None}) == 1
                assert {each.tokens.token_of(FIRST) for each in processes} <= found


def all_at_once(processes: list[Access]) -> set[str | None]:
    """The tokens that they have then; None for one that was told to try again."""
    barrier = threading.Barrier(len(processes))

    def need(access: Access) -> str | None:
        barrier.wait()
        try:
            return access.tokens.token_of(FIRST)
        except SlackUnreachableError:
            # Somebody else is at it, and the one before has ended.
            return None

    with ThreadPoolExecutor(len(processes)) as pool:
        return set(pool.map(need, processes))


def test_threads_of_one_process_wait_for_the_one_that_asks(rotating: Many) -> None:
    many = rotating
    many.install(FIRST)
    move(many, hours=13)
    many.slack.platform.unkindness.add(Rule(method="oauth.v2.access", delay=0.2))

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(many.access.tokens.token_of, [FIRST] * 8))

    assert len(found) == 1
    assert refreshed(many) == [None]


def test_another_process_learns_of_the_next_token(rotating: Many) -> None:
    many = rotating
    many.install(FIRST)
    with other_processes(many, 1) as (other,):
        before = other.tokens.token_of(FIRST)
        many.tick(hours=10, minutes=30)

        assert other.tokens.token_of(FIRST) not in {before, ""}
        assert other.tokens.token_of(FIRST) == many.access.tokens.token_of(FIRST)


def test_what_slack_refuses_is_tried_again_while_the_token_still_holds(
    rotating: Many, caplog: pytest.LogCaptureFixture
) -> None:
    many = rotating
    many.install(FIRST)
    many.slack.platform.unkindness.add(Rule(method="oauth.v2.access", error="internal_error"))
    many.tick(hours=10, minutes=30)

    assert refreshed(many) == ["internal_error"]
    assert f"the token of {FIRST} was not replaced: oauth.v2.access: internal_error" in caplog.text
    assert not many.access.gateways.of(FIRST).is_shut_out()

    many.tick(minutes=1)
    assert refreshed(many) == ["internal_error", None]


def test_when_slacks_answer_was_lost_the_bot_is_installed_again(rotating: Many) -> None:
    many = rotating
    many.install(FIRST)
    many.slack.platform.unkindness.add(Rule(method="oauth.v2.access", drop="after"))
    many.tick(hours=10, minutes=30)
    many.tick(minutes=1)

    assert refreshed(many)[1:] == ["invalid_refresh_token"]
    move(many, hours=2)
    with pytest.raises((SlackUnreachableError, SlackRefusedError)):
        many.access.tokens.token_of(FIRST)
    many.install(FIRST)
    assert many.access.tokens.token_of(FIRST)


def test_a_token_that_never_ends_is_let_be(many: Many) -> None:
    many.install(FIRST)
    before = many.row(FIRST)

    many.tick(days=40)

    assert refreshed(many) == []
    assert many.row(FIRST) == before


def test_what_another_process_has_installed_is_seen_in_a_minute_or_when_slack_refuses(many: Many) -> None:
    many.install(FIRST)
    with other_processes(many, 2) as (first, second):
        old = {each.tokens.token_of(FIRST) for each in (first, second)}
        many.slack.platform.tokens.revoke_all()
        many.install(FIRST)
        new = many.access.tokens.token_of(FIRST)

        assert {first.tokens.token_of(FIRST), second.tokens.token_of(FIRST)} == old != {new}
        assert first.gateways.of(FIRST).is_shut_out()
        assert first.tokens.token_of(FIRST) == new
        many.now.at += KEPT
        assert second.tokens.token_of(FIRST) == new

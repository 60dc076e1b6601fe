"""Digests as their time comes: once each, by the clock on the wall, and nothing that happened goes unsaid."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.cadence_words import parse_cadence
from bot.services import digests
from bot.services.asking import Asker
from bot.services.digests import Going, keep_digest_times, start_again_in
from bot.services.editions import DETAILS, TROUBLE, find_edition_of, open_due_editions, stop_digest
from storage.check_in_tables import deliveries
from storage.database import Database, Tx
from storage.digest_tables import editions
from storage.digests import Digest, DigestKind, change_digest, find_digest
from storage.editions import Edition
from storage.settings import add_days_off, change_absence
from tests.support.make import NOW, make_channel, make_workspace

W, CHANNEL = "T0TEST", "C0NEWS"
ASKER = Asker(W, "U0ANA", None, "Europe/Berlin")
GOING = Going(DigestKind.DIGEST, CHANNEL)
MINE = Going(DigestKind.MINE, "U0ANA")
FRIDAY = datetime(2026, 5, 8, 13, 0, tzinfo=UTC)
"""Of the week of NOW, at 15:00 in Berlin."""
WEEK, SECOND, HOUR = timedelta(days=7), timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def ready(database: Database) -> Database:
    """A digest of a channel is set for Fridays at 15:00 in Berlin."""
    with database.write() as tx:
        make_workspace(tx)
        make_channel(tx, CHANNEL)
        set_for(tx, GOING, "fri 15:00")
    return database


def set_for(tx: Tx, going: Going, words: str, now: datetime = NOW) -> Digest:
    cadence = digests.read_cadence(tx, ASKER, going, words, now)
    return digests.set_digest(tx, ASKER, going, cadence, now)


def run(database: Database, now: datetime) -> int:
    with database.write() as tx:
        return open_due_editions(tx, now)


def made(database: Database) -> list[tuple[datetime, datetime, datetime]]:
    """When each was due, and the time that it tells of."""
    with database.read() as tx:
        rows = tx.execute(select(editions).order_by(editions.c.id)).mappings()
        return [(row["due_at"], row["since"], row["until"]) for row in rows]


def promised(database: Database, *kinds: str) -> list[str]:
    with database.read() as tx:
        found = select(deliveries.c.key).where(deliveries.c.kind.in_(kinds)).order_by(deliveries.c.id)
        return list(tx.execute(found).scalars())


def the_digest(database: Database, going: Going = GOING) -> Digest:
    with database.read() as tx:
        found = find_digest(tx, W, *going)
    assert found is not None
    return found


def test_it_comes_when_it_is_due_once_and_tells_of_a_week(ready: Database) -> None:
    assert run(ready, FRIDAY - SECOND) == 0
    assert run(ready, FRIDAY + SECOND) == 1
    assert run(ready, FRIDAY + 2 * SECOND) == 0

    assert made(ready) == [(FRIDAY, FRIDAY - WEEK, FRIDAY + SECOND)]
    assert promised(ready, "digest") == ["edition:1:0"]
    assert the_digest(ready).next_at == FRIDAY + WEEK


def test_the_next_one_goes_on_where_the_last_one_ended(ready: Database) -> None:
    run(ready, FRIDAY + SECOND)
    run(ready, FRIDAY + WEEK + 3 * HOUR)

    assert made(ready)[1] == (FRIDAY + WEEK, FRIDAY + SECOND, FRIDAY + WEEK + 3 * HOUR)


@pytest.mark.parametrize(("late", "is_sent"), [(8 * HOUR, True), (9 * HOUR, False), (30 * HOUR, False)])
def test_late_on_the_same_day_it_is_sent_and_later_the_next_one_tells_of_both_weeks(
    ready: Database, late: timedelta, *, is_sent: bool
) -> None:
    run(ready, FRIDAY + late)
    run(ready, FRIDAY + WEEK)

    found = made(ready)
    assert found[0][0] == (FRIDAY if is_sent else FRIDAY + WEEK)
    # Whatever was sent when, no time is left out between them.
    assert found[0][1] == FRIDAY - WEEK
    assert found[-1][2] == FRIDAY + WEEK
    assert len(found) == (2 if is_sent else 1)


def test_after_midnight_it_is_sent_for_six_hours(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_channel(tx, CHANNEL)
        due_at = set_for(tx, GOING, "mon 23:30").next_at
    assert due_at
    run(database, due_at + 5 * HOUR)

    assert [each[0] for each in made(database)] == [due_at]


def test_of_weeks_that_were_missed_only_the_last_is_sent(ready: Database) -> None:
    run(ready, FRIDAY + 3 * WEEK + HOUR)

    assert made(ready) == [(FRIDAY + 3 * WEEK, FRIDAY - WEEK, FRIDAY + 3 * WEEK + HOUR)]
    assert the_digest(ready).next_at == FRIDAY + 4 * WEEK


def test_a_clock_that_was_set_back_sends_none_again(ready: Database) -> None:
    run(ready, FRIDAY + SECOND)
    with ready.write() as tx:
        found = find_digest(tx, W, *GOING)
        assert found
        change_digest(tx, W, found.id, next_at=FRIDAY)
    run(ready, FRIDAY + SECOND)

    assert len(made(ready)) == 1


def test_it_keeps_to_the_clock_on_the_wall_in_winter(database: Database) -> None:
    now = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
    with database.write() as tx:
        make_workspace(tx)
        make_channel(tx, CHANNEL)
        first = set_for(tx, GOING, "fri 15:00 Europe/Berlin", now).next_at
    assert first == datetime(2026, 10, 23, 13, 0, tzinfo=UTC)
    run(database, first)

    assert the_digest(database).next_at == datetime(2026, 10, 30, 14, 0, tzinfo=UTC)


def test_on_a_day_off_it_comes_on_the_next_working_day(ready: Database) -> None:
    with ready.write() as tx:
        add_days_off(tx, W, {FRIDAY.date(): "Bridge day"})
        keep_digest_times(tx, W, NOW)
    monday = FRIDAY + timedelta(days=3)
    assert the_digest(ready).next_at == monday

    run(ready, monday)
    assert the_digest(ready).next_at == FRIDAY + WEEK


def test_one_that_is_due_when_a_day_becomes_off_stays_due(ready: Database) -> None:
    with ready.write() as tx:
        add_days_off(tx, W, {FRIDAY.date(): "Bridge day"})
        keep_digest_times(tx, W, FRIDAY + SECOND)

    assert run(ready, FRIDAY + SECOND) == 1
    assert len(made(ready)) == 1


def test_whoever_is_away_gets_no_week_and_the_next_tells_of_it(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        set_for(tx, MINE, "fri 15:00")
        change_absence(tx, W, "U0ANA", until=(FRIDAY + timedelta(days=1)).date())
    run(database, FRIDAY)
    assert made(database) == []

    run(database, FRIDAY + WEEK)
    assert made(database) == [(FRIDAY + WEEK, FRIDAY - WEEK, FRIDAY + WEEK)]


def test_another_time_keeps_what_is_still_to_be_told_and_an_end_does_not(ready: Database) -> None:
    run(ready, FRIDAY)
    with ready.write() as tx:
        assert set_for(tx, GOING, "thu 10:00", FRIDAY + HOUR).since == FRIDAY
        digests.end_digest(tx, ASKER, GOING)
        assert set_for(tx, GOING, "thu 10:00", FRIDAY + HOUR).since is None


def test_a_time_without_a_zone_keeps_that_from_before(ready: Database) -> None:
    far = Asker(W, "U0BO", None, "Asia/Tokyo")
    with ready.read() as tx:
        cadence = digests.read_cadence(tx, far, GOING, "thu 10:00", NOW)
        other = digests.read_cadence(tx, far, Going(DigestKind.BRIEF, CHANNEL), "thu 10:00", NOW)

    assert (cadence.zone, other.zone) == ("Europe/Berlin", "Asia/Tokyo")


def test_what_slack_refuses_for_good_stops_it_and_its_setter_is_told_once(ready: Database) -> None:
    run(ready, FRIDAY)
    with ready.write() as tx:
        edition = _edition(tx)
        stop_digest(tx, edition, "is_archived", FRIDAY)
        stop_digest(tx, edition, "is_archived", FRIDAY)
    stopped = the_digest(ready)
    assert (stopped.stopped_because, stopped.next_at) == ("is_archived", None)
    assert promised(ready, TROUBLE) == [f"{TROUBLE}:{edition.id}:0"]
    assert run(ready, FRIDAY + WEEK) == 0

    # It goes on when the bot is let in again, and tells of the time that it could not.
    with ready.write() as tx:
        start_again_in(tx, W, CHANNEL, {"is_archived"}, FRIDAY + WEEK + HOUR)
    run(ready, FRIDAY + 2 * WEEK)
    assert made(ready)[-1] == (FRIDAY + 2 * WEEK, FRIDAY - WEEK, FRIDAY + 2 * WEEK)


def test_a_bot_that_is_shut_out_as_a_whole_stops_none(ready: Database) -> None:
    run(ready, FRIDAY)
    with ready.write() as tx:
        stop_digest(tx, _edition(tx), "token_revoked", FRIDAY)

    assert the_digest(ready).stopped_because is None
    assert promised(ready, TROUBLE, DETAILS) == []


def _edition(tx: Tx) -> Edition:
    found = find_edition_of(tx, W, "edition:1:0")
    assert found is not None
    return found


def test_many_that_are_due_at_once_are_each_sent_once(database: Database) -> None:
    count = 120
    with database.write() as tx:
        make_workspace(tx)
        cadence = parse_cadence("weekly fri 15:00", "Europe/Berlin", NOW.date())
        for number in range(count):
            asker = Asker(W, f"U0NO{number}", None)
            digests.set_digest(tx, asker, Going(DigestKind.MINE, asker.person_id), cadence, NOW)
    done = [run(database, FRIDAY) for _ in range(4)]

    assert done == [50, 50, 20, 0]
    assert len(set(promised(database, "mine"))) == count

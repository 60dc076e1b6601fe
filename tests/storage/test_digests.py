"""Digests that are set, and what they are read from, on both databases."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from storage import digests, editions, periods, standings, topmost
from storage.check_ins import (
    CheckInState,
    change_check_in,
    list_check_ins,
)
from storage.database import Database, Tx
from storage.digests import DigestKind
from storage.history import By, record_change
from storage.history_records import ChangedItem
from storage.openings import record_missed
from storage.outcomes import change_outcome
from storage.projects import change_project, find_project_by_slug
from storage.records import OutcomeStatus, Project, UpdateSource
from storage.schedules import change_schedule
from storage.sight import Sight, of_place
from tests.support.make import NOW, make_channel, make_outcome, make_person, make_project, make_workspace, say

W = "T0TEST"
WEEK_AGO = NOW - timedelta(days=7)
OPEN, SECRET, OTHER = "C0OPEN", "C0SECRET", "C0OTHER"
INSIDER, OUTSIDER, GUEST = "U0INSIDER", "U0OUTSIDER", "U0GUEST"
ON, RISK = OutcomeStatus.ON_TRACK, OutcomeStatus.AT_RISK


@pytest.fixture
def world(database: Database) -> Database:
    """A public project and one each of two private channels, all with something of everything."""
    with database.write() as tx:
        make_workspace(tx)
        make_person(tx, INSIDER)
        make_person(tx, OUTSIDER)
        make_person(tx, GUEST, is_guest=True)
        make_channel(tx, SECRET, private_to=[INSIDER])
        make_channel(tx, OTHER, private_to=["U0ANA"])
        for name, channel in (("open", OPEN), ("secret", SECRET), ("other", OTHER)):
            parent = make_project(tx, slug=f"{name}-above", name=f"{name} above", channel_id=channel)
            project = make_project(tx, slug=name, name=name, channel_id=channel, parent_id=parent.id)
            enliven(tx, project)
    return database


def enliven(tx: Tx, project: Project) -> None:
    moved, stale = make_outcome(tx, project, "Moved"), make_outcome(tx, project, "Stale", 1)
    say(tx, moved, ON, ago=timedelta(days=9))
    say(tx, moved, RISK, ago=timedelta(days=2), note="trouble")
    say(tx, stale, ON, ago=timedelta(days=30))
    by = By("U0ANA", UpdateSource.COMMAND, f"act-{project.slug}", None, NOW - timedelta(days=1))
    record_change(
        tx,
        W,
        project.id,
        by,
        item=ChangedItem.PROJECT,
        item_id=None,
        field="goal",
        before="",
        after="A goal",
    )
    record_missed(tx, W, project.id, NOW, closes_at=NOW, now=NOW - timedelta(days=1))
    change_check_in(tx, W, list_check_ins(tx, W, project.id, 1)[0].id, state=CheckInState.CLOSED.value)
    change_schedule(tx, W, project.id, silent_rounds=2)


def _all(tx: Tx, sight: Sight) -> dict[str, set[str]]:
    """The names of the projects that each reading tells of."""
    where = tx, W, sight
    return {
        "said": {each.project.name for each in periods.list_said(*where, WEEK_AGO, NOW)},
        "noted": {each.project.name for each in periods.list_noted(*where, WEEK_AGO, NOW)},
        "unheard": {each.project.name for each in periods.list_unheard(*where, WEEK_AGO, NOW)},
        "stale": {each.project.name for each in standings.list_stale(*where, NOW, limit=99)},
        "troubled": {each.project.name for each in standings.list_troubled(*where, NOW)},
    }


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (OPEN, {"open"}),
        ("C0UNKNOWN", {"open"}),
        (SECRET, {"open", "secret"}),
        (OTHER, {"open", "other"}),
        (INSIDER, {"open", "secret"}),
        (OUTSIDER, {"open"}),
        (GUEST, set()),
        ("U0NEVERMET", set()),
    ],
)
def test_every_reading_tells_a_place_what_may_be_told_there(
    world: Database, place: str, told: set[str]
) -> None:
    with world.read() as tx:
        for name, found in _all(tx, of_place(place)).items():
            assert found == told, name
        counts = standings.count_open(tx, W, of_place(place), NOW)
    assert sum(counts.by_status.values()) == 2 * len(told)
    assert counts.stale == len(told)


def test_what_nobody_ever_vouched_for_is_stale_once_it_is_as_old(world: Database) -> None:
    where = W, of_place(OPEN)
    with world.write() as tx:
        project = _by_slug(tx, "open")
        make_outcome(tx, project, "Never said", 2)

        def texts(at: datetime, limit: int) -> list[str]:
            return [each.outcome.text for each in standings.list_stale(tx, *where, at, limit=limit)]

        assert texts(NOW, 9) == ["Stale"]
        assert texts(NOW + timedelta(days=28), 9) == ["Moved", "Stale", "Never said"], "the newest first"
        assert texts(NOW + timedelta(days=28), 1) == ["Moved"]


def test_nothing_above_a_project_is_named_that_may_not_be(world: Database) -> None:
    with world.write() as tx:
        secret = _by_slug(tx, "secret-above")
        child = make_project(tx, slug="child", name="child", channel_id=OPEN, parent_id=secret.id)
        below = make_project(tx, slug="below", name="below", parent_id=child.id)
    ids = [below.id, child.id, secret.id]
    with world.read() as tx:
        in_open = topmost.list_topmost(tx, W, of_place(OPEN), ids)
        in_secret = topmost.list_topmost(tx, W, of_place(SECRET), ids)

    assert {id_: name.name for id_, name in in_open.items()} == {below.id: "child", child.id: "child"}
    assert {name.name for name in in_secret.values()} == {"secret above"}


def _by_slug(tx: Tx, slug: str) -> Project:
    found = find_project_by_slug(tx, W, slug)
    assert found is not None
    return found


def test_what_was_said_is_told_once_with_the_status_before(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, channel_id=OPEN)
        first, second = make_outcome(tx, project, "First"), make_outcome(tx, project, "Second", 1)
        say(tx, first, ON, ago=timedelta(days=8))
        say(tx, first, RISK, ago=timedelta(days=6), note="early")
        say(tx, first, OutcomeStatus.DONE, ago=timedelta(days=1), note="late")
        # After the period.
        say(tx, first, OutcomeStatus.DROPPED, ago=timedelta(hours=-1))
        say(tx, second, ON, ago=timedelta(days=7, hours=1))
    with database.read() as tx:
        (told,) = periods.list_said(tx, W, of_place(OPEN), WEEK_AGO, NOW)

    assert (told.before, told.outcome.status, told.outcome.number) == (ON, OutcomeStatus.DONE, 1)
    assert told.outcome.newest
    assert told.outcome.newest.note == "late"


def test_the_number_is_that_of_the_record_when_one_before_was_taken_off(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, channel_id=OPEN)
        gone, kept = make_outcome(tx, project, "Gone"), make_outcome(tx, project, "Kept", 1)
        for outcome in (gone, kept):
            say(tx, outcome, RISK, ago=timedelta(days=1))
        change_outcome(tx, W, gone.id, NOW, removed_at=NOW)
    with database.read() as tx:
        (said,) = periods.list_said(tx, W, of_place(OPEN), WEEK_AGO, NOW)
        (troubled,) = standings.list_troubled(tx, W, of_place(OPEN), NOW)

    assert (said.outcome.text, said.outcome.number) == ("Kept", 1)
    assert (troubled.outcome.text, troubled.outcome.number) == ("Kept", 1)


def test_what_rests_is_neither_stale_nor_in_trouble(world: Database) -> None:
    with world.write() as tx:
        change_project(tx, W, _by_slug(tx, "open").id, NOW, state="paused")
    with world.read() as tx:
        found = _all(tx, of_place(OPEN))

    assert (found["stale"], found["troubled"], found["unheard"]) == (set(), set(), set())
    assert found["said"] == {"open"}


def test_there_is_one_of_a_kind_for_a_place_and_it_is_changed(database: Database) -> None:
    def save(tx: Tx, **values: Any) -> digests.Digest:
        return digests.save_digest(tx, W, DigestKind.DIGEST, OPEN, **values)

    with database.write() as tx:
        make_workspace(tx)
        first = save(tx, cadence="weekly fri 15:00 UTC", set_by="U0ANA", next_at=NOW)
        again = save(tx, cadence="weekly thu 15:00 UTC", set_by="U0BO", next_at=NOW)
        brief = digests.save_digest(
            tx, W, DigestKind.BRIEF, OPEN, cadence="weekly thu 09:00 UTC", set_by="U0BO", next_at=None
        )
        assert (first.id, again.set_by) == (again.id, "U0BO")
        assert digests.list_digests(tx, W, tuple(DigestKind)) == (again, brief)
        assert digests.list_digests(tx, W, [DigestKind.BRIEF], OPEN) == (brief,)
        assert digests.list_digests(tx, W, tuple(DigestKind), SECRET) == ()
        save(tx, cadence=None, next_at=None)
        assert digests.list_digests(tx, W, tuple(DigestKind)) == (brief,)


def test_of_one_digest_there_is_one_edition_for_each_instant(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        made = digests.save_digest(
            tx, W, DigestKind.DIGEST, OPEN, cadence="weekly fri 15:00 UTC", set_by="U0ANA", next_at=NOW
        )
        _add(tx, made.id, NOW)
        assert editions.has_edition(tx, W, made.id, NOW)
        assert not editions.has_edition(tx, W, made.id, WEEK_AGO)
    with pytest.raises(IntegrityError), database.write() as tx:
        _add(tx, made.id, NOW)
    with database.write() as tx:
        # Those that somebody asks for have no such bound.
        _add(tx, None, NOW)
        _add(tx, None, NOW)


def _add(tx: Tx, digest_id: int | None, at: datetime) -> int:
    return editions.add_edition(
        tx, W, DigestKind.DIGEST, OPEN, digest_id=digest_id, due_at=at, since=WEEK_AGO, until=at
    )


def test_two_processes_never_claim_the_same_digest(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for place in (OPEN, SECRET, OTHER):
            digests.save_digest(
                tx, W, DigestKind.BRIEF, place, cadence="weekly fri 15:00 UTC", set_by="U0ANA", next_at=NOW
            )

    def claim(tx: Tx) -> tuple[digests.Digest, ...]:
        return digests.claim_due_digests(tx, NOW, 2)

    with database.write() as tx:
        first = claim(tx)
        if not database.is_sqlite:
            # On SQLite nobody else writes meanwhile.
            other = Database(database.url.render_as_string(hide_password=False))
            with other.write() as beside:
                assert {each.place for each in claim(beside)}.isdisjoint(each.place for each in first)
            other.close()
        for each in first:
            digests.change_digest(tx, W, each.id, next_at=NOW + timedelta(days=7))
    with database.write() as tx:
        assert len(first) == 2
        assert [each.place for each in claim(tx)] == [OTHER]

"""Outcomes in order, each with its newest update."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError

from storage import outcomes, tables
from storage.database import Database, Tx
from storage.errors import NotFoundError
from storage.project_lists import ProjectFilter, count_projects, list_projects
from storage.records import Metric, Outcome, OutcomeStatus, Standing, StatusUpdate, UpdateSource
from storage.status_updates import list_said_since, record_status_update, take_back_update
from tests.support.dumps import dump
from tests.support.make import NOW, SEES, make_outcome, make_project, make_workspace, say


def standing_of(outcome: Outcome) -> Standing:
    return Standing(outcome.status, outcome.vouched_at, outcome.due_days, outcome.stale_days)


def test_outcomes_come_in_their_order_and_are_numbered_from_one(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)
        for text, position in (("last", 5), ("first", 0), ("second", 2), ("third", 2)):
            make_outcome(tx, project, text, position)

    with database.read() as tx:
        found = outcomes.list_outcomes(tx, "T0TEST", project.id)

    assert [(o.number, o.text) for o in found] == [(1, "first"), (2, "second"), (3, "third"), (4, "last")]


def test_an_outcome_is_given_back_with_all_that_is_known_of_it(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)
        id_ = outcomes.add_outcome(tx, "T0TEST", project.id, position=0, text="Ten *calls*", now=NOW, level=2)
        changes = {"owner_id": "U0ANA", "due_on": date(2026, 6, 30), "metric_start": 1.0}
        outcomes.change_outcome(tx, "T0TEST", id_, NOW, metric_target=10.0, metric_unit="calls", **changes)
        (bare,) = outcomes.list_outcomes(tx, "T0TEST", project.id)
        update_id = record_status_update(
            tx,
            "T0TEST",
            bare,
            status=OutcomeStatus.AT_RISK,
            said_at=NOW,
            source=UpdateSource.MODAL,
            said_by="U0BO",
            note="Seven so far",
            value=7.5,
            permalink="https://slack.example/p1",
        )

    with database.read() as tx:
        (found,) = outcomes.list_outcomes(tx, "T0TEST", project.id)

    assert bare.newest is None
    assert found == Outcome(
        id=id_,
        project_id=project.id,
        number=1,
        level=2,
        text="Ten *calls*",
        owner_id="U0ANA",
        due_on=date(2026, 6, 30),
        metric=Metric(start=1.0, target=10.0, unit="calls"),
        newest=StatusUpdate(
            id=update_id,
            outcome_id=id_,
            status=OutcomeStatus.AT_RISK,
            note="Seven so far",
            value=7.5,
            said_by="U0BO",
            source=UpdateSource.MODAL,
            permalink="https://slack.example/p1",
            said_at=NOW,
        ),
        vouched_at=NOW,
    )


def test_a_metric_with_nothing_but_a_target_starts_at_nought(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes=["One"])
        (outcome,) = outcomes.list_outcomes(tx, "T0TEST", project.id)
        outcomes.change_outcome(tx, "T0TEST", outcome.id, NOW, metric_target=5.0)

    with database.read() as tx:
        (found,) = outcomes.list_outcomes(tx, "T0TEST", project.id)

    assert found.metric == Metric(start=0.0, target=5.0, unit="")


def test_the_newest_update_is_the_last_that_was_said_and_not_the_last_that_was_stored(
    database: Database,
) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes=["One", "Two"])
        one, two = outcomes.list_outcomes(tx, "T0TEST", project.id)
        newest = say(tx, one, OutcomeStatus.OFF_TRACK, ago=timedelta(days=1))
        say(tx, one, OutcomeStatus.DONE, ago=timedelta(days=2))
        say(tx, two, None, ago=timedelta(days=1))
        at_once = say(tx, two, OutcomeStatus.DROPPED, ago=timedelta(days=1))

    with database.read() as tx:
        first, second = outcomes.list_outcomes(tx, "T0TEST", project.id)

    assert first.newest
    assert (first.newest.id, first.status) == (newest, OutcomeStatus.OFF_TRACK)
    assert second.newest
    assert (second.newest.id, second.status) == (at_once, OutcomeStatus.DROPPED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(updates=st.lists(st.tuples(st.integers(0, 2), st.none() | st.sampled_from(OutcomeStatus)), max_size=6))
def test_the_newest_update_is_the_one_that_sorting_finds(
    sqlite_database: Database, updates: list[tuple[int, OutcomeStatus | None]]
) -> None:
    by_age = [status for _, status in sorted(updates, key=lambda update: -update[0])]

    with sqlite_database.write(dry_run=True) as tx:
        make_workspace(tx)
        outcome = make_outcome(tx, make_project(tx))
        for days, status in updates:
            say(tx, outcome, status, ago=timedelta(days=days))
        (found,) = outcomes.list_outcomes(tx, "T0TEST", outcome.project_id)

    assert found.status == (by_age[-1] if by_age else None)
    assert (found.newest is None) is (not updates)


def test_what_a_page_said_is_nobodys_word(database: Database) -> None:
    page = UpdateSource.PAGE
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes=["Never", "Once"])
        never, once = outcomes.list_outcomes(tx, "T0TEST", project.id)
        say(tx, never, OutcomeStatus.DROPPED, source=page, ago=timedelta(days=2))
        say(tx, never, None, source=page)
        say(tx, once, OutcomeStatus.AT_RISK, ago=timedelta(days=9))
        say(tx, once, OutcomeStatus.DROPPED, source=page)

    with database.read() as tx:
        never, once = outcomes.list_outcomes(tx, "T0TEST", project.id)
        together = outcomes.list_standings_of(tx, "T0TEST", [project.id])[project.id]

    assert (never.vouched_at, never.is_open) == (None, True)
    assert (once.vouched_at, once.is_open) == (NOW - timedelta(days=9), False)
    assert together == (standing_of(never), standing_of(once))


_SAID = st.tuples(
    st.integers(0, 3),
    st.none() | st.sampled_from(OutcomeStatus),
    st.sampled_from(UpdateSource),
    st.sampled_from(["said", "taken back", "said again"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(updates=st.lists(_SAID, max_size=6))
def test_what_an_outcome_keeps_of_its_updates_is_what_they_say(
    sqlite_database: Database, updates: list[tuple[int, OutcomeStatus | None, UpdateSource, str]]
) -> None:
    with sqlite_database.write(dry_run=True) as tx:
        make_workspace(tx)
        outcome = make_outcome(tx, make_project(tx))
        for days, status, source, fate in updates:
            update_id = say(tx, outcome, status, ago=timedelta(days=days), source=source)
            if fate != "said":
                take_back_update(tx, "T0TEST", update_id, NOW)
            if fate == "said again":
                take_back_update(tx, "T0TEST", update_id, None)
        kept = tx.execute(select(tables.outcomes)).one()
        (found,) = outcomes.list_outcomes(tx, "T0TEST", outcome.project_id)

    valid = [(days, source) for days, _, source, fate in updates if fate != "taken back"]
    vouching = [days for days, source in valid if source is not UpdateSource.PAGE]
    assert kept.vouched_at == found.vouched_at == (NOW - timedelta(days=min(vouching)) if vouching else None)
    assert kept.is_open == found.is_open
    stale_at = found.vouched_at and found.vouched_at + timedelta(days=found.stale_days)
    assert kept.turns_stale_at == stale_at


def test_an_outcome_that_was_removed_waits_for_nobody_until_it_is_back(database: Database) -> None:
    stale = ProjectFilter(stale_at=NOW)
    with database.write() as tx:
        make_workspace(tx)
        open_, done = make_outcome(tx, make_project(tx)), make_outcome(tx, make_project(tx))
        say(tx, done, OutcomeStatus.DONE)
        for at, of_project in ((NOW, []), (None, [open_.project_id])):
            for outcome in (open_, done):
                outcomes.change_outcome(tx, "T0TEST", outcome.id, NOW, removed_at=at)

            found = [project.id for project in list_projects(tx, "T0TEST", SEES, stale, limit=9)]
            assert (found, count_projects(tx, "T0TEST", SEES, stale)) == (of_project, len(of_project))


def test_several_projects_are_read_at_once_as_they_are_one_by_one(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        made = [make_project(tx, outcomes=[f"{number}.{i}" for i in range(number)]) for number in (2, 0, 3)]
        for outcome in outcomes.list_outcomes(tx, "T0TEST", made[2].id):
            say(tx, outcome, OutcomeStatus.ON_TRACK, note=outcome.text)
    ids = [project.id for project in made]

    with database.read() as tx:
        together = outcomes.list_standings_of(tx, "T0TEST", ids)
        one_by_one = {id_: tuple(map(standing_of, outcomes.list_outcomes(tx, "T0TEST", id_))) for id_ in ids}
        none = outcomes.list_standings_of(tx, "T0TEST", [])

    assert together == one_by_one
    assert [len(together[id_]) for id_ in ids] == [2, 0, 3]
    assert none == {}


def test_putting_them_in_another_order_touches_only_those_that_move(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes="abcd")
        a, b, c, d = (o.id for o in outcomes.list_outcomes(tx, "T0TEST", project.id))
        before = _rows(tx)

        outcomes.order_outcomes(tx, "T0TEST", [a, c, b, d])

        after = _rows(tx)
        found = [o.text for o in outcomes.list_outcomes(tx, "T0TEST", project.id)]

    assert found == ["a", "c", "b", "d"]
    assert {id_ for id_ in before if before[id_] != after[id_]} == {b, c}


def _rows(tx: Tx) -> dict[int, Row[Any]]:
    return {row.id: row for row in tx.execute(select(tables.outcomes))}


def test_changing_what_is_not_there_says_so(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        with pytest.raises(NotFoundError) as caught:
            outcomes.change_outcome(tx, "T0TEST", 4711, NOW, text="x")

    assert (caught.value.kind, caught.value.key) == ("outcome", 4711)


def test_only_the_five_statuses_or_none_can_be_stored(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        outcome = make_outcome(tx, make_project(tx))
        for status in (*OutcomeStatus, None):
            say(tx, outcome, status)

    with database.write(dry_run=True) as tx, pytest.raises(IntegrityError):
        tx.exec_driver_sql("UPDATE status_updates SET status = 'unsure'")


def test_updates_are_kept_for_ever(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        outcome = make_outcome(tx, make_project(tx))
        ids = [say(tx, outcome, status) for status in OutcomeStatus]

    assert sorted(row["id"] for row in dump(database)["status_updates"]) == ids


def test_what_was_said_in_words_since_a_moment_is_not_hidden_by_who_vouches_later(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)
        outcome, other = (make_outcome(tx, project, text, n) for n, text in enumerate(("one", "two")))
        say(tx, outcome, OutcomeStatus.ON_TRACK, ago=timedelta(days=3), note="before")
        say(tx, outcome, OutcomeStatus.AT_RISK, ago=timedelta(days=2), note="first")
        say(tx, outcome, OutcomeStatus.AT_RISK, ago=timedelta(days=1), note="last")
        say(tx, outcome, OutcomeStatus.AT_RISK, note="last", source=UpdateSource.BUTTON)
        taken = say(tx, other, OutcomeStatus.DONE)
        take_back_update(tx, "T0TEST", taken, NOW)

    with database.read() as tx:
        said = list_said_since(tx, "T0TEST", project.id, NOW - timedelta(days=2))

    assert {key: update.note for key, update in said.items()} == {outcome.id: "last"}

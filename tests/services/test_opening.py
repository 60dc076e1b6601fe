"""Rounds are opened once, whoever opens them and however late; what was missed is not made up for."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.services.closing import move_on_due
from bot.services.next_times import keep_next_times
from bot.services.opening import open_due
from bot.services.rounds import record_asked
from storage.check_in_tables import check_ins, deliveries, schedules
from storage.check_ins import CheckIn, CheckInState, list_check_ins
from storage.database import Database
from storage.deliveries import promise_delivery
from storage.records import ProjectState
from storage.settings import add_days_off
from tests.support.make import make_channel, make_project, make_workspace
from tests.support.rounds import add_due_projects
from tests.support.statements import recorded_statements

WORKSPACE = "T0TEST"
MONDAY = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
"""Half past nine in Berlin, which is what projects here are asked by."""


def add_project(database: Database, due_at: datetime = MONDAY) -> int:
    with database.write() as tx:
        make_workspace(tx, WORKSPACE)
        make_channel(tx, "C0REEF", WORKSPACE)
    add_due_projects(database, WORKSPACE, ["C0REEF"], [due_at])
    with database.read() as tx:
        found: int = tx.execute(select(func.max(schedules.c.project_id))).scalar_one()
    return found


def opened_at(database: Database, now: datetime) -> None:
    with database.write() as tx:
        open_due(tx, now)


def rounds(database: Database, project_id: int) -> list[CheckIn]:
    """The oldest first."""
    with database.read() as tx:
        return list(reversed(list_check_ins(tx, WORKSPACE, project_id, 100)))


def states(database: Database, project_id: int) -> list[CheckInState]:
    return [each.state for each in rounds(database, project_id)]


def next_at(database: Database, project_id: int) -> datetime | None:
    with database.read() as tx:
        at: datetime | None = tx.execute(
            select(schedules.c.next_at).where(schedules.c.project_id == project_id)
        ).scalar_one()
    return at


def test_a_prompt_in_time_has_two_working_days_and_a_reminder_in_working_hours(database: Database) -> None:
    project_id = add_project(database)
    opened_at(database, MONDAY + timedelta(seconds=2))
    (only,) = rounds(database, project_id)
    assert only.closes_at == MONDAY + timedelta(days=2)
    assert only.next_step_at is not None
    # Tuesday afternoon in Berlin.
    assert only.next_step_at.date() == date(2026, 5, 5)
    assert 7 <= only.next_step_at.hour < 15
    assert next_at(database, project_id) == MONDAY + timedelta(weeks=1)


@pytest.mark.parametrize(
    ("down", "expected"),
    [
        (timedelta(hours=1), [CheckInState.OPEN]),
        (timedelta(days=1, hours=23), [CheckInState.OPEN]),
        (timedelta(days=2), [CheckInState.MISSED]),
        (timedelta(weeks=5, hours=3), [CheckInState.MISSED] * 5 + [CheckInState.OPEN]),
        (timedelta(weeks=5, days=3), [CheckInState.MISSED] * 6),
    ],
)
def test_after_downtime_one_prompt_at_most_is_sent_and_the_others_count_as_missed(
    database: Database, down: timedelta, expected: list[CheckInState]
) -> None:
    project_id = add_project(database)
    now = MONDAY + down
    opened_at(database, now)
    opened_at(database, now)
    assert states(database, project_id) == expected
    with database.read() as tx:
        count = tx.execute(select(func.count()).select_from(deliveries)).scalar_one()
    assert count == expected.count(CheckInState.OPEN)
    following = next_at(database, project_id)
    assert following is not None
    assert now < following <= now + timedelta(weeks=1)


def test_a_late_prompt_leaves_as_much_time_as_one_in_time(database: Database) -> None:
    project_id = add_project(database)
    now = MONDAY + timedelta(days=1, hours=23)
    opened_at(database, now)
    (only,) = rounds(database, project_id)
    assert only.closes_at == now + timedelta(days=2)
    assert only.next_step_at is not None
    assert only.next_step_at > now + timedelta(hours=12)


def test_a_prompt_that_slack_takes_late_leaves_as_much_time(database: Database) -> None:
    project_id = add_project(database)
    opened_at(database, MONDAY)
    (only,) = rounds(database, project_id)
    now = MONDAY + timedelta(days=1, hours=20)
    with database.write() as tx:
        record_asked(tx, WORKSPACE, only.id, channel_id="C0REEF", message_ts="1.2", now=now)
    (late,) = rounds(database, project_id)
    assert late.closes_at == now + timedelta(days=2)


def test_a_round_of_which_no_prompt_was_ever_sent_is_missed_and_says_nothing(database: Database) -> None:
    project_id = add_project(database)
    opened_at(database, MONDAY)
    with database.write() as tx:
        move_on_due(tx, MONDAY + timedelta(days=1, hours=20))
        move_on_due(tx, MONDAY + timedelta(days=2))
    assert states(database, project_id) == [CheckInState.MISSED]
    with database.read() as tx:
        kinds = tx.execute(select(deliveries.c.kind)).scalars().all()
    assert kinds == ["prompt"]


def test_a_clock_that_is_set_back_asks_for_nothing_again(database: Database) -> None:
    project_id = add_project(database)
    opened_at(database, MONDAY)
    with database.write() as tx:
        tx.execute(schedules.update().values(next_at=MONDAY))
    opened_at(database, MONDAY)
    assert len(rounds(database, project_id)) == 1


def test_a_day_that_is_marked_off_once_it_was_asked_for_is_not_asked_for_again(database: Database) -> None:
    project_id = add_project(database)
    opened_at(database, MONDAY)
    with database.write() as tx:
        add_days_off(tx, WORKSPACE, {MONDAY.date(): "Storm"})
        keep_next_times(tx, WORKSPACE, MONDAY + timedelta(hours=1))
    assert next_at(database, project_id) == MONDAY + timedelta(weeks=1)


def test_a_day_that_is_marked_off_just_before_it_is_taken_up_is_asked_for_once(database: Database) -> None:
    project_id = add_project(database)
    with database.write() as tx:
        add_days_off(tx, WORKSPACE, {MONDAY.date(): "Storm"})
        keep_next_times(tx, WORKSPACE, MONDAY + timedelta(seconds=1))
    opened_at(database, MONDAY + timedelta(seconds=2))
    opened_at(database, MONDAY + timedelta(days=1, hours=1))
    assert len(rounds(database, project_id)) == 1
    assert next_at(database, project_id) == MONDAY + timedelta(weeks=1)


def test_days_off_that_move_nothing_are_cheap_for_any_number_of_projects(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, WORKSPACE)
    due = MONDAY + timedelta(weeks=1)
    add_due_projects(database, WORKSPACE, ["C0REEF"], [due] * 200)
    with database.write() as tx:
        add_days_off(tx, WORKSPACE, {date(2026, 6, 5): "A Friday"})
        with recorded_statements() as statements:
            keep_next_times(tx, WORKSPACE, MONDAY)
    assert len(statements) <= 5


def test_processes_that_open_at_once_ask_each_project_once(database: Database, database_url: str) -> None:
    count, workers = 300, 3
    with database.write() as tx:
        make_workspace(tx, WORKSPACE)
    add_due_projects(database, WORKSPACE, [f"C0REEF{n}" for n in range(7)], [MONDAY] * count)
    start = threading.Barrier(workers)

    def work() -> None:
        mine = Database(database_url)
        try:
            start.wait()
            while True:
                with mine.write() as tx:
                    if not open_due(tx, MONDAY, limit=20):
                        return
        finally:
            mine.close()

    with ThreadPoolExecutor(workers) as pool:
        for worked in [pool.submit(work) for _ in range(workers)]:
            worked.result()

    with database.read() as tx:
        opened = tx.execute(select(check_ins.c.project_id)).scalars().all()
        promised = tx.execute(select(deliveries.c.project_id)).scalars().all()
    assert len(opened) == len(set(opened)) == len(promised) == len(set(promised)) == count


def test_what_was_promised_of_a_round_before_is_not_promised_twice(database: Database) -> None:
    add_project(database)
    opened_at(database, MONDAY)
    with database.write() as tx:
        key = tx.execute(select(deliveries.c.key)).scalar_one()
        again = promise_delivery(tx, WORKSPACE, key, "prompt", channel_id="C0REEF", now=MONDAY)
    assert not again


def test_another_round_ends_the_one_before(database: Database) -> None:
    project_id = add_project(database)
    opened_at(database, MONDAY)
    (first,) = rounds(database, project_id)
    with database.write() as tx:
        record_asked(tx, WORKSPACE, first.id, channel_id="C0REEF", message_ts="1.2", now=MONDAY)
        tx.execute(check_ins.update().values(closes_at=MONDAY + timedelta(weeks=3)))
    later = MONDAY + timedelta(weeks=1)
    opened_at(database, later)
    with database.write() as tx:
        move_on_due(tx, later)
    assert states(database, project_id) == [CheckInState.CLOSED, CheckInState.OPEN]


def test_a_project_that_rests_is_passed_over(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, WORKSPACE)
        project = make_project(tx, WORKSPACE, state=ProjectState.PAUSED, channel_id="C0REEF")
        tx.execute(
            schedules.insert().values(
                workspace_id=WORKSPACE,
                project_id=project.id,
                cadence="weekly mon 09:30 Europe/Berlin",
                next_at=MONDAY,
            )
        )
    opened_at(database, MONDAY)
    assert rounds(database, project.id) == []

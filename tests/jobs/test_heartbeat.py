"""Every job is registered and fires, whatever happens to the others."""

import logging
import pkgutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

import bot.jobs
from bot import clock
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.table import JOBS, Job
from bot.jobs.work import Work
from bot.slack.outage import Outage
from storage.check_ins import PROMPT, CheckInState, list_check_ins
from storage.database import Database, Tx
from storage.schedules import change_schedule, find_schedule
from tests.support.make import make_project, make_workspace

NOT_JOBS = {"heartbeat", "placing", "publisher", "table", "work", "worker"}
WITHIN_S = 20
_log = logging.getLogger(__name__)


@contextmanager
def beating(*jobs: Job, database: Database, woken: threading.Event | None = None) -> Iterator[Heartbeat]:
    wake = woken.set if woken else lambda: None
    heartbeat = Heartbeat(jobs, Work(database, clock.now, wake, Outage(_log, "The database")))
    heartbeat.start()
    try:
        yield heartbeat
    finally:
        heartbeat.stop()


def test_every_module_of_jobs_is_in_the_table() -> None:
    modules = {module.name for module in pkgutil.iter_modules(bot.jobs.__path__)}

    assert {job.name for job in JOBS} == modules - NOT_JOBS
    assert len({job.name for job in JOBS}) == len(JOBS)
    for job in JOBS:
        assert job.run.__module__ == f"bot.jobs.{job.name}"


def test_a_job_that_breaks_is_said_when_each_runs_once(sqlite_database: Database) -> None:
    ran: list[str] = []

    def broken(_work: Work) -> None:
        ran.append("broken")
        raise ZeroDivisionError

    work = Work(sqlite_database, clock.now, lambda: None, Outage(_log, "The database"))
    good, bad = Job("good", lambda _: ran.append("good"), 1), Job("bad", broken, 1)

    assert Heartbeat([good], work).beat_once() is True
    assert Heartbeat([bad, good], work).beat_once() is False
    assert ran == ["good", "broken", "good"]


@pytest.mark.parametrize("job", JOBS, ids=[job.name for job in JOBS])
def test_every_job_fires_at_once_and_again(sqlite_database: Database, job: Job) -> None:
    ends, again = [], threading.Event()

    def run(work: Work) -> None:
        job.run(work)
        ends.append(clock.now())
        if len(ends) > 1:
            again.set()

    began = clock.now()
    # Each in its turn of a second; its own is for days, and not for a test.
    with beating(Job(job.name, run, every_s=1), database=sqlite_database):
        assert again.wait(WITHIN_S)
    assert ends[0] - began < timedelta(seconds=WITHIN_S)


def test_a_job_that_breaks_runs_again_and_keeps_no_other_from_running(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    broke_twice, other_ran = threading.Event(), threading.Event()
    times: list[int] = []

    def broken(_work: Work) -> None:
        times.append(1)
        if len(times) > 1:
            broke_twice.set()
        raise ZeroDivisionError

    jobs = Job("broken", broken, 1), Job("other", lambda _: other_ran.set(), 1)
    with beating(*jobs, database=sqlite_database):
        assert broke_twice.wait(WITHIN_S)
        assert other_ran.wait(WITHIN_S)

    assert "job broken" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_what_is_due_is_opened_in_batches_and_the_sender_is_woken(database: Database) -> None:
    now = clock.now()
    with database.write() as tx:
        make_workspace(tx)
        ids = [make_project(tx, channel_id=f"C{number}").id for number in range(130)]
        for id_ in ids:
            change_schedule(tx, "T0TEST", id_, cadence="weekly mon 09:30 Europe/Berlin", next_at=now)
    opened, woken = threading.Event(), threading.Event()
    (job,) = (job for job in JOBS if job.name == "prompt_check_ins")

    def run(work: Work) -> None:
        job.run(work)
        opened.set()

    with beating(Job(job.name, run, job.every_s), database=database, woken=woken):
        assert opened.wait(WITHIN_S)

    assert woken.is_set()
    with database.read() as tx:
        assert {_state(tx, id_) for id_ in ids} == {(CheckInState.OPEN, True)}


def _state(tx: Tx, project_id: int) -> tuple[CheckInState, bool]:
    """Its one round, and whether the time of the next is known."""
    (check_in,) = list_check_ins(tx, "T0TEST", project_id, 5)
    assert check_in.prompt.startswith(PROMPT)
    next_at = find_schedule(tx, "T0TEST", project_id).next_at
    return check_in.state, next_at is not None and next_at > check_in.due_at


def test_an_outage_of_the_database_is_one_line_for_all_runs(caplog: pytest.LogCaptureFixture) -> None:
    away = Database("postgresql://me@127.0.0.1:1/db")
    times = 0
    enough = threading.Event()

    def run(work: Work) -> None:
        nonlocal times
        for job in JOBS:
            job.run(work)
        times += 1
        if times > 1:
            enough.set()

    with beating(Job("all", run, 1), database=away):
        assert enough.wait(WITHIN_S)

    assert caplog.text.count("The database is away") == 1
    assert len(caplog.records) == 1

"""What is due is done in batches: once, also where several are done at the same time."""

import logging
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import clock
from bot.jobs.prompt_check_ins import prompt_check_ins
from bot.jobs.work import Work
from bot.slack.outage import Outage
from storage.check_in_tables import check_ins, deliveries
from storage.database import Database
from tests.support.make import make_workspace
from tests.support.rounds import add_due_projects

WORKSPACE = "T0TEST"
COUNT = 1_600
_log = logging.getLogger(__name__)


def work_on(database: Database) -> Work:
    return Work(database, clock.now, lambda: None, Outage(_log, "The database"))


def test_a_burst_is_opened_once_by_batches_that_run_at_the_same_time(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, WORKSPACE)
    due_at = clock.now() - timedelta(minutes=1)
    add_due_projects(database, WORKSPACE, [f"C0REEF{n}" for n in range(7)], [due_at] * COUNT)

    prompt_check_ins(work_on(database))

    with database.read() as tx:
        opened = tx.execute(select(check_ins.c.project_id)).scalars().all()
        promised = tx.execute(select(deliveries.c.check_in_id)).scalars().all()
    assert len(opened) == len(set(opened)) == len(promised) == len(set(promised)) == COUNT


@pytest.mark.postgres
def test_batches_run_at_the_same_time_on_postgresql_alone(database: Database) -> None:
    both = threading.Barrier(2)
    at_work: list[str] = []
    lock = threading.Lock()

    def batch(*_: object) -> int:
        name = threading.current_thread().name
        with lock:
            at_work.append(name)
            number = len(at_work)
        if number == 1:
            return 1
        if not database.is_sqlite:
            both.wait(20)
        return 0

    work_on(database).in_batches(batch, at_once=2)

    assert len(set(at_work[1:])) == (1 if database.is_sqlite else 2)


def test_a_batch_that_fails_ends_the_job_and_says_so(database: Database) -> None:
    tries: list[int] = []

    def batch(*_: object) -> int:
        tries.append(1)
        if len(tries) > 1:
            raise LookupError("no such thing")
        return 1

    with pytest.raises(LookupError):
        work_on(database).in_batches(batch, at_once=2)

"""Two transactions that wait for each other: PostgreSQL ends one of them, and nobody has to ask again."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot import clock
from bot.jobs.work import Work
from bot.slack.kinds import Kind
from bot.slack.outage import Outage
from storage.database import Database, Tx
from storage.deliveries import Delivery
from storage.migrate import migrate
from storage.projects import change_project, get_project, lock_project
from storage.records import ProjectState
from storage.workspaces import lock_workspace
from tests.scenarios.records import add_jmte
from tests.scenarios.test_writing import project_now
from tests.support.bot import WORKSPACE, running_bot
from tests.support.locks import wait_until_blocked
from tests.support.make import make_project, make_workspace
from tests.support.postgres import PostgresServer
from tests.support.sending import draw_prompt, post_office

_log = logging.getLogger(__name__)

LATE = text("SET LOCAL deadlock_timeout = '60s'")
"""Who looks for deadlocks first is the one that is ended."""


@pytest.fixture
def postgresql(postgres_server: PostgresServer) -> Iterator[Database]:
    with postgres_server.new_database() as url:
        database = Database(url)
        migrate(database)
        _wait_longer(database)
        yield database
        database.close()


@pytest.mark.postgres
def test_a_change_that_a_deadlock_has_ended_is_made_after_all(postgresql: Database) -> None:
    with running_bot(postgresql) as bot, ThreadPoolExecutor(1) as pool:
        project = add_jmte(bot)
        with postgresql.write() as tx:
            tx.execute(LATE)
            lock_project(tx, WORKSPACE, project.id)
            # It holds the workspace by now.
            archiving = pool.submit(bot.command, "archive jmte-pangeo")
            wait_until_blocked(postgresql, archiving)
            lock_workspace(tx, WORKSPACE)

        answer = archiving.result(timeout=30)

        assert "Jupyter Meets the Earth" in answer["text"]
        assert project_now(bot, project).state is ProjectState.ARCHIVED


@pytest.mark.postgres
def test_a_job_that_a_deadlock_has_ended_does_the_same_batch_at_once(postgresql: Database) -> None:
    with postgresql.write() as tx:
        make_workspace(tx, WORKSPACE)
        project = make_project(tx, WORKSPACE)
    tries: list[int] = []

    def archive(tx: Tx, now: datetime) -> int:
        if tries and project_is(tx, project.id) is ProjectState.ARCHIVED:
            return 0
        tries.append(1)
        lock_workspace(tx, WORKSPACE)
        lock_project(tx, WORKSPACE, project.id)
        change_project(tx, WORKSPACE, project.id, now, state=ProjectState.ARCHIVED)
        return 1

    work = Work(postgresql, clock.now, lambda: None, Outage(_log, "The database"))
    with ThreadPoolExecutor(1) as pool:
        with postgresql.write() as tx:
            tx.execute(LATE)
            lock_project(tx, WORKSPACE, project.id)
            working = pool.submit(work.in_batches, archive)
            wait_until_blocked(postgresql, working)
            lock_workspace(tx, WORKSPACE)
        working.result(timeout=30)

    assert len(tries) == 2
    with postgresql.read() as tx:
        assert project_is(tx, project.id) is ProjectState.ARCHIVED


@pytest.mark.postgres
def test_what_came_of_a_message_is_written_down_after_a_deadlock_too(postgresql: Database) -> None:
    written: list[str] = []

    def sent(tx: Tx, delivery: Delivery, posted_in: str, _ts: str, _now: datetime) -> None:
        written.append(posted_in)
        lock_workspace(tx, WORKSPACE)
        lock_project(tx, WORKSPACE, delivery.project_id or 0)

    with post_office(postgresql, {"odd": Kind(draw_prompt, sent)}) as post, ThreadPoolExecutor(1) as pool:
        post.promise("a", kind="odd", due_in=timedelta(hours=1))
        with postgresql.write() as tx:
            tx.execute(LATE)
            lock_project(tx, WORKSPACE, post.project_id)
            settling = pool.submit(post.later, hours=1)
            wait_until_blocked(postgresql, settling)
            lock_workspace(tx, WORKSPACE)
        settling.result(timeout=30)

        # Once more than once, if it tries again before the other one has ended.
        assert len(written) >= 2
        assert len(post.standing("a")) == 1
        assert post.row("a")["message_ts"] is not None


def project_is(tx: Tx, project_id: int) -> ProjectState:
    return get_project(tx, WORKSPACE, project_id).state


def _wait_longer(database: Database) -> None:
    """Each looks once, and on a busy machine a second may be over before the two wait for each other."""
    with database.write() as tx:
        tx.execute(text(f"ALTER DATABASE \"{database.url.database}\" SET deadlock_timeout = '4s'"))
    database.close()

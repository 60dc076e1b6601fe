"""Two transactions that wait for each other: PostgreSQL ends one of them, and nobody has to ask again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.migrate import migrate
from storage.projects import lock_project
from storage.records import ProjectState
from storage.workspaces import lock_workspace
from tests.scenarios.records import add_jmte
from tests.scenarios.test_writing import project_now
from tests.support.bot import WORKSPACE, running_bot
from tests.support.locks import wait_until_blocked
from tests.support.postgres import PostgresServer


@pytest.mark.postgres
def test_a_change_that_a_deadlock_has_ended_is_made_after_all(postgres_server: PostgresServer) -> None:
    with postgres_server.new_database() as url:
        database = Database(url)
        migrate(database)
        _wait_longer(database)
        with running_bot(database) as bot, ThreadPoolExecutor(1) as pool:
            project = add_jmte(bot)
            with database.write() as tx:
                tx.execute(text("SET LOCAL deadlock_timeout = '60s'"))
                lock_project(tx, WORKSPACE, project.id)
                # It holds the workspace by now. Who looks for deadlocks first is the one that is ended.
                archiving = pool.submit(bot.command, "archive jmte-pangeo")
                wait_until_blocked(database, archiving)
                lock_workspace(tx, WORKSPACE)

            answer = archiving.result(timeout=30)

            assert "Jupyter Meets the Earth" in answer["text"]
            assert project_now(bot, project).state is ProjectState.ARCHIVED
        database.close()


def _wait_longer(database: Database) -> None:
    """Each looks once, and on a busy machine a second may be over before the two wait for each other."""
    with database.write() as tx:
        tx.execute(text(f"ALTER DATABASE \"{database.url.database}\" SET deadlock_timeout = '4s'"))
    database.close()

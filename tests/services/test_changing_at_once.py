"""A change from chat and an import that want the same: neither waits for the other for ever."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.services.asking import Asker
from bot.slack.interactions.slash import answer_line
from storage.database import Database
from storage.migrate import migrate
from storage.projects import lock_project
from tests.services.team import PAGE, Team
from tests.support.locks import wait_until_blocked
from tests.support.make import NOW
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.postgres

ANA = Asker("T0TEST", "U0ANA", None)


@pytest.fixture
def pg_team(postgres_server: PostgresServer) -> Iterator[Team]:
    with postgres_server.new_database() as url:
        database = Database(url)
        migrate(database)
        yield Team(database)
        database.close()


def _command(team: Team, text: str) -> None:
    with team.database.write() as tx:
        answer_line(tx, ANA, text, NOW)


@pytest.mark.parametrize(
    ("before", "command"),
    [
        ((), "alias add docs manual"),
        ((), "archive style-guide"),
        ((), "update docs 1 done"),
        (("alias add docs manual", "alias remove docs manual"), "undo"),
        (("archive style-guide",), "undo"),
    ],
)
def test_a_command_and_an_import_that_meet_at_a_project_both_end(
    pg_team: Team, before: tuple[str, ...], command: str
) -> None:
    pg_team.read(PAGE)
    for earlier in before:
        _command(pg_team, earlier)
    edited = PAGE.replace("#### Style guide", "#### Guide to style").replace(
        "Twenty questions", "Ten questions"
    )

    with ThreadPoolExecutor(2) as pool:
        with pg_team.database.write() as somebody:
            for slug in ("docs", "style-guide"):
                lock_project(somebody, "T0TEST", pg_team.project(slug).id)
            changing = pool.submit(_command, pg_team, command)
            wait_until_blocked(pg_team.database, changing)
            importing = pool.submit(pg_team.read, edited)
            wait_until_blocked(pg_team.database, importing, 2)
        changing.result(timeout=30)
        importing.result(timeout=30)

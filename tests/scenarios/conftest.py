"""The bot of each scenario: in this process, or (`make many`) in three real processes of each kind.

For many processes, what is left out, and why, is said by tests/scenarios/left_out.py.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from storage.migrate import migrate
from tests.support import environment
from tests.support.bot import Bot, running_bot
from tests.support.sending import Post, post_office

if TYPE_CHECKING:
    from tests.support.kept_database import KeptDatabase
    from tests.support.postgres import PostgresServer


@pytest.fixture
def processes(request: pytest.FixtureRequest) -> int | None:
    """None: as many as the environment says."""
    return 1 if request.node.get_closest_marker("one_process") else None


@pytest.fixture
def bot(database: Database, processes: int | None) -> Iterator[Bot]:
    """The bot, once on SQLite and once on PostgreSQL."""
    with running_bot(database, processes=processes) as running:
        yield running


@pytest.fixture
def lite_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Where the kind of database does not matter: on SQLite; but many processes share no file."""
    if not environment.is_many():
        yield request.getfixturevalue("sqlite_database")
        return
    kept: KeptDatabase = request.getfixturevalue("kept_postgres")
    with kept.lent() as url, closing(Database(url)) as database:
        yield database


@pytest.fixture
def lite(lite_database: Database, processes: int | None) -> Iterator[Bot]:
    """The bot where the kind of database does not matter."""
    with running_bot(lite_database, processes=processes) as running:
        yield running


@contextmanager
def _own_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """One with the newest schema that is thrown away: a file, or on the server that many processes need."""
    if environment.is_many():
        server: PostgresServer = request.getfixturevalue("postgres_server")
        with server.new_database() as url, closing(Database(url)) as database:
            migrate(database)
            yield database
        return
    with closing(Database(f"sqlite:///{folder}/waymark.db")) as database:
        migrate(database)
        yield database


@pytest.fixture(scope="module")
def table_bot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One bot, on a database of its own, for all rows of a table of cases."""
    with (
        _own_database(request, tmp_path_factory.mktemp("table")) as database,
        running_bot(database) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def standing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One bot for all tests that leave no trace in it; it has no projects."""
    with (
        _own_database(request, tmp_path_factory.mktemp("standing")) as database,
        running_bot(database) as running,
    ):
        yield running


@pytest.fixture
def post(database: Database) -> Iterator[Post]:
    """The sender, once on SQLite and once on PostgreSQL."""
    with post_office(database) as running:
        yield running


@pytest.fixture
def lite_post(sqlite_database: Database) -> Iterator[Post]:
    """The sender on SQLite, where the kind of database does not matter."""
    with post_office(sqlite_database) as running:
        yield running

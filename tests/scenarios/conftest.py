from collections.abc import Iterator

import pytest

from storage.database import Database
from storage.migrate import migrate
from tests.support.bot import Bot, running_bot
from tests.support.sending import Post, post_office


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
def lite(sqlite_database: Database, processes: int | None) -> Iterator[Bot]:
    """The bot on SQLite, where the kind of database does not matter."""
    with running_bot(sqlite_database, processes=processes) as running:
        yield running


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One bot for all tests that leave no trace in it; it has no projects."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('standing')}/waymark.db")
    migrate(database)
    with running_bot(database) as running:
        yield running
    database.close()


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

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.support.bot import Bot, running_bot


@pytest.fixture
def bot(database: Database) -> Iterator[Bot]:
    """The bot, once on SQLite and once on PostgreSQL."""
    with running_bot(database) as running:
        yield running


@pytest.fixture
def lite(sqlite_database: Database) -> Iterator[Bot]:
    """The bot on SQLite, where the kind of database does not matter."""
    with running_bot(sqlite_database) as running:
        yield running

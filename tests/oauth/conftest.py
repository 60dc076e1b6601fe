from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.support.installed import Many, running_many


@pytest.fixture
def many(database: Database) -> Iterator[Many]:
    """On each database; nobody has installed the bot yet."""
    with running_many(database) as running:
        yield running


@pytest.fixture
def rotating(database: Database) -> Iterator[Many]:
    """The same where tokens end after twelve hours."""
    with running_many(database, rotates=True) as running:
        yield running

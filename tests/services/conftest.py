"""The team that imports pages, on both databases and on one."""

import pytest

from storage.database import Database
from tests.services.team import Team


@pytest.fixture
def team(sqlite_database: Database) -> Team:
    """For the rules of importing, which do not depend on the database."""
    return Team(sqlite_database)


@pytest.fixture
def team_on_each(database: Database) -> Team:
    """For what might."""
    return Team(database)

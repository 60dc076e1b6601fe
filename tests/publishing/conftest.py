from pathlib import Path

import pytest

from storage.database import Database
from tests.support.publishing import Press


@pytest.fixture
def press(database: Database, tmp_path: Path) -> Press:
    """On SQLite and on PostgreSQL."""
    return Press(database, tmp_path)


@pytest.fixture
def lite_press(sqlite_database: Database, tmp_path: Path) -> Press:
    """For what does not depend on the database."""
    return Press(sqlite_database, tmp_path)

"""Two databases, of the same kind or not; and a backup."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import SCHEMA, Database
from storage.migrate import migrate
from tests.storage.by_revision import insert_rows
from tests.support.whole import back_up


@pytest.fixture(params=["to sqlite", pytest.param("to postgresql", marks=pytest.mark.postgres)])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Another database, empty: with `database`, the test runs for each pair of kinds."""
    if request.param == "to sqlite":
        made = Database(f"sqlite:///{tmp_path}/other.db")
        yield made
        made.close()
        return
    with request.getfixturevalue("postgres_server").new_database() as url:
        made = Database(url)
        yield made
        made.close()


@pytest.fixture(scope="session")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with a row at least in every table."""
    folder = tmp_path_factory.mktemp("backup")
    with closing(Database(f"sqlite:///{folder}/waymark.db")) as database:
        migrate(database)
        insert_rows(database, SCHEMA)
        back_up(database, folder / "one.wmk")
    return folder / "one.wmk"

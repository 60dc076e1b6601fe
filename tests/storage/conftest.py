"""Two databases, of the same kind or not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database


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

"""Old code runs on the newest schema: during a release, `release` migrates while old processes still work.

Nothing that a revision had is gone, and what old code writes is taken.
"""

from typing import Any

import pytest
from sqlalchemy import inspect, text

from storage.database import SCHEMA, Database
from storage.errors import SchemaError
from storage.migrate import migrate, open_database
from tests.storage.by_revision import insert_rows, revisions, upgrade_to
from tests.storage.rows_by_revision import DROPPED, ROWS
from tests.support.dumps import raw_dump

OLDEST = "0007"
"""The oldest revision whose code can live with the newest schema; what was dropped after it, none reads."""

SINCE_OLDEST = [revision for revision in revisions() if revision >= OLDEST]

Columns = dict[str, dict[str, Any]]


def columns_in(database: Database) -> Columns:
    """By table and name."""
    with database.read() as tx:
        found = inspect(tx)
        return {
            table: {column["name"]: dict(column) for column in found.get_columns(table)}
            for table in found.get_table_names()
            if table != "alembic_version"
        }


@pytest.mark.parametrize("revision", SINCE_OLDEST)
def test_what_a_revision_had_is_still_there_and_what_came_may_be_left_out(
    empty_database: Database, revision: str
) -> None:
    upgrade_to(empty_database, revision)
    before = columns_in(empty_database)

    migrate(empty_database)

    after = columns_in(empty_database)
    assert before.keys() <= after.keys()
    for table, columns in before.items():
        gone = columns.keys() - after[table].keys()
        assert not {f"{table}.{name}" for name in gone} - DROPPED
        for name, column in after[table].items():
            if name not in columns:
                assert column["nullable"] or column["default"] is not None, f"{table}.{name}"
            else:
                assert str(column["type"]) == str(columns[name]["type"]), f"{table}.{name}"
                assert column["nullable"] or not columns[name]["nullable"], f"{table}.{name}"


@pytest.mark.parametrize("revision", SINCE_OLDEST)
def test_what_the_code_of_a_revision_writes_is_taken_by_the_newest_schema(
    database: Database, revision: str
) -> None:
    insert_rows(database, revision)

    kept = raw_dump(database)
    assert {table: len(kept[table]) for table in ROWS[revision]} == {
        table: len(rows) for table, rows in ROWS[revision].items()
    }


def test_a_database_says_which_code_may_run_on_it(database: Database) -> None:
    with database.read() as tx:
        found = tx.execute(text("SELECT compatible_from FROM alembic_version")).scalar_one()

    assert found in revisions()


@pytest.mark.parametrize(
    ("compatible_from", "may_run"), [("0001", True), (SCHEMA, True), ("9998", False), (None, False)]
)
def test_code_runs_on_a_newer_schema_that_says_so(
    database: Database,
    compatible_from: str | None,
    may_run: bool,  # noqa: FBT001 - a table
) -> None:
    with database.write() as tx:
        tx.execute(
            text("UPDATE alembic_version SET version_num = '9999', compatible_from = :since"),
            {"since": compatible_from},
        )
    url = database.url.render_as_string(hide_password=False)

    if may_run:
        open_database(url).close()
        assert migrate(database) is False
    else:
        with pytest.raises(SchemaError) as caught:
            open_database(url)
        assert caught.value.is_newer
    assert database.schema() == "9999"

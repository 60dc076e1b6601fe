"""A workspace is removed with all that is kept of it, and exported before; no other one is touched."""

import json
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, LargeBinary, MetaData, String, Table, delete, select, text
from sqlalchemy.exc import IntegrityError

from storage import projects
from storage.database import SCHEMA, Database
from storage.engines import Patience
from storage.errors import UnreachableError
from storage.export import list_everything, secret_columns
from storage.migrate import migrate
from storage.removal import count_rows_of, remove_workspace
from storage.tables import workspaces
from storage.types import Id
from storage.whole import SHARED, every_table, is_of_workspace, is_secret, tables_of_workspaces
from tests.storage.by_revision import continue_numbers, insert_rows
from tests.storage.every_function import MINE, Theirs
from tests.support.dumps import dump
from tests.support.make import NOW, make_project, make_workspace
from tests.support.postgres import PostgresServer

ROWS = "T0ROWS"
"""The workspace of rows_by_revision.py, which has a row in every table."""


@pytest.fixture
def both(database: Database) -> Database:
    insert_rows(database, SCHEMA)
    continue_numbers(database)
    with database.write() as tx:
        Theirs(tx, MINE)
    return database


def test_every_table_is_of_a_workspace_or_says_that_it_is_of_none() -> None:
    for table in every_table():
        if not table.info.get(SHARED):
            # Raises for a table of which it does not see to whom its rows belong.
            assert is_of_workspace(table, ROWS) is not None, table.name
    assert workspaces in tables_of_workspaces()


def test_all_of_a_workspace_goes_and_nothing_of_another(both: Database) -> None:
    before = dump(both)
    shared = {table.name for table in every_table()} - {table.name for table in tables_of_workspaces()}
    with both.read() as tx:
        counts, others = count_rows_of(tx, ROWS), count_rows_of(tx, MINE)
    # Else a table that is forgotten would not be seen here.
    assert set(counts) | shared == set(before), "every table needs a row of T0ROWS in rows_by_revision.py"

    with both.write() as tx:
        assert remove_workspace(tx, ROWS) == counts

    after = dump(both)
    assert {name: len(rows) for name, rows in after.items() if rows and name not in shared} == others
    assert all(row in before[name] for name, rows in after.items() for row in rows)
    assert f"'{ROWS}'" not in str({name: rows for name, rows in after.items() if name not in shared})
    with both.write() as tx:
        assert remove_workspace(tx, ROWS) == {}
    assert dump(both) == after


def references_to_rows() -> dict[str, Column[Any]]:
    """Columns by which the database looks for what a row takes along when it goes; a workspace goes once."""
    return {
        f"{table.name}.{reference.parent.name}": reference.parent
        for table in every_table()
        for reference in table.foreign_keys
        if reference.column.table is not workspaces
    }


def test_the_database_finds_what_a_row_takes_along_without_reading_all(sqlite_database: Database) -> None:
    found = references_to_rows()
    with sqlite_database.read() as tx:
        plans = {
            name: str(
                tx.execute(text(f"EXPLAIN QUERY PLAN {delete(each.table).where(each == text('1'))}")).all()
            )
            for name, each in found.items()
        }

    assert "deliveries.project_id" in plans
    assert {name: plan for name, plan in plans.items() if "SCAN" in plan or "SEARCH" not in plan} == {}


def test_many_rows_go_in_several_statements(database: Database) -> None:
    with database.write() as tx:
        for workspace_id in ("T0TEST", "T0OTHER"):
            make_workspace(tx, workspace_id)
            project = make_project(tx, workspace_id)
            rows = [{"workspace_id": workspace_id, "project_id": project.id, "word": f"w{n:05}", "rank": 4}
                    for n in range(4_500)]  # fmt: skip
            tx.execute(every("project_words").insert(), rows)
        kept = count_rows_of(tx, "T0OTHER")

        counts = remove_workspace(tx, "T0TEST")

        assert counts["project_words"] > 4_500
        assert count_rows_of(tx, "T0OTHER") == kept
        assert count_rows_of(tx, "T0TEST") == {}


@pytest.mark.postgres
def test_who_adds_a_row_meanwhile_waits_and_is_refused(postgres_server: PostgresServer) -> None:
    hasty = Patience(connect=5, statement=5, lock=0.2, pool=5)
    with (
        postgres_server.new_database() as url,
        closing(Database(url)) as database,
        closing(Database(url, hasty)) as other,
    ):
        migrate(database)
        with database.write() as tx:
            make_workspace(tx)
        with database.write() as tx:
            remove_workspace(tx, "T0TEST")
            with pytest.raises(UnreachableError, match="lock timeout"), other.write() as late:
                projects.add_project(late, "T0TEST", slug="late", name="Late", now=NOW)
        with pytest.raises(IntegrityError), other.write() as late:
            projects.add_project(late, "T0TEST", slug="late", name="Late", now=NOW)


def every(name: str) -> Table:
    return next(table for table in every_table() if table.name == name)


def test_an_export_has_every_row_of_its_workspace_and_none_of_another(both: Database) -> None:
    with both.snapshot() as tx:
        exported = {name: list(rows) for name, rows in list_everything(tx, ROWS)}
        counts = count_rows_of(tx, ROWS)

    assert {name: len(rows) for name, rows in exported.items() if rows} == counts
    assert set(exported) == {table.name for table in tables_of_workspaces()}
    (outcome,) = exported["outcomes"]
    assert (outcome["text"], outcome["due_on"]) == ("Every page has an owner", "2026-06-30")
    assert outcome["created_at"] == "2026-05-04T09:30:00+00:00"
    assert MINE not in json.dumps(exported)
    for name, rows in exported.items():
        assert not [column for row in rows for column in row if f"{name}.{column}" in secret_columns()]


class Made:
    """Tables that hang on a workspace in ways that those of today may not."""

    def __init__(self) -> None:
        self.metadata = MetaData()
        workspaces.to_metadata(self.metadata)
        self.installations = self._table("installations", Column("team_id", String()), bot_token=String())
        to_installation = Column("installation_id", Id, ForeignKey("installations.id"))
        self.scopes = self._table("scopes", to_installation)
        self.words = self._table("words", Column("scope_id", Id, ForeignKey("scopes.id")))
        self.states = self._table("states", Column("cookie", String()))

    def _table(self, name: str, column: Column[Any], **more: type[String] | String) -> Table:
        columns = [Column(each, type_) for each, type_ in more.items()]
        return Table(name, self.metadata, Column("id", Id, primary_key=True), column, *columns)


def test_rows_without_a_workspace_of_their_own_are_found_through_what_they_refer_to(
    database: Database,
) -> None:
    made = Made()
    with database.write(dry_run=True) as tx:
        for table in (made.installations, made.scopes, made.words):
            table.create(tx)
        for number, team_id in ((1, "T0TEST"), (2, "T0OTHER")):
            tx.execute(made.installations.insert().values(id=number, team_id=team_id))
            tx.execute(made.scopes.insert().values(id=10 + number, installation_id=number))
            tx.execute(made.words.insert().values(id=20 + number, scope_id=10 + number))
        found = [
            tx.execute(select(table.c.id).where(is_of_workspace(table, "T0TEST"))).scalars().all()
            for table in (made.installations, made.scopes, made.words)
        ]

    assert found == [[1], [11], [21]]


def test_a_table_that_hangs_on_no_workspace_is_noticed() -> None:
    with pytest.raises(ValueError, match="states is of no workspace"):
        is_of_workspace(Made().states, "T0TEST")


def test_tokens_and_what_is_encrypted_are_secret() -> None:
    made = Made()

    assert is_secret(made.installations.c.bot_token)
    assert is_secret(Column("data", LargeBinary()))
    assert is_secret(Column("client_secret", String()))
    assert is_secret(Column("said", String(), info={"is_secret": True}))
    assert not is_secret(made.installations.c.team_id)


def test_what_is_never_handed_out() -> None:
    tokens = {f"slack_installations.bot_{name}" for name in ("token", "refresh_token", "token_expires_at")}
    assert {*secret_columns()} == {*tokens, "nonces.nonce"}

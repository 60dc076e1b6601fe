"""Two workspaces with the same records never see or change each other's, whatever is asked."""

import inspect
import pkgutil
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest

import storage
from storage import term_tables
from storage.database import Database
from storage.errors import NotFoundError
from tests.storage.every_function import ADDS, MINE, READS, THEIRS, WRITES, Theirs
from tests.support.dumps import Dump, dump, dump_in


@pytest.fixture
def theirs(database: Database) -> Theirs:
    """Both workspaces, with equal records."""
    with database.write() as tx:
        Theirs(tx, MINE)
        return Theirs(tx, THEIRS)


def functions_of_storage() -> set[str]:
    """Every public function that takes a transaction and a workspace."""
    found = set()
    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        if module.name == "storage.migrations":
            continue
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            is_own = function.__module__ == module.name and not name.startswith("_")
            if is_own and {"tx", "workspace_id"} <= set(inspect.signature(function).parameters):
                found.add(f"{module.name.removeprefix('storage.')}.{name}")
    return (
        found
        - {f"workspaces.{name}_workspace" for name in ("find", "ensure")}
        - {
            # They are about the workspace itself.
            "workspaces.is_uninstalled"
        }
    )


def test_every_function_of_storage_is_asked_here() -> None:
    assert functions_of_storage() == {*READS, *WRITES, *ADDS}


def test_each_workspace_sees_its_own_and_nothing_of_the_other(database: Database, theirs: Theirs) -> None:
    with database.read() as tx:
        for name, ask in READS.items():
            own = ask(tx, THEIRS, theirs)
            assert own, f"{name} finds nothing at all"
            assert str(MINE) not in str(own), name

            seen: Any = None
            with suppress(NotFoundError):
                seen = ask(tx, MINE, theirs)
            # By name it finds its own record, never theirs; by their ids, nothing.
            assert THEIRS not in str(seen), name
            assert f"id={theirs.project.id} " not in str(seen), name


def test_no_write_reaches_the_other_workspace(database: Database, theirs: Theirs) -> None:
    before = _of_theirs(dump(database))

    for name, ask in WRITES.items():
        with database.write(dry_run=True) as tx:
            with suppress(NotFoundError):
                ask(tx, MINE, theirs)
            assert _of_theirs(dump_in(tx)) == before, name


def test_every_write_does_something_in_its_own_workspace(database: Database, theirs: Theirs) -> None:
    with database.write() as tx:
        # Else a rebuilt index would be as it was.
        tx.execute(term_tables.project_words.delete())
    before = dump(database)

    for name, ask in WRITES.items():
        with database.write(dry_run=True) as tx:
            ask(tx, THEIRS, theirs)
            assert dump_in(tx) != before, name


def test_what_is_added_belongs_to_the_workspace_that_was_named(database: Database, theirs: Theirs) -> None:
    before = dump(database)

    for name, ask in ADDS.items():
        with database.write(dry_run=True) as tx:
            ask(tx, THEIRS, theirs)
            after = dump_in(tx)
        added = [row for table, rows in after.items() for row in rows if row not in before[table]]
        assert {row["workspace_id"] for row in added} == {THEIRS}, name


def _of_theirs(found: Dump) -> Dump:
    return {
        table: [row for row in rows if THEIRS in {row.get("workspace_id"), row.get("id")}]
        for table, rows in found.items()
    }

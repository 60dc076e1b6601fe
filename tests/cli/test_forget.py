"""`export --workspace ID` and `forget WORKSPACE`: handed over first, and then gone."""

import json
import stat

import pytest

from storage.database import SCHEMA, Database
from storage.removal import count_rows_of
from storage.whole import tables_of_workspaces
from tests.cli.conftest import Folder
from tests.support.dumps import dump
from tests.support.make import make_project, make_workspace


@pytest.fixture
def team(folder: Folder, database: Database) -> Folder:
    """With two workspaces."""
    with database.write() as tx:
        for workspace_id, name in (("T0TEST", "Tidewater"), ("T0OTHER", "Upland")):
            make_workspace(tx, workspace_id, name)
            make_project(tx, workspace_id, name=f"Of {name}", slug="docs", outcomes=["Ünë 🌱"])
    return folder


def counts(database: Database, workspace_id: str) -> dict[str, int]:
    with database.read() as tx:
        return count_rows_of(tx, workspace_id)


def test_an_export_is_json_by_table_and_column(team: Folder, database: Database) -> None:
    done = team.bot("export", "--workspace", "T0TEST")

    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["waymark"], found["schema"], found["workspace"]) == ("export", SCHEMA, "T0TEST")
    assert set(found["tables"]) == {table.name for table in tables_of_workspaces()}
    assert {name: len(rows) for name, rows in found["tables"].items() if rows} == counts(database, "T0TEST")
    assert found["tables"]["outcomes"][0]["text"] == "Ünë 🌱"
    assert "Upland" not in done.stdout


def test_an_export_into_a_file_is_for_its_owner_and_replaces_nothing(
    team: Folder, database: Database
) -> None:
    done = team.bot("export", "--workspace", "T0TEST", "theirs.json")

    rows = sum(counts(database, "T0TEST").values())
    assert done.stdout == f"Exported Tidewater (T0TEST) to theirs.json: {rows} rows, without secrets.\n"
    file = team.path / "theirs.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["workspace"] == "T0TEST"
    before = file.read_bytes()

    again = team.bot("export", "--workspace", "T0OTHER", "theirs.json")

    assert again.returncode == 2
    assert again.stderr.endswith("theirs.json is there already, and is left as it is. Name another file.\n")
    assert file.read_bytes() == before


@pytest.mark.parametrize("typed", ["", "\n", "Upland\n", "T0TEST\n", "tidewater\n"])
def test_without_its_name_nothing_is_forgotten(team: Folder, database: Database, typed: str) -> None:
    before = dump(database)

    done = team.bot("forget", "T0TEST", typed=typed)

    assert done.returncode == 2
    assert "This removes Tidewater (T0TEST) and all that is kept of it, for ever: 1 project, " in done.stdout
    assert done.stderr == "That is not “Tidewater”. Nothing was removed.\n"
    assert dump(database) == before


@pytest.mark.parametrize(("arguments", "typed"), [((), " Tidewater \n"), (("--yes",), "")])
def test_with_its_name_all_of_it_goes_and_nothing_else(
    team: Folder, database: Database, arguments: tuple[str, ...], typed: str
) -> None:
    removed, kept = counts(database, "T0TEST"), counts(database, "T0OTHER")

    done = team.bot("forget", "T0TEST", *arguments, typed=typed)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"Removed Tidewater (T0TEST): {sum(removed.values())} rows.\n" in done.stdout
    assert f"  people         {removed['people']}\n" in done.stdout
    assert counts(database, "T0TEST") == {}
    assert counts(database, "T0OTHER") == kept
    # Nor do the bytes of the file have it.
    database.close()
    assert b"Tidewater" not in team.database_file.read_bytes()
    assert b"Upland" in team.database_file.read_bytes()


@pytest.mark.parametrize("command", [("forget", "T0NONE"), ("export", "--workspace", "T0NONE")])
def test_a_workspace_that_is_not_there_is_said(team: Folder, command: tuple[str, ...]) -> None:
    done = team.bot(*command)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "There is no workspace T0NONE. There are: T0OTHER, T0TEST.\n"


@pytest.mark.parametrize("command", [("forget", "T0NONE"), ("export", "--workspace", "T0NONE")])
def test_a_database_that_is_not_there_is_not_made(empty_folder: Folder, command: tuple[str, ...]) -> None:
    done = empty_folder.bot(*command)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(": there is no such file\n")
    assert list(empty_folder.path.iterdir()) == []

"""The other commands, and what is said when something outside is not as it should be."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from storage.database import SCHEMA, Database
from tests.cli.conftest import Folder
from tests.support.ports import free_port
from tests.support.postgres import PostgresServer

PASSWORD = "hunter2secret"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-made-up", "SLACK_SIGNING_SECRET": "made-up"}


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_migrate_brings_a_database_up_to_date_once(empty_folder: Folder) -> None:
    first, second = empty_folder.bot("migrate"), empty_folder.bot("migrate")

    address = empty_folder.database_url
    assert (first.returncode, first.stdout, first.stderr) == (0, f"{address}: brought up to date\n", "")
    assert (second.returncode, second.stdout) == (0, f"{address}: was up to date already\n")
    with closing(Database(address)) as database:
        assert database.schema() == SCHEMA


@pytest.mark.postgres
def test_migrate_and_import_work_on_postgresql(folder: Folder, postgres_server: PostgresServer) -> None:
    with postgres_server.new_database() as url:
        migrated = folder.bot("migrate", DATABASE_URL=url)
        imported = folder.bot("import", folder.write("## Docs\n\n### Goal\n\nA goal.\n"), DATABASE_URL=url)

    assert migrated.stdout.endswith(": brought up to date\n")
    assert imported.stdout.startswith("Imported: 1 created")


@pytest.mark.parametrize(
    ("command", "address"),
    [
        ("import", f"postgresql://me:{PASSWORD}@127.0.0.1:1/db"),
        ("migrate", f"postgresql://me:p@{PASSWORD}@127.0.0.1/db"),
        ("migrate", f"mysql://me:{PASSWORD}@127.0.0.1/db"),
        ("import", f"nonsense {PASSWORD}"),
        ("migrate", "sqlite:////no/such/folder/waymark.db"),
    ],
    ids=["server down", "@ in password", "another kind", "nonsense", "no folder"],
)
def test_a_bad_database_address_is_said_in_one_line_without_its_password(
    folder: Folder, command: str, address: str
) -> None:
    page = [folder.write("## Docs\n\n### Goal\n\nA goal.\n")] if command == "import" else []

    done = folder.bot(command, *page, DATABASE_URL=address)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The database cannot be opened (")
    assert len(done.stderr.splitlines()) == 1
    assert PASSWORD not in done.stderr


def test_a_database_of_a_newer_version_is_said_and_left_alone(folder: Folder, database: Database) -> None:
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999', compatible_from = '9999'")

    done = folder.bot("migrate")

    assert done.returncode == 1
    assert done.stderr == (
        f"The database is that of a newer version of Waymark (schema 9999, this one knows {SCHEMA}). "
        "Update Waymark.\n"
    )


ANOTHER_TABLE = "DROP TABLE alembic_version; CREATE TABLE alembic_version AS SELECT 1 AS "
BROKEN_VERSIONS = {
    "older than any": ("UPDATE alembic_version SET version_num = '0000'", "0000"),
    "a word": ("UPDATE alembic_version SET version_num = 'abc'", "abc"),
    "none": ("DELETE FROM alembic_version", ""),
    "two": ("INSERT INTO alembic_version (version_num) VALUES ('9999')", f"{SCHEMA} and 9999"),
    "another column": (f"{ANOTHER_TABLE} x", "None"),
    "a number": (f"{ANOTHER_TABLE} version_num", "1"),
}


@pytest.mark.parametrize("command", ["migrate", "web", "import"])
@pytest.mark.parametrize(("script", "said"), BROKEN_VERSIONS.values(), ids=BROKEN_VERSIONS.keys())
def test_a_version_that_no_waymark_wrote_is_said_in_one_line(
    empty_folder: Folder, command: str, script: str, said: str
) -> None:
    empty_folder.bot("migrate")
    _run_script(empty_folder, script)
    page = [empty_folder.write("## Docs\n\n### Goal\n\nA goal.\n")] if command == "import" else []

    done = empty_folder.bot(command, *page, PORT=str(free_port()), **TOKENS)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"The database's table alembic_version says {said!r}, which no version of Waymark writes there. "
        "Nothing was changed. Is DATABASE_URL right? Else go back to a backup.\n"
    )


@pytest.mark.parametrize("command", ["migrate", "web"])
def test_a_migration_that_the_database_refuses_is_said_in_one_line(
    empty_folder: Folder, command: str
) -> None:
    empty_folder.bot("migrate")
    _run_script(empty_folder, "DROP TABLE alembic_version")

    done = empty_folder.bot(command, PORT=str(free_port()), **TOKENS)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The database cannot be brought up to date: table ")
    assert "already exists. Nothing was changed." in done.stderr
    assert len(done.stderr.splitlines()) == 1


def _run_script(folder: Folder, script: str) -> None:
    with closing(sqlite3.connect(folder.database_url.removeprefix("sqlite:///"))) as connection:
        connection.executescript(script)


@pytest.mark.parametrize("command", ["web", "try"])
def test_a_port_in_use_is_said_in_one_line(folder: Folder, taken_port: int, command: str) -> None:
    tokens = TOKENS if command == "web" else {}

    done = folder.bot(command, PORT=str(taken_port), **tokens)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Port {taken_port} is in use. Choose another: PORT={taken_port + 1}\n"


def test_an_address_of_another_machine_is_not_taken_for_a_port_in_use(folder: Folder) -> None:
    done = folder.bot("web", "--host", "192.0.2.1", "--port", str(free_port()), **TOKENS)

    assert done.returncode == 1
    assert done.stderr.startswith("Cannot listen on 192.0.2.1, port ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("port", ["70000", "http"])
def test_what_is_no_port_is_refused(folder: Folder, port: str) -> None:
    done = folder.bot("web", f"--port={port}", **TOKENS)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "--port" in done.stderr


def test_a_setting_that_cannot_be_used_is_said_without_its_value(folder: Folder) -> None:
    done = folder.bot("migrate", PORT=PASSWORD)

    assert done.returncode == 1
    assert done.stderr.startswith("PORT: ")
    assert ".env.sample" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert PASSWORD not in done.stderr


def test_missing_tokens_are_named(folder: Folder) -> None:
    neither = folder.bot("web", PORT=str(free_port()))
    blank = folder.bot("web", PORT=str(free_port()), SLACK_BOT_TOKEN="xoxb-x", SLACK_SIGNING_SECRET=" ")

    where = "Set it in the environment or in .env (see .env.sample).\n"
    assert (neither.returncode, neither.stdout) == (1, "")
    assert neither.stderr == f"SLACK_BOT_TOKEN is not set. SLACK_SIGNING_SECRET is not set. {where}"
    assert blank.stderr == f"SLACK_SIGNING_SECRET is not set. {where}"


def test_slack_that_does_not_answer_is_said_without_the_token(folder: Folder) -> None:
    api_url = f"http://127.0.0.1:{free_port()}/api/"

    done = folder.bot("web", PORT=str(free_port()), SLACK_API_URL=api_url, **TOKENS)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Slack does not answer at SLACK_API_URL: ")
    assert len(done.stderr.splitlines()) == 1
    assert "made-up" not in done.stderr


def test_trying_the_bot_with_a_token_set_is_a_mistake(folder: Folder) -> None:
    done = folder.bot("try", PORT=str(free_port()), **TOKENS)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("SLACK_BOT_TOKEN is set: unset it")


def test_without_a_command_it_says_which_there_are(folder: Folder) -> None:
    nothing, unknown, asked = folder.bot(), folder.bot("dance"), folder.bot("--help")

    assert (nothing.returncode, unknown.returncode, asked.returncode) == (2, 2, 0)
    assert "COMMAND" in nothing.stderr
    assert "dance" in unknown.stderr
    for command in ("run", "manifest", "web", "try", "import", "migrate"):
        assert f"\n    {command} " in asked.stdout


def test_settings_are_read_from_a_file_too(folder: Folder) -> None:
    folder.write("PORT=99999\n", ".env")

    done = folder.bot("migrate")

    assert (done.returncode, done.stderr[:6]) == (1, "PORT: ")

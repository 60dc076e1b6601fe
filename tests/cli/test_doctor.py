"""`python -m bot doctor`: what it finds, as a person or a program reads it, and its exit code."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from bot import clock
from bot.domain.scopes import SCOPES
from bot.local.seed import DOCS, JMTE, TEAM, TOMASZ, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from storage.database import SCHEMA, Database
from storage.deliveries import promise_delivery
from storage.migrate import migrate
from storage.schedules import change_schedule
from tests.cli.conftest import ROOT, Folder
from tests.support.dumps import dump
from tests.support.environment import child_environment
from tests.support.make import make_person, make_project, make_workspace
from tests.support.postgres import PostgresServer

TOKEN, SECRET = "xoxb-local-waymark", "8f742231b10e8888abcd99ee00000085"
PASSWORD = "hunter2secret"


@pytest.fixture
def slack() -> Iterator[LocalServer]:
    """The workspace that the token is for, with all scopes that Waymark asks for."""
    settings = LocalSettings(
        signing_secret=SECRET, bot_token=TOKEN, request_url="http://127.0.0.1:9/", scopes=tuple(SCOPES)
    )
    with LocalServer(seeded_workspace(), settings) as running:
        yield running


def environment(slack: LocalServer, **changes: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url,
        **changes,
    }


@pytest.fixture
def team(folder: Folder, database: Database) -> Folder:
    """With the workspace of `slack`, and nothing wrong in it."""
    with database.write() as tx:
        make_workspace(tx, TEAM.id, TEAM.name)
    return folder


def found_by(folder: Folder, *arguments: str, **given: str) -> dict[str, Any]:
    """What it prints as JSON, whose exit code is its own."""
    done = folder.bot("doctor", "--json", *arguments, **given)
    assert done.stderr == ""
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["exit_code"] == done.returncode
    assert report["version"] == 1
    return report


def codes(report: dict[str, Any]) -> list[str]:
    return [each["code"] for each in report["findings"]]


def test_a_healthy_installation_says_so_in_one_line(team: Folder, slack: LocalServer) -> None:
    done = team.bot("doctor", **environment(slack))

    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"All is well in Tidewater Commons: \d+ checks, nothing to mend\.\n", done.stdout), (
        done.stdout
    )


@pytest.mark.postgres
def test_one_on_postgresql_does_too(
    folder: Folder, slack: LocalServer, postgres_server: PostgresServer
) -> None:
    with postgres_server.new_database() as url:
        database = Database(url)
        migrate(database)
        with database.write() as tx:
            make_workspace(tx, TEAM.id, TEAM.name)
        database.close()

        well = folder.bot("doctor", **environment(slack, DATABASE_URL=url))
        assert (well.returncode, well.stdout[:11], well.stderr) == (0, "All is well", "")

        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f'ALTER DATABASE "{url.rpartition("/")[2]}" SET default_transaction_read_only = on')
        refused = found_by(folder, **environment(slack, DATABASE_URL=url))
        assert codes(refused) == ["read_only"]
        assert "read-only transaction" in refused["findings"][0]["what"]


def test_without_anything_it_says_what_is_missing_and_makes_no_database(empty_folder: Folder) -> None:
    done = empty_folder.bot("doctor")

    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith(
        "Settings\n"
        "error: SLACK_BOT_TOKEN is not set. Still holds: Nothing was changed; `python -m bot try` needs no "
        "settings. To mend it: Set it in the environment or in .env (see .env.sample).\n"
    )
    assert "warning: There is no database yet at " in done.stdout
    assert done.stdout.endswith("2 errors, 1 warning.\n")
    assert list(empty_folder.path.iterdir()) == []


def test_malformed_settings_are_a_finding_and_say_no_secret(empty_folder: Folder) -> None:
    report = found_by(empty_folder, PORT="many", SLACK_BOT_TOKEN=f"xoxb-{PASSWORD}")

    assert codes(report) == ["settings_malformed"]
    assert "PORT" in report["findings"][0]["what"]
    assert "database reachable" in report["checks"]["left_out"]
    assert PASSWORD not in json.dumps(report)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"postgresql://me:{PASSWORD}@127.0.0.1:1/db", "database_unreachable"),
        (f"mysql://me:{PASSWORD}@127.0.0.1/db", "database_unreachable"),
        ("sqlite:////no/such/folder/waymark.db", "database_unreachable"),
    ],
)
def test_a_database_that_cannot_be_opened(team: Folder, slack: LocalServer, address: str, code: str) -> None:
    report = found_by(team, **environment(slack, DATABASE_URL=address))

    assert (codes(report), report["exit_code"]) == ([code], 2)
    assert "scopes granted" in report["checks"]["made"], "Slack is asked all the same"
    assert PASSWORD not in json.dumps(report)


@pytest.mark.parametrize(
    ("stands_at", "found"),
    [("0012", ("schema_older", 1)), ("9999", ("schema_newer", 2)), ("nine", ("schema_unknown", 2))],
)
def test_a_schema_that_is_not_this_versions(
    team: Folder, database: Database, slack: LocalServer, stands_at: str, found: tuple[str, int]
) -> None:
    with database.write() as tx:
        tx.exec_driver_sql(
            "UPDATE alembic_version SET version_num = ?, compatible_from = ?", (stands_at, stands_at)
        )

    report = found_by(team, **environment(slack))

    assert (codes(report), report["exit_code"]) == ([found[0]], found[1])
    facts = report["findings"][0]["facts"]
    assert facts == {"found": stands_at, "wanted": SCHEMA}
    with database.read() as tx:
        assert tx.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == stands_at


def test_a_later_schema_that_this_version_may_run_on_is_well(
    team: Folder, database: Database, slack: LocalServer
) -> None:
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    report = found_by(team, **environment(slack))

    assert (codes(report), report["exit_code"]) == ([], 0)
    assert [each["id"] for each in report["workspaces"]] == [TEAM.id]


def test_a_database_that_can_only_be_read(team: Folder, slack: LocalServer) -> None:
    address = f"sqlite:///file:{team.database_file}?mode=ro&uri=true"

    report = found_by(team, **environment(slack, DATABASE_URL=address))

    assert (codes(report), report["exit_code"]) == (["read_only"], 2)


def test_a_database_that_somebody_else_writes_to_for_long(
    team: Folder, database: Database, slack: LocalServer
) -> None:
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE workspaces SET name = name")
        report = found_by(team, **environment(slack))

    assert (codes(report), report["exit_code"]) == (["database_busy"], 1)


def test_what_is_wrong_in_slack_and_in_the_records(
    team: Folder, database: Database, slack: LocalServer
) -> None:
    now = clock.now()
    with database.write() as tx:
        make_person(tx, TOMASZ, TEAM.id, name="Tomasz", is_deleted=True)
        reef = make_project(tx, TEAM.id, slug="reef", owner_id=TOMASZ, channel_id=JMTE)
        make_project(tx, TEAM.id, slug="docs", channel_id=DOCS)
        change_schedule(tx, TEAM.id, reef.id, cadence="weekly mon 09:30 UTC")
        long_ago = now - timedelta(hours=2)
        promise_delivery(tx, TEAM.id, "late", "prompt", channel_id=JMTE, now=long_ago)
    with slack.workspace.lock:
        slack.workspace.channels[JMTE].is_archived = True
        slack.workspace.channels[DOCS].members.remove(slack.workspace.bot.user_id)
    before = dump(database)

    report = found_by(team, **environment(slack))

    assert sorted(codes(report)) == [
        "channel_archived",
        "channel_without_bot",
        "never_fires",
        "owner_gone",
        "worker_idle",
    ]
    assert (report["severity"], report["exit_code"]) == ("error", 2)
    assert report["workspaces"] == [{"id": TEAM.id, "name": TEAM.name}]
    said = {each["code"]: each for each in report["findings"]}
    assert said["channel_archived"]["what"].startswith(f"#proj-jmte ({JMTE}) is archived")
    assert said["owner_gone"]["what"] == f"Tomasz ({TOMASZ}) has left, and still owns `reef`"
    assert said["owner_gone"]["mend"] == "`/project owner reef @person`."
    assert said["owner_gone"]["workspace"] == TEAM.id
    assert said["owner_gone"]["facts"]["owner"] == {"slugs": ["reef"], "more": 0, "hidden": 0}
    assert dump(database) == before, "it changes nothing"


def test_a_token_that_slack_refuses_and_scopes_and_the_clock(team: Folder, slack: LocalServer) -> None:
    wrong = found_by(team, **environment(slack, SLACK_BOT_TOKEN="xoxb-another"))
    assert (codes(wrong), wrong["exit_code"]) == (["token_refused"], 2)

    slack.workspace.clock.move(timedelta(minutes=2))
    late = found_by(team, **environment(slack))
    assert (codes(late), late["exit_code"]) == (["clock_behind"], 1)

    settings = LocalSettings(
        signing_secret=SECRET,
        bot_token=TOKEN,
        request_url="http://127.0.0.1:9/",
        scopes=("chat:write", "commands", "admin"),
    )
    with LocalServer(seeded_workspace(), settings) as other:
        report = found_by(team, **environment(other))
    assert codes(report).count("scope_missing") == len(SCOPES) - 2
    assert "scopes_unused" in codes(report)


def test_slack_that_is_away_is_an_error_and_may_be_left_out(team: Folder) -> None:
    given = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": "http://127.0.0.1:9/"}

    away, offline = found_by(team, **given), found_by(team, "--offline", **given)

    assert (codes(away), away["exit_code"]) == (["slack_unreachable"], 2)
    assert (codes(offline), offline["exit_code"]) == ([], 0)
    assert "scopes granted" in offline["checks"]["left_out"]


def test_of_several_workspaces_each_is_looked_at_or_the_one_that_is_named(
    team: Folder, database: Database, slack: LocalServer
) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0OTHER", "Other")

    both = found_by(team, **environment(slack))
    assert {each["id"] for each in both["workspaces"]} == {TEAM.id, "T0OTHER"}
    assert [(each["code"], each["workspace"]) for each in both["findings"]] == [
        ("token_of_other_workspace", "T0OTHER")
    ]
    assert both["exit_code"] == 0, "a note is no trouble"

    one = found_by(team, "--workspace", TEAM.id, **environment(slack))
    assert (codes(one), [each["id"] for each in one["workspaces"]]) == ([], [TEAM.id])

    none = team.bot("doctor", "--workspace", "T0NONE", **environment(slack))
    assert (none.returncode, none.stdout) == (2, "")
    assert none.stderr.startswith("There is no workspace T0NONE. There are: ")


def test_a_database_without_a_workspace_is_a_note(folder: Folder, slack: LocalServer) -> None:
    report = found_by(folder, **environment(slack))

    assert (codes(report), report["exit_code"]) == (["no_workspace"], 0)


def on_a_terminal(folder: Folder, **given: str) -> tuple[int, str]:
    """What somebody sees who starts it by hand, and its exit code."""
    ours, theirs = pty.openpty()
    settings = {"DATABASE_URL": folder.database_url, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **given}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "doctor"],
        cwd=folder.path,
        env=child_environment(**settings),
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    # Linux says so by an error when the other end is closed.
    while chunk := _read(ours):
        seen += chunk
    os.close(ours)
    return process.wait(), seen.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_on_a_terminal_it_is_in_colour_with_marks_and_fits_its_width(
    team: Folder, database: Database, slack: LocalServer
) -> None:
    with database.write() as tx:
        make_person(tx, TOMASZ, TEAM.id, name="Tom\x1b[2Jasz", is_deleted=True)
        make_project(tx, TEAM.id, slug="reef", owner_id=TOMASZ)

    code, coloured = on_a_terminal(team, **environment(slack))
    _, plain = on_a_terminal(team, **environment(slack, NO_COLOR="1"))

    assert code == 1
    assert "\x1b[33m▲ warning\x1b[0m  Tom?[2Jasz (U0TOMASZ001) has left, and still owns `reef`." in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain
    assert "✔ Settings: ok (settings readable, " in plain
    assert "    → `/project owner reef @person`." in plain
    assert max(len(line) for line in plain.splitlines() if line.startswith((" ", "▲"))) < 80
    assert plain.endswith("1 warning.\n")


def test_on_a_terminal_a_healthy_one_is_one_line_too(team: Folder, slack: LocalServer) -> None:
    _, seen = on_a_terminal(team, **environment(slack, NO_COLOR="1"))

    assert seen.startswith("✔ All is well in Tidewater Commons: ")
    assert seen.count("\n") == 1


def test_its_help_says_the_exit_codes(empty_folder: Folder) -> None:
    done = empty_folder.bot("doctor", "--help")

    assert "0 for nothing or notes, 1 for warnings, 2 for errors" in " ".join(done.stdout.split())
    assert [each for each in ("--json", "--workspace ID", "--offline") if each not in done.stdout] == []

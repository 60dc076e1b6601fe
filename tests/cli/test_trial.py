"""`python -m bot try`: what it keeps, and where."""

import json
import re
import shlex
import socket
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.local.seed import JMTE, MATEO
from bot.local.state_file import load
from bot.trial import HOST, port_beside
from storage.database import Database
from tests.cli.conftest import ROOT, Folder
from tests.support import signing
from tests.support.dumps import dump
from tests.support.ports import free_port
from tests.support.product import bot_answers, request, running_program, running_trial

PAGE = "## Ours\n\n### Goal\n\nA goal.\n"


def slugs_in(file: Path) -> set[str]:
    with closing(Database(f"sqlite:///{file}")) as database:
        return {row["slug"] for row in dump(database)["projects"]}


def act(address: str, verb: str, **fields: str) -> None:
    body = json.dumps(fields).encode()
    done = request(
        urlsplit(address).port or 0, "POST", f"/local/{verb}", body, {"Content-Type": signing.JSON}
    )
    assert done.status == 200, done.body


def test_messages_and_the_time_survive_a_restart_in_a_file(tmp_path: Path) -> None:
    state = tmp_path / "state.json"

    with running_trial(tmp_path, "--state", "state.json") as address:
        act(address, "people/say", user_id=MATEO, channel_id=JMTE, text="remember this")
        port = urlsplit(address).port or 0
        request(port, "POST", "/local/clock", b'{"seconds": 4838400}', {"Content-Type": signing.JSON})
    with running_trial(tmp_path, "--state", "state.json") as address:
        act(address, "people/run_command", user_id=MATEO, channel_id=JMTE, text="/project show tide")

    kept = load(state)
    words = [message.text for message in kept.messages[JMTE]]
    assert "remember this" in words
    # The bot's clock is as far ahead as the workspace's, from the start: 33 days and eight weeks.
    assert "checked 12 weeks ago" in words[-1]
    assert kept.clock.offset == timedelta(weeks=8)


def test_a_patience_that_is_none_is_a_wrong_input(tmp_path: Path) -> None:
    with running_program("try", "--patience", "0", folder=tmp_path, environment={}) as program:
        assert program.process.wait(60) == 2
        program.wait_for("0 is no number of seconds up to 600")


@pytest.mark.parametrize("content", [None, "{}", "\ud800"], ids=["a folder", "another file", "not UTF-8"])
def test_what_cannot_hold_the_state_is_said_in_one_line_and_left_alone(
    empty_folder: Folder, content: str | None
) -> None:
    path = empty_folder.path / "state"
    before = b"" if content is None else content.encode("utf-8", "surrogatepass")
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(before)

    done = empty_folder.bot("try", "--state", "state", PORT=str(free_port()))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("state ")
    assert len(done.stderr.splitlines()) == 1
    assert content is None or path.read_bytes() == before


def test_the_trial_and_a_page_in_it_have_a_database_of_their_own(empty_folder: Folder) -> None:
    folder = empty_folder.path
    name = empty_folder.write(PAGE)

    with running_program("try", folder=folder, environment={"PORT": str(free_port())}) as program:
        program.wait_for("Ctrl-C ends it.")
        (line,) = re.findall(r"^ +\.venv/bin/python -m bot (.*) PAGE$", program.output, re.MULTILINE)
        imported = empty_folder.bot(*line.split(), name, DATABASE_URL="")

    assert imported.stdout.startswith("Imported: 1 created")
    assert "sqlite:///waymark-try.db" in program.output
    assert {"ours", "jmte-pangeo"} <= slugs_in(folder / "waymark-try.db")
    assert not (folder / "waymark.db").exists()
    assert f".venv/bin/python -m bot {line} " in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_samples_page_is_published_and_exported_as_it_is_said_there(empty_folder: Folder) -> None:
    port = free_port()
    with running_program("try", folder=empty_folder.path, environment={"PORT": str(port)}) as program:
        program.wait_for("Ctrl-C ends it.")
        # It has asked Slack for the channels by then.
        program.wait_until(lambda: bot_answers(port))
    (line,) = re.findall(r"^ +(\.venv/bin/python -m bot publish add .*)$", program.output, re.MULTILINE)
    assert line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    where = f"file:{empty_folder.path}/waymark-try.md"
    arguments = shlex.split(line.removeprefix(".venv/bin/python -m bot "))[:-1]

    added = empty_folder.bot(*arguments, where, DATABASE_URL="")
    published = empty_folder.bot("publish", "now", "--try", DATABASE_URL="")
    exported = empty_folder.bot("export", "--try", "--format", "csv", DATABASE_URL="")

    assert "At once: python -m bot publish now --try 1\n" in added.stdout
    # The stewards' channel is private, and their project stands on the sample's page.
    assert "On the page stand projects of private channels: reserve. Their sections" in added.stdout
    assert published.stdout == f"{where}: published.\n"
    assert "grants-2027" in exported.stdout
    assert not (empty_folder.path / "waymark.db").exists()


def test_the_public_page_is_beside_the_workspace_where_that_is_free() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        # Ports that the system hands out are left to it.
        assert port_beside(taken.getsockname()[1] - 1) != taken.getsockname()[1]
    low = next(port for port in range(20_000, 30_000) if port_beside(port) == port + 1)
    with socket.socket() as taken:
        taken.bind((HOST, low + 1))
        taken.listen()
        assert port_beside(low) not in {low, low + 1, 0}


def test_a_page_may_be_tried_before_the_trial_is_started(empty_folder: Folder) -> None:
    done = empty_folder.bot("import", "--try", empty_folder.write(PAGE), DATABASE_URL="")

    assert done.returncode == 0
    assert slugs_in(empty_folder.path / "waymark-try.db") == {"ours"}


def test_a_page_that_has_a_slug_of_the_samples_is_not_blended_with_it(empty_folder: Folder) -> None:
    page = "(projects:jmte-pangeo)=\n## Our JMTE\n\n### Goal\n\nA goal.\n\n### Outcomes\n\n- Ours\n"
    file = empty_folder.path / "waymark-try.db"
    with running_program("try", folder=empty_folder.path, environment={"PORT": str(free_port())}) as program:
        program.wait_for("Ctrl-C ends it.")
    arguments = ("import", "--try", empty_folder.write(page))

    dry = empty_folder.bot(*arguments, "--dry-run", DATABASE_URL="")
    done = empty_folder.bot(*arguments, DATABASE_URL="")
    again = empty_folder.bot(*arguments, DATABASE_URL="")

    aside = "  jmte-pangeo: was the sample's, which is now archived as sample-jmte-pangeo\n"
    total = "1 created, 0 updated, 0 unchanged\n"
    assert dry.stdout == f"Dry run, nothing was written: {total}{aside}  jmte-pangeo: new\n"
    assert done.stdout == f"Imported: {total}{aside}  jmte-pangeo: new\n"
    assert again.stdout == "Imported: 0 created, 0 updated, 1 unchanged\n"
    with closing(Database(f"sqlite:///{file}")) as database:
        rows = dump(database)
    by_slug = {row["slug"]: row for row in rows["projects"]}
    ours, samples = by_slug["jmte-pangeo"], by_slug["sample-jmte-pangeo"]
    assert (ours["name"], ours["state"], samples["state"]) == ("Our JMTE", "active", "archived")
    assert [row["text"] for row in rows["outcomes"] if row["project_id"] == ours["id"]] == ["Ours"]
    assert by_slug["hub-pilots"]["state"] == "active"


def test_a_database_that_is_set_is_the_trials_too(empty_folder: Folder) -> None:
    empty_folder.bot("import", "--try", empty_folder.write(PAGE))

    assert slugs_in(empty_folder.database_file) == {"ours"}


def test_with_a_token_nothing_is_imported_for_a_trial(folder: Folder) -> None:
    before = folder.database_file.read_bytes()

    done = folder.bot("import", "--try", folder.write(PAGE), SLACK_BOT_TOKEN="xoxb-made-up")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("SLACK_BOT_TOKEN is set: ")
    assert folder.database_file.read_bytes() == before


def test_it_is_tried_over_socket_mode_too(tmp_path: Path) -> None:
    with running_trial(tmp_path, "--socket") as address:
        port = urlsplit(address).port or 0
        sockets = json.loads(request(port, "GET", "/local/sockets").body)
        act(address, "people/run_command", user_id=MATEO, channel_id=JMTE, text="/project show tide")
        calls = json.loads(request(port, "GET", "/local/calls?direction=out").body)["calls"]

    assert sockets == {"ok": True, "enabled": True, "connections": 1}
    assert [(call["name"], call["ok"]) for call in calls] == [("command /project", True)]

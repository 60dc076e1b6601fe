"""What goes wrong with a file under a running bot is said to people, and is over when it is over."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.local.seed import TEAM, WANJIRU
from bot.web.server import can_pin
from storage.migrate import open_database
from tests.scenarios.records import add_jmte
from tests.support.bot import Bot, running_bot
from tests.support.messages import AWAY
from tests.support.product import Web, running_web
from tests.support.signing import command_body

NO_LIMIT = resource.RLIM_INFINITY


def command(web: Web, text: str) -> str:
    response = web.send(command_body(text, team_id=TEAM.id, user_id=WANJIRU))
    assert response.status == 200
    return str(response.json["text"])


def limit_files(web: Web, largest: int) -> None:
    """The bot's process can make no file larger than that, as if the disk was full."""
    master = web.program.process.pid
    (worker,) = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="utf-8").split()
    resource.prlimit(int(worker), resource.RLIMIT_FSIZE, (largest, NO_LIMIT))


@pytest.mark.skipif(not can_pin(), reason="only Linux lets a process set the limits of another")
def test_a_disk_that_is_full_and_has_room_again(tmp_path: Path, sqlite_url: str) -> None:
    with running_web(tmp_path, sqlite_url, "--with-worker") as web:
        before = command(web, "create Before")
        limit_files(web, 0)
        full = [command(web, f"create Never {number}") for number in range(3)]
        read = command(web, "list")
        limit_files(web, NO_LIMIT)
        after = command(web, "create After")
        found = command(web, "list")
        said = web.program.output

    assert all(map(AWAY.fullmatch, full))
    assert all(each.rpartition("say `")[2].partition("`")[0] in said for each in full), "found in the log"
    assert "A new project" in before
    assert "A new project" in after
    assert "Before" in read
    assert "After" in found
    assert "Never" not in found
    assert "Traceback" not in said


@pytest.fixture
def impatient(tmp_path: Path) -> Iterator[Bot]:
    """A bot that waits for nobody's lock."""
    database = open_database(f"sqlite:///{tmp_path}/waymark.db?timeout=0.1")
    with running_bot(database) as bot:
        yield bot
    database.close()


def test_a_file_that_another_program_has_locked_can_be_read_and_not_changed(impatient: Bot) -> None:
    add_jmte(impatient)
    with closing(sqlite3.connect(impatient.database.url.database or "")) as other:
        other.execute("BEGIN IMMEDIATE")
        written = impatient.command("update jmte 2 done")["text"]
        read = impatient.command("show jmte")["text"]
    after = impatient.command("update jmte 2 done")["text"]

    assert AWAY.fullmatch(written)
    assert "Jupyter Meets the Earth" in read
    assert "Outcome 2 is updated" in after

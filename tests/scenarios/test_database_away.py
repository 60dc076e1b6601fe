"""The database goes away while people ask: they read a sentence, and Slack gets its 200."""

import logging
import re
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from bot import texts
from bot.app import create_wsgi
from bot.local.seed import SOFIA
from bot.settings import Settings
from bot.slack.gateway import Identity
from storage.database import Database
from storage.migrate import migrate
from tests.scenarios.answering import begin_round
from tests.scenarios.records import add_jmte
from tests.support import signing
from tests.support.away import database_away
from tests.support.bot import SECRET, TOKEN, Bot, running_bot
from tests.support.messages import AWAY, heading
from tests.support.postgres import PostgresServer


@pytest.mark.in_process("its database is a file")
def test_a_folder_in_the_place_of_the_file(lite: Bot) -> None:
    file = Path(lite.database.url.database or "")
    lite.database.close()
    file.rename(file.with_suffix(".away"))
    file.mkdir()

    answers = {lite.command(line)["text"] for line in ("show jmte", "list", "", "nonsense")}

    assert all(map(AWAY.fullmatch, answers))


@pytest.mark.in_process("its database is a file")
def test_a_file_that_is_no_database_any_more(lite: Bot) -> None:
    add_jmte(lite)
    lite.database.close()
    Path(lite.database.url.database or "").write_bytes(b"not a database, and longer than a header" * 400)

    assert AWAY.fullmatch(lite.command("show jmte")["text"])


@pytest.mark.in_process("its database is a file")
def test_a_file_that_is_deleted_under_a_running_bot_and_put_back(lite: Bot) -> None:
    add_jmte(lite)
    file = Path(lite.database.url.database or "")
    heading(lite.command("show jmte"))
    _move(file, file.with_suffix(".away"))

    away = {lite.command(line)["text"] for line in ("show jmte", "list", "")}
    was_made_anew = file.exists()
    _move(file.with_suffix(".away"), file)
    back = lite.command("show jmte")

    assert all(map(AWAY.fullmatch, away))
    assert not was_made_anew
    assert heading(back) == "Jupyter Meets the Earth"


@pytest.mark.in_process("its database is a file")
def test_a_file_that_is_replaced_under_a_running_bot_is_read_at_once(lite: Bot, tmp_path: Path) -> None:
    add_jmte(lite)
    file = Path(lite.database.url.database or "")
    with closing(sqlite3.connect(file)) as elsewhere, closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        elsewhere.backup(copy)
        copy.execute("UPDATE projects SET name = 'From the backup' WHERE slug = 'jmte-pangeo'")
        copy.commit()
    before = lite.command("show jmte")
    _move(file, file.with_suffix(".away"))
    (tmp_path / "copy.db").rename(file)

    after = lite.command("show jmte")

    assert heading(before) == "Jupyter Meets the Earth"
    assert heading(after) == "From the backup"


def test_a_reply_that_cannot_be_written_down_is_to_come_again(lite: Bot) -> None:
    round_ = begin_round(lite)
    with database_away(lite.database):
        ts = lite.people.say(SOFIA, round_.channel, "1 done", round_.ts).ts or ""
        assert lite.slack.platform.events.settle()
    before = round_.kept(ts)
    lite.slack.workspace.clock.move(timedelta(minutes=1))
    lite.settle()

    assert before is None
    assert round_.heard() == {SOFIA}
    assert round_.mark(ts) == ["white_check_mark"]


def _move(file: Path, to: Path) -> None:
    """With the files that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        if Path(f"{file}{suffix}").exists():
            Path(f"{file}{suffix}").rename(f"{to}{suffix}")


@pytest.mark.in_process("reads the log of its own process, and its database is a file")
def test_a_table_that_is_not_there_is_a_mistake_of_ours_and_has_a_reference(
    lite: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    add_jmte(lite)
    question = lite.type_command("list")
    with closing(sqlite3.connect(lite.database.url.database or "")) as elsewhere:
        elsewhere.execute("ALTER TABLE outcomes RENAME TO gone")

    with caplog.at_level(logging.INFO):
        answer = lite.command("show jmte")["text"]
        lite.press(question, "Share in channel")

    references = re.findall(r"request (\w+) failed", caplog.text)
    sentences = [texts.INTERNAL_ERROR.format(reference=reference) for reference in references]
    assert [answer, lite.last_message().text] == sentences
    assert lite.seen()[0].text == question.text
    assert "no such table: outcomes" in caplog.text
    assert "jmte" not in caplog.text


def test_a_server_that_takes_connections_and_never_answers(silent_server: str) -> None:
    settings = Settings.model_validate(
        {"database_url": silent_server, "slack_signing_secret": SECRET, "slack_bot_token": TOKEN}
    )
    app = create_wsgi(settings, Identity("T0TEST", "Test", "B0TEST", "U0BOT"))
    body = signing.command_body("show jmte")
    began = time.monotonic()

    response = signing.call(app, body, signing.signed(SECRET, body))

    assert AWAY.fullmatch(response.json["text"])
    assert time.monotonic() - began < 3, "Slack waits no longer"


@pytest.mark.in_process("its database is a file")
def test_it_is_answered_again_when_the_database_is_back(lite: Bot) -> None:
    add_jmte(lite)
    file = Path(lite.database.url.database or "")
    lite.database.close()
    file.rename(file.with_suffix(".away"))
    file.mkdir()
    away = lite.command("show jmte")["text"]
    file.rmdir()
    file.with_suffix(".away").rename(file)

    back = lite.command("show jmte")

    assert AWAY.fullmatch(away)
    assert heading(back) == "Jupyter Meets the Earth"


@pytest.mark.postgres
def test_a_postgresql_database_that_is_dropped_and_one_whose_connections_broke(
    postgres_server: PostgresServer,
) -> None:
    with postgres_server.new_database() as url:
        database = Database(url)
        migrate(database)
        # Each process has connections of its own to find broken.
        with running_bot(database, processes=1) as bot:
            add_jmte(bot)
            fine = bot.command("show jmte")
            _as_admin(
                postgres_server,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = {}",
                url,
            )
            broken = bot.command("show jmte")
            _as_admin(postgres_server, "DROP DATABASE {} WITH (FORCE)", url)
            dropped = [bot.command(line)["text"] for line in ("show jmte", "show jmte", "")]
            _as_admin(postgres_server, "CREATE DATABASE {}", url)
        database.close()

    # What the server has closed is not asked any more: the next connection is a new one.
    assert heading(fine) == heading(broken) == "Jupyter Meets the Earth"
    assert all(map(AWAY.fullmatch, dropped))


def _as_admin(server: PostgresServer, statement: LiteralString, url: str) -> None:
    name = url.rpartition("/")[2]
    value = sql.Literal(name) if "datname" in statement else sql.Identifier(name)
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute(sql.SQL(statement).format(value))

"""The clock of a bot that is being tried: it follows a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import clock
from bot.app import prepare
from bot.clock import clock_moved_by
from bot.local.seed import JMTE, TEAM
from bot.settings import Settings
from storage.database import Database
from tests.support.bot import SECRET, TOKEN
from tests.support.make import NOW, make_channel, make_project, make_workspace
from tests.support.sending import running_slack

WEEK = timedelta(weeks=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


def test_it_runs_ahead_by_the_seconds_in_the_file(file: Path) -> None:
    moved = clock_moved_by(file)
    before = clock.now()
    file.write_text(f"{WEEK.total_seconds()}\n", encoding="utf-8")

    assert before + WEEK <= moved() <= clock.now() + WEEK
    assert moved() < moved()


@pytest.mark.parametrize("written", ["2026-05-04T09:30:00+00:00", "2026-05-04T11:30:00+02:00\n"])
def test_at_a_time_in_the_file_it_stands_until_there_is_another(file: Path, written: str) -> None:
    moved = clock_moved_by(file)
    file.write_text(written, encoding="utf-8")

    assert moved() == moved() == datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    assert moved().tzinfo is UTC
    file.write_text("2026-05-05T09:30:00Z", encoding="utf-8")
    assert moved() == datetime(2026, 5, 5, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "soon", "2026-05-04T09:30:00", "2026-99-99T00:00:00Z", "Tomorrow"])
def test_with_anything_else_it_is_the_machines(file: Path, written: str) -> None:
    file.write_text(written, encoding="utf-8")

    before = clock.now()
    assert before <= clock_moved_by(file)() <= clock.now()


def test_without_the_file_it_is_the_machines(file: Path) -> None:
    before = clock.now()
    assert before <= clock_moved_by(file)() <= clock.now()


def test_a_start_goes_by_it_too(file: Path, sqlite_database: Database) -> None:
    """Channels are asked about again when what Slack said of them is a day old."""
    with sqlite_database.write() as tx:
        make_workspace(tx, TEAM.id, TEAM.name)
        make_channel(tx, JMTE, TEAM.id)
        make_project(tx, TEAM.id, channel_id=JMTE)
    asked = []
    with running_slack() as slack:
        settings = Settings(
            slack_bot_token=SecretStr(TOKEN),
            slack_signing_secret=SecretStr(SECRET),
            slack_api_url=slack.api_url,
            database_url=str(sqlite_database.url),
            clock_offset_file=file,
        )
        for at in (NOW + timedelta(hours=23), NOW + timedelta(hours=25)):
            file.write_text(at.isoformat(), encoding="utf-8")
            prepare(settings)
            asked.append(slack.workspace.count_calls("conversations.list"))

    assert asked[0] == 0
    assert asked[1] > 0

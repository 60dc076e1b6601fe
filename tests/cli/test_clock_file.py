"""The clock of a bot that is being tried: it follows a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.clock import clock_moved_by

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

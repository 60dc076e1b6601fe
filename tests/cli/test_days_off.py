"""`python -m bot days-off FILE`: what it adds, what it says, and how it refuses."""

from datetime import date, timedelta

import pytest

from bot import clock
from storage.database import Database
from storage.settings import list_days_off
from tests.cli.conftest import Folder
from tests.support.dumps import dump
from tests.support.make import make_workspace

FIRST = clock.now().date() + timedelta(days=30)
LAST = FIRST + timedelta(days=2)


def written(day: date) -> str:
    return day.strftime("%Y%m%d")


CALENDAR = f"""\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
BEGIN:VEVENT
UID:1
SUMMARY:Year-end break
DTSTART;VALUE=DATE:{written(FIRST)}
DTEND;VALUE=DATE:{written(LAST + timedelta(days=1))}
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Stand-up
DTSTART:{written(FIRST)}T090000Z
DTEND:{written(FIRST)}T091500Z
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Every moment
DTSTART;VALUE=DATE:{written(FIRST)}
RRULE:FREQ=SECONDLY
END:VEVENT
END:VCALENDAR
"""


def days_in(database: Database, workspace_id: str) -> dict[date, str]:
    with database.read() as tx:
        return list_days_off(tx, workspace_id, date.min)


@pytest.fixture
def team(folder: Folder, database: Database) -> Folder:
    """With one workspace."""
    with database.write() as tx:
        make_workspace(tx)
    return folder


def test_its_all_day_events_are_days_off(team: Folder, database: Database) -> None:
    done = team.bot("days-off", team.write(CALENDAR, "days.ics"))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Added 3 days off:",
        f"  {FIRST} to {LAST}  Year-end break",
        "Left out, since they are at a time of day: 1 of 3 events.",
        "Left out, since they cannot be read: Every moment.",
    ]
    expected = dict.fromkeys((FIRST, FIRST + timedelta(days=1), LAST), "Year-end break")
    assert days_in(database, "T0TEST") == expected


def test_a_second_time_adds_nothing(team: Folder, database: Database) -> None:
    team.bot("days-off", team.write(CALENDAR, "days.ics"))
    before = dump(database)

    done = team.bot("days-off", "days.ics")

    assert done.stdout.startswith("Nothing to add: these 3 days were there already")
    assert dump(database) == before


def test_a_dry_run_changes_nothing(team: Folder, database: Database) -> None:
    before = dump(database)

    done = team.bot("days-off", team.write(CALENDAR, "days.ics"), "--dry-run")

    assert done.stdout.startswith("Would add 3 days off:")
    assert dump(database) == before


def test_of_several_workspaces_one_is_named(team: Folder, database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0OTHER")
    name = team.write(CALENDAR, "days.ics")

    unsaid = team.bot("days-off", name)
    assert unsaid.returncode == 2
    assert "Which workspace?" in unsaid.stderr

    assert team.bot("days-off", name, "--workspace", "T0OTHER").returncode == 0
    assert days_in(database, "T0TEST") == {}
    assert len(days_in(database, "T0OTHER")) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "is no calendar file"),
        (b"# A page\n", "is no calendar file"),
        (b"\x7fELF\x00\xff", "is no calendar file"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "has no all-day event"),
        (CALENDAR.replace("20", "19").encode(), "has no all-day event"),
        (b"BEGIN:VCALENDAR\n" + b"X" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_another_file_is_refused_and_changes_nothing(
    team: Folder, database: Database, text: bytes, said: str
) -> None:
    before = dump(database)

    done = team.bot("days-off", team.write(text, "days.ics"))

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert dump(database) == before


def test_a_file_that_is_not_there_is_said(team: Folder) -> None:
    done = team.bot("days-off", "nowhere.ics")

    assert (done.returncode, done.stderr) == (2, "nowhere.ics cannot be read: No such file or directory.\n")

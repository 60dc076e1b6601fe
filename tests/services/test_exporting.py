"""Files of records: what is in them, that nothing typed does anything there, and what they take."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pages.page_style import PageStyle
from bot.services.export_csv import COLUMNS, csv_pieces, defused, undefused
from bot.services.export_formats import ExportFormat
from bot.services.export_json import json_pieces
from bot.services.export_reading import BATCH, Selection
from bot.services.exporting import export_pieces
from storage.database import Database, Tx
from storage.members import add_member
from storage.outcomes import change_outcome, list_outcomes
from storage.projects import change_project
from storage.records import OutcomeStatus, ProjectState
from storage.tables import projects
from tests.pages.typed import TEXTS
from tests.support.make import NOW, make_channel, make_person, make_project, make_workspace, say
from tests.support.statements import recorded_statements

ALL = Selection("T0TEST", with_private=True)
EACH = pytest.mark.parametrize("file_format", list(ExportFormat))


@pytest.fixture
def team(database: Database) -> Database:
    with database.write() as tx:
        make_workspace(tx, name="Tidewater")
        make_person(tx, "U0ANA", name="Ana Silva")
        make_channel(tx, "C0SECRET", private_to=["U0ANA"])
        above = make_project(tx, slug="above", name="Above")
        project = make_project(
            tx,
            slug="docs",
            name="Docs",
            summary="Guides",
            goal="Find **it**",
            owner_id="U0ANA",
            channel_id="C0DOCS",
            parent_id=above.id,
            aliases=["handbook"],
            outcomes=["Pages", "Owners"],
            links=["https://e.org/1"],
            members=["Bo Chen"],
        )
        add_member(tx, "T0TEST", project.id, user_id="U0ANA", role="lead")
        pages, owners = list_outcomes(tx, "T0TEST", project.id)
        metric = {"metric_start": 0.0, "metric_target": 20.0, "metric_unit": "pages"}
        change_outcome(tx, "T0TEST", pages.id, NOW, due_on=date(2026, 12, 24), owner_id="U0GONE", **metric)
        say(tx, pages, OutcomeStatus.AT_RISK, note="Late", said_by="U0ANA", value=7, ago=timedelta(days=1))
        say(tx, owners, OutcomeStatus.DONE, ago=timedelta(days=40))
        change_project(tx, "T0TEST", project.id, NOW, own_status="on_track")
        make_project(tx, slug="secret", name="Secret", channel_id="C0SECRET", outcomes=["Hidden"])
        make_project(tx, slug="old", name="Old", state=ProjectState.ARCHIVED)
    return database


def test_json_says_all_of_a_project(team: Database) -> None:
    with team.read() as tx:
        found = json.loads(b"".join(json_pieces(tx, ALL, NOW)))

    assert {name: found[name] for name in found if name != "projects"} == {
        "waymark": "projects",
        "version": 1,
        "exported_at": "2026-05-04T09:30:00+00:00",
        "workspace": {"id": "T0TEST", "name": "Tidewater"},
        "with_private": True,
    }
    assert [each["slug"] for each in found["projects"]] == ["above", "docs", "old", "secret"]
    ana = {"id": "U0ANA", "name": "Ana Silva"}
    assert found["projects"][1] == {
        "slug": "docs",
        "name": "Docs",
        "aliases": ["handbook"],
        "parent": "above",
        "state": "active",
        "is_private": False,
        "channel": "C0DOCS",
        "owner": ana,
        "summary": "Guides",
        "goal": "Find **it**",
        "goal_confirmed_at": None,
        "status": "on_track",
        "own_status": "on_track",
        "freshness": "fresh",
        "last_checked_at": "2026-05-03T09:30:00+00:00",
        "created_at": "2026-05-04T09:30:00+00:00",
        "outcomes": [
            {
                "number": 1,
                "level": 0,
                "text": "Pages",
                "owner": {"id": "U0GONE", "name": ""},
                "due_on": "2026-12-24",
                "status": "at_risk",
                "freshness": "fresh",
                "last_checked_at": "2026-05-03T09:30:00+00:00",
                "note": "Late",
                "said_by": ana,
                "said_at": "2026-05-03T09:30:00+00:00",
                "permalink": None,
                "metric": {"start": 0.0, "target": 20.0, "now": 7.0, "unit": "pages"},
            },
            {
                "number": 2,
                "level": 0,
                "text": "Owners",
                "owner": None,
                "due_on": None,
                "status": "done",
                "freshness": None,
                "last_checked_at": "2026-03-25T09:30:00+00:00",
                "note": "",
                "said_by": {"id": "U0SAID", "name": "u0said"},
                "said_at": "2026-03-25T09:30:00+00:00",
                "permalink": None,
                "metric": None,
            },
        ],
        "links": [{"label": "Link 0", "url": "https://e.org/1", "lead": ""}],
        "members": [
            {"name": "Bo Chen", "user_id": None, "role": "member"},
            {"name": "Ana Silva", "user_id": "U0ANA", "role": "lead"},
        ],
    }


def table(tx: Tx, selection: Selection = ALL) -> list[list[str]]:
    written = b"".join(csv_pieces(tx, selection, NOW)).decode()
    assert written.endswith("\r\n")
    return list(csv.reader(io.StringIO(written, newline="")))


def test_csv_has_a_line_an_outcome(team: Database) -> None:
    with team.read() as tx:
        rows = table(tx)

    assert rows[0] == list(COLUMNS)
    first = dict(zip(COLUMNS, rows[1], strict=True))
    assert {name: value for name, value in first.items() if value} == {
        "project": "docs",
        "project_name": "Docs",
        "parent": "above",
        "state": "active",
        "project_owner": "Ana Silva",
        "channel": "C0DOCS",
        "number": "1",
        "level": "0",
        "outcome": "Pages",
        "status": "at_risk",
        "freshness": "fresh",
        "owner": "U0GONE",
        "due_on": "2026-12-24",
        "metric_start": "0.0",
        "metric_target": "20.0",
        "metric_now": "7.0",
        "metric_unit": "pages",
        "note": "Late",
        "said_by": "Ana Silva",
        "said_at": "2026-05-03T09:30:00+00:00",
        "last_checked_at": "2026-05-03T09:30:00+00:00",
    }
    assert [row[8] for row in rows[1:]] == ["Pages", "Owners", "Hidden"]


@EACH
def test_private_projects_are_there_only_where_that_is_wanted(
    team: Database, file_format: ExportFormat
) -> None:
    with team.read() as tx:
        public, all_ = (
            b"".join(export_pieces(tx, selection, file_format, PageStyle(), NOW)).decode()
            for selection in (Selection("T0TEST"), ALL)
        )

    assert "Hidden" not in public
    assert "ecret" not in public
    assert "Hidden" in all_


TYPED = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00")) | TEXTS.map(
    lambda text: text.replace("\x00", "")
)


@given(TYPED | st.sampled_from(["=1", "'=1", "''+1", " =1", "\t-1", "\uff1d1", "-", "'", "@SUM(A1)"]))
def test_a_formula_is_defused_and_nothing_is_lost(text: str) -> None:
    cell = defused(text)

    assert undefused(cell) == text
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert not cell.startswith(("\t", "\r", "\n"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(TYPED, min_size=3, max_size=3), max_size=4))
def test_any_text_comes_out_of_a_table_as_it_went_in(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([defused(cell) for cell in row] for row in rows)
    encoded = text.getvalue().encode()

    found = list(csv.reader(io.StringIO(encoded.decode(), newline="")))
    assert [[undefused(cell) for cell in row] for row in found] == rows


@pytest.mark.parametrize(
    "text", ["=1+1", 'a "quoted", b', "two\nlines", "\r", "'=1", "Ünë 🌱", "# {raw}`x` <b>"]
)
def test_what_was_typed_is_in_each_file_as_it_was(sqlite_database: Database, text: str) -> None:
    with sqlite_database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="a", outcomes=[text], goal=text)
    with sqlite_database.read() as tx:
        (project,) = json.loads(b"".join(json_pieces(tx, ALL, NOW)))["projects"]
        rows = table(tx)

    assert (project["goal"], project["outcomes"][0]["text"]) == (text, text)
    assert undefused(rows[1][8]) == text


@EACH
def test_statements_grow_with_batches_alone(database: Database, file_format: ExportFormat) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for number in range(BATCH + 1):
            make_project(tx, name=f"P {number}", outcomes=["One"], owner_id="U0ANA")
    with database.read() as tx, recorded_statements() as statements:
        drain(export_pieces(tx, ALL, file_format, PageStyle(), NOW))

    # The order, the workspace, its zone; and two batches.
    assert len(statements) <= 3 + 2 * 7


def test_the_memory_does_not_grow_with_the_records(sqlite_database: Database) -> None:
    rows = {"summary": "", "goal": "g" * 2000, "state": "active", "created_at": NOW, "updated_at": NOW}
    with sqlite_database.write() as tx:
        for workspace_id, batches in (("T0FEW", 2), ("T0MANY", 4)):
            make_workspace(tx, workspace_id)
            names = [f"p-{number}" for number in range(batches * BATCH)]
            own = {**rows, "workspace_id": workspace_id}
            tx.execute(projects.insert(), [{**own, "slug": n, "name": n, "sort_name": n} for n in names])
    for file_format in ExportFormat:
        few, many = (peak(sqlite_database, each, file_format) for each in ("T0FEW", "T0MANY"))
        assert many < 1.25 * few, f"{file_format}: {few:,} and {many:,} bytes"


def peak(database: Database, workspace_id: str, file_format: ExportFormat) -> int:
    with database.read() as tx:
        what = Selection(workspace_id), file_format, PageStyle(), NOW
        next(export_pieces(tx, *what))  # what is made once is not counted
        tracemalloc.start()
        try:
            drain(export_pieces(tx, *what))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def drain(pieces: Iterator[bytes]) -> int:
    return sum(map(len, pieces))

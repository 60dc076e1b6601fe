"""Workspaces, and the one that is filled before Slack has told its id."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import text

from storage.check_in_people import ask_people
from storage.database import Database, Tx
from storage.digests import DigestKind, save_digest
from storage.editions import add_edition
from storage.homes import find_home, open_home, record_published
from storage.installations import save_installation
from storage.nonces import record_nonce
from storage.oauth_states import record_state
from storage.openings import Opening, open_check_in
from storage.outcomes import list_outcomes
from storage.pages import replace_places, save_page
from storage.pauses import record_pause
from storage.people import name_admin
from storage.projects import find_project_by_slug, get_project
from storage.records import OutcomeStatus, Project, Workspace
from storage.replies import add_reply
from storage.schedules import change_schedule
from storage.seen_events import record_event
from storage.settings import add_days_off, change_absence, change_settings
from storage.tables import metadata
from storage.workspaces import UNCLAIMED, ensure_workspace, find_workspace, list_workspaces
from tests.storage.every_function_of_installations import KEYS, installation_of
from tests.storage.every_function_of_pages import Conflicts
from tests.storage.every_function_of_public import Public
from tests.storage.every_function_of_publications import Published
from tests.storage.every_function_of_reminders import Reminders
from tests.support.dumps import dump
from tests.support.make import NOW, make_change, make_channel, make_person, make_project, say

PATIENCE_S = 20


def test_a_workspace_is_made_once_and_renamed_when_slack_has_another_name(database: Database) -> None:
    with database.write() as tx:
        made = ensure_workspace(tx, "T0ONE", "One", NOW)
        again = ensure_workspace(tx, "T0ONE", "One", NOW + timedelta(days=1))
        renamed = ensure_workspace(tx, "T0ONE", "Uno", NOW + timedelta(days=2))

    assert (made, again) == (Workspace(id="T0ONE", name="One"),) * 2
    assert renamed.name == "Uno"
    row = {"id": "T0ONE", "name": "Uno", "created_at": NOW, "installed_at": None, "uninstalled_at": None}
    assert dump(database)["workspaces"] == [row]


def test_workspaces_are_listed_oldest_first(database: Database) -> None:
    with database.write() as tx:
        ensure_workspace(tx, "T0B", "B", NOW)
        ensure_workspace(tx, "T0C", "C", NOW)
        ensure_workspace(tx, "T0A", "A", NOW + timedelta(seconds=1))

    with database.read() as tx:
        assert [workspace.id for workspace in list_workspaces(tx)] == ["T0B", "T0C", "T0A"]
        assert find_workspace(tx, "T0C") == Workspace(id="T0C", name="C")
        assert find_workspace(tx, "T0D") is None


def fill_unclaimed(database: Database) -> None:
    """A row in every table, before any workspace is known."""
    with database.write() as tx:
        ensure_workspace(tx, UNCLAIMED, "Not connected yet", NOW)
        project = make_project(
            tx,
            UNCLAIMED,
            slug="docs",
            outcomes=["One"],
            links=["https://example.org"],
            members=["Ana"],
            aliases=["handbook"],
        )
        (outcome,) = list_outcomes(tx, UNCLAIMED, project.id)
        say(tx, outcome, OutcomeStatus.DONE, workspace_id=UNCLAIMED)
        make_change(tx, project)
        make_person(tx, "U0ANA", UNCLAIMED)
        make_channel(tx, "C0DOCS", UNCLAIMED, private_to=["U0ANA"])
        name_admin(tx, UNCLAIMED, "U0ANA", "U0BO", NOW)
        record_event(tx, UNCLAIMED, "Ev1", NOW)
        page_id = save_page(tx, UNCLAIMED, "page.md", "text", NOW)
        place = {"project_id": project.id, "item": "name", "item_id": None, "value": "Docs"}
        # Of no use to anybody there; but no table is to be forgotten.
        record_event(tx, UNCLAIMED, "Ev1", NOW)
        open_home(tx, UNCLAIMED, "U0ANA", NOW)
        home = find_home(tx, UNCLAIMED, "U0ANA")
        assert home is not None
        record_published(tx, UNCLAIMED, home, digest="d", view_hash="h", project_ids=[project.id])
        replace_places(tx, UNCLAIMED, page_id, [{**place, "start": 0, "end": 1, "line": 1}])
        record_event(tx, UNCLAIMED, "Ev1", NOW)
        open_home(tx, UNCLAIMED, "U0ANA", NOW)
        home = find_home(tx, UNCLAIMED, "U0ANA")
        assert home is not None
        record_published(tx, UNCLAIMED, home, digest="d", view_hash=None, project_ids=[project.id])
        fill_check_ins(tx, project.id)
        fill_pages(tx, page_id, project, outcome.id)


def fill_pages(tx: Tx, page_id: int, project: Project, outcome_id: int) -> None:
    """Where they go, what is asked of them, and who may read them."""
    Published(tx, UNCLAIMED, page_id)
    Conflicts(tx, UNCLAIMED, project)
    Public(tx, UNCLAIMED, project, outcome_id)


def fill_check_ins(tx: Tx, project_id: int) -> None:
    change_settings(tx, UNCLAIMED, zone="Europe/Berlin")
    add_days_off(tx, UNCLAIMED, {NOW.date(): "Closed"})
    change_absence(tx, UNCLAIMED, "U0ANA", until=NOW.date())
    change_schedule(tx, UNCLAIMED, project_id, cadence="weekly mon 09:30 Europe/Berlin")
    opening = Opening(
        workspace_id=UNCLAIMED,
        project_id=project_id,
        due_at=NOW,
        closes_at=NOW + timedelta(days=2),
        next_step_at=NOW + timedelta(days=1),
        asks="C0DOCS",
    )
    check_in_id = open_check_in(tx, opening, NOW)
    ask_people(tx, UNCLAIMED, check_in_id, ["U0ANA"])
    add_reply(
        tx,
        UNCLAIMED,
        project_id,
        check_in_id,
        person_id="U0ANA",
        channel_id="C0DOCS",
        message_ts="1.2",
        text="1 done",
        now=NOW,
    )
    record_pause(tx, UNCLAIMED, "chat.update", NOW)
    assert record_nonce(tx, UNCLAIMED, "v0=1", NOW)
    save_installation(tx, UNCLAIMED, installation_of(UNCLAIMED), KEYS)
    record_state(tx, "of no workspace", expire_at=NOW, now=NOW)
    fill_digests(tx)
    (outcome,) = list_outcomes(tx, UNCLAIMED, project_id)
    Reminders(tx, UNCLAIMED, get_project(tx, UNCLAIMED, project_id), outcome.id)


def fill_digests(tx: Tx) -> None:
    digest = save_digest(
        tx, UNCLAIMED, DigestKind.DIGEST, "C0DOCS", cadence="weekly fri 15:00 UTC", set_by="U0ANA"
    )
    period = {"due_at": NOW, "since": NOW - timedelta(days=7), "until": NOW}
    add_edition(tx, UNCLAIMED, DigestKind.DIGEST, "C0DOCS", digest_id=digest.id, **period)


def test_the_first_workspace_takes_over_all_that_was_imported_before(database: Database) -> None:
    fill_unclaimed(database)
    before = dump(database)
    assert all(before.values()), "every table has a row"

    with database.write() as tx:
        ensure_workspace(tx, "T0FIRST", "First", NOW + timedelta(days=1))

    expected = {
        table: [row | ({"workspace_id": "T0FIRST"} if "workspace_id" in row else {}) for row in rows]
        for table, rows in before.items()
    }
    (row,) = before["workspaces"]
    expected["workspaces"] = [row | {"id": "T0FIRST", "name": "First"}]
    for row in expected["projects"]:
        row["revision"] += 1
    assert dump(database) == expected


def test_the_second_workspace_takes_over_nothing(database: Database) -> None:
    fill_unclaimed(database)

    with database.write() as tx:
        ensure_workspace(tx, "T0FIRST", "First", NOW)
        ensure_workspace(tx, "T0SECOND", "Second", NOW)

    with database.read() as tx:
        assert find_project_by_slug(tx, "T0FIRST", "docs") is not None
        assert find_project_by_slug(tx, "T0SECOND", "docs") is None
        assert find_workspace(tx, UNCLAIMED) is None


def test_asking_for_the_unclaimed_one_again_gives_the_same(database: Database) -> None:
    fill_unclaimed(database)
    before = dump(database)

    with database.write() as tx:
        ensure_workspace(tx, UNCLAIMED, "Not connected yet", NOW + timedelta(days=1))

    assert dump(database) == before


def test_every_table_follows_when_a_workspace_gets_its_id() -> None:
    following = {
        table.name
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "workspaces" and key.onupdate == "CASCADE" and key.ondelete == "CASCADE"
    }

    # What somebody has begun in a browser is of no workspace yet.
    assert following == set(metadata.tables) - {"workspaces", "slack_oauth_states"}


SOMEBODY_WAITS = text(
    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def wait_until_another_waits(database: Database) -> None:
    """Until a transaction of this PostgreSQL database waits for another one."""
    until = time.monotonic() + PATIENCE_S
    with database.read() as tx:
        while not tx.execute(SOMEBODY_WAITS).first():
            assert time.monotonic() < until, "nobody waits"


def test_two_processes_that_start_at_once_make_it_once(database: Database) -> None:
    began = threading.Event()

    def begin() -> Workspace:
        began.set()
        with database.write() as tx:
            return ensure_workspace(tx, "T0ONE", "One", NOW)

    with ThreadPoolExecutor(1) as pool:
        with database.write() as tx:
            ensure_workspace(tx, "T0ONE", "One", NOW)
            second = pool.submit(begin)
            assert began.wait(PATIENCE_S)
            if not database.is_sqlite:
                wait_until_another_waits(database)
        found = second.result(PATIENCE_S)

    assert found == Workspace(id="T0ONE", name="One")
    assert len(dump(database)["workspaces"]) == 1

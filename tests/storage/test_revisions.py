"""Revisions: every write increases those of the records that show it."""

from typing import Any

import pytest

from storage import links, outcomes, projects
from storage.database import Database
from storage.revisions import Changes, changes_in
from tests.storage.every_function import ADDS, THEIRS, WRITES, Theirs
from tests.support.make import NOW, make_project
from tests.support.revised import records_in, require_revised


@pytest.fixture
def theirs(database: Database) -> Theirs:
    with database.write() as tx:
        return Theirs(tx, THEIRS)


def test_every_write_that_a_record_shows_increases_its_revision(database: Database, theirs: Theirs) -> None:
    changing = set()

    for name, ask in {**WRITES, **ADDS}.items():
        with database.write(dry_run=True) as tx:
            before = records_in(tx, THEIRS)
            ask(tx, THEIRS, theirs)
            if require_revised(before, records_in(tx, THEIRS)):
                changing.add(name)

    # What searches and pages are kept by, the history, and what changes only with a status update.
    shown_nowhere = {"indexing.reindex", "pages.replace_places", "pages.save_page", "history.record_change"}
    shown_nowhere |= {
        "vouching.keep_vouching",
        "thresholds.keep_thresholds",
        "projects.add_project",
        "seen_events.record_event",
        "nonces.record_nonce",
        # It takes the record up, and nothing is said yet.
        "still_true.hold_outcome",
    }
    # What people may do, and what they see of other projects, which is no part of a revision.
    shown_nowhere |= {name for name in (*WRITES, *ADDS) if name.startswith(("people.", "channels."))}
    shown_nowhere.discard("channels.save_channel")
    shown_nowhere |= {name for name in WRITES if name.startswith("revisions.touch_")}
    # What a home shows, and which events have come, is no part of the record.
    shown_nowhere |= {name for name in {**WRITES, **ADDS} if name.startswith(("homes.", "seen_events."))}
    # Of check-ins, a record shows when the next one is, and nothing else.
    check_ins = (
        "check_ins.",
        "check_in_people.",
        "deliveries.",
        "delivery_claims.",
        "pauses.",
        "replies.",
        "settings.",
        "schedules.",
        "openings.",
        # What is told of a record by itself, and when.
        "digests.",
        "editions.",
        "reminder",
        # And of pages, where they go, what is asked about them, and who reads them.
        "page_conflicts.",
        "publication",
        "public_pages.",
    )
    shown_nowhere |= {name for name in {**WRITES, **ADDS} if name.startswith(check_ins)}
    # Who has the bot shows in no record, and of a workspace that is removed there is none.
    has_the_bot = ("installations.", "workspaces.mark_", "removal.")
    shown_nowhere |= {name for name in {**WRITES, **ADDS} if name.startswith(has_the_bot)}
    # And where the workspace is, by which the weeks of its chart end.
    shown_nowhere -= {"schedules.change_schedule", "settings.change_settings"}
    assert {*WRITES, *ADDS} - changing == shown_nowhere


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize(
    "changes",
    [{"name": "Other"}, {"slug": "other"}, {"state": "archived"}, {"parent_id": None}, {"goal": "Other"}],
    ids=lambda changes: next(iter(changes)),
)
def test_records_that_show_another_project_are_revised_with_it(
    database: Database, changes: dict[str, Any]
) -> None:
    shown_by_others = set()
    with database.read() as tx:
        ids = list(records_in(tx, THEIRS))

    for project_id in ids:
        with database.write(dry_run=True) as tx:
            before = records_in(tx, THEIRS)
            projects.change_project(tx, THEIRS, project_id, NOW, **changes)
            shown_by_others |= require_revised(before, records_in(tx, THEIRS)) - {project_id}

    assert bool(shown_by_others) is ("goal" not in changes)


def test_a_record_gains_and_loses_sub_projects_with_a_new_revision(
    database: Database, theirs: Theirs
) -> None:
    with database.write() as tx:
        before = records_in(tx, THEIRS)
        new = make_project(tx, THEIRS, parent_id=theirs.project.id)
        assert require_revised(before, records_in(tx, THEIRS)) == {theirs.project.id}
    with database.write() as tx:
        before = records_in(tx, THEIRS)
        parent_id = projects.get_project(tx, THEIRS, theirs.project.id).parent_id
        projects.change_project(tx, THEIRS, new.id, NOW, parent_id=parent_id)
        assert require_revised(before, records_in(tx, THEIRS)) == {theirs.project.id, new.id, parent_id}


def test_a_transaction_increases_a_revision_once_and_one_that_is_taken_back_never(
    database: Database, theirs: Theirs
) -> None:
    where = THEIRS, theirs.project.id
    with database.write() as tx:
        before = projects.get_project(tx, *where).revision
        outcomes.add_outcome(tx, *where, text="x", now=NOW)
        links.add_link(tx, *where, label="x", url="https://x")
        projects.change_project(tx, *where, NOW, goal="x")
    with database.write(dry_run=True) as tx:
        outcomes.add_outcome(tx, *where, text="y", now=NOW)

    with database.read() as tx:
        assert projects.get_project(tx, *where).revision == before + 1


def test_what_a_savepoint_took_back_is_counted_again(database: Database, theirs: Theirs) -> None:
    where = THEIRS, theirs.project.id
    with database.write() as tx:
        before = projects.get_project(tx, *where).revision
        savepoint = tx.begin_nested()
        links.add_link(tx, *where, label="x", url="https://x")
        savepoint.rollback()
        links.add_link(tx, *where, label="x", url="https://x")

    with database.read() as tx:
        assert projects.get_project(tx, *where).revision == before + 1


def test_a_transaction_tells_what_it_has_changed(database: Database, theirs: Theirs) -> None:
    project_id = theirs.project.id
    with database.write() as tx:
        assert not changes_in(tx)
        links.add_link(tx, THEIRS, project_id, label="x", url="https://x")
        projects.change_project(tx, THEIRS, project_id, NOW, goal="x")
        assert changes_in(tx) == Changes(frozenset({project_id}))

    for change in ({"name": "Other"}, {"state": "paused"}):
        with database.write(dry_run=True) as tx:
            projects.change_project(tx, THEIRS, project_id, NOW, **change)
            assert project_id in changes_in(tx).project_ids
            assert changes_in(tx).reaches_lists
    with database.write(dry_run=True) as tx:
        new = make_project(tx, THEIRS)
        assert changes_in(tx) == Changes(frozenset({new.id}), reaches_lists=True)

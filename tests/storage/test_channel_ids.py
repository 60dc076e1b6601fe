"""A channel that is given another id: every row that refers to it follows, once, in its workspace alone."""

import re
from datetime import timedelta

from storage import channels, check_ins, deliveries, digests, editions, replies, settings
from storage.channel_ids import change_channel_id
from storage.database import Database, Tx
from storage.delivery_claims import claim_deliveries
from storage.digests import DigestKind
from storage.history import By, record_change
from storage.history_records import ChangedItem
from storage.openings import Opening, open_check_in
from storage.projects import get_project
from storage.records import Project, UpdateSource
from storage.whole import tables_of_workspaces
from tests.support.dumps import Dump, dump, dump_in
from tests.support.make import NOW, make_channel, make_project, make_workspace

OURS, THEIRS = "T0OURS", "T0THEIRS"
OLD, NEW = "G0OLD", "C0NEW"
WEEKLY = {"cadence": "weekly fri 15:00 UTC", "next_at": NOW, "set_by": "U0ANA"}
NAMES = re.compile(r"(.*_)?channel(_id)?|place|posted_in|seen_in")
"""What a column with a channel's id in it may be called."""
OTHERS = {
    # How many were sent there.
    "reminders.in_channel",
    # A person, or a project.
    "reminder_turns.place",
    "reminder_messages.place",
    # Pages of a home tab.
    "homes.place",
}
UNNAMED = {"channels.id", "changes.before", "changes.after"}


def add_all(tx: Tx, workspace_id: str) -> Project:
    """Something of everything that refers to a channel."""
    make_workspace(tx, workspace_id)
    make_channel(tx, OLD, workspace_id, private_to=["U0ANA"])
    project = make_project(tx, workspace_id, slug="reef", channel_id=OLD)
    make_project(tx, workspace_id, slug="below", parent_id=project.id)
    by = By("U0ANA", UpdateSource.COMMAND, "act", None, NOW)
    for before, after in ((None, OLD), (OLD, "C0OTHER")):
        record_change(
            tx,
            workspace_id,
            project.id,
            by,
            item=ChangedItem.PROJECT,
            item_id=None,
            field="channel_id",
            before=before,
            after=after,
        )
    settings.change_settings(tx, workspace_id, digest_channel_id=OLD)
    opening = Opening(
        workspace_id=workspace_id,
        project_id=project.id,
        due_at=NOW,
        closes_at=NOW + timedelta(days=2),
        next_step_at=NOW + timedelta(days=1),
        asks=OLD,
    )
    round_id = open_check_in(tx, opening, NOW)
    (prompt,) = claim_deliveries(tx, workspace_id, NOW, 1, "lease")
    assert deliveries.record_sent(tx, prompt, OLD, "1.0", NOW)
    check_ins.change_check_in(tx, workspace_id, round_id, channel_id=OLD, message_ts="1.0")
    replies.add_reply(
        tx,
        workspace_id,
        project.id,
        round_id,
        person_id="U0ANA",
        channel_id=OLD,
        message_ts="2.0",
        text=OLD,
        now=NOW,
    )
    made = digests.save_digest(tx, workspace_id, DigestKind.DIGEST, OLD, **WEEKLY)
    edition_id = editions.add_edition(
        tx, workspace_id, DigestKind.DIGEST, OLD, digest_id=made.id, due_at=NOW, since=NOW, until=NOW
    )
    editions.record_posted(tx, workspace_id, edition_id, OLD, "3.0")
    return project


def columns_with(found: Dump, channel_id: str, workspace_id: str) -> set[str]:
    return {
        f"{table}.{name}"
        for table, rows in found.items()
        for row in rows
        if row.get("workspace_id") == workspace_id
        for name, value in row.items()
        if value in (channel_id, f'"{channel_id}"')
    }


def test_all_columns_follow_and_another_workspaces_stay(database: Database) -> None:
    with database.write() as tx:
        ours, _ = (add_all(tx, each) for each in (OURS, THEIRS))
    named = {f"{t.name}.{c.name}" for t in tables_of_workspaces() for c in t.c if NAMES.fullmatch(c.name)}
    before = dump(database)
    # What people wrote is theirs.
    assert columns_with(before, OLD, OURS) == (named - OTHERS) | UNNAMED | {"replies.text"}

    with database.write() as tx:
        assert change_channel_id(tx, OURS, OLD, NEW)
        after = dump_in(tx)
        revision = get_project(tx, OURS, ours.id).revision

    assert columns_with(after, OLD, OURS) == {"replies.text"}
    assert columns_with(after, NEW, OURS) == (named - OTHERS) | UNNAMED
    assert columns_with(after, NEW, THEIRS) == set()
    assert columns_with(after, OLD, THEIRS) == columns_with(before, OLD, THEIRS)
    assert revision > ours.revision, "what was drawn of it is out of date"


def test_twice_is_as_once(database: Database) -> None:
    with database.write() as tx:
        add_all(tx, OURS)
        change_channel_id(tx, OURS, OLD, NEW)
    once = dump(database)

    with database.write() as tx:
        assert not change_channel_id(tx, OURS, OLD, NEW)
        assert not change_channel_id(tx, OURS, NEW, NEW)

    assert dump(database) == once


def test_what_is_known_by_the_new_id_already_stands(database: Database) -> None:
    with database.write() as tx:
        add_all(tx, OURS)
        make_channel(tx, NEW, OURS, private_to=["U0ANA", "U0BO"])
        newer = digests.save_digest(tx, OURS, DigestKind.DIGEST, NEW, **WEEKLY)

        assert change_channel_id(tx, OURS, OLD, NEW)

        assert channels.list_privacy(tx, OURS) == {NEW: True}
        assert all(channels.is_member(tx, OURS, NEW, each) for each in ("U0ANA", "U0BO"))
        assert [each.id for each in digests.list_digests(tx, OURS, [DigestKind.DIGEST])] == [newer.id]


def test_a_message_that_was_on_its_way_to_the_old_id_is_due_at_the_new_one(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, OURS)
        deliveries.promise_delivery(tx, OURS, "key", "nudge", channel_id=OLD, now=NOW)
        (leased,) = claim_deliveries(tx, OURS, NOW, 1, "lease")
    with database.write() as tx:
        change_channel_id(tx, OURS, OLD, NEW)
    with database.write() as tx:
        has_failed = deliveries.record_failed(tx, leased, "channel_not_found", NOW)
        (again,) = claim_deliveries(tx, OURS, NOW, 1, "another lease")

    assert not has_failed
    assert (again.key, again.channel_id) == ("key", NEW)

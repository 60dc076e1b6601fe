"""A channel that Slack gives another id: all that refers to it in its workspace follows.

Every column with a channel's id in it is named here; tests/storage/test_channel_ids.py looks for others. A
delivery's key may have one in it, too, and keeps it: it is the name of that delivery, and not an address.
"""

import json
from typing import Any

from sqlalchemy import Column, Table, delete, exists, select, update

from storage.check_in_tables import check_ins, deliveries, replies, settings
from storage.database import Tx
from storage.digest_tables import digests, editions
from storage.history_records import ChangedItem
from storage.sight import keep_sight, list_seen_in
from storage.slack_tables import channel_members, channels
from storage.tables import changes, projects
from storage.workspaces import lock_workspace

_ADDRESSES: tuple[Column[Any], ...] = (
    settings.c.digest_channel_id,
    check_ins.c.channel_id,
    deliveries.c.channel_id,
    deliveries.c.posted_in,
    editions.c.place,
    editions.c.posted_in,
)
"""What refers to it, and to nothing else by it."""
_KEYS: tuple[tuple[Column[Any], tuple[str, ...]], ...] = (
    (channels.c.id, ()),
    (channel_members.c.channel_id, ("person_id",)),
    (replies.c.channel_id, ("message_ts",)),
)
"""Where it is a part of a key, with the rest of that: a row that is known by the new id stays as it is."""


def change_channel_id(tx: Tx, workspace_id: str, channel_id: str, new_id: str) -> bool:
    """Whether anything referred to the channel by its old id. Once more changes nothing.

    What is known of the channel, as who is in it, is known by its new id, and so are its projects, the rounds
    and messages that stand in it or are to, its digests, and the history. Raises NotFoundError for a
    workspace that is not there.
    """
    lock_workspace(tx, workspace_id)
    if channel_id == new_id:
        return False
    changed = 0
    for column, rest in _KEYS:
        changed += _move_key(tx, workspace_id, column, rest, channel_id, new_id)
    for column in _ADDRESSES:
        table = column.table
        mine = table.c.workspace_id == workspace_id, column == channel_id
        changed += tx.execute(update(table).where(*mine).values({column.name: new_id})).rowcount
    changed += _move_digests(tx, workspace_id, channel_id, new_id)
    changed += _move_history(tx, workspace_id, channel_id, new_id)
    here = list_seen_in(tx, workspace_id, channel_id)
    if here:
        mine = projects.c.workspace_id == workspace_id, projects.c.channel_id == channel_id
        tx.execute(update(projects).where(*mine).values(channel_id=new_id))
        # Also those below them, which are seen where they are.
        keep_sight(tx, workspace_id, here)
    return bool(changed or here)


def _move_key(  # noqa: PLR0917 - which rows, and from where to where
    tx: Tx, workspace_id: str, column: Column[Any], rest: tuple[str, ...], channel_id: str, new_id: str
) -> int:
    table: Table = column.table
    known = table.alias()
    same = (known.c[name] == table.c[name] for name in rest)
    is_known = exists(
        select(known.c.workspace_id).where(
            known.c.workspace_id == workspace_id, known.c[column.name] == new_id, *same
        )
    )
    mine = table.c.workspace_id == workspace_id, column == channel_id
    moved = tx.execute(update(table).where(*mine, ~is_known).values({column.name: new_id})).rowcount
    if table is replies:
        # Somebody's words are never deleted; one message has one timestamp, so that there are none.
        return moved
    return moved + tx.execute(delete(table).where(*mine)).rowcount


def _move_digests(tx: Tx, workspace_id: str, channel_id: str, new_id: str) -> int:
    """What was set anew by the new id stands; the old one is ended then, as its editions still tell."""
    known = digests.alias()
    of_kind = known.c.workspace_id == workspace_id, known.c.kind == digests.c.kind
    is_set = exists(select(known.c.id).where(*of_kind, known.c.place == new_id))
    mine = digests.c.workspace_id == workspace_id, digests.c.place == channel_id
    moved = tx.execute(update(digests).where(*mine, ~is_set).values(place=new_id)).rowcount
    ended = {"cadence": None, "next_at": None, "stopped_because": None}
    left = update(digests).where(*mine, digests.c.cadence.is_not(None)).values(**ended)
    return moved + tx.execute(left).rowcount


def _move_history(tx: Tx, workspace_id: str, channel_id: str, new_id: str) -> int:
    """Else an undo would find another channel than the one that was given, and refuse."""
    moved = 0
    for column in (changes.c.before, changes.c.after):
        mine = (
            changes.c.workspace_id == workspace_id,
            changes.c.item == ChangedItem.PROJECT.value,
            changes.c.field == projects.c.channel_id.name,
            column == json.dumps(channel_id),
        )
        moved += tx.execute(update(changes).where(*mine).values({column.name: json.dumps(new_id)})).rowcount
    return moved

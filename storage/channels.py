"""Channels as far as rights depend on them: whether one is private, and who is in it."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Tx
from storage.digest_tables import digests
from storage.sight import is_person, keep_sight, list_seen_in
from storage.slack_tables import channel_members, channels, people
from storage.tables import projects


def find_privacy(tx: Tx, workspace_id: str, channel_id: str) -> bool | None:
    """Whether it is private; None for one that Slack has not told of."""
    return tx.execute(
        select(channels.c.is_private).where(
            channels.c.workspace_id == workspace_id, channels.c.id == channel_id
        )
    ).scalar_one_or_none()


def is_member(tx: Tx, workspace_id: str, channel_id: str, person_id: str) -> bool:
    """Whether somebody is known to be in it: everybody of a private channel is, and guests."""
    found = select(channel_members.c.person_id).where(
        channel_members.c.workspace_id == workspace_id,
        channel_members.c.person_id == person_id,
        channel_members.c.channel_id == channel_id,
    )
    return tx.execute(found).first() is not None


def list_channels_of(tx: Tx, workspace_id: str, person_id: str) -> tuple[str, ...]:
    """The channels that somebody is known to be in, by id: see `is_member`."""
    found = select(channel_members.c.channel_id).where(
        channel_members.c.workspace_id == workspace_id, channel_members.c.person_id == person_id
    )
    return tuple(sorted(tx.execute(found).scalars()))


def save_channel(
    tx: Tx, workspace_id: str, channel_id: str, *, is_private: bool, members: Iterable[str], now: datetime
) -> None:
    """What Slack says now. `members` are all of a private channel's; of a public one, nobody asks for them.

    Who sees the projects of the channel follows. The caller holds `lock_workspace`.
    """
    mine = (channels.c.workspace_id == workspace_id, channels.c.id == channel_id)
    values = {"is_private": is_private, "refreshed_at": now}
    if tx.execute(update(channels).where(*mine).values(**values)).rowcount == 0:
        tx.execute(insert(channels).values(workspace_id=workspace_id, id=channel_id, **values))
    if is_private:
        gone = delete(channel_members).where(
            channel_members.c.workspace_id == workspace_id, channel_members.c.channel_id == channel_id
        )
        tx.execute(gone)
        _add(tx, workspace_id, [(person_id, channel_id) for person_id in members])
    keep_sight(tx, workspace_id, list_seen_in(tx, workspace_id, channel_id))


def list_privacy(tx: Tx, workspace_id: str) -> dict[str, bool]:
    """Whether each channel is private that Slack has told of."""
    found = select(channels.c.id, channels.c.is_private).where(channels.c.workspace_id == workspace_id)
    return {id_: bool(is_private) for id_, is_private in tx.execute(found)}


def record_refreshed(tx: Tx, workspace_id: str, now: datetime) -> None:
    """Slack was asked about all of them, and what is kept of them is as it says."""
    mine = channels.c.workspace_id == workspace_id
    tx.execute(update(channels).where(mine).values(refreshed_at=now))


def doubt_all(tx: Tx, workspace_id: str, at: datetime) -> None:
    """Nobody has heard since who came and went: of private channels nobody is known to be in them.

    Channels and people count as last asked about at `at`, so that Slack is asked again.
    """
    private = select(channels.c.id).where(channels.c.workspace_id == workspace_id, channels.c.is_private)
    tx.execute(
        delete(channel_members).where(
            channel_members.c.workspace_id == workspace_id, channel_members.c.channel_id.in_(private)
        )
    )
    record_refreshed(tx, workspace_id, at)
    tx.execute(update(people).where(people.c.workspace_id == workspace_id).values(refreshed_at=at))


def join_channel(tx: Tx, workspace_id: str, channel_id: str, person_id: str) -> None:
    """Nothing happens when they are in it already."""
    leave_channel(tx, workspace_id, channel_id, person_id)
    _add(tx, workspace_id, [(person_id, channel_id)])


def leave_channel(tx: Tx, workspace_id: str, channel_id: str, person_id: str) -> None:
    """Nothing happens when they are not in it."""
    tx.execute(
        delete(channel_members).where(
            channel_members.c.workspace_id == workspace_id,
            channel_members.c.person_id == person_id,
            channel_members.c.channel_id == channel_id,
        )
    )


def save_channels_of_person(tx: Tx, workspace_id: str, person_id: str, channel_ids: Iterable[str]) -> None:
    """These are all the channels that a guest is in, as far as the bot can know."""
    tx.execute(
        delete(channel_members).where(
            channel_members.c.workspace_id == workspace_id, channel_members.c.person_id == person_id
        )
    )
    _add(tx, workspace_id, [(person_id, channel_id) for channel_id in channel_ids])


def list_unknown_channels(tx: Tx, workspace_id: str, before: datetime | None = None) -> tuple[str, ...]:
    """Those of projects and digests that Slack has not told of; with `before`, or not since then."""
    known = select(channels.c.id).where(channels.c.workspace_id == workspace_id)
    if before is not None:
        known = known.where(channels.c.refreshed_at >= before)
    of_projects = select(projects.c.channel_id).where(
        projects.c.workspace_id == workspace_id,
        projects.c.channel_id.is_not(None),
        projects.c.channel_id.not_in(known),
    )
    of_digests = select(digests.c.place).where(
        digests.c.workspace_id == workspace_id, digests.c.cadence.is_not(None), digests.c.place.not_in(known)
    )
    unknown = tx.execute(of_projects.union(of_digests)).scalars()
    return tuple(sorted(place for place in unknown if not is_person(place)))


def is_channel_of_project(tx: Tx, workspace_id: str, channel_id: str) -> bool:
    return bool(list_seen_in(tx, workspace_id, channel_id))


def _add(tx: Tx, workspace_id: str, pairs: Iterable[tuple[str, str]]) -> None:
    rows = [
        {"workspace_id": workspace_id, "person_id": person_id, "channel_id": channel_id}
        for person_id, channel_id in sorted(set(pairs))
    ]
    if rows:
        # Who is written down by another at the same time is in it all the same.
        with suppress(IntegrityError), tx.begin_nested():
            tx.execute(insert(channel_members), rows)

"""Digests and briefs that are set: what is sent where, and when. See `storage.editions` for what was."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Select, and_, exists, insert, literal, or_, select, update

from storage.database import Tx
from storage.digest_tables import digests
from storage.records import Record
from storage.serving import is_served
from storage.sight import Sight, is_full_member, is_in_channel, values_of
from storage.slack_tables import channels


class DigestKind(StrEnum):
    """`DIGEST`: the week of all projects. `BRIEF`: before a meeting. `MINE`: one's own week."""

    DIGEST = "digest"
    BRIEF = "brief"
    MINE = "mine"


class Digest(Record):
    """`place`: a channel, or a person for a direct message. `cadence`: None for one that is ended.

    `next_at` is made of all else by bot/services/digests.py, and kept. `since`: up to when the last one told.
    `stopped_because`: Slack's word for why nothing is sent any more.
    """

    id: int
    workspace_id: str
    kind: DigestKind
    place: str
    cadence: str | None
    next_at: AwareDatetime | None
    set_by: str
    since: AwareDatetime | None
    stopped_because: str | None


_COLUMNS = tuple(digests.c[name] for name in Digest.model_fields)


def find_digest(tx: Tx, workspace_id: str, kind: DigestKind, place: str) -> Digest | None:
    """The one of this place, ended or not."""
    row = (
        tx.execute(
            select(*_COLUMNS).where(
                digests.c.workspace_id == workspace_id,
                digests.c.kind == kind.value,
                digests.c.place == place,
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else Digest.model_validate(dict(row))


def find_digest_by_id(tx: Tx, workspace_id: str, digest_id: int) -> Digest | None:
    row = (
        tx.execute(select(*_COLUMNS).where(digests.c.workspace_id == workspace_id, digests.c.id == digest_id))
        .mappings()
        .one_or_none()
    )
    return None if row is None else Digest.model_validate(dict(row))


def list_digests(
    tx: Tx, workspace_id: str, kinds: Collection[DigestKind], place: str | None = None
) -> tuple[Digest, ...]:
    """Those of these kinds that are not ended, the next one first; of one place, or of all."""
    found = _going_on(workspace_id, kinds)
    rows = tx.execute(found if place is None else found.where(digests.c.place == place)).mappings()
    return tuple(Digest.model_validate(dict(row)) for row in rows)


def list_known_digests(
    tx: Tx, workspace_id: str, sight: Sight, kinds: Collection[DigestKind]
) -> tuple[Digest, ...]:
    """Those of `list_digests` that they may know of: their own, and those of channels that they can be in.

    A guest can be in no others than they are in. One's own, and those of private channels, are not named
    where others read it too.
    """
    is_public = (
        exists(select(channels.c.id))
        .where(
            channels.c.workspace_id == workspace_id, channels.c.id == digests.c.place, ~channels.c.is_private
        )
        .correlate(digests)
    )
    is_told = or_(literal(not sight.heard_in), digests.c.place == sight.heard_in)
    known = or_(
        and_(is_public, is_full_member()),
        and_(is_told, or_(digests.c.place == sight.person_id, is_in_channel(digests.c.place, digests))),
    )
    values = values_of(workspace_id, sight)
    rows = tx.execute(_going_on(workspace_id, kinds).where(known), values).mappings()
    return tuple(Digest.model_validate(dict(row)) for row in rows)


def _going_on(workspace_id: str, kinds: Collection[DigestKind]) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .where(
            digests.c.workspace_id == workspace_id,
            digests.c.kind.in_(sorted(kind.value for kind in kinds)),
            digests.c.cadence.is_not(None),
        )
        .order_by(digests.c.next_at.is_(None), digests.c.next_at, digests.c.id)
    )


def save_digest(tx: Tx, workspace_id: str, kind: DigestKind, place: str, **values: Any) -> Digest:  # noqa: ANN401 - columns differ in type
    """The one of this place, with the named columns set. After `lock_workspace`."""
    mine = (
        digests.c.workspace_id == workspace_id,
        digests.c.kind == kind.value,
        digests.c.place == place,
    )
    if tx.execute(update(digests).where(*mine).values(**values)).rowcount == 0:
        tx.execute(insert(digests).values(workspace_id=workspace_id, kind=kind.value, place=place, **values))
    row = tx.execute(select(*_COLUMNS).where(*mine)).mappings().one()
    return Digest.model_validate(dict(row))


def change_digest(tx: Tx, workspace_id: str, digest_id: int, **values: Any) -> None:  # noqa: ANN401 - as above
    """Set the named columns of one that is there."""
    tx.execute(
        update(digests)
        .where(digests.c.workspace_id == workspace_id, digests.c.id == digest_id)
        .values(**values)
    )


def claim_due_digests(tx: Tx, now: datetime, limit: int) -> tuple[Digest, ...]:
    """At most `limit` of those that are due, of all workspaces, kept from other processes until the commit.

    Whoever claims them gives each another `next_at`, in the same transaction.
    """
    rows = tx.execute(
        select(*_COLUMNS)
        .where(digests.c.next_at <= now, is_served(digests.c.workspace_id))
        .order_by(digests.c.next_at, digests.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).mappings()
    return tuple(Digest.model_validate(dict(row)) for row in rows)

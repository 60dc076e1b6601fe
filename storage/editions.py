"""Editions: one digest or brief each, with the time that it tells of. Its words are drawn when it is sent."""

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import func, insert, select, update

from storage.database import Tx
from storage.digest_tables import editions
from storage.digests import DigestKind
from storage.records import Record


class Edition(Record):
    """It tells of `since` until just before `until`. `digest_id`: None for one that somebody asked for.

    `place`: a channel, or a person for a direct message. `posted_in` and `message_ts` say where Slack has its
    first message; None before that.
    """

    id: int
    workspace_id: str
    digest_id: int | None
    kind: DigestKind
    place: str
    due_at: AwareDatetime
    since: AwareDatetime
    until: AwareDatetime
    posted_in: str | None
    message_ts: str | None


_COLUMNS = tuple(editions.c[name] for name in Edition.model_fields)


def add_edition(
    tx: Tx,
    workspace_id: str,
    kind: DigestKind,
    place: str,
    *,
    digest_id: int | None,
    due_at: datetime,
    since: datetime,
    until: datetime,
) -> int:
    """The new edition's id. Of one digest there is one for each instant: the database refuses a second."""
    values = {
        "workspace_id": workspace_id,
        "digest_id": digest_id,
        "kind": kind.value,
        "place": place,
        "due_at": due_at,
        "since": since,
        "until": until,
    }
    return int(tx.execute(insert(editions).values(values).returning(editions.c.id)).scalar_one())


def find_edition(tx: Tx, workspace_id: str, edition_id: int) -> Edition | None:
    row = (
        tx.execute(
            select(*_COLUMNS).where(editions.c.workspace_id == workspace_id, editions.c.id == edition_id)
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else Edition.model_validate(dict(row))


def has_edition(tx: Tx, workspace_id: str, digest_id: int, due_at: datetime) -> bool:
    """Whether there is one of this digest for this instant."""
    found = select(editions.c.id).where(
        editions.c.workspace_id == workspace_id,
        editions.c.digest_id == digest_id,
        editions.c.due_at == due_at,
    )
    return tx.execute(found).first() is not None


def find_last_until(tx: Tx, workspace_id: str, kind: DigestKind, place: str) -> datetime | None:
    """Up to when the newest one of this place tells; None when there was none."""
    found: datetime | None = tx.execute(
        select(func.max(editions.c.until)).where(
            editions.c.workspace_id == workspace_id,
            editions.c.kind == kind.value,
            editions.c.place == place,
        )
    ).scalar_one()
    return found


def record_posted(tx: Tx, workspace_id: str, edition_id: int, posted_in: str, message_ts: str) -> None:
    """Slack has its first message there."""
    tx.execute(
        update(editions)
        .where(editions.c.workspace_id == workspace_id, editions.c.id == edition_id)
        .values(posted_in=posted_in, message_ts=message_ts)
    )

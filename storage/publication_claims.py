"""Which publications are due: because of what changed in the records, or of what had come to nothing.

Nobody who changes a record does anything for it. The revisions of a workspace's projects only grow (see
storage/revisions.py), so that their sum says whether anything has changed; it is asked for once for all.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select, update

from storage.database import Tx
from storage.publication_tables import publications
from storage.publications import COLUMNS, Publication
from storage.records import ProjectState
from storage.serving import is_served
from storage.tables import changes, outcomes, projects


class Noticed(NamedTuple):
    """The records are at another revision than when that was last noticed.

    `noticed_at`: since when something is waiting; `changed_at`: when somebody last changed anything.
    """

    id: int
    revision: int
    noticed_at: datetime | None
    changed_at: datetime | None


def list_noticed(tx: Tx) -> tuple[Noticed, ...]:
    """Publications whose records have changed since they were last looked at. One statement."""
    mine = select(publications.c.workspace_id).where(is_served(publications.c.workspace_id))
    at = (
        select(projects.c.workspace_id, func.sum(projects.c.revision).label("revision"))
        .where(projects.c.workspace_id.in_(mine))
        .group_by(projects.c.workspace_id)
        .subquery()
    )
    known = func.coalesce(publications.c.noticed, publications.c.seen)
    rows = tx.execute(
        select(
            publications.c.id,
            at.c.revision,
            publications.c.noticed_at,
            _changed_at(publications.c.workspace_id).label("changed_at"),
        )
        .join_from(publications, at, at.c.workspace_id == publications.c.workspace_id)
        .where(known != at.c.revision, publications.c.lease.is_(None), publications.c.tries == 0)
    )
    return tuple(Noticed(row.id, int(row.revision), row.noticed_at, row.changed_at) for row in rows)


def record_noticed(tx: Tx, noticed: Noticed, due_at: datetime, now: datetime) -> None:
    """It is published then, unless something else was to be done even before."""
    values: dict[str, Any] = {"noticed": noticed.revision, "due_at": due_at}
    values["noticed_at"] = noticed.noticed_at or now
    tx.execute(
        update(publications)
        .where(publications.c.id == noticed.id, publications.c.lease.is_(None), publications.c.tries == 0)
        .values(values)
    )


def claim_publications(
    tx: Tx, now: datetime, limit: int, lease: str, lasts: timedelta
) -> tuple[Publication, ...]:
    """At most `limit` of those that are due, of all workspaces, for who has this lease, until it is over.

    Those are due, too, whose lease is over: whoever had it is taken for dead.
    """
    ids = (
        select(publications.c.id)
        .where(publications.c.due_at <= now, is_served(publications.c.workspace_id))
        .order_by(publications.c.due_at, publications.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    chosen = tx.execute(ids).scalars().all()
    if not chosen:
        return ()
    tx.execute(
        update(publications).where(publications.c.id.in_(chosen)).values(lease=lease, due_at=now + lasts)
    )
    rows = tx.execute(
        select(*COLUMNS).where(publications.c.id.in_(chosen)).order_by(publications.c.id)
    ).mappings()
    return tuple(Publication.model_validate(dict(row)) for row in rows)


def claim_publication(
    tx: Tx, workspace_id: str, publication_id: int, now: datetime, *, lease: str, lasts: timedelta
) -> Publication | None:
    """This one, due or not; None while somebody else has it, or if there is none."""
    is_free = or_(publications.c.lease.is_(None), publications.c.due_at <= now)
    mine = (publications.c.workspace_id == workspace_id, publications.c.id == publication_id)
    taken = update(publications).where(*mine, is_free).values(lease=lease, due_at=now + lasts)
    if tx.execute(taken).rowcount == 0:
        return None
    row = tx.execute(select(*COLUMNS).where(*mine)).mappings().one()
    return Publication.model_validate(dict(row))


def records_revision(tx: Tx, workspace_id: str) -> int:
    """Another one after every transaction that changed what any record of the workspace shows."""
    found = select(func.sum(projects.c.revision)).where(projects.c.workspace_id == workspace_id)
    return int(tx.execute(found).scalar_one() or 0)


def find_next_stale_at(tx: Tx, workspace_id: str, now: datetime) -> datetime | None:
    """When the next status goes past its freshness, which nobody has to say anything for."""
    found: datetime | None = tx.execute(
        select(func.min(outcomes.c.turns_stale_at)).where(
            outcomes.c.workspace_id == workspace_id,
            outcomes.c.project_state == ProjectState.ACTIVE.value,
            outcomes.c.is_open,
            outcomes.c.turns_stale_at > now,
        )
    ).scalar_one_or_none()
    return found


def find_changed_at(tx: Tx, workspace_id: str) -> datetime | None:
    """When somebody last changed anything."""
    found: datetime | None = tx.execute(select(_changed_at(workspace_id))).scalar_one_or_none()
    return found


def _changed_at(workspace_id: ColumnElement[str] | str) -> ScalarSelect[Any]:
    return (
        select(func.max(changes.c.changed_at)).where(changes.c.workspace_id == workspace_id).scalar_subquery()
    )

"""What `doctor` reads of a workspace's records: what is gone, never fires, or waits too long.

Each function takes one statement, and gives at most `limit` rows, whatever the number of projects.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union,
    union_all,
)

from storage.check_in_tables import deliveries, schedules, settings
from storage.database import Tx
from storage.digest_tables import digests
from storage.doctor_people import GOING_ON, shown
from storage.doctor_rows import Failed, Idle, IdleDigest, Unpublished, Used, Waiting
from storage.publication_tables import publications
from storage.sight import Sight, values_of
from storage.slack_tables import channel_members, channels
from storage.tables import changes, projects

_LATEST = 10_000
"""Of the messages promised last, those that failed: older ones are history."""
_COUNTED = 10_001
_WORKSPACE = bindparam("workspace_id", type_=String())


def list_idle(tx: Tx, workspace_id: str, sight: Sight | None, limit: int) -> tuple[Idle, ...]:
    """Projects that are to be asked and have no next time, by slug."""
    rows = tx.execute(
        select(
            projects.c.slug,
            shown(sight),
            projects.c.state,
            schedules.c.cadence,
            projects.c.channel_id,
            projects.c.owner_id,
            schedules.c.agreed_by,
            schedules.c.paused_until,
            schedules.c.stopped_because,
        )
        .join_from(schedules, projects, projects.c.id == schedules.c.project_id)
        .where(
            schedules.c.workspace_id == workspace_id,
            schedules.c.cadence.is_not(None),
            schedules.c.next_at.is_(None),
            projects.c.state.in_(GOING_ON),
        )
        .order_by(projects.c.slug)
        .limit(limit),
        values_of(workspace_id, sight),
    )
    return tuple(Idle(row[0], bool(row[1]), *row[2:]) for row in rows)


def list_idle_digests(tx: Tx, workspace_id: str, sight: Sight | None, limit: int) -> tuple[IdleDigest, ...]:
    """Digests and briefs that are set and have no next time, by place."""
    rows = tx.execute(
        select(
            digests.c.kind, digests.c.place, _place_shown(sight, digests.c.place), digests.c.stopped_because
        )
        .where(
            digests.c.workspace_id == workspace_id,
            digests.c.cadence.is_not(None),
            digests.c.next_at.is_(None),
        )
        .order_by(digests.c.place, digests.c.kind)
        .limit(limit),
        values_of(workspace_id, sight),
    )
    return tuple(IdleDigest(kind, place, bool(seen), because) for kind, place, seen, because in rows)


def list_channels_in_use(tx: Tx, workspace_id: str) -> tuple[str, ...]:
    """Channels of projects that go on, of digests, and the one for lines; by id."""
    of_projects = select(projects.c.channel_id).where(
        projects.c.workspace_id == workspace_id,
        projects.c.channel_id.is_not(None),
        projects.c.state.in_(GOING_ON),
    )
    of_digests = select(digests.c.place).where(
        digests.c.workspace_id == workspace_id, digests.c.cadence.is_not(None)
    )
    of_lines = select(settings.c.digest_channel_id).where(
        settings.c.workspace_id == workspace_id, settings.c.digest_channel_id.is_not(None)
    )
    found = tx.execute(union(of_projects, of_digests, of_lines)).scalars()
    return tuple(sorted(id_ for id_ in found if not id_.startswith(("U", "W"))))


def list_uses(
    tx: Tx, workspace_id: str, sight: Sight | None, channel_ids: Collection[str], limit: int
) -> tuple[Used, ...]:
    """What these channels are used for, by channel."""
    mine = sorted(channel_ids)
    of_projects = select(
        projects.c.channel_id.label("channel_id"),
        literal("project").label("use"),
        projects.c.slug.label("slug"),
        shown(sight).label("seen"),
    ).where(
        projects.c.workspace_id == workspace_id,
        projects.c.channel_id.in_(mine),
        projects.c.state.in_(GOING_ON),
    )
    of_digests = select(
        digests.c.place, literal("digest"), literal(None), _place_shown(sight, digests.c.place)
    ).where(digests.c.workspace_id == workspace_id, digests.c.cadence.is_not(None), digests.c.place.in_(mine))
    of_lines = select(
        settings.c.digest_channel_id,
        literal("lines"),
        literal(None),
        _place_shown(sight, settings.c.digest_channel_id),
    ).where(settings.c.workspace_id == workspace_id, settings.c.digest_channel_id.in_(mine))
    every = union_all(of_projects, of_digests, of_lines).subquery()
    rows = tx.execute(
        select(every).order_by(every.c.channel_id, every.c.use, every.c.slug).limit(limit),
        values_of(workspace_id, sight),
    )
    return tuple(Used(row[0], row[1], row[2], bool(row[3])) for row in rows)


def list_failed(
    tx: Tx, workspace_id: str, sight: Sight | None, since: datetime, limit: int
) -> tuple[Failed, ...]:
    """Messages promised since then that Slack will never have, of the last ones, by Slack's word for why."""
    latest = (
        select(deliveries.c.failed_because, deliveries.c.project_id, deliveries.c.created_at)
        .where(deliveries.c.workspace_id == workspace_id)
        .order_by(deliveries.c.id.desc())
        .limit(_LATEST)
        .subquery()
    )
    rows = tx.execute(
        select(latest.c.failed_because, projects.c.slug, or_(latest.c.project_id.is_(None), shown(sight)))
        .outerjoin_from(latest, projects, projects.c.id == latest.c.project_id)
        .where(latest.c.failed_because.is_not(None), latest.c.created_at >= since)
        .order_by(latest.c.failed_because, projects.c.slug)
        .limit(limit),
        values_of(workspace_id, sight),
    )
    return tuple(Failed(because, slug, bool(seen)) for because, slug, seen in rows)


def list_unpublished(tx: Tx, workspace_id: str, late: datetime, limit: int) -> tuple[Unpublished, ...]:
    """Pages whose publishing comes to nothing, or was due before `late` and is still.

    Due is also what was changed then, even if nobody has noticed: nobody does where no worker runs.
    """
    revision = select(func.sum(projects.c.revision)).where(projects.c.workspace_id == workspace_id)
    changed_at = select(func.max(changes.c.changed_at)).where(changes.c.workspace_id == workspace_id)
    is_due = publications.c.due_at < late
    is_missed = and_(
        publications.c.tries == 0,
        publications.c.seen != revision.scalar_subquery(),
        changed_at.scalar_subquery() < late,
    )
    since = func.coalesce(
        publications.c.failing_since,
        case((is_due, publications.c.due_at), else_=changed_at.scalar_subquery()),
    )
    rows = tx.execute(
        select(publications.c.address, publications.c.failed_because, publications.c.is_stopped, since)
        .where(
            publications.c.workspace_id == workspace_id,
            or_(publications.c.failed_because.is_not(None), is_due, is_missed),
        )
        .order_by(publications.c.id)
        .limit(limit)
    )
    return tuple(Unpublished(*row) for row in rows)


def read_waiting(tx: Tx, workspace_id: str, now: datetime, *, late: timedelta, tries: int) -> Waiting:
    """`late`: so long past due is too long; `tries`: so many are many."""
    mine = deliveries.c.workspace_id == workspace_id
    is_late = and_(mine, deliveries.c.due_at <= now - late)
    waits = and_(mine, deliveries.c.due_at.is_not(None))
    is_refused = and_(waits, deliveries.c.refused_since.is_not(None))
    is_tried = and_(waits, deliveries.c.attempts >= tries, deliveries.c.refused_since.is_(None))
    on_its_way = and_(mine, deliveries.c.lease.is_not(None), deliveries.c.due_at > now)
    row = tx.execute(
        select(
            _count(is_late),
            _first(deliveries.c.due_at, is_late),
            _count(on_its_way),
            _count(is_refused),
            _first(deliveries.c.refused_since, is_refused),
            _count(is_tried),
            _first(deliveries.c.created_at, is_tried),
            _last_sent(mine),
            _first(
                schedules.c.next_at,
                and_(schedules.c.workspace_id == workspace_id, schedules.c.next_at <= now - late),
            ),
            _first(
                digests.c.next_at,
                and_(digests.c.workspace_id == workspace_id, digests.c.next_at <= now - late),
            ),
        )
    ).one()
    return Waiting(*row)


def _place_shown(sight: Sight | None, place: ColumnElement[Any]) -> ColumnElement[bool]:
    """One's own place, a public channel, or one that the person is in."""
    if sight is None:
        return true()
    is_public = exists().where(
        channels.c.workspace_id == _WORKSPACE, channels.c.id == place, ~channels.c.is_private
    )
    is_in = exists().where(
        channel_members.c.workspace_id == _WORKSPACE,
        channel_members.c.person_id == sight.person_id,
        channel_members.c.channel_id == place,
    )
    return or_(place == sight.person_id, is_public, is_in)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    some = select(deliveries.c.id).where(condition).limit(_COUNTED).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _first(column: ColumnElement[Any], condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(column).where(condition).order_by(column).limit(1).scalar_subquery()


def _last_sent(mine: ColumnElement[bool]) -> ColumnElement[Any]:
    sent_at = deliveries.c.sent_at
    return (
        select(sent_at).where(mine, sent_at.is_not(None)).order_by(sent_at.desc()).limit(1).scalar_subquery()
    )

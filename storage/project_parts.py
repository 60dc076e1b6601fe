"""What belongs to a project besides its outcomes, in one statement: a round trip each would be five.

With it, where Slack draws charts, what the chart of its outcomes is drawn from.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    case,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from storage.charting import is_said
from storage.charts_drawn import are_drawn
from storage.check_in_tables import schedules, settings
from storage.database import Tx
from storage.prepared import Prepared
from storage.records import Link, Member, OutcomeStatus, ProjectName, ProjectParts
from storage.said import OnRecord, Said, StatusSaid
from storage.sight import Sight, is_seen, values_of
from storage.tables import is_of, links, members, outcomes, project_aliases, projects, status_updates
from storage.types import Id, UtcDateTime


def _constant(number: int) -> ColumnElement[int]:
    # In the statement itself, so that there are fewer values to bind.
    return literal_column(str(number), Integer())


def _mark(is_so: ColumnElement[bool]) -> ColumnElement[int]:
    return case((is_so, 1), else_=0)


_PARENT, _CHILD, _ALIAS, _LINK, _MEMBER, _NEXT, _ZONE, _OUTCOME, _STATUS = range(9)
_ZERO, _ONE = _constant(0), _constant(1)
_NOTHING = cast(null(), String())
_WORKSPACE, _PROJECT = bindparam("workspace_id", type_=String()), bindparam("project_id", type_=Id)
_SINCE = bindparam("since", type_=UtcDateTime)


def _parts() -> tuple[Select[Any], ...]:
    """Rows of: which part, its position, its id, three texts, and whether the person sees it."""
    return _parent(), _children(), _aliases(), _links(), _members(), _next_check_in()


def _said() -> tuple[Select[Any], ...]:
    """Such rows of what a chart is drawn from; none where no chart would be."""
    return _zone(), _outcomes(), _statuses()


def _parent() -> Select[Any]:
    child, parent = projects.alias("child"), projects.alias("parent")
    part, position = _constant(_PARENT).label("part"), _ZERO.label("position")
    names = parent.c.id, parent.c.slug, parent.c.name
    return (
        select(part, position, *names, _NOTHING, _mark(is_seen(parent)))
        .join_from(child, parent, parent.c.id == child.c.parent_id)
        .where(is_of(child.c.workspace_id, _WORKSPACE), child.c.id == _PROJECT)
    )


def _children() -> Select[Any]:
    names = projects.c.id, projects.c.slug, projects.c.name, projects.c.sort_name
    return select(_constant(_CHILD), _ZERO, *names, _mark(is_seen())).where(
        is_of(projects.c.workspace_id, _WORKSPACE),
        projects.c.parent_id == _PROJECT,
        projects.c.state != "archived",
    )


def _aliases() -> Select[Any]:
    of = project_aliases.c
    return select(_constant(_ALIAS), _ZERO, of.id, of.alias, _NOTHING, _NOTHING, _ONE).where(
        *_present(project_aliases)
    )


def _links() -> Select[Any]:
    of = links.c
    return select(_constant(_LINK), of.position, of.id, of.label, of.url, of.lead, _ONE).where(
        *_present(links)
    )


def _next_check_in() -> Select[Any]:
    of = schedules.c
    at = cast(of.next_at, String())
    return select(_constant(_NEXT), _ZERO, of.project_id, at, _NOTHING, _NOTHING, _ONE).where(
        is_of(of.workspace_id, _WORKSPACE), of.project_id == _PROJECT, of.next_at.is_not(None)
    )


def _members() -> Select[Any]:
    of = members.c
    found = select(_constant(_MEMBER), of.position, of.id, of.name, of.user_id, of.role, _ONE)
    return found.where(*_present(members))


def _zone() -> Select[Any]:
    of = settings.c
    return select(_constant(_ZONE), _ZERO, _ZERO, of.zone, _NOTHING, _NOTHING, _ONE).where(
        of.workspace_id == _WORKSPACE, of.draws_charts
    )


def _outcomes() -> Select[Any]:
    of = outcomes.c
    since, until = cast(of.created_at, String()), cast(of.removed_at, String())
    return select(_constant(_OUTCOME), _ZERO, of.id, since, until, _NOTHING, _ONE).where(
        are_drawn(), is_of(of.workspace_id, _WORKSPACE), of.project_id == _PROJECT
    )


def _statuses() -> Select[Any]:
    of = status_updates.c
    found = select(
        _constant(_STATUS), of.id, of.outcome_id, cast(of.said_at, String()), of.status, _NOTHING, _ONE
    )
    return found.join_from(outcomes, status_updates, of.outcome_id == outcomes.c.id).where(
        are_drawn(),
        is_of(outcomes.c.workspace_id, _WORKSPACE),
        outcomes.c.project_id == _PROJECT,
        *is_said(_SINCE),
    )


def _present(of: Table) -> tuple[ColumnElement[bool], ...]:
    return is_of(of.c.workspace_id, _WORKSPACE), of.c.project_id == _PROJECT, of.c.removed_at.is_(None)


_PARTS = Prepared(union_all(*_parts()))
_PARTS_AND_SAID = Prepared(union_all(*_parts(), *_said()))

_Row = tuple[int, int, Any, Any, Any]
"""A position, an id and three texts."""


def get_parts(tx: Tx, workspace_id: str, sight: Sight | None, project_id: int) -> ProjectParts:
    """The parent and the sub-projects that the person sees (EVERYTHING: all), and all else.

    Sub-projects by name, aliases by age, links and members in their own order.
    """
    rows = _PARTS.rows(tx, **values_of(workspace_id, sight), project_id=project_id)
    return _parts_from(*_divided(rows, sight))


def get_parts_and_said(
    tx: Tx, workspace_id: str, sight: Sight | None, project_id: int, since: datetime
) -> tuple[ProjectParts, Said | None]:
    """The same, and what was said of its outcomes since then and last before, in one statement.

    The latter only where Slack is known to draw charts.
    """
    values = {**values_of(workspace_id, sight), "project_id": project_id, "since": since}
    by_part, has_unseen = _divided(_PARTS_AND_SAID.rows(tx, **values), sight)
    return _parts_from(by_part, has_unseen), _said_from(by_part)


def _divided(rows: list[tuple[Any, ...]], sight: Sight | None) -> tuple[dict[int, list[_Row]], bool]:
    """By part, what is seen; and whether there is more."""
    has_unseen = False
    by_part: dict[int, list[_Row]] = {}
    for part, position, id_, a, b, c, seen in rows:
        if sight is not None and not seen:
            has_unseen = True
            continue
        by_part.setdefault(part, []).append((position, id_, a, b, c))
    return by_part, has_unseen


def _parts_from(by_part: dict[int, list[_Row]], has_unseen: bool) -> ProjectParts:  # noqa: FBT001 - what _divided found
    for part in (_ALIAS, _LINK, _MEMBER):
        by_part.get(part, []).sort(key=lambda row: row[:2])
    children = sorted(by_part.get(_CHILD, ()), key=lambda row: (row[4], row[1]))
    return ProjectParts(
        parent=next((ProjectName(id=i, slug=a, name=b) for _, i, a, b, _ in by_part.get(_PARENT, ())), None),
        children=tuple(ProjectName(id=i, slug=a, name=b) for _, i, a, b, _ in children),
        aliases=tuple(a for _, _, a, _, _ in by_part.get(_ALIAS, ())),
        links=tuple(Link(id=i, label=a, url=b, lead=c) for _, i, a, b, c in by_part.get(_LINK, ())),
        members=tuple(Member(id=i, name=a, user_id=b, role=c) for _, i, a, b, c in by_part.get(_MEMBER, ())),
        has_unseen=has_unseen,
        next_check_in_at=next((_instant(a) for _, _, a, _, _ in by_part.get(_NEXT, ())), None),
    )


def _said_from(by_part: dict[int, list[_Row]]) -> Said | None:
    if _ZONE not in by_part:
        return None
    ((_, _, zone, _, _),) = by_part[_ZONE]
    on_record = (
        OnRecord(id_, _instant(since), until and _instant(until))
        for _, id_, since, until, _ in by_part.get(_OUTCOME, ())
    )
    said = sorted((_instant(at), id_, of, status) for id_, of, at, status, _ in by_part.get(_STATUS, ()))
    return Said(
        zone,
        tuple(on_record),
        tuple(StatusSaid(of, at, status and OutcomeStatus(status)) for at, _, of, status in said),
    )


def _instant(stored: str) -> datetime:
    """SQLite keeps it in UTC, without saying so; PostgreSQL writes it with its offset."""
    found = datetime.fromisoformat(stored)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)

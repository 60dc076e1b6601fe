"""What belongs to a project besides its outcomes, in one statement: a round trip each would be five."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    String,
    bindparam,
    case,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from storage.check_in_tables import schedules
from storage.database import Tx
from storage.prepared import Prepared
from storage.records import Link, Member, ProjectName, ProjectParts
from storage.sight import Sight, is_seen, values_of
from storage.tables import is_of, links, members, project_aliases, projects
from storage.types import Id


def _statement() -> CompoundSelect[Any]:
    child, parent = projects.alias("child"), projects.alias("parent")
    workspace_id, project_id = (
        bindparam("workspace_id", type_=String()),
        bindparam("project_id", type_=Id),
    )
    nothing = cast(null(), String())
    zero, one = _constant(0), _constant(1)
    return union_all(
        select(
            _constant(_PARENT).label("part"),
            zero.label("position"),
            parent.c.id,
            parent.c.slug,
            parent.c.name,
            nothing,
            _mark(is_seen(parent)),
        )
        .join_from(child, parent, parent.c.id == child.c.parent_id)
        .where(is_of(child.c.workspace_id, workspace_id), child.c.id == project_id),
        select(
            _constant(_CHILD),
            zero,
            projects.c.id,
            projects.c.slug,
            projects.c.name,
            projects.c.sort_name,
            _mark(is_seen()),
        ).where(
            is_of(projects.c.workspace_id, workspace_id),
            projects.c.parent_id == project_id,
            projects.c.state != "archived",
        ),
        select(
            _constant(_ALIAS), zero, project_aliases.c.id, project_aliases.c.alias, nothing, nothing, one
        ).where(
            is_of(project_aliases.c.workspace_id, workspace_id),
            project_aliases.c.project_id == project_id,
            project_aliases.c.removed_at.is_(None),
        ),
        select(
            _constant(_LINK), links.c.position, links.c.id, links.c.label, links.c.url, links.c.lead, one
        ).where(
            is_of(links.c.workspace_id, workspace_id),
            links.c.project_id == project_id,
            links.c.removed_at.is_(None),
        ),
        select(
            _constant(_MEMBER),
            members.c.position,
            members.c.id,
            members.c.name,
            members.c.user_id,
            members.c.role,
            one,
        ).where(
            is_of(members.c.workspace_id, workspace_id),
            members.c.project_id == project_id,
            members.c.removed_at.is_(None),
        ),
        select(
            _constant(_NEXT),
            zero,
            schedules.c.project_id,
            cast(schedules.c.next_at, String()),
            nothing,
            nothing,
            one,
        ).where(
            is_of(schedules.c.workspace_id, workspace_id),
            schedules.c.project_id == project_id,
            schedules.c.next_at.is_not(None),
        ),
    )


def _constant(number: int) -> ColumnElement[int]:
    # In the statement itself, so that there are fewer values to bind.
    return literal_column(str(number), Integer())


def _mark(is_so: ColumnElement[bool]) -> ColumnElement[int]:
    return case((is_so, 1), else_=0)


_PARENT, _CHILD, _ALIAS, _LINK, _MEMBER, _NEXT = range(6)
_PARTS = Prepared(_statement())


def get_parts(tx: Tx, workspace_id: str, sight: Sight | None, project_id: int) -> ProjectParts:
    """The parent and the sub-projects that the person sees (EVERYTHING: all), and all else.

    Sub-projects by name, aliases by age, links and members in their own order.
    """
    rows = _PARTS.rows(tx, **values_of(workspace_id, sight), project_id=project_id)
    has_unseen = False
    by_part: dict[int, list[tuple[int, int, str, str, str]]] = {}
    for part, position, id_, a, b, c, seen in rows:
        if sight is not None and not seen:
            has_unseen = True
            continue
        by_part.setdefault(part, []).append((position, id_, a, b, c))
    for part in by_part.values():
        part.sort(key=lambda row: row[:2])
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


def _instant(stored: str) -> datetime:
    """SQLite keeps it in UTC, without saying so; PostgreSQL writes it with its offset."""
    found = datetime.fromisoformat(stored)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)

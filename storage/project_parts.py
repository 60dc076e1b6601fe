"""What belongs to a project besides its outcomes, in one statement: a round trip each would be five.

With it, where Slack draws charts, what the chart of its outcomes is drawn from.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Table, cast, select, union_all

from storage.charted_parts import (
    NOTHING,
    ONE,
    PROJECT,
    WORKSPACE,
    ZERO,
    Row,
    charted,
    constant,
    instant,
    mark,
    said_from,
)
from storage.check_in_tables import schedules
from storage.database import Tx
from storage.prepared import Prepared
from storage.records import Link, Member, ProjectName, ProjectParts
from storage.said import Said
from storage.sight import Sight, is_seen, values_of
from storage.tables import is_of, links, members, project_aliases, projects

_PARENT, _CHILD, _ALIAS, _LINK, _MEMBER, _NEXT = range(6)


def _parts() -> tuple[Select[Any], ...]:
    """Rows of: which part, its position, its id, three texts, and whether the person sees it."""
    return _parent(), _children(), _aliases(), _links(), _members(), _next_check_in()


def _parent() -> Select[Any]:
    child, parent = projects.alias("child"), projects.alias("parent")
    part, position = constant(_PARENT).label("part"), ZERO.label("position")
    names = parent.c.id, parent.c.slug, parent.c.name
    return (
        select(part, position, *names, NOTHING, mark(is_seen(parent)))
        .join_from(child, parent, parent.c.id == child.c.parent_id)
        .where(is_of(child.c.workspace_id, WORKSPACE), child.c.id == PROJECT)
    )


def _children() -> Select[Any]:
    names = projects.c.id, projects.c.slug, projects.c.name, projects.c.sort_name
    return select(constant(_CHILD), ZERO, *names, mark(is_seen())).where(
        is_of(projects.c.workspace_id, WORKSPACE),
        projects.c.parent_id == PROJECT,
        projects.c.state != "archived",
    )


def _aliases() -> Select[Any]:
    of = project_aliases.c
    return select(constant(_ALIAS), ZERO, of.id, of.alias, NOTHING, NOTHING, ONE).where(
        *_present(project_aliases)
    )


def _links() -> Select[Any]:
    of = links.c
    return select(constant(_LINK), of.position, of.id, of.label, of.url, of.lead, ONE).where(*_present(links))


def _next_check_in() -> Select[Any]:
    of = schedules.c
    at = cast(of.next_at, String())
    return select(constant(_NEXT), ZERO, of.project_id, at, NOTHING, NOTHING, ONE).where(
        is_of(of.workspace_id, WORKSPACE), of.project_id == PROJECT, of.next_at.is_not(None)
    )


def _members() -> Select[Any]:
    of = members.c
    found = select(constant(_MEMBER), of.position, of.id, of.name, of.user_id, of.role, ONE)
    return found.where(*_present(members))


def _present(of: Table) -> tuple[ColumnElement[bool], ...]:
    return is_of(of.c.workspace_id, WORKSPACE), of.c.project_id == PROJECT, of.c.removed_at.is_(None)


_PARTS = Prepared(union_all(*_parts()))
_PARTS_AND_SAID = Prepared(union_all(*_parts(), *charted()))


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
    return _parts_from(by_part, has_unseen), said_from(by_part)


def _divided(rows: list[tuple[Any, ...]], sight: Sight | None) -> tuple[dict[int, list[Row]], bool]:
    """By part, what is seen; and whether there is more."""
    has_unseen = False
    by_part: dict[int, list[Row]] = {}
    for part, position, id_, a, b, c, seen in rows:
        if sight is not None and not seen:
            has_unseen = True
            continue
        by_part.setdefault(part, []).append((position, id_, a, b, c))
    return by_part, has_unseen


def _parts_from(by_part: dict[int, list[Row]], has_unseen: bool) -> ProjectParts:  # noqa: FBT001 - what _divided found
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
        next_check_in_at=next((instant(a) for _, _, a, _, _ in by_part.get(_NEXT, ())), None),
    )

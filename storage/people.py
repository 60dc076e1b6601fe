"""People of a workspace, as Slack last told of them, and the admins that people have named."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from storage.database import Tx
from storage.prepared import Prepared
from storage.records import Record
from storage.sight import Sight, is_seen, values_of
from storage.slack_tables import admins, people
from storage.tables import members, outcomes, projects
from storage.types import Id

NO_ZONE = "UTC"
"""The time zone of a person of whom Slack has told none, or none that this machine knows."""


class Person(Record):
    """`zone` is IANA's name of their time zone, kept here alone; NO_ZONE where Slack has told none.

    `is_admin`: Slack's own; `is_deleted`: deactivated; `is_bot`: an app, and nobody. `is_guest`: no full
    member of the workspace; of these, `is_external` are those of another organization.
    """

    id: str
    name: str
    real_name: str = ""
    zone: str
    is_admin: bool
    is_guest: bool
    is_deleted: bool
    is_bot: bool = False
    is_external: bool = False
    refreshed_at: AwareDatetime


class Admin(Record):
    """`named_by` is None for one of Slack's own."""

    person_id: str
    named_by: str | None
    named_at: AwareDatetime | None


class Stake(NamedTuple):
    """What somebody is to one project. `is_full`: a full member of the workspace, and not a guest.

    `is_external`: of another organization.
    """

    is_seen: bool
    is_full: bool
    is_admin: bool
    is_on_team: bool
    is_external: bool = False


_COLUMNS = tuple(column for column in people.c if column.name != "workspace_id")


def find_person(tx: Tx, workspace_id: str, person_id: str) -> Person | None:
    """None for one whom nobody has told of yet."""
    row = (
        tx.execute(select(*_COLUMNS).where(people.c.workspace_id == workspace_id, people.c.id == person_id))
        .mappings()
        .one_or_none()
    )
    return None if row is None else Person.model_validate(dict(row))


def list_people_named(tx: Tx, workspace_id: str, name: str) -> tuple[str, ...]:
    """The ids of those of the workspace who are called so, in whatever case; not apps, nor who has left."""
    columns = (people.c.name, people.c.real_name)
    is_called = or_(*(form == said for column in columns for form, said in _forms(column, name)))
    is_there = ~people.c.is_deleted & ~people.c.is_bot & ~people.c.is_external
    found = select(people.c.id).where(people.c.workspace_id == workspace_id, is_called, is_there)
    return tuple(sorted(tx.execute(found).scalars()))


def _forms(column: Column[str], name: str) -> tuple[tuple[ColumnElement[str], str], ...]:
    """As it is written, and in small letters, of which SQLite knows only those of English."""
    return (column, name), (func.lower(column), name.lower())


def list_known_ids(tx: Tx, workspace_id: str, person_ids: Iterable[str]) -> frozenset[str]:
    """Those of the ids that somebody has told of."""
    known = select(people.c.id).where(
        people.c.workspace_id == workspace_id, people.c.id.in_(sorted(person_ids))
    )
    return frozenset(tx.execute(known).scalars())


def list_left(tx: Tx, workspace_id: str, person_ids: Iterable[str]) -> frozenset[str]:
    """Those of the ids whose people have left the workspace."""
    left = select(people.c.id).where(
        people.c.workspace_id == workspace_id, people.c.id.in_(sorted(person_ids)), people.c.is_deleted
    )
    return frozenset(tx.execute(left).scalars())


def list_unknown_owners(tx: Tx, workspace_id: str) -> tuple[str, ...]:
    """Owners of open outcomes, or of projects, of whom nobody has told; by id."""
    known = select(people.c.id).where(people.c.workspace_id == workspace_id)
    of_outcomes = select(outcomes.c.owner_id).where(
        outcomes.c.workspace_id == workspace_id,
        outcomes.c.owner_id.is_not(None),
        outcomes.c.is_open,
        outcomes.c.owner_id.not_in(known),
    )
    of_projects = select(projects.c.owner_id).where(
        projects.c.workspace_id == workspace_id,
        projects.c.owner_id.is_not(None),
        projects.c.owner_id.not_in(known),
    )
    return tuple(sorted(tx.execute(of_outcomes.union(of_projects)).scalars()))


def list_zones(tx: Tx, workspace_id: str, person_ids: Iterable[str]) -> dict[str, str]:
    """The time zones of those of the ids that somebody has told of."""
    rows = tx.execute(
        select(people.c.id, people.c.zone).where(
            people.c.workspace_id == workspace_id, people.c.id.in_(sorted(person_ids))
        )
    )
    return {row.id: row.zone for row in rows}


def save_person(tx: Tx, workspace_id: str, person: Person) -> None:
    """What Slack says now, in place of what it said before."""
    values = person.model_dump(exclude={"id"})
    mine = (people.c.workspace_id == workspace_id, people.c.id == person.id)
    if tx.execute(update(people).where(*mine).values(**values)).rowcount == 0:
        # Of two that meet somebody at once, the second has nothing else to say.
        with suppress(IntegrityError), tx.begin_nested():
            tx.execute(insert(people).values(workspace_id=workspace_id, id=person.id, **values))


def list_admins(tx: Tx, workspace_id: str) -> tuple[Admin, ...]:
    """Slack's own as far as they are known, then those named, by age."""
    own = select(people.c.id).where(
        people.c.workspace_id == workspace_id, people.c.is_admin, ~people.c.is_deleted
    )
    named = (
        select(admins.c.person_id, admins.c.named_by, admins.c.named_at)
        .where(admins.c.workspace_id == workspace_id, admins.c.removed_at.is_(None))
        .order_by(admins.c.named_at, admins.c.person_id)
    )
    found = {id_: Admin(person_id=id_, named_by=None, named_at=None) for id_ in tx.execute(own).scalars()}
    ordered = {id_: found[id_] for id_ in sorted(found)}
    for id_, by, at in tx.execute(named):
        ordered.setdefault(id_, Admin(person_id=id_, named_by=by, named_at=at))
    return tuple(ordered.values())


def name_admin(tx: Tx, workspace_id: str, person_id: str, by: str, now: datetime) -> bool:
    """Whether they were none before."""
    mine = (admins.c.workspace_id == workspace_id, admins.c.person_id == person_id)
    again = {"named_by": by, "named_at": now, "removed_by": None, "removed_at": None}
    found = tx.execute(select(admins.c.removed_at).where(*mine)).one_or_none()
    if found is None:
        tx.execute(insert(admins).values(workspace_id=workspace_id, person_id=person_id, **again))
    elif found[0] is not None:
        tx.execute(update(admins).where(*mine).values(**again))
    return found is None or found[0] is not None


def take_off_admin(tx: Tx, workspace_id: str, person_id: str, by: str, now: datetime) -> bool:
    """Whether they were one of those named. The row stays, with who did it."""
    mine = (
        admins.c.workspace_id == workspace_id,
        admins.c.person_id == person_id,
        admins.c.removed_at.is_(None),
    )
    return tx.execute(update(admins).where(*mine).values(removed_by=by, removed_at=now)).rowcount > 0


def find_stake(tx: Tx, workspace_id: str, project_id: int, person_id: str) -> Stake:
    """What the person is to the project; nothing, to one that there is not. One statement."""
    values = values_of(workspace_id, Sight(person_id))
    (row,) = _STAKE.rows(tx, **values, project_id=project_id)
    return stake_from(row)


def stake_from(row: Sequence[Any]) -> Stake:
    """From a row of `stake_columns`."""
    seen, full, slacks, named, owner, member, external = row
    return Stake(bool(seen), bool(full), bool(slacks or named), bool(owner or member), bool(external))


_WORKSPACE, _PERSON = bindparam("workspace_id", type_=String()), bindparam("viewer_id", type_=String())
_PROJECT = bindparam("project_id", type_=Id)


def stake_columns() -> tuple[ColumnElement[Any], ...]:
    """What `Stake` is made of, for a statement that is given `values_of` and the project's id."""
    person = select(people.c.id).where(
        people.c.workspace_id == _WORKSPACE, people.c.id == _PERSON, ~people.c.is_deleted
    )
    project = select(projects.c.id).where(projects.c.workspace_id == _WORKSPACE, projects.c.id == _PROJECT)
    member = select(members.c.id).where(
        members.c.workspace_id == _WORKSPACE,
        members.c.project_id == _PROJECT,
        members.c.user_id == _PERSON,
        members.c.removed_at.is_(None),
    )
    named = select(admins.c.person_id).where(
        admins.c.workspace_id == _WORKSPACE, admins.c.person_id == _PERSON, admins.c.removed_at.is_(None)
    )
    return (
        exists(project.where(is_seen())).label("seen"),
        exists(person.where(~people.c.is_guest)).label("full"),
        exists(person.where(people.c.is_admin)).label("slacks"),
        and_(exists(named), exists(person)).label("named"),
        exists(project.where(projects.c.owner_id == _PERSON)).label("owner"),
        exists(member).label("member"),
        exists(person.where(people.c.is_external)).label("external"),
    )


_STAKE = Prepared(select(*stake_columns()))

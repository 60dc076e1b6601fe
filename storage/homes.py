"""People's home tabs: who has opened one, what was published there last, and whose shows a project."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import delete, insert, select, union, update
from sqlalchemy.exc import IntegrityError

from storage.database import Tx
from storage.records import Record
from storage.slack_tables import home_projects, homes
from storage.tables import is_of, members, outcomes, projects


class Home(Record):
    """A person's home tab, as it was last published; `place`: which pages of it, "" for the first ones.

    `digest` and `view_hash` (what Slack calls that version) are None for one that was never published.
    """

    person_id: str
    place: str
    digest: str | None
    view_hash: str | None
    opened_at: AwareDatetime


_MOST_PROJECTS = 500
"""So many changed at once are not looked for one by one: every home may show one of them."""

_COLUMNS = (
    homes.c.person_id,
    homes.c.place,
    homes.c.digest,
    homes.c.view_hash,
    homes.c.opened_at,
)
_FIELDS = tuple(column.name for column in _COLUMNS)


def find_home(tx: Tx, workspace_id: str, person_id: str) -> Home | None:
    """None for a person who has never opened it."""
    row = tx.execute(
        select(*_COLUMNS).where(homes.c.workspace_id == workspace_id, homes.c.person_id == person_id)
    ).one_or_none()
    return None if row is None else Home.model_validate(dict(zip(_FIELDS, row, strict=True)))


def open_home(tx: Tx, workspace_id: str, person_id: str, now: datetime) -> None:
    """The person looks at it: from the first pages on."""
    if _change(tx, workspace_id, person_id, place="", opened_at=now):
        return
    try:
        with tx.begin_nested():
            values = {"workspace_id": workspace_id, "person_id": person_id, "place": "", "opened_at": now}
            tx.execute(insert(homes).values(values))
    except IntegrityError:
        # Two openings at once: the other has made it.
        _change(tx, workspace_id, person_id, place="", opened_at=now)


def turn_home(tx: Tx, workspace_id: str, person_id: str, place: str, now: datetime) -> None:
    """The person goes to other pages of it."""
    _change(tx, workspace_id, person_id, place=place, opened_at=now)


def record_published(
    tx: Tx,
    workspace_id: str,
    before: Home,
    *,
    digest: str,
    view_hash: str | None,
    project_ids: Collection[int],
) -> bool:
    """Slack has the view, which shows something of these projects.

    False, and nothing is written, if another process has published since `before` was read.
    """
    mine = homes.c.workspace_id == workspace_id, homes.c.person_id == before.person_id
    unchanged = homes.c.view_hash.is_not_distinct_from(before.view_hash)
    changed = tx.execute(
        update(homes).where(*mine, unchanged).values(digest=digest, view_hash=view_hash)
    ).rowcount
    if not changed:
        return False
    of_home = {"workspace_id": workspace_id, "person_id": before.person_id}
    tx.execute(
        delete(home_projects).where(
            home_projects.c.workspace_id == workspace_id, home_projects.c.person_id == before.person_id
        )
    )
    # One that was deleted meanwhile would break the reference.
    there_are = tx.execute(
        select(projects.c.id).where(projects.c.workspace_id == workspace_id, projects.c.id.in_(project_ids))
    ).scalars()
    rows = [{**of_home, "project_id": project_id} for project_id in there_are]
    if rows:
        tx.execute(insert(home_projects), rows)
    return True


def list_watchers(
    tx: Tx, workspace_id: str, project_ids: Collection[int], since: datetime
) -> tuple[str, ...]:
    """The people whose home shows one of these projects, or should now; and who opened it since then."""
    opened = homes.c.workspace_id == workspace_id, homes.c.opened_at >= since
    statement = select(homes.c.person_id).where(*opened).order_by(homes.c.person_id)
    if len(project_ids) <= _MOST_PROJECTS:
        statement = statement.where(homes.c.person_id.in_(_concerned(workspace_id, sorted(project_ids))))
    return tuple(tx.execute(statement).scalars())


def list_people_with_homes(tx: Tx, workspace_id: str, since: datetime) -> tuple[str, ...]:
    """Everybody who has opened theirs since then."""
    opened = homes.c.workspace_id == workspace_id, homes.c.opened_at >= since
    return tuple(tx.execute(select(homes.c.person_id).where(*opened).order_by(homes.c.person_id)).scalars())


def _concerned(workspace_id: str, project_ids: list[int]) -> Any:  # noqa: ANN401 - SQLAlchemy's union of texts
    shown = select(home_projects.c.person_id).where(
        home_projects.c.workspace_id == workspace_id, home_projects.c.project_id.in_(project_ids)
    )
    owners = select(projects.c.owner_id).where(
        projects.c.workspace_id == workspace_id,
        projects.c.id.in_(project_ids),
        projects.c.owner_id.is_not(None),
    )
    team = select(members.c.user_id).where(
        is_of(members.c.workspace_id, workspace_id),
        members.c.project_id.in_(project_ids),
        members.c.user_id.is_not(None),
        members.c.removed_at.is_(None),
    )
    of_outcomes = select(outcomes.c.owner_id).where(
        is_of(outcomes.c.workspace_id, workspace_id),
        outcomes.c.project_id.in_(project_ids),
        outcomes.c.owner_id.is_not(None),
    )
    return union(shown, owners, team, of_outcomes)


def _change(tx: Tx, workspace_id: str, person_id: str, **values: Any) -> bool:  # noqa: ANN401 - columns differ in type
    mine = homes.c.workspace_id == workspace_id, homes.c.person_id == person_id
    return tx.execute(update(homes).where(*mine).values(values)).rowcount > 0

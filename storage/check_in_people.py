"""Who is asked in a round, and who has answered, asked or not."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import and_, delete, func, insert, select, update

from storage.check_in_tables import check_in_people, check_ins
from storage.check_ins import CheckInState
from storage.database import Tx
from storage.new_rows import new_rows
from storage.records import Record, UpdateSource
from storage.tables import outcomes, status_updates


class Asked(Record):
    """Somebody in a round: whether they are asked, and when they answered."""

    person_id: str
    is_asked: bool
    answered_at: AwareDatetime | None


class Click(NamedTuple):
    """Somebody said with a click how an outcome stands, while a round of its project was open."""

    check_in_id: int
    project_id: int
    person_id: str
    said_at: datetime


def list_unheard_clicks(tx: Tx, workspace_id: str, project_ids: Collection[int]) -> tuple[Click, ...]:
    """Those of people who have not answered the round yet, so far as is written down; their first ones."""
    has_answered = (
        select(check_in_people.c.person_id)
        .where(
            check_in_people.c.workspace_id == workspace_id,
            check_in_people.c.check_in_id == check_ins.c.id,
            check_in_people.c.person_id == status_updates.c.said_by,
            check_in_people.c.answered_at.is_not(None),
        )
        .exists()
    )
    rows = tx.execute(
        select(
            check_ins.c.id,
            check_ins.c.project_id,
            status_updates.c.said_by,
            func.min(status_updates.c.said_at),
        )
        .select_from(check_ins)
        .join(outcomes, outcomes.c.project_id == check_ins.c.project_id)
        .join(
            status_updates,
            and_(
                status_updates.c.outcome_id == outcomes.c.id,
                status_updates.c.said_at >= check_ins.c.opened_at,
            ),
        )
        .where(
            check_ins.c.workspace_id == workspace_id,
            check_ins.c.project_id.in_(sorted(project_ids)),
            check_ins.c.state == CheckInState.OPEN.value,
            status_updates.c.source == UpdateSource.BUTTON.value,
            status_updates.c.taken_back_at.is_(None),
            status_updates.c.said_by.is_not(None),
            ~has_answered,
        )
        .group_by(check_ins.c.id, check_ins.c.project_id, status_updates.c.said_by)
        .order_by(check_ins.c.id, status_updates.c.said_by)
    )
    return tuple(Click(*row) for row in rows)


def ask_people(tx: Tx, workspace_id: str, check_in_id: int, person_ids: Iterable[str]) -> None:
    """These people are asked; whoever is in the round already stays as they are."""
    known = {each.person_id for each in list_people(tx, workspace_id, check_in_id)}
    rows = [
        {"workspace_id": workspace_id, "check_in_id": check_in_id, "person_id": id_, "is_asked": True}
        for id_ in dict.fromkeys(person_ids)
        if id_ not in known
    ]
    if rows:
        tx.execute(insert(check_in_people), rows)


def list_people(tx: Tx, workspace_id: str, check_in_id: int) -> tuple[Asked, ...]:
    """Who is asked, and who has answered; by id."""
    rows = tx.execute(
        select(check_in_people.c.person_id, check_in_people.c.is_asked, check_in_people.c.answered_at)
        .where(check_in_people.c.workspace_id == workspace_id, check_in_people.c.check_in_id == check_in_id)
        .order_by(check_in_people.c.person_id)
    )
    return tuple(Asked(person_id=id_, is_asked=asked, answered_at=at) for id_, asked, at in rows)


def record_answer(
    tx: Tx, workspace_id: str, check_in_id: int, person_id: str, answered_at: datetime | None
) -> None:
    """The person has answered, asked or not; with None, what they had said is taken back.

    Whoever is not asked is in the round by their answer alone.
    """
    mine = (
        check_in_people.c.workspace_id == workspace_id,
        check_in_people.c.check_in_id == check_in_id,
        check_in_people.c.person_id == person_id,
    )
    if answered_at is None:
        tx.execute(delete(check_in_people).where(*mine, check_in_people.c.is_asked.is_(False)))
        tx.execute(update(check_in_people).where(*mine).values(answered_at=None))
    elif tx.execute(update(check_in_people).where(*mine).values(answered_at=answered_at)).rowcount == 0:
        values = {
            "workspace_id": workspace_id,
            "check_in_id": check_in_id,
            "person_id": person_id,
            "is_asked": False,
            "answered_at": answered_at,
        }
        # Two may write it down at the same time: the one who clicked, and who looks for clicks.
        tx.execute(new_rows(tx, check_in_people), values)

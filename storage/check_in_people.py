"""Who is asked in a round, and who has answered, asked or not."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import delete, insert, select, update

from storage.check_in_tables import check_in_people
from storage.database import Tx
from storage.records import Record


class Asked(Record):
    """Somebody in a round: whether they are asked, and when they answered."""

    person_id: str
    is_asked: bool
    answered_at: AwareDatetime | None


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
        tx.execute(insert(check_in_people).values(values))

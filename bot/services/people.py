"""Who is still there."""

from bot.errors import PersonLeftError
from storage import people
from storage.database import Tx


def require_present(tx: Tx, workspace_id: str, person_id: str) -> str:
    """The person's id. Raises PersonLeftError for somebody who has left the workspace."""
    if has_left(tx, workspace_id, person_id):
        raise PersonLeftError(person_id)
    return person_id


def has_left(tx: Tx, workspace_id: str, person_id: str) -> bool | None:
    """Whether somebody left; None while nobody knows."""
    person = people.find_person(tx, workspace_id, person_id)
    return None if person is None else person.is_deleted

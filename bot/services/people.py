"""Who is still there."""

from bot.errors import PersonLeftError
from bot.errors_rights import ExternalPersonError
from storage import people
from storage.database import Tx


def require_present(tx: Tx, workspace_id: str, person_id: str) -> str:
    """The person's id. Raises PersonLeftError for somebody who has left the workspace, and for an app."""
    person = people.find_person(tx, workspace_id, person_id)
    if person is not None and (person.is_deleted or person.is_bot):
        raise PersonLeftError(person_id, person.is_bot)
    return person_id


def is_external(tx: Tx, workspace_id: str, person_id: str) -> bool:
    """Whether somebody is known to be of another organization."""
    person = people.find_person(tx, workspace_id, person_id)
    return person is not None and person.is_external


def require_may_own(tx: Tx, workspace_id: str, person_id: str) -> str:
    """The person's id, for the owner of a project. Raises PersonLeftError, ExternalPersonError."""
    require_present(tx, workspace_id, person_id)
    if is_external(tx, workspace_id, person_id):
        raise ExternalPersonError(person_id, "owner")
    return person_id

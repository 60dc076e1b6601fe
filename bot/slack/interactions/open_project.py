"""The project of a form, before anybody has typed anything into it."""

from bot.errors import ArchivedProjectError
from bot.services.asking import Asker
from bot.services.finding import get_named_project
from bot.services.rights import require_may_change
from storage.database import Tx
from storage.records import Project, ProjectState


def get_open_project(tx: Tx, asker: Asker, project_id: int | None) -> Project:
    """Raises GoneProjectError, NotAllowedError, ArchivedProjectError: before anybody has typed anything."""
    project = get_named_project(tx, asker, project_id or 0)
    require_may_change(tx, asker, project)
    if project.state is ProjectState.ARCHIVED:
        raise ArchivedProjectError(project.slug)
    return project

"""Projects that are parts of others: never of themselves, however long the way."""

from bot.errors import RingError
from storage import projects
from storage.database import Tx
from storage.records import Project, ProjectName
from storage.workspaces import lock_workspace


def require_no_ring(tx: Tx, workspace_id: str, project: Project, parent: Project) -> None:
    """Nobody else moves a project until the transaction ends. Raises RingError.

    A ring that is there already, from whatever time, does not keep this from ending.
    """
    lock_workspace(tx, workspace_id)
    above: Project | None = parent
    seen: set[int] = set()
    while above is not None and above.id not in seen:
        if above.id == project.id:
            raise RingError(project.slug, ProjectName(id=parent.id, slug=parent.slug, name=parent.name))
        seen.add(above.id)
        up = above.parent_id
        above = None if up is None else projects.find_project(tx, workspace_id, up)

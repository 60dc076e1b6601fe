"""Projects that are parts of others: a tree, never a ring."""

from bot.errors import ArchivedProjectError, RingError
from storage import projects
from storage.database import Tx
from storage.records import Project, ProjectState


def require_may_be_parent(tx: Tx, workspace_id: str, project: Project, parent: Project) -> None:
    """Raises ArchivedProjectError, RingError. The caller holds `lock_workspace`: see `require_no_ring`."""
    require_no_ring(tx, workspace_id, project, parent)
    if parent.state is ProjectState.ARCHIVED:
        raise ArchivedProjectError(parent.slug)


def require_no_ring(tx: Tx, workspace_id: str, project: Project, parent: Project) -> None:
    """Raises RingError when the parent is the project, or a part of it, at whatever depth.

    The caller holds `lock_workspace` until the end of the transaction: else two that put each under the
    other would both find nothing wrong.
    """
    if makes_ring(tx, workspace_id, project.id, parent.id):
        raise RingError(project.slug, parent.slug)


def makes_ring(tx: Tx, workspace_id: str, project_id: int, parent_id: int) -> bool:
    """Whether the project would then be above itself; same lock as `require_no_ring`."""
    above: set[int] = set()
    at: int | None = parent_id
    # Of a ring that is there already, every project is seen once.
    while at is not None and at not in above:
        if at == project_id:
            return True
        above.add(at)
        found = projects.find_project(tx, workspace_id, at)
        at = found.parent_id if found else None
    return False

"""Names that only one project of a workspace may have: slugs and aliases together."""

from bot.errors import NameTakenError, NotUnderstoodError
from bot.pages.slugs import slugify
from bot.services.asking import Asker
from storage import projects
from storage.database import Tx
from storage.records import Project, ProjectName
from storage.terms import fold
from storage.workspaces import lock_workspace

_NOTHING = slugify("")


def slug_for(words: str) -> str:
    """The slug that these words make. Raises NotUnderstoodError when there is nothing to type in them."""
    slug = slugify(words)
    if slug == _NOTHING and not fold(words):
        raise NotUnderstoodError("name", words)
    return slug


def require_free(tx: Tx, asker: Asker, name: str) -> None:
    """Nobody else can take it until the transaction ends. Raises NameTakenError."""
    lock_workspace(tx, asker.workspace_id)
    owner = find_owner(tx, asker.workspace_id, name)
    if owner is not None:
        raise NameTakenError(name, named_to(tx, asker, owner))


def named_to(tx: Tx, asker: Asker, project: Project) -> ProjectName | None:
    """What the person may be told of the project; None when that it is there is none of their business."""
    named = projects.list_project_names(tx, asker.workspace_id, asker.own_sight, [project.id])
    return named[0] if named else None


def find_owner(tx: Tx, workspace_id: str, name: str) -> Project | None:
    """The project with this slug or alias."""
    return projects.find_project_by_slug(tx, workspace_id, name) or projects.find_project_by_alias(
        tx, workspace_id, name
    )

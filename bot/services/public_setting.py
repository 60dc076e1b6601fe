"""Whether a workspace shows its public projects to everybody, and how much of them: for admins to say."""

from datetime import UTC, datetime

from bot.pages.slugs import slugify
from bot.services.asking import Asker
from bot.services.public_ids import new_seed
from bot.services.rights import is_full_member, require_admin
from storage import public_pages
from storage.database import Tx
from storage.public_pages import PublicPage
from storage.workspaces import find_workspace, lock_workspace

COMMAND = "settings page"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def set_public_page(
    tx: Tx, asker: Asker, now: datetime, *, is_on: bool, with_names: bool = False, with_notes: bool = False
) -> PublicPage:
    """The page as it is now. Raises AdminsOnlyError."""
    require_admin(tx, asker, COMMAND)
    workspace = lock_workspace(tx, asker.workspace_id)
    found = public_pages.find_public_page(tx, asker.workspace_id)
    made = {} if found else {"address": _free_address(tx, workspace.name), "seed": new_seed()}
    public_pages.save_public_page(
        tx,
        asker.workspace_id,
        is_on=is_on,
        with_names=with_names,
        with_notes=with_notes,
        changed_by=asker.person_id,
        changed_at=now,
        **made,
    )
    return read_public_page(tx, asker.workspace_id)


def read_public_page(tx: Tx, workspace_id: str) -> PublicPage:
    """The page as it is set; where nobody has said anything, as `settings page on` would make it, but off."""
    found = public_pages.find_public_page(tx, workspace_id)
    if found is not None:
        return found
    workspace = find_workspace(tx, workspace_id)
    return PublicPage(
        workspace_id=workspace_id,
        title="" if workspace is None else workspace.name,
        is_on=False,
        address="",
        seed="",
        with_names=False,
        with_notes=False,
        changed_by="",
        changed_at=EPOCH,
    )


def may_look(tx: Tx, asker: Asker, page: PublicPage) -> bool:
    """Whether somebody may be shown what everybody would see: a guest only once everybody does."""
    return page.is_on or is_full_member(tx, asker)


def _free_address(tx: Tx, name: str) -> str:
    """Of the workspace's name; numbered, where that is another's already."""
    wanted = slugify(name)
    taken = public_pages.list_addresses_like(tx, wanted)
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found

"""How a project begins: from a command, or from a form."""

from datetime import datetime

from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.editing import LONGEST_NAME, require_short
from bot.services.naming import require_free, slug_for
from bot.services.people import require_may_own
from bot.services.rights import require_in_sight, require_known_channel, require_may_create
from storage import projects
from storage.database import Tx
from storage.records import UpdateSource


def create_project(
    tx: Tx,
    asker: Asker,
    name: str,
    source: UpdateSource,
    now: datetime,
    *,
    goal: str = "",
    channel_id: str | None = None,
    owner_id: str | None = None,
) -> Act:
    """A project of that name; without another owner, who made it owns it.

    Raises CannotCreateError, NotUnderstoodError, NameTakenError, TextTooLongError, ExternalPersonError.
    """
    require_may_create(tx, asker)
    slug = slug_for(require_short(name, LONGEST_NAME))
    require_free(tx, asker, slug)
    if channel_id is not None:
        require_known_channel(tx, asker, channel_id)
    if owner_id is not None:
        require_may_own(tx, asker.workspace_id, owner_id)
    project_id = projects.add_project(
        tx,
        asker.workspace_id,
        slug=slug,
        name=name,
        now=now,
        goal=require_short(goal),
        channel_id=channel_id,
        owner_id=owner_id or asker.person_id,
    )
    require_in_sight(tx, asker, projects.get_project(tx, asker.workspace_id, project_id))
    act = Act.begin(tx, asker, project_id, source, now, reaches_others=True)
    act.added_project()
    return act

"""Where the pages of a workspace go and how that is going, for people in chat; and that it be done now.

Where a page goes is set on the server alone: nobody in chat can make the bot write a file there.
"""

from datetime import datetime
from typing import NamedTuple

from bot.errors_rights import AdminsOnlyError
from bot.services.asking import Asker
from bot.services.rights import is_admin
from storage.database import Tx
from storage.people import list_admins
from storage.publication_changes import Placed, list_placed
from storage.publications import ask_to_publish

PUBLISH = "publish"
"""The command."""
MOST = 30
"""Pages that are shown."""
_NAMED = 10


class Placing(NamedTuple):
    """`is_admin`: whoever asks may have them published now, and is told where on the server they go."""

    placed: tuple[Placed, ...]
    is_admin: bool


def read_placing(tx: Tx, asker: Asker) -> Placing:
    """What may be said to whoever asks: where others hear it, no more than everybody may know."""
    may_press = not asker.heard_in and is_admin(tx, asker.workspace_id, asker.person_id)
    return Placing(list_placed(tx, asker.workspace_id, MOST), may_press)


def publish_all_now(tx: Tx, asker: Asker, now: datetime) -> int:
    """How many pages a worker publishes as soon as it is there. Raises AdminsOnlyError."""
    if not is_admin(tx, asker.workspace_id, asker.person_id):
        admins = [admin.person_id for admin in list_admins(tx, asker.workspace_id)]
        raise AdminsOnlyError(PUBLISH, tuple(admins[:_NAMED]))
    placed = list_placed(tx, asker.workspace_id, MOST)
    for each in placed:
        ask_to_publish(tx, asker.workspace_id, each.publication.id, now, is_again=False)
    return len(placed)

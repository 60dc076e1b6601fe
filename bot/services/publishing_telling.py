"""Whom publishing tells, and of what a page cannot show where it belongs by now: once of each."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.rights import is_admin, may_be_told
from storage import projects
from storage.database import Tx
from storage.deliveries import list_keys, promise_delivery
from storage.people import list_admins, list_left
from storage.publications import Publication
from storage.records import Project

UNMOVED = "unmoved"
"""The kind of delivery that tells an admin of it; its key has the publication, what it tells of, and whom."""
_IN_ONE = 20
"""Projects that a message tells of."""
_TOLD = 10
"""Admins who are told."""


def admins_to_tell(tx: Tx, workspace_id: str) -> tuple[str, ...]:
    admins = [admin.person_id for admin in list_admins(tx, workspace_id)]
    left = list_left(tx, workspace_id, admins)
    return tuple([person_id for person_id in admins if person_id not in left][:_TOLD])


def tell_unmoved(tx: Tx, publication: Publication, slugs: Sequence[str], now: datetime) -> tuple[int, ...]:
    """The projects, by their ids, of which nobody had been told that they go where they go."""
    if not slugs:
        return ()
    where = tx, publication.workspace_id
    begun = f"{UNMOVED}:{publication.id}:"
    told = {thing for key in list_keys(*where, begun) for thing in key.split(":")[2].split("-")}
    found = (projects.find_project_by_slug(*where, slug) for slug in slugs)
    news = {_thing(each): each.id for each in found if each is not None and _thing(each) not in told}
    things = list(news)
    for start in range(0, len(things), _IN_ONE):
        key = f"{begun}{'-'.join(things[start : start + _IN_ONE])}"
        for person_id in admins_to_tell(*where):
            promise_delivery(*where, f"{key}:{person_id}", UNMOVED, channel_id=person_id, now=now)
    return tuple(news.values())


def read_unmoved(tx: Tx, workspace_id: str, key: str, person_id: str) -> tuple[int, tuple[Project, ...]]:
    """The publication, and the projects that a delivery tells of, as far as this person may be told."""
    _, publication_id, things, _ = key.split(":")
    found: list[Project] = []
    if is_admin(tx, workspace_id, person_id):
        for thing in things.split("-"):
            project = projects.find_project(tx, workspace_id, int(thing.split(".")[0]))
            if project is not None and may_be_told(tx, project, person_id):
                found.append(project)
    return int(publication_id), tuple(found)


def _thing(project: Project) -> str:
    """It, and where it belongs: when it goes elsewhere, that is another thing to tell."""
    return f"{project.id}.{project.parent_id or 0}"

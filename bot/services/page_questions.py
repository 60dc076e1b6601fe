"""What was changed on a page and in chat is asked about: once, where the project is talked of."""

from datetime import datetime
from typing import Any, NamedTuple

from bot.services.import_target import STATUS
from bot.services.import_values import record_value, says_same
from bot.services.rights import may_be_told
from storage import outcomes, page_conflicts, pages, people, projects
from storage.database import Tx
from storage.deliveries import channel_of, promise_delivery, renew_delivery
from storage.page_conflicts import ConflictState, PageConflict
from storage.records import Project

PAGE_CONFLICT = "page_conflict"
"""The kind of delivery that asks; its key has the conflict's id and the place behind it."""


class ConflictRecord(NamedTuple):
    """All that a question shows. `number`: of the outcome; `texts`: of the outcomes, by id.

    `hidden`: slugs of projects that may not be told of there.
    """

    conflict: PageConflict
    project: Project
    page_name: str
    number: int | None
    texts: dict[int, str]
    hidden: frozenset[str]


def conflict_of(delivery_key: str) -> int:
    """The id of the conflict that the delivery asks about."""
    return int(delivery_key.split(":")[1])


def ask(tx: Tx, workspace_id: str, conflict_id: int, now: datetime) -> bool:
    """In the project's channel, else its owner, else an admin: the first that was not tried; whether any is.

    Where there is nobody to ask it stays open, and is asked when there is.
    """
    conflict = page_conflicts.find_conflict(tx, workspace_id, conflict_id)
    if conflict is None:
        return False
    for place in _places(tx, projects.get_project(tx, workspace_id, conflict.project_id)):
        key = f"{PAGE_CONFLICT}:{conflict_id}:{place}"
        of = conflict.project_id
        if promise_delivery(tx, workspace_id, key, PAGE_CONFLICT, channel_id=place, project_id=of, now=now):
            page_conflicts.change_conflict(tx, workspace_id, conflict_id, asked=key)
            return True
    return False


def renew(tx: Tx, workspace_id: str, conflict: PageConflict, now: datetime) -> None:
    """The question, or what became of it, is to be drawn anew."""
    if conflict.asked is not None:
        renew_delivery(tx, workspace_id, conflict.asked, now)


def _places(tx: Tx, project: Project) -> list[str]:
    """Where it may be asked, the best first."""
    where = tx, project.workspace_id
    admins = [admin.person_id for admin in people.list_admins(*where)][:1]
    left = people.list_left(*where, [project.owner_id or "", *admins])
    wanted = (project.channel_id or project.seen_in, project.owner_id, *admins)
    found = dict.fromkeys(place for place in wanted if place and place not in left)
    return [place for place in found if may_be_told(tx, project, place)]


def read_question(tx: Tx, workspace_id: str, conflict_id: int, place: str) -> ConflictRecord | None:
    """As it may be told in that place: a channel, or a person. None for one that there is not."""
    conflict = page_conflicts.find_conflict(tx, workspace_id, conflict_id)
    if conflict is None:
        return None
    project = projects.get_project(tx, workspace_id, conflict.project_id)
    record = outcomes.list_outcomes(tx, workspace_id, project.id)
    number = next((each.number for each in record if each.id == conflict.item_id), None)
    name = pages.get_page_name(tx, workspace_id, conflict.page_id)
    texts = {each.id: each.text for each in record}
    is_numbered = conflict.item in {"outcome", STATUS}
    hidden = _hidden(tx, conflict, place)
    return ConflictRecord(conflict, project, name, number if is_numbered else None, texts, hidden)


def _hidden(tx: Tx, conflict: PageConflict, place: str) -> frozenset[str]:
    if conflict.item != "parent":
        return frozenset()
    slugs = {slug for slug in (conflict.on_page, conflict.in_record) if slug}
    found = {slug: projects.find_project_by_slug(tx, conflict.workspace_id, slug) for slug in slugs}
    return frozenset(slug for slug, parent in found.items() if parent and not may_be_told(tx, parent, place))


def look_again(tx: Tx, conflict: PageConflict, now: datetime) -> PageConflict:
    """After a change of the project: asked about as it is now, if it is still open; as it is then.

    After `lock_workspace`, and with the project locked.
    """
    workspace_id = conflict.workspace_id
    project = projects.get_project(tx, workspace_id, conflict.project_id)
    said = record_value(tx, project, conflict)
    if says_same(conflict, conflict.on_page, said):
        page_conflicts.answer_conflict(tx, workspace_id, conflict.id, ConflictState.SETTLED, by=None, now=now)
        renew(tx, workspace_id, conflict, now)
        return page_conflicts.get_conflict(tx, workspace_id, conflict.id)
    changed: dict[str, Any] = {}
    if said != conflict.in_record:
        changed = {"in_record": said, "version": conflict.version + 1}
    where = tx, workspace_id, conflict.id
    page_conflicts.change_conflict(*where, revision=project.revision, **changed)
    if changed:
        renew(tx, workspace_id, conflict, now)
    place = conflict.asked and channel_of(tx, workspace_id, conflict.asked)
    if not place or not may_be_told(tx, project, place):
        ask(*where, now)
    return page_conflicts.get_conflict(*where)

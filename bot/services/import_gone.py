"""Projects that are no longer on the page that they were on."""

from collections.abc import Iterable, Mapping, Sequence

from bot.pages import values
from bot.services.import_fields import FIELDS
from bot.services.import_identity import place_value
from bot.services.import_items import are_items_said
from bot.services.import_outcomes import is_said
from bot.services.import_report import ChangeKind
from bot.services.import_target import Difference, Target, Where
from bot.services.place_values import WITHDRAWN
from storage import outcomes, project_parts, projects
from storage.page_conflicts import PageConflict
from storage.pages import Place
from storage.records import Project, ProjectState
from storage.sight import EVERYTHING

ARCHIVED = "archived"
"""The item of a place that says that the project was archived for being gone from the page."""
_WHOLE = ("project", None)
_NOWHERE = values.Place(0, 0, 0)


def find_withdrawn(old: Mapping[int, Sequence[Place]], present: Iterable[int]) -> frozenset[int]:
    """Private ones that publishing has taken off the page: that they are not there says nothing."""
    left = (id_ for id_, own in old.items() if any(place.item == WITHDRAWN for place in own))
    return frozenset(left) - set(present)


def is_asked_about(conflicts: Mapping[Where, PageConflict]) -> bool:
    """Whether people are asked if the project is to stay."""
    return _WHOLE in conflicts


def leave_out(target: Target, project: Project, places: Sequence[Place]) -> bool:
    """Archive it, unless people changed it in chat: then they are asked. Whether it is archived."""
    if _is_said(target, project, places):
        base = target.base("project", None, place_value(places, "project"))
        target.differ(ChangeKind.KEPT_REMOVED, "", Difference(_WHOLE, base, None, project.slug), "")
        return False
    projects.change_project(*target.where, target.now, state=ProjectState.ARCHIVED.value)
    target.note(ChangeKind.ARCHIVED)
    target.place(ARCHIVED, None, "", _NOWHERE)
    return True


def _is_said(target: Target, project: Project, places: Sequence[Place]) -> bool:
    """Whether people in chat had a part in what it says; no page says that it is paused or completed."""
    if project.state is not ProjectState.ACTIVE:
        return True
    if any((place_value(places, field) or "") != getattr(project, field) for field in FIELDS):
        return True
    bases = {place.item_id: place.value for place in places if place.item == "outcome"}
    record = outcomes.list_outcomes(*target.where)
    if any(is_said(outcome, bases.get(outcome.id)) for outcome in record):
        return True
    if bases.keys() & outcomes.list_removed(*target.where):
        return True
    tx, workspace_id, project_id = target.where
    parts = project_parts.get_parts(tx, workspace_id, EVERYTHING, project_id)
    return are_items_said(parts, places)

"""What the record says at a place of a page, as a page would say it: to compare with what the page says."""

import json

from bot.services.import_target import STATUS
from bot.services.place_values import link_in_place, member_in_place
from bot.services.standing import is_same_status, words_of_outcome, zone_of_pages
from storage import outcomes, project_parts, projects
from storage.database import Tx
from storage.page_conflicts import PageConflict
from storage.records import Project, ProjectState
from storage.sight import EVERYTHING


def says_same(conflict: PageConflict, value: str | None, said: str | None) -> bool:
    """Whether the record says this value; of an order, as far as its outcomes are there.

    Of how an outcome stands, whether it is the same status: of which day is no matter.
    """
    if conflict.item == STATUS and value is not None and said is not None:
        return is_same_status(value, said, conflict.found_at.date())
    if conflict.item != "outcomes" or value is None or said is None:
        return value == said
    there: list[int] = json.loads(said)
    return [id_ for id_ in json.loads(value) if id_ in there] == there


def record_value(tx: Tx, project: Project, of: PageConflict) -> str | None:  # noqa: PLR0911 - a case an item
    """None for what is not there."""
    workspace_id = project.workspace_id
    match of.item:
        case "name":
            return project.name
        case "summary":
            return project.summary
        case "goal":
            return project.goal
        case "parent":
            parent = projects.find_project(tx, workspace_id, project.parent_id) if project.parent_id else None
            return parent.slug if parent else ""
        case "project":
            return None if project.state is ProjectState.ARCHIVED else project.slug
        case "outcomes":
            order = [each.id for each in outcomes.list_outcomes(tx, workspace_id, project.id)]
            asked = set(json.loads(of.on_page or "[]"))
            return json.dumps([id_ for id_ in order if id_ in asked])
        case "status":
            record = outcomes.list_outcomes(tx, workspace_id, project.id)
            zone = zone_of_pages(tx, workspace_id)
            return next((words_of_outcome(each, zone) for each in record if each.id == of.item_id), None)
        case "outcome":
            record = outcomes.list_outcomes(tx, workspace_id, project.id)
            return next((each.text for each in record if each.id == of.item_id), None)
        case _:
            parts = project_parts.get_parts(tx, workspace_id, EVERYTHING, project.id)
            if of.item == "link":
                return next((link_in_place(each) for each in parts.links if each.id == of.item_id), None)
            return next((member_in_place(each) for each in parts.members if each.id == of.item_id), None)

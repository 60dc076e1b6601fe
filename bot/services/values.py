"""Values as the history keeps them: what can be written as JSON, and compared with what is there now."""

from datetime import date, datetime
from typing import Any

from pydantic import JsonValue

from bot.domain.cadence import every_days
from bot.domain.cadence_words import stored_cadence
from storage import aliases, outcomes, project_parts
from storage.database import Tx
from storage.history_records import SAID, WHOLE, ChangedItem
from storage.records import Link, Member, Outcome, Project, ProjectParts, StatusUpdate, Thresholds
from storage.schedules import Schedule, find_schedule
from storage.sight import EVERYTHING

THRESHOLDS = "thresholds"
"""The field of an outcome or a project with the days after which it is due, and stale."""
OVERTAKEN = "overtaken"
"""Marks an update that was taken back, or put right, after something else was said, which stands."""


def said_value(update: StatusUpdate | None) -> JsonValue:
    """A status update."""
    if update is None:
        return None
    return {
        "id": update.id,
        "status": None if update.status is None else update.status.value,
        "note": update.note,
        "value": update.value,
    }


def outcome_value(outcome: Outcome) -> dict[str, JsonValue]:
    """All that can be changed of an outcome, but for its place among the others."""
    metric = outcome.metric
    return {
        "text": outcome.text,
        "owner_id": outcome.owner_id,
        "due_on": None if outcome.due_on is None else outcome.due_on.isoformat(),
        "metric": None if metric is None else [metric.start, metric.target, metric.unit],
        SAID: said_value(outcome.newest),
        **_own_thresholds(outcome.thresholds),
    }


def thresholds_value(thresholds: Thresholds | None) -> JsonValue:
    return None if thresholds is None else [thresholds.due_after_days, thresholds.stale_after_days]


def _own_thresholds(thresholds: Thresholds | None) -> dict[str, JsonValue]:
    """Left out where there are none, as it was written down before there was such a thing."""
    return {} if thresholds is None else {THRESHOLDS: thresholds_value(thresholds)}


def outcome_columns(name: str, value: JsonValue) -> dict[str, Any]:
    """The columns that one of `outcome_value` is kept in."""
    if name == "metric":
        start, target, unit = value if isinstance(value, list) else (None, None, None)
        return {"metric_start": start, "metric_target": target, "metric_unit": unit}
    if name == THRESHOLDS:
        return _threshold_columns(value)
    if name == "due_on" and value is not None:
        return {name: date.fromisoformat(str(value))}
    return {name: value}


def project_columns(name: str, value: JsonValue) -> dict[str, Any]:
    """The columns that one of `project_value` is kept in."""
    if name == THRESHOLDS:
        return _threshold_columns(value)
    if name == "goal_confirmed_at" and value is not None:
        return {name: datetime.fromisoformat(str(value))}
    return {name: value}


def _threshold_columns(value: JsonValue) -> dict[str, Any]:
    due, stale = value if isinstance(value, list) else (None, None)
    return {"due_after_days": due, "stale_after_days": stale}


def link_value(link: Link) -> dict[str, JsonValue]:
    return {"label": link.label, "url": link.url, "lead": link.lead}


def member_value(member: Member) -> dict[str, JsonValue]:
    return {"name": member.name, "user_id": member.user_id, "role": member.role}


def project_value(
    project: Project, outcomes: tuple[Outcome, ...] = (), parts: ProjectParts | None = None
) -> dict[str, JsonValue]:
    """All that can be changed of a project; with its parts, how many of them there are."""
    value: dict[str, JsonValue] = {
        "slug": project.slug,
        "name": project.name,
        "summary": project.summary,
        "goal": project.goal,
        "state": project.state.value,
        "owner_id": project.owner_id,
        "channel_id": project.channel_id,
        "parent_id": project.parent_id,
        "is_restricted": project.is_restricted,
        **_own_thresholds(project.thresholds),
        "own_status": None if project.own_status is None else project.own_status.value,
        "goal_confirmed_at": None
        if project.goal_confirmed_at is None
        else project.goal_confirmed_at.isoformat(),
    }
    if parts is not None:
        groups = (outcomes, parts.children, parts.aliases, parts.links, parts.members)
        value["parts"] = sum(len(group) for group in groups)
        # As it was written down before there were such things.
        for later in ("is_restricted", "own_status", "goal_confirmed_at"):
            if not value[later]:
                del value[later]
    return value


def schedule_value(schedule: Schedule) -> dict[str, JsonValue]:
    """All that people change of when a project is asked."""
    return {
        "cadence": schedule.cadence,
        "skipped_at": schedule.skipped_at.isoformat() if schedule.skipped_at else None,
        "paused_until": schedule.paused_until.isoformat() if schedule.paused_until else None,
        "agreed_by": schedule.agreed_by,
    }


def schedule_columns(name: str, value: JsonValue) -> dict[str, Any]:
    """The columns that one of `schedule_value` is kept in."""
    if name == "cadence":
        return cadence_columns(None if value is None else str(value))
    if value is None:
        return {name: None}
    if name == "skipped_at":
        return {name: datetime.fromisoformat(str(value))}
    return {name: date.fromisoformat(str(value)) if name == "paused_until" else str(value)}


def cadence_columns(cadence: str | None) -> dict[str, Any]:
    """And about how many days lie between two prompts, which an outcome's freshness is made of."""
    return {
        "cadence": cadence,
        "every_days": every_days(None if cadence is None else stored_cadence(cadence)),
    }


def current_value(  # noqa: PLR0911 - a case an item
    tx: Tx, project: Project, item: ChangedItem, item_id: int | None, name: str
) -> JsonValue:
    """A value as it is now; None for what is not there."""
    where = tx, project.workspace_id, project.id
    whole = tx, project.workspace_id, EVERYTHING, project.id
    if item is ChangedItem.SCHEDULE:
        return schedule_value(find_schedule(*where))[name]
    match item:
        case ChangedItem.OUTCOME:
            return _of_outcome(outcomes.list_outcomes(*where), item_id, name)
        case ChangedItem.LINK:
            links = project_parts.get_parts(*whole).links
            return _part(next((link_value(each) for each in links if each.id == item_id), None), name)
        case ChangedItem.MEMBER:
            members = project_parts.get_parts(*whole).members
            return _part(next((member_value(each) for each in members if each.id == item_id), None), name)
        case ChangedItem.CHILD:
            raise ValueError("a sub-project is a value of its own history")
        case ChangedItem.ALIAS:
            return aliases.find_alias(*where, item_id or 0)
        case ChangedItem.PROJECT if name == WHOLE:
            return project_value(
                project,
                outcomes.list_outcomes(*where),
                project_parts.get_parts(*whole),
            )
        case ChangedItem.PROJECT:
            return project_value(project).get(name)


def _part(value: dict[str, JsonValue] | None, name: str) -> JsonValue:
    return value if name == WHOLE or value is None else value.get(name)


def _of_outcome(record: tuple[Outcome, ...], outcome_id: int | None, name: str) -> JsonValue:
    found = next((each for each in record if each.id == outcome_id), None)
    if found is None:
        return None
    value = outcome_value(found)
    return value if name == WHOLE else value.get(name)

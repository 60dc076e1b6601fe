"""What an act has decided, written to the record: a case for each thing that can be changed."""

from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from bot.services.next_times import keep_next_time, keep_place
from bot.services.ordering import ids_in, number_of, put_at
from bot.services.prompting import follow_project
from bot.services.rights import require_in_sight
from bot.services.values import outcome_columns, project_columns, schedule_columns
from storage import (
    aliases,
    links,
    members,
    outcomes,
    projects,
    reminder_words,
    schedules,
    status_updates,
)
from storage.history_records import ORDER, SAID, WHOLE, ChangedItem

if TYPE_CHECKING:
    from bot.services.changing import Act

_SEEN_BY = {"channel_id", "parent_id"}
"""Columns that decide who sees a project."""
_ASKED_IN = {"channel_id", "owner_id"}
"""Columns that decide where a project is asked."""


def write(
    act: "Act", item: ChangedItem, item_id: int | None, name: str, *, before: JsonValue, after: JsonValue
) -> None:
    """Put a value of the record in place of another; `after` is None for what is removed."""
    id_ = item_id or 0
    match item:
        case ChangedItem.PROJECT:
            _write_project(act, name, after)
        case ChangedItem.SCHEDULE:
            schedules.change_schedule(*act.where, act.project.id, **schedule_columns(name, after))
            keep_next_time(*act.where, act.project.id, act.now)
        case ChangedItem.OUTCOME:
            _write_outcome(act, id_, name, before, after)
        case ChangedItem.LINK:
            links.change_link(*act.where, id_, **_part_columns(act, name, after))
        case ChangedItem.MEMBER:
            members.change_member(*act.where, id_, **_part_columns(act, name, after))
        case ChangedItem.ALIAS if after is None:
            aliases.take_off_alias(*act.where, id_, act.now)
        case ChangedItem.CHILD:
            raise ValueError("a sub-project comes and goes by its own parent_id")
        case ChangedItem.ALIAS:
            act.require_reach(item)
            aliases.add_alias(*act.where, act.project.id, str(after))


def _part_columns(act: "Act", name: str, after: JsonValue) -> dict[str, Any]:
    """Of a link or a member: one value, or whether it is on the record at all."""
    return {"removed_at": act.now if after is None else None} if name == WHOLE else {name: after}


def _write_project(act: "Act", name: str, after: JsonValue) -> None:
    act.require_reach(name)
    columns = project_columns(name, after)
    if name == "goal":
        # Whoever writes it down says that it holds.
        columns["goal_confirmed_at"] = act.now
    projects.change_project(*act.where, act.project.id, act.now, **columns)
    act.project = projects.get_project(*act.where, act.project.id)
    if name in _SEEN_BY and after is not None:
        require_in_sight(act.tx, act.asker, act.project)
    if name in _ASKED_IN:
        keep_place(*act.where, act.project.id, act.now)
        follow_project(*act.where, act.project.id, act.now)
    elif name == "state":
        keep_next_time(*act.where, act.project.id, act.now)


def _write_outcome(act: "Act", id_: int, name: str, before: JsonValue, after: JsonValue) -> None:
    if name == SAID:
        _take_back(act, before, after)
    elif name == ORDER:
        outcomes.order_outcomes(*act.where, ids_in(after))
    elif name == WHOLE:
        removed_at = act.now if after is None else None
        outcomes.change_outcome(*act.where, id_, act.now, removed_at=removed_at)
        if (number := number_of(after)) is not None:
            ids = [outcome.id for outcome in act.outcomes]
            outcomes.order_outcomes(*act.where, put_at(ids, id_, number))
    else:
        outcomes.change_outcome(*act.where, id_, act.now, **outcome_columns(name, after))
        if name == "owner_id" and after is not None:
            reminder_words.own_again(*act.where, act.project.id, id_)


def _take_back(act: "Act", before: JsonValue, after: JsonValue) -> None:
    """Go from one update to another: the newer of the two is taken back, or said again."""
    old, new = (value["id"] if isinstance(value, dict) else 0 for value in (before, after))
    is_back = int(str(old)) > int(str(new))
    status_updates.take_back_update(
        *act.where, int(str(old if is_back else new)), act.now if is_back else None
    )

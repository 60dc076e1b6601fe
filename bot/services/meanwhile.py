"""What others changed of a record since a form was opened: for whoever wrote the same field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from bot.services.changing import Act
from storage import history, projects
from storage.history_records import SAID, ChangedItem


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Who changed a field last, and from what to what; `person_id` is None when a page did.

    `is_known` is False where no entry of the history tells of it.
    """

    name: str
    before: JsonValue = None
    after: JsonValue = None
    person_id: str | None = None
    is_known: bool = False


def changed_meanwhile(
    act: Act, item: ChangedItem, item_id: int | None, names: Sequence[str], since: int
) -> tuple[Meanwhile, ...]:
    """Of each of these fields what became of it after the entry `since` of the history."""
    changes = history.list_changes_since(act.tx, act.asker.workspace_id, act.project.id, since)
    found = {}
    for name in names:
        column = SAID if name in {"status", "value"} else name
        of_field = [
            each for each in changes if (each.item, each.item_id, each.field) == (item, item_id, column)
        ]
        found[column] = Meanwhile(column)
        if of_field:
            found[column] = Meanwhile(
                column, of_field[0].before, of_field[-1].after, of_field[-1].person_id, is_known=True
            )
    return tuple(_named(act, each) for each in found.values())


def _named(act: Act, change: Meanwhile) -> Meanwhile:
    """A parent by its name, where the history has its id."""
    if change.name != "parent_id":
        return change
    before, after = (_name(act, value) for value in (change.before, change.after))
    return replace(change, before=before, after=after)


def _name(act: Act, value: JsonValue) -> JsonValue:
    if not isinstance(value, int):
        return None
    named = projects.list_project_names(act.tx, act.asker.workspace_id, act.asker.own_sight, [value])
    return named[0].name if named else None

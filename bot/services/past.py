"""A record as it was: what it says now, with every change since taken back again, the newest first.

A database from before a kind of change was kept has what it has: what no entry tells of is as it is now.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import JsonValue

from bot.errors import NotYetError
from bot.services.asking import Asker
from bot.services.ordering import ids_in, number_of, put_at
from bot.services.reading import ProjectRecord, read_record
from bot.services.values import THRESHOLDS, link_value, member_value, project_value
from storage import past
from storage.database import Tx
from storage.history_records import ORDER, SAID, WHOLE, Change, ChangedItem
from storage.past import PastOutcome
from storage.projects import sort_name
from storage.records import (
    Link,
    Member,
    Outcome,
    Project,
    ProjectName,
    ProjectParts,
    ProjectState,
    StatusUpdate,
)

_Values = dict[str, JsonValue]


def read_record_at(tx: Tx, asker: Asker, project: Project, at: datetime) -> ProjectRecord:
    """Without the next check-in and when the goal was confirmed, which show nothing of the past.

    Raises NotYetError.
    """
    if at < project.created_at:
        raise NotYetError(project.slug, project.created_at)
    where = tx, project.workspace_id, project.id
    rewound = _Rewound.begin(tx, read_record(tx, asker, project))
    for change in past.list_changes_since(*where, at):
        rewound.take_back(change)
    was = _with_columns(project, rewound.columns)
    newest = _newest(tx, was, rewound, at)
    parent, children = _relatives(tx, asker, was, rewound.left, at)
    return ProjectRecord(
        was,
        tuple(
            _outcome(project.id, number, rewound.items[ChangedItem.OUTCOME][id_], newest.get(id_, ()))
            for number, id_ in enumerate(rewound.outcomes_at(at), 1)
        ),
        ProjectParts(
            parent=parent,
            children=children,
            aliases=tuple(alias for _, alias in sorted(rewound.aliases.items())),
            links=tuple(Link.model_validate(value) for value in rewound.listed(ChangedItem.LINK)),
            members=tuple(Member.model_validate(value) for value in rewound.listed(ChangedItem.MEMBER)),
        ),
    )


@dataclass
class _Rewound:
    """The record on its way back. `items`: by kind and id, also those that are off it; `order`: those on it.

    `said` and `unsaid` are the updates of which the changes tell; `left` the sub-projects that went since.
    """

    columns: _Values
    items: dict[ChangedItem, dict[int, dict[str, Any]]]
    order: dict[ChangedItem, list[int]]
    aliases: dict[int, str]
    said: set[int] = field(default_factory=set)
    unsaid: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)

    @classmethod
    def begin(cls, tx: Tx, now: ProjectRecord) -> "_Rewound":
        where = tx, now.project.workspace_id, now.project.id
        return cls(
            columns=project_value(now.project),
            items={
                ChangedItem.OUTCOME: {each.id: _values(each) for each in past.list_all_outcomes(*where)},
                ChangedItem.LINK: {each.id: dict(link_value(each)) for each in now.parts.links},
                ChangedItem.MEMBER: {each.id: dict(member_value(each)) for each in now.parts.members},
            },
            order={
                ChangedItem.OUTCOME: [each.id for each in now.outcomes],
                ChangedItem.LINK: [each.id for each in now.parts.links],
                ChangedItem.MEMBER: [each.id for each in now.parts.members],
            },
            aliases=past.list_aliases(*where),
        )

    def take_back(self, change: Change) -> None:
        id_ = change.item_id or 0
        if change.item is ChangedItem.PROJECT:
            if change.field != WHOLE:
                self.columns[change.field] = change.before
        elif change.item is ChangedItem.SCHEDULE:
            # When it is asked is no part of the record.
            return
        elif change.item is ChangedItem.CHILD:
            self.left |= {id_} if change.after is None else set()
        elif change.item is ChangedItem.ALIAS:
            self.aliases.pop(id_, None)
            self.aliases |= {} if change.before is None else {id_: str(change.before)}
        elif change.field == SAID:
            self._take_back_said(change)
        elif change.field == ORDER:
            before, now = ids_in(change.before), self.order[change.item]
            self.order[change.item] = [id_ for id_ in before if id_ in now] + [
                id_ for id_ in now if id_ not in before
            ]
        elif change.field == WHOLE:
            self._take_back_whole(change.item, id_, change.before)
        elif id_ in self.items[change.item]:
            self.items[change.item][id_][change.field] = change.before

    def _take_back_said(self, change: Change) -> None:
        """Of the two updates, the newer one came, or was taken back, by the change."""
        old, new = (value["id"] if isinstance(value, dict) else 0 for value in (change.before, change.after))
        newer = max(int(str(old)), int(str(new)))
        was_said = newer == old
        (self.said if was_said else self.unsaid).add(newer)
        (self.unsaid if was_said else self.said).discard(newer)

    def _take_back_whole(self, item: ChangedItem, id_: int, before: JsonValue) -> None:
        ids = [each for each in self.order[item] if each != id_]
        if isinstance(before, dict):
            # What it was is in its row, or was taken back on the way here; an import deletes rows.
            self.items[item].setdefault(id_, dict(before))
            ids = put_at(ids, id_, number_of(before) or len(ids) + 1)
        self.order[item] = ids

    def outcomes_at(self, at: datetime) -> list[int]:
        """Of one that came without an entry, its row says when."""
        known = self.items[ChangedItem.OUTCOME]
        return [id_ for id_ in self.order[ChangedItem.OUTCOME] if known[id_]["created_at"] <= at]

    def listed(self, item: ChangedItem) -> list[dict[str, Any]]:
        known = self.items[item]
        return [
            {"id": id_, **{key: value for key, value in known[id_].items() if key != "number"}}
            for id_ in self.order[item]
        ]


def _values(outcome: PastOutcome) -> dict[str, Any]:
    values = outcome._asdict()
    start, target, unit = (values.pop(f"metric_{name}") for name in ("start", "target", "unit"))
    values["metric"] = None if target is None else [start or 0.0, target, unit or ""]
    return values


def _outcome(
    project_id: int, number: int, values: Mapping[str, Any], said: Sequence[StatusUpdate]
) -> Outcome:
    """`said` is what was said of it by then, oldest first."""
    metric = values["metric"]
    return Outcome(
        id=values["id"],
        project_id=project_id,
        number=number,
        level=values["level"],
        text=values["text"],
        owner_id=values["owner_id"],
        due_on=values["due_on"],
        metric=None if metric is None else dict(zip(("start", "target", "unit"), metric, strict=True)),
        newest=said[-1] if said else None,
        vouched_at=next((each.said_at for each in reversed(said) if each.source.vouches), None),
        due_days=values["due_days"],
        stale_days=values["stale_days"],
    )


def _newest(tx: Tx, project: Project, rewound: _Rewound, at: datetime) -> dict[int, list[StatusUpdate]]:
    """What was said by then and not taken back by then, by outcome."""
    found: dict[int, list[StatusUpdate]] = defaultdict(list)
    for update, is_taken_back in past.list_updates_until(tx, project.workspace_id, project.id, at):
        is_said = (not is_taken_back or update.id in rewound.said) and update.id not in rewound.unsaid
        if is_said:
            found[update.outcome_id].append(update)
    return found


def _relatives(
    tx: Tx, asker: Asker, project: Project, left: set[int], at: datetime
) -> tuple[ProjectName | None, tuple[ProjectName, ...]]:
    """The parent and the sub-projects of then, by their names of then."""
    others = left | ({project.parent_id} if project.parent_id is not None else set())
    found = past.list_relatives(tx, project.workspace_id, asker.sight, project.id, others)
    columns = {each.id: project_value(each) for each in found}
    for change in past.list_column_changes_since(tx, project.workspace_id, list(columns), at):
        if change.field != WHOLE:
            columns[change.project_id][change.field] = change.before
    were = [_with_columns(each, columns[each.id]) for each in found if each.created_at <= at]
    children = [
        each for each in were if each.parent_id == project.id and each.state is not ProjectState.ARCHIVED
    ]
    children.sort(key=lambda each: (sort_name(each.name), each.id))
    parent = next((each for each in were if each.id == project.parent_id), None)
    return parent.named if parent else None, tuple(each.named for each in children)


def _with_columns(project: Project, columns: Mapping[str, JsonValue]) -> Project:
    # After how many days something was stale then, nobody asks.
    were = {name: value for name, value in columns.items() if name != THRESHOLDS}
    return Project.model_validate({**project.model_dump(), **were, "goal_confirmed_at": None})

"""What an import changed, as entries of the history: one act of the page's, by whoever edited it."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import JsonValue

from bot.services.import_target import Author
from bot.services.ordering import NUMBER, as_value
from bot.services.reading import ProjectRecord, read_whole_record
from bot.services.values import link_value, member_value, outcome_value, project_value
from storage import history, past, projects
from storage.database import Tx
from storage.history_records import ORDER, WHOLE, ChangedItem
from storage.records import Link, Member, Outcome, Project, UpdateSource
from storage.revisions import is_touched

_Values = Mapping[int, dict[str, JsonValue]]
"""Items in their order, by id."""


@dataclass
class ImportHistory:
    """Told of every project before the import changes it; at the end it writes down what is different."""

    tx: Tx
    workspace_id: str
    now: datetime
    author: Author | None = None
    act_id: str = field(default_factory=lambda: secrets.token_hex(8))
    _before: dict[int, tuple[ProjectRecord, dict[int, str]] | None] = field(default_factory=dict)

    def remember(self, project: Project) -> None:
        """As it is before the first change; again is no matter."""
        if project.id not in self._before:
            aliases = past.list_aliases(self.tx, self.workspace_id, project.id)
            self._before[project.id] = read_whole_record(self.tx, project), aliases

    def remember_new(self, project_id: int) -> None:
        """It was made by this import."""
        self._before[project_id] = None

    def write(self) -> None:
        for project_id, before in self._before.items():
            if is_touched(self.tx, project_id):
                project = projects.get_project(self.tx, self.workspace_id, project_id)
                _Entries(self, project_id).write(before, read_whole_record(self.tx, project))


@dataclass(frozen=True, slots=True)
class _Entries:
    """Of one project, in an order in which they can be taken back, the last first."""

    of: ImportHistory
    project_id: int

    def write(self, known: tuple[ProjectRecord, dict[int, str]] | None, after: ProjectRecord) -> None:
        self._tell_parents(known[0].project if known else None, after.project)
        if known is None:
            groups = (after.outcomes, after.parts.children, after.parts.links, after.parts.members)
            value = project_value(after.project) | {"parts": sum(len(group) for group in groups)}
            self._entry(ChangedItem.PROJECT, None, WHOLE, None, value)
            return
        before, aliases = known
        self._fields(ChangedItem.PROJECT, None, project_value(before.project), project_value(after.project))
        self._aliases(aliases)
        for item, valued, was, now in (
            (ChangedItem.OUTCOME, _outcome_values, before.outcomes, after.outcomes),
            (ChangedItem.LINK, _link_values, before.parts.links, after.parts.links),
            (ChangedItem.MEMBER, _member_values, before.parts.members, after.parts.members),
        ):
            value_of: Callable[[Any], _Values] = valued
            self._items(item, value_of(was), value_of(now))

    def _items(self, item: ChangedItem, was: _Values, now: _Values) -> None:
        ids = list(was)
        for id_ in was:
            if id_ not in now:
                self._entry(item, id_, WHOLE, {**was[id_], NUMBER: ids.index(id_) + 1}, None)
                ids.remove(id_)
        for id_, value in now.items():
            if id_ not in was:
                self._entry(item, id_, WHOLE, None, value)
                ids.append(id_)
            else:
                self._fields(item, id_, was[id_], value)
        if ids != list(now):
            self._entry(item, None, ORDER, as_value(ids), as_value(list(now)))

    def _fields(
        self,
        item: ChangedItem,
        id_: int | None,
        was: Mapping[str, JsonValue],
        now: Mapping[str, JsonValue],
    ) -> None:
        for name, value in now.items():
            if value != was[name]:
                self._entry(item, id_, name, was[name], value)

    def _aliases(self, was: Mapping[int, str]) -> None:
        now = past.list_aliases(self.of.tx, self.of.workspace_id, self.project_id)
        for id_, alias in was.items():
            if now.get(id_) != alias:
                self._entry(ChangedItem.ALIAS, id_, WHOLE, alias, None)
        for id_, alias in now.items():
            if was.get(id_) != alias:
                self._entry(ChangedItem.ALIAS, id_, WHOLE, None, alias)

    def _tell_parents(self, was: Project | None, now: Project) -> None:
        """As an act of a person's does: see `Act`."""
        before = was.parent_id if was else None
        child: JsonValue = {"slug": now.slug, "name": now.name}
        if before == now.parent_id:
            return
        for parent_id, gone, come in ((before, child, None), (now.parent_id, None, child)):
            if parent_id is not None:
                self._entry(ChangedItem.CHILD, now.id, WHOLE, gone, come, of=parent_id)

    def _entry(
        self,
        item: ChangedItem,
        id_: int | None,
        name: str,
        before: JsonValue,
        after: JsonValue,
        *,
        of: int | None = None,
    ) -> None:
        author, person_id = self.of.author or (None, None)
        by = history.By(person_id, UpdateSource.PAGE, self.of.act_id, None, self.of.now, author)
        where = (self.of.tx, self.of.workspace_id, of or self.project_id)
        history.record_change(*where, by, item=item, item_id=id_, field=name, before=before, after=after)


def _outcome_values(record: Sequence[Outcome]) -> _Values:
    return {each.id: {**outcome_value(each), "level": each.level} for each in record}


def _link_values(record: Sequence[Link]) -> _Values:
    return {each.id: link_value(each) for each in record}


def _member_values(record: Sequence[Member]) -> _Values:
    return {each.id: member_value(each) for each in record}

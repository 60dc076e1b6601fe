"""Writing: every change of a record goes through an act, which keeps its history in the same transaction."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import JsonValue

from bot.errors import GoneProjectError
from bot.services import rounds
from bot.services.asking import Asker
from bot.services.ordering import NUMBER
from bot.services.rights import require_may_change
from bot.services.values import (
    OVERTAKEN,
    outcome_columns,
    outcome_value,
    project_value,
    said_value,
    schedule_value,
)
from bot.services.writing import write
from storage import (
    aliases,
    history,
    links,
    members,
    outcomes,
    project_parts,
    projects,
    schedules,
    status_updates,
)
from storage.database import Tx
from storage.errors import NotFoundError
from storage.history_records import SAID, WHOLE, ChangedItem
from storage.indexing import reindex
from storage.records import Outcome, OutcomeStatus, Project, UpdateSource
from storage.revisions import SHOWN_ELSEWHERE
from storage.sight import EVERYTHING
from storage.workspaces import lock_workspace

_FOUND_BY = {"text", "goal", "summary", "name", "slug", WHOLE}
"""Fields with words that a project is found by."""
REACHING = frozenset({*SHOWN_ELSEWHERE, ChangedItem.ALIAS.value})
"""What is changed only by an act that reaches others: columns of a project, and aliases."""


@dataclass
class Act:
    """What one person does to one project at once. Until its commit, nobody else writes to the project."""

    tx: Tx
    asker: Asker
    project: Project
    source: UpdateSource
    now: datetime
    undoes: str | None = None
    reaches_others: bool = False
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    is_empty: bool = True
    _is_index_due: bool | None = None

    @classmethod
    def begin(
        cls,
        tx: Tx,
        asker: Asker,
        project_id: int,
        source: UpdateSource,
        now: datetime,
        *,
        undoes: str | None = None,
        reaches_others: bool = False,
    ) -> "Act":
        """The project is read anew, and kept from other writers: the one gate, where rights are asked for.

        Raises NotAllowedError, OnlyMembersError; GoneProjectError for one that is not there, or not seen.

        `reaches_others`: it may give a name, or change what the records of other projects show. These acts go
        one after the other, and after an import: whoever locks a project first and then wants another, or
        the workspace, could wait for somebody who waits for the project.
        """
        if reaches_others:
            lock_workspace(tx, asker.workspace_id)
        try:
            locked = projects.lock_project(tx, asker.workspace_id, project_id)
        except NotFoundError as error:
            raise GoneProjectError from error
        require_may_change(tx, asker, locked, is_reply=source is UpdateSource.REPLY)
        return cls(tx, asker, locked, source, now, undoes, reaches_others)

    @contextmanager
    def indexed_once(self) -> Iterator[None]:
        """For many changes: what the project is found by is made anew after the last of them.

        It was made anew with each: 80 names less at once took longer than Slack waits.
        """
        self._is_index_due = False
        yield
        is_due, self._is_index_due = self._is_index_due, None
        if is_due:
            self._index()

    def _index(self) -> None:
        if self._is_index_due is None:
            reindex(*self.where, self.project.id)
        else:
            self._is_index_due = True

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return outcomes.list_outcomes(*self.where, self.project.id)

    @property
    def where(self) -> tuple[Tx, str]:
        return self.tx, self.asker.workspace_id

    def change_project(self, column: str, value: JsonValue) -> None:
        """Set one column, or the thresholds."""
        self.set(ChangedItem.PROJECT, None, column, project_value(self.project).get(column), value)

    def change_schedule(self, column: str, value: str | None) -> None:
        """Set one of what people change of when it is asked; dates and instants as ISO writes them."""
        before = schedule_value(schedules.find_schedule(*self.where, self.project.id))[column]
        self.set(ChangedItem.SCHEDULE, None, column, before, value)

    def change_outcome(self, outcome: Outcome, column: str, value: JsonValue) -> None:
        """Set one column, the metric, or the thresholds."""
        before = outcome_value(outcome).get(column)
        self.set(ChangedItem.OUTCOME, outcome.id, column, before, value)

    def say(
        self,
        outcome: Outcome,
        status: OutcomeStatus | None,
        note: str,
        value: float | None,
        permalink: str | None = None,
        *,
        at: datetime | None = None,
        source: UpdateSource | None = None,
    ) -> None:
        """A status update. `permalink`: of the message that it was read in. `source`: if not the act's.

        `at`: when that was said, if something else was said since, which stands.
        """
        update_id = status_updates.record_status_update(
            *self.where,
            outcome,
            status=status,
            note=note,
            value=value,
            permalink=permalink,
            said_by=self.asker.person_id,
            # Who writes later says the later word, also when the clocks of two processes differ.
            said_at=at or (max(self.now, outcome.newest.said_at) if outcome.newest else self.now),
            source=source or self.source,
        )
        after = {"id": update_id, "status": status and status.value, "note": note, "value": value}
        before = said_value(outcome.newest) if at is None else None
        more = {} if at is None else {OVERTAKEN: True}
        self._record(ChangedItem.OUTCOME, outcome.id, SAID, before, {**after, **more})
        rounds.record_heard(*self.where, self.project.id, self.asker.person_id, self.now)

    def add_outcome(self, text: str, **values: JsonValue) -> int:
        """Behind the others; its id. `values`: what else is known of it from the beginning."""
        outcome_id = outcomes.add_outcome(*self.where, self.project.id, text=text, now=self.now)
        columns: dict[str, Any] = {}
        for name, value in values.items():
            columns |= outcome_columns(name, value)
        if columns:
            outcomes.change_outcome(*self.where, outcome_id, self.now, **columns)
        added = next(outcome for outcome in self.outcomes if outcome.id == outcome_id)
        self._added(ChangedItem.OUTCOME, outcome_id, outcome_value(added))
        return outcome_id

    def add_link(self, label: str, url: str) -> None:
        link_id = links.add_link(*self.where, self.project.id, label=label, url=url)
        self._added(ChangedItem.LINK, link_id, {"label": label, "url": url, "lead": ""})

    def add_member(self, user_id: str) -> None:
        member_id = members.add_member(*self.where, self.project.id, user_id=user_id)
        self._added(ChangedItem.MEMBER, member_id, {"name": "", "user_id": user_id, "role": "member"})

    def add_alias(self, alias: str) -> None:
        """Nobody else may be called so: see `naming.require_free`."""
        self.require_reach(ChangedItem.ALIAS)
        alias_id = aliases.add_alias(*self.where, self.project.id, alias)
        self._added(ChangedItem.ALIAS, alias_id, alias)

    def added_project(self) -> None:
        """The project itself was made in this act."""
        parts = project_parts.get_parts(*self.where, EVERYTHING, self.project.id)
        self._added(ChangedItem.PROJECT, None, project_value(self.project, self.outcomes, parts))

    def set(
        self, item: ChangedItem, item_id: int | None, name: str, before: JsonValue, after: JsonValue
    ) -> None:
        """Write a value, and its entry; nothing when it is as it was. `after` is None for what is removed."""
        if before == after:
            return
        if name == WHOLE and after is None:
            before = self._with_number(item, item_id, before)
        write(self, item, item_id, name, before=before, after=after)
        self._record(item, item_id, name, before, after)
        if name == "parent_id":
            self._tell_parents(before, after)
        if name in _FOUND_BY:
            self._index()

    def require_reach(self, what: str) -> None:
        if what in REACHING and not self.reaches_others:
            raise ValueError(f"an act that changes the {what} has to begin with reaches_others")

    def _with_number(self, item: ChangedItem, item_id: int | None, value: JsonValue) -> JsonValue:
        """An item that goes off the record, with its place there."""
        if not isinstance(value, dict) or item is ChangedItem.PROJECT:
            return value
        parts = project_parts.get_parts(*self.where, EVERYTHING, self.project.id)
        ids = {
            ChangedItem.OUTCOME: [each.id for each in self.outcomes],
            ChangedItem.LINK: [each.id for each in parts.links],
            ChangedItem.MEMBER: [each.id for each in parts.members],
        }[item]
        return {**value, NUMBER: ids.index(item_id or 0) + 1}

    def _tell_parents(self, before: JsonValue, after: JsonValue) -> None:
        """A parent's record shows its sub-projects, so its history says when they came and went."""
        child: JsonValue = {"slug": self.project.slug, "name": self.project.name}
        for parent_id, was, now in ((before, child, None), (after, None, child)):
            if parent_id is not None:
                self._record(ChangedItem.CHILD, self.project.id, WHOLE, was, now, of=int(str(parent_id)))

    def _added(self, item: ChangedItem, item_id: int | None, value: JsonValue) -> None:
        self._record(item, item_id, WHOLE, None, value)
        self._index()

    def _record(
        self,
        item: ChangedItem,
        item_id: int | None,
        name: str,
        before: JsonValue,
        after: JsonValue,
        *,
        of: int | None = None,
    ) -> None:
        by = history.By(self.asker.person_id, self.source, self.id, self.undoes, self.now)
        where = (*self.where, of or self.project.id)
        history.record_change(*where, by, item=item, item_id=item_id, field=name, before=before, after=after)
        if self.is_empty:
            # What is drawn of it is drawn when it is sent: once for an act is enough.
            rounds.renew_open(*self.where, self.project.id, self.now)
        self.is_empty = False

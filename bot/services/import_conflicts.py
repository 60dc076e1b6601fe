"""The conflicts of a page through one import: found, still there, or settled by themselves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.services.import_report import Asked
from bot.services.import_target import STATUS, Author, Difference, Target, Where
from bot.services.page_questions import ask, renew
from storage import page_conflicts, projects
from storage.database import Tx
from storage.page_conflicts import ConflictState, PageConflict

_NUMBERED = {"outcome", "link", "member", STATUS}


class PageConflicts:
    """Those that were open before the import of a page, and those that it finds."""

    def __init__(
        self, tx: Tx, workspace_id: str, page_id: int | None, now: datetime, author: Author | None
    ) -> None:
        """`page_id`: None for a page that is new."""
        self._where = tx, workspace_id
        self._now = now
        self._author = author
        known = () if page_id is None else page_conflicts.list_open_conflicts(tx, workspace_id, page_id)
        self._open: dict[int, dict[Where, PageConflict]] = {}
        for each in known:
            self._open.setdefault(each.project_id, {})[each.place] = each
        self._found: dict[int, Sequence[Difference]] = {}

    def open_of(self, project_id: int) -> Mapping[Where, PageConflict]:
        return self._open.get(project_id, {})

    def found(self, target: Target) -> None:
        """What the import has found of one project."""
        self._found[target.project_id] = target.differences

    def write(self, page_id: int, withdrawn: Collection[int] = ()) -> tuple[Asked, ...]:
        """Written down, and asked about; all that are open then. When all else of the import is written.

        `withdrawn`: projects that are not on the page any more, but by nobody's edit: all stays as it is.
        """
        open_ = self._open.keys() - set(withdrawn)
        for project_id in sorted(open_ | {id_ for id_, found in self._found.items() if found}):
            self._write_of(page_id, project_id)
        found = page_conflicts.list_open_conflicts(*self._where, page_id)
        of = {
            id_: projects.get_project(*self._where, id_).slug for id_ in {each.project_id for each in found}
        }
        return tuple(Asked(of[each.project_id], each) for each in found)

    def _write_of(self, page_id: int, project_id: int) -> None:
        known = dict(self.open_of(project_id))
        revision = projects.get_project(*self._where, project_id).revision
        for found in self._found.get(project_id, ()):
            if found.where[0] in _NUMBERED and found.where[1] is None:
                # Nobody could say of which one they are asked.
                continue
            open_ = known.pop(found.where, None)
            if open_ is None:
                self._add(page_id, project_id, found, revision)
            else:
                self._go_on(open_, found, revision)
        for settled in known.values():
            where = (*self._where, settled.id)
            page_conflicts.answer_conflict(*where, ConflictState.SETTLED, by=None, now=self._now)
            renew(*self._where, settled, self._now)

    def _add(self, page_id: int, project_id: int, found: Difference, revision: int) -> None:
        item, item_id = found.where
        values: dict[str, Any] = {"item": item, "item_id": item_id, "base": found.base, "revision": revision}
        values |= {"on_page": found.on_page, "in_record": found.in_record, "found_at": self._now}
        tx, workspace_id = self._where
        id_ = page_conflicts.add_conflict(tx, workspace_id, page_id, project_id, **values, **self._by())
        ask(tx, workspace_id, id_, self._now)

    def _go_on(self, open_: PageConflict, found: Difference, revision: int) -> None:
        """The same, or another edit of the same place: one question all the same."""
        values: dict[str, Any] = {"revision": revision}
        if found.on_page != open_.on_page:
            values |= {"on_page": found.on_page, **self._by()}
        is_other = bool(values.keys() - {"revision"}) or found.in_record != open_.in_record
        if is_other:
            values |= {"in_record": found.in_record, "version": open_.version + 1}
        page_conflicts.change_conflict(*self._where, open_.id, **values)
        if is_other:
            renew(*self._where, open_, self._now)

    def _by(self) -> dict[str, Any]:
        name, person_id = self._author or (None, None)
        return {"author": name, "author_id": person_id}

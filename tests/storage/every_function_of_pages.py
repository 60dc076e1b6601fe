"""The functions of storage that are about pages that are read back: a part of every_function.py."""

from collections.abc import Callable
from typing import Any

from storage import page_conflicts, pages, people
from storage.database import Tx
from storage.page_conflicts import ConflictState
from storage.records import Project
from tests.support.make import NOW, make_person, make_project

Ask = Callable[[Tx, str, Any], Any]
"""With `Theirs` of every_function.py."""


class Conflicts:
    """Something that was changed on a page and in chat. Ids differ between workspaces."""

    def __init__(self, tx: Tx, workspace_id: str, project: Project) -> None:
        self.page_id = pages.save_page(tx, workspace_id, f"edited in {workspace_id}", "# Work\n", NOW)
        values = {"item": "goal", "base": "", "on_page": f"of {workspace_id}", "in_record": "x"}
        self.id = page_conflicts.add_conflict(
            tx, workspace_id, self.page_id, project.id, **values, revision=0, found_at=NOW
        )
        make_project(tx, workspace_id, slug=f"hidden-{workspace_id.lower()}", channel_id="C0SECRET")
        self.named = make_person(tx, f"U0NAMED{workspace_id}", workspace_id, name="Noor Haddad").id


READS: dict[str, Ask] = {
    "page_conflicts.find_conflict": lambda tx, w, t: page_conflicts.find_conflict(tx, w, t.conflicts.id),
    "page_conflicts.get_conflict": lambda tx, w, t: page_conflicts.get_conflict(tx, w, t.conflicts.id),
    "page_conflicts.list_held": lambda tx, w, t: (
        page_conflicts.list_held(tx, w, t.conflicts.page_id) and f"id={t.project.id} "
    ),
    "page_conflicts.list_open_conflicts": lambda tx, w, t: page_conflicts.list_open_conflicts(
        tx, w, t.conflicts.page_id
    ),
    "pages.list_private_elsewhere": lambda tx, w, t: [
        f"{name} in {w}" for name in pages.list_private_elsewhere(tx, w, t.conflicts.page_id)
    ],
    "pages.get_page_name": lambda tx, w, t: pages.get_page_name(tx, w, t.conflicts.page_id),
    "people.list_people_named": lambda tx, w, _: people.list_people_named(tx, w, "noor haddad"),
}

WRITES: dict[str, Ask] = {
    "page_conflicts.answer_conflict": lambda tx, w, t: page_conflicts.answer_conflict(
        tx, w, t.conflicts.id, ConflictState.KEPT, by="U0ANA", now=NOW
    ),
    "page_conflicts.change_conflict": lambda tx, w, t: page_conflicts.change_conflict(
        tx, w, t.conflicts.id, version=9
    ),
}

ADDS: dict[str, Ask] = {
    "page_conflicts.add_conflict": lambda tx, w, t: page_conflicts.add_conflict(
        tx, w, t.conflicts.page_id, t.project.id, item="name", revision=0, found_at=NOW
    ),
}

"""The functions of storage that the public page asks: a part of every_function.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from storage import outcomes, public_pages, public_projects, public_told
from storage.database import Tx
from storage.records import Project
from tests.support.make import NOW, make_person

LONG_AGO = NOW - timedelta(days=9)

Ask = Callable[[Tx, str, Any], Any]
"""With `Theirs` of every_function.py."""


class Public:
    """A page that is on, and a measured outcome with a day."""

    def __init__(self, tx: Tx, workspace_id: str, project: Project, outcome_id: int) -> None:
        public_pages.save_public_page(
            tx,
            workspace_id,
            is_on=True,
            address=f"page-of-{workspace_id}",
            seed=workspace_id,
            with_names=True,
            with_notes=True,
            changed_by="U0ANA",
            changed_at=NOW,
        )
        outcomes.change_outcome(
            tx, workspace_id, outcome_id, NOW, due_on=NOW.date(), metric_start=0, metric_target=9
        )
        make_person(tx, "U0NAMED", workspace_id, name=f"of {workspace_id}")
        self.project_ids = [project.id]


READS: dict[str, Ask] = {
    "public_pages.find_public_page": lambda tx, w, _: public_pages.find_public_page(tx, w),
    "public_pages.find_published_of": lambda tx, w, _: public_pages.find_published_of(tx, w),
    "public_pages.read_version": lambda tx, w, _: f"{public_pages.read_version(tx, w)} of {w}",
    "public_projects.find_public": lambda tx, w, _: public_projects.find_public(tx, w, "handbook"),
    "public_projects.list_placed": lambda tx, w, _: [
        f"{each.slug} of {w}" for each in public_projects.list_placed(tx, w)
    ],
    "public_projects.list_public": lambda tx, w, t: public_projects.list_public(tx, w, [t.project.id]),
    "public_projects.list_public_outcomes": lambda tx, w, t: public_projects.list_public_outcomes(
        tx, w, [t.project.id]
    )[t.project.id],
    "public_projects.list_on_record_of": lambda tx, w, t: public_projects.list_on_record_of(
        tx, w, [t.project.id]
    )[t.project.id],
    "public_projects.list_statuses_of": lambda tx, w, t: public_projects.list_statuses_of(
        tx, w, [t.project.id], LONG_AGO
    )[t.project.id],
    "public_projects.list_newest_values": lambda tx, w, t: public_projects.list_newest_values(
        tx, w, [t.project.id]
    ),
    "public_projects.list_values_of": lambda tx, w, t: public_projects.list_values_of(tx, w, t.project.id),
    "public_told.list_links_of": lambda tx, w, t: public_told.list_links_of(tx, w, t.project.id),
    "public_told.list_members_of": lambda tx, w, t: public_told.list_members_of(tx, w, t.project.id),
    "public_told.list_names_of": lambda tx, w, _: public_told.list_names_of(tx, w, ["U0NAMED"]),
    "public_told.list_updates_told": lambda tx, w, t: public_told.list_updates_told(tx, w, 9, t.project.id),
    "public_told.list_due": lambda tx, w, _: [
        f"{each.text} of {w}" for each in public_told.list_due(tx, w, NOW.date(), 9)
    ],
    "public_told.list_public_schedules": lambda tx, w, _: [
        f"{placed.slug} of {w}" for placed, _ in public_told.list_public_schedules(tx, w, 9)
    ],
}

WRITES: dict[str, Ask] = {
    "public_pages.save_public_page": lambda tx, w, _: public_pages.save_public_page(tx, w, is_on=False),
}

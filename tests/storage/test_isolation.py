"""Two workspaces with the same records never see or change each other's, whatever is asked."""

import inspect
import pkgutil
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest

import storage
from storage import (
    aliases,
    finding,
    indexing,
    links,
    members,
    outcomes,
    pages,
    positions,
    project_lists,
    project_parts,
    projects,
    search,
    status_updates,
    tables,
    workspaces,
)
from storage.database import Database, Tx
from storage.errors import NotFoundError
from storage.project_lists import ProjectFilter
from storage.records import Outcome, OutcomeStatus, Project, ProjectState, UpdateSource
from tests.support.dumps import Dump, dump, dump_in
from tests.support.make import NOW, make_project, make_workspace, say

MINE, THEIRS = "T0MINE", "T0THEIRS"


class Theirs:
    """The ids of the other workspace's record: what a wrong button, or an attacker, would send."""

    def __init__(self, tx: Tx, workspace_id: str) -> None:
        make_workspace(tx, workspace_id)
        parent = make_project(tx, workspace_id, slug="parent", name="Parent")
        self.project: Project = make_project(
            tx,
            workspace_id,
            slug="docs",
            name="Docs",
            goal="Findable",
            owner_id="U0ANA",
            channel_id="C0DOCS",
            parent_id=parent.id,
            outcomes=["One", "Two"],
            links=["https://example.org/1", "https://example.org/2"],
            members=["Ana", "Bo"],
            aliases=["handbook"],
        )
        make_project(tx, workspace_id, slug="child", parent_id=self.project.id)
        self.outcome: Outcome = outcomes.list_outcomes(tx, workspace_id, self.project.id)[0]
        self.outcome_ids = [o.id for o in outcomes.list_outcomes(tx, workspace_id, self.project.id)]
        parts = project_parts.get_parts(tx, workspace_id, self.project.id)
        self.link_ids = [link.id for link in parts.links]
        self.member_ids = [member.id for member in parts.members]
        self.page_id = pages.save_page(tx, workspace_id, "page.md", "text", NOW)
        self.place = {"project_id": self.project.id, "item": "name", "item_id": None, "value": "Docs"}
        self.place |= {"start": 0, "end": 1, "line": 1}
        pages.replace_places(tx, workspace_id, self.page_id, [self.place])
        for member_id in self.member_ids:
            members.change_member(tx, workspace_id, member_id, user_id="U0ANA")
        say(tx, self.outcome, OutcomeStatus.ON_TRACK, workspace_id=workspace_id)


Ask = Callable[[Tx, str, Theirs], Any]

ALL = ProjectFilter(states=tuple(ProjectState))

READS: dict[str, Ask] = {
    "finding.list_candidates": lambda tx, w, _: (
        [c.project for c in finding.list_candidates(tx, w, "docs")]
        + [c.project for c in finding.list_candidates(tx, w, "ocs")]
    ),
    "finding.has_more_names": lambda tx, w, t: finding.has_more_names(tx, w, 0) and t.project.slug,
    "finding.list_called": lambda tx, w, _: [c.project for c in finding.list_called(tx, w, "docs")],
    "finding.list_names": lambda tx, w, _: finding.list_names(tx, w, 1000),
    "finding.list_names_like": lambda tx, w, _: finding.list_names_like(tx, w, ["do"], 1000),
    "outcomes.list_outcomes": lambda tx, w, t: outcomes.list_outcomes(tx, w, t.project.id),
    "outcomes.list_outcomes_of": lambda tx, w, t: outcomes.list_outcomes_of(tx, w, [t.project.id])[
        t.project.id
    ],
    "pages.find_page": lambda tx, w, _: pages.find_page(tx, w, "page.md"),
    "pages.list_places": lambda tx, w, t: pages.list_places(tx, w, t.page_id),
    "pages.list_places_of_project": lambda tx, w, t: pages.list_places_of_project(tx, w, t.project.id),
    "pages.find_other_page": lambda tx, w, t: pages.find_other_page(tx, w, t.project.id, "other.md"),
    "project_lists.count_projects": lambda tx, w, _: project_lists.count_projects(tx, w, ALL),
    "project_lists.list_projects": lambda tx, w, _: [
        *project_lists.list_projects(tx, w, ALL, limit=99),
        *project_lists.list_projects(tx, w, ProjectFilter(person_id="U0ANA"), limit=99),
        *project_lists.list_projects(tx, w, ProjectFilter(unvouched_since=NOW), limit=99),
    ],
    "project_parts.get_parts": lambda tx, w, t: [
        part for _, part in project_parts.get_parts(tx, w, t.project.id) if part
    ],
    "projects.find_project": lambda tx, w, t: projects.find_project(tx, w, t.project.id),
    "projects.get_project": lambda tx, w, t: projects.get_project(tx, w, t.project.id),
    "projects.find_project_by_alias": lambda tx, w, _: projects.find_project_by_alias(tx, w, "handbook"),
    "projects.find_project_by_slug": lambda tx, w, _: projects.find_project_by_slug(tx, w, "docs"),
    "projects.find_projects_of_channel": lambda tx, w, _: projects.find_projects_of_channel(tx, w, "C0DOCS"),
    "projects.lock_project": lambda tx, w, t: projects.lock_project(tx, w, t.project.id),
    "projects.list_project_names": lambda tx, w, t: projects.list_project_names(tx, w, [t.project.id]),
    "search.search_projects": lambda tx, w, _: search.search_projects(tx, w, "findable", limit=9).projects,
    "workspaces.lock_workspace": lambda tx, w, _: workspaces.lock_workspace(tx, w),
}

WRITES: dict[str, Ask] = {
    "aliases.remove_alias": lambda tx, w, _: aliases.remove_alias(tx, w, "handbook"),
    "indexing.reindex": lambda tx, w, t: indexing.reindex(tx, w, t.project.id),
    "links.change_link": lambda tx, w, t: links.change_link(tx, w, t.link_ids[0], label="x"),
    "links.order_links": lambda tx, w, t: links.order_links(tx, w, t.link_ids[::-1]),
    "links.remove_link": lambda tx, w, t: links.remove_link(tx, w, t.link_ids[0]),
    "members.change_member": lambda tx, w, t: members.change_member(tx, w, t.member_ids[0], name="x"),
    "members.order_members": lambda tx, w, t: members.order_members(tx, w, t.member_ids[::-1]),
    "members.remove_member": lambda tx, w, t: members.remove_member(tx, w, t.member_ids[0]),
    "outcomes.change_outcome": lambda tx, w, t: outcomes.change_outcome(tx, w, t.outcome.id, NOW, text="x"),
    "outcomes.order_outcomes": lambda tx, w, t: outcomes.order_outcomes(tx, w, t.outcome_ids[::-1]),
    "pages.replace_places": lambda tx, w, t: pages.replace_places(tx, w, t.page_id, []),
    "pages.save_page": lambda tx, w, _: pages.save_page(tx, w, "page.md", "changed", NOW),
    "positions.set_positions": lambda tx, w, t: positions.set_positions(
        tx, tables.outcomes, w, t.outcome_ids[::-1]
    ),
    "projects.change_project": lambda tx, w, t: projects.change_project(tx, w, t.project.id, NOW, goal="x"),
}

ADDS: dict[str, Ask] = {
    "aliases.add_alias": lambda tx, w, t: aliases.add_alias(tx, w, t.project.id, "new"),
    "links.add_link": lambda tx, w, t: links.add_link(
        tx, w, t.project.id, position=0, label="x", url="https://x"
    ),
    "members.add_member": lambda tx, w, t: members.add_member(tx, w, t.project.id, position=0, name="x"),
    "outcomes.add_outcome": lambda tx, w, t: outcomes.add_outcome(
        tx, w, t.project.id, position=0, text="x", now=NOW
    ),
    "projects.add_project": lambda tx, w, _: projects.add_project(tx, w, slug="new", name="New", now=NOW),
    "status_updates.record_status_update": lambda tx, w, t: status_updates.record_status_update(
        tx, w, t.outcome, status=None, said_at=NOW, source=UpdateSource.COMMAND
    ),
}
"""Their project is always one that was read from this workspace before: the row carries its workspace."""


@pytest.fixture
def theirs(database: Database) -> Theirs:
    """Both workspaces, with equal records."""
    with database.write() as tx:
        Theirs(tx, MINE)
        return Theirs(tx, THEIRS)


def functions_of_storage() -> set[str]:
    """Every public function that takes a transaction and a workspace."""
    found = set()
    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        if module.name == "storage.migrations":
            continue
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            is_own = function.__module__ == module.name and not name.startswith("_")
            if is_own and {"tx", "workspace_id"} <= set(inspect.signature(function).parameters):
                found.add(f"{module.name.removeprefix('storage.')}.{name}")
    return found - {"workspaces.find_workspace", "workspaces.ensure_workspace"}


def test_every_function_of_storage_is_asked_here() -> None:
    assert functions_of_storage() == {*READS, *WRITES, *ADDS}


def test_each_workspace_sees_its_own_and_nothing_of_the_other(database: Database, theirs: Theirs) -> None:
    with database.read() as tx:
        for name, ask in READS.items():
            own = ask(tx, THEIRS, theirs)
            assert own, f"{name} finds nothing at all"
            assert str(MINE) not in str(own), name

            seen: Any = None
            with suppress(NotFoundError):
                seen = ask(tx, MINE, theirs)
            # By name it finds its own record, never theirs; by their ids, nothing.
            assert THEIRS not in str(seen), name
            assert f"id={theirs.project.id} " not in str(seen), name


def test_no_write_reaches_the_other_workspace(database: Database, theirs: Theirs) -> None:
    before = _of_theirs(dump(database))

    for name, ask in WRITES.items():
        with database.write(dry_run=True) as tx:
            with suppress(NotFoundError):
                ask(tx, MINE, theirs)
            assert _of_theirs(dump_in(tx)) == before, name


def test_every_write_does_something_in_its_own_workspace(database: Database, theirs: Theirs) -> None:
    with database.write() as tx:
        # Else a rebuilt index would be as it was.
        tx.execute(tables.project_words.delete())
    before = dump(database)

    for name, ask in WRITES.items():
        with database.write(dry_run=True) as tx:
            ask(tx, THEIRS, theirs)
            assert dump_in(tx) != before, name


def test_what_is_added_belongs_to_the_workspace_that_was_named(database: Database, theirs: Theirs) -> None:
    before = dump(database)

    for name, ask in ADDS.items():
        with database.write(dry_run=True) as tx:
            ask(tx, THEIRS, theirs)
            after = dump_in(tx)
        added = [row for table, rows in after.items() for row in rows if row not in before[table]]
        assert {row["workspace_id"] for row in added} == {THEIRS}, name


def _of_theirs(found: Dump) -> Dump:
    return {
        table: [row for row in rows if THEIRS in {row.get("workspace_id"), row.get("id")}]
        for table, rows in found.items()
    }

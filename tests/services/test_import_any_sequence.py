"""Whatever is edited on the page and said in chat, in whatever order: the promises of importing hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.pages import read_page
from bot.services.import_report import ChangeKind, ImportReport
from bot.services.importing import PageImport
from storage import links, members, outcomes, project_parts, projects
from storage.database import Database, Tx
from storage.records import OutcomeStatus, ProjectState, UpdateSource
from tests.services.made_pages import PAGES, MadeProject, edits, written
from tests.support.dumps import dump_in
from tests.support.make import NOW, SEES, make_workspace, say

SLOWLY = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=40,
    deadline=None,
)


@dataclass
class Sequence:
    """A workspace in a transaction that is given up at the end, and what people have said in it."""

    tx: Tx
    days: Iterator[int] = field(default_factory=lambda: count(1))
    said: dict[tuple[str, int, str], Any] = field(default_factory=dict)
    updates: dict[int, int] = field(default_factory=dict)
    spoken_of: set[int] = field(default_factory=set)

    def read(self, page: tuple[MadeProject, ...]) -> ImportReport:
        now = NOW + timedelta(days=next(self.days))
        return PageImport(self.tx, "T0TEST", "page.md", read_page(written(page)), now).run()

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        return dump_in(self.tx, without={"pages.imported_at"})

    def say_something(self, data: st.DataObject) -> None:
        """One thing that a person may do in chat, with words that no page has."""
        kinds = ["project", "outcome", "status", "link", "new link", "member", "new outcome"]
        kind = data.draw(st.sampled_from(kinds))
        words = f"said {next(self.days)}"
        row = data.draw(st.sampled_from(self.rows()["projects"]))
        project = row["id"]
        record = outcomes.list_outcomes(self.tx, "T0TEST", project)
        parts = project_parts.get_parts(self.tx, "T0TEST", SEES, project)
        if kind == "project":
            name = data.draw(st.sampled_from(["name", "summary", "goal"]))
            projects.change_project(self.tx, "T0TEST", project, NOW, **{name: words})
            self.said["projects", project, name] = words
            self.spoken_of |= {project} if row["state"] == ProjectState.ACTIVE else set()
        elif kind == "outcome" and record:
            id_ = data.draw(st.sampled_from(record)).id
            outcomes.change_outcome(self.tx, "T0TEST", id_, NOW, text=words)
            self.said["outcomes", id_, "text"] = words
        elif kind == "status" and record:
            outcome = data.draw(st.sampled_from(record))
            now = timedelta(days=-next(self.days))
            self.updates[outcome.id] = say(
                self.tx, outcome, data.draw(st.sampled_from(OutcomeStatus)), ago=now
            )
        elif kind == "link" and parts.links:
            id_ = data.draw(st.sampled_from(parts.links)).id
            links.change_link(self.tx, "T0TEST", id_, label=words)
            self.said["links", id_, "label"] = words
        elif kind == "new link":
            id_ = links.add_link(self.tx, "T0TEST", project, position=9, label=words, url=f"https://{words}")
            self.said["links", id_, "label"] = words
        elif kind == "member" and parts.members:
            member = data.draw(st.sampled_from(parts.members))
            members.change_member(self.tx, "T0TEST", member.id, user_id=words)
            self.said["members", member.id, "user_id"] = words
            self.said["members", member.id, "name"] = member.name
        elif kind == "new outcome":
            id_ = outcomes.add_outcome(self.tx, "T0TEST", project, position=1, text=words, now=NOW)
            self.said["outcomes", id_, "text"] = words

    def check(self, page: tuple[MadeProject, ...]) -> None:
        """After an import of the page."""
        rows = self.rows()
        by_id = {(table, row["id"]): row for table in rows for row in rows[table] if "id" in row}
        for (table, id_, column), value in self.said.items():
            assert by_id[table, id_][column] == value, f"lost: {value}"
        newest = self._newest_updates()
        for outcome_id, update_id in self.updates.items():
            assert newest[outcome_id] == update_id, "people had the last word"
        assert all(row["name"] or row["user_id"] for row in rows["members"])
        on_page = {project.slug for project in page}
        for row in rows["projects"]:
            if row["slug"] in on_page or row["id"] in self.spoken_of:
                assert row["state"] == ProjectState.ACTIVE

    def _newest_updates(self) -> dict[int, int]:
        return {
            outcome.id: outcome.newest.id
            for row in self.rows()["projects"]
            for outcome in outcomes.list_outcomes(self.tx, "T0TEST", row["id"])
            if outcome.newest
        }


@contextmanager
def sequence(database: Database) -> Iterator[Sequence]:
    with database.write(dry_run=True) as tx:
        make_workspace(tx)
        yield Sequence(tx)


@SLOWLY
@given(data=st.data(), page=PAGES)
def test_nothing_said_in_chat_is_lost_and_reading_again_changes_nothing(
    sqlite_database: Database, data: st.DataObject, page: tuple[MadeProject, ...]
) -> None:
    with sequence(sqlite_database) as sure:
        sure.read(page)
        for _ in range(data.draw(st.integers(1, 6))):
            for _ in range(data.draw(st.integers(0, 3))):
                sure.say_something(data)
            page = data.draw(edits(page))

            sure.read(page)

            sure.check(page)
            before = sure.rows()
            again = sure.read(page)
            assert (again.created, again.updated, again.changes) == (0, 0, [])
            assert sure.rows() == before


@SLOWLY
@given(data=st.data(), page=PAGES)
def test_without_a_word_in_chat_the_record_is_what_the_page_says(
    sqlite_database: Database, data: st.DataObject, page: tuple[MadeProject, ...]
) -> None:
    with sequence(sqlite_database) as sure:
        for _ in range(data.draw(st.integers(1, 5))):
            page = data.draw(edits(page))
            report = sure.read(page)

            assert not [c for c in report.changes if c.kind in {ChangeKind.KEPT, ChangeKind.KEPT_REMOVED}]
            for project in page:
                assert _record(sure.tx, project.slug) == _expected(project)
        slugs = {row["slug"] for row in sure.rows()["projects"] if row["state"] == "active"}
        assert slugs == {project.slug for project in page}


@SLOWLY
@given(data=st.data(), page=PAGES)
def test_an_import_says_that_it_changed_something_if_and_only_if_it_did(
    sqlite_database: Database, data: st.DataObject, page: tuple[MadeProject, ...]
) -> None:
    with sequence(sqlite_database) as sure:
        sure.read(page)
        for _ in range(data.draw(st.integers(1, 4))):
            sure.say_something(data)
            page = data.draw(edits(page))
            before = _records_only(sure)

            report = sure.read(page)

            is_changed = _records_only(sure) != before
            assert is_changed is (report.created + report.updated > 0)


def _records_only(sure: Sequence) -> dict[str, Any]:
    """Without what the page is remembered by, and what is asked about it."""
    rows = sure.rows()
    return {
        table: rows[table]
        for table in rows
        if table not in {"pages", "places", "page_conflicts", "deliveries", "project_keys", "project_words"}
    }


def _record(tx: Tx, slug: str) -> tuple[Any, ...]:
    project = projects.find_project_by_slug(tx, "T0TEST", slug)
    assert project is not None
    parts = project_parts.get_parts(tx, "T0TEST", SEES, project.id)
    record = outcomes.list_outcomes(tx, "T0TEST", project.id)
    assert all(o.newest is None or o.newest.source is UpdateSource.PAGE for o in record)
    return (
        project.name,
        project.goal,
        [(outcome.level, outcome.text) for outcome in record if outcome.is_open],
        [(link.label, link.url) for link in parts.links],
        [member.name for member in parts.members],
    )


def _expected(project: MadeProject) -> tuple[Any, ...]:
    return (
        project.name,
        project.goal,
        list(project.outcomes),
        [("https://always.test", "https://always.test"), *project.links],
        list(project.people),
    )

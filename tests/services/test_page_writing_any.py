"""Pages made from a grammar, whatever changes in the records: what is written is read as the records say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.pages import Page, read_page
from bot.pages.page_style import PageStyle
from bot.pages.writing_links import label_of
from bot.pages.writing_values import canonical, one_line
from bot.services.family import makes_ring
from bot.services.importing import PageImport
from bot.services.page_records import Reader
from bot.services.page_writing import keep_page, write_page
from storage import links, members, outcomes, pages, project_parts, projects
from storage.database import Database, Tx
from storage.indexing import reindex
from storage.records import OutcomeStatus, Project, ProjectState
from tests.pages.generated import Made
from tests.pages.generated import projects as made_projects
from tests.pages.test_generated_pages import as_page
from tests.services.published import PLAIN, WITH_STATUS
from tests.support.dumps import dump_in
from tests.support.make import NOW, SEES, make_project, make_workspace, say

SLOWLY = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=10,
    deadline=None,
    # Making a failing page smaller takes longer than reading it.
    phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
)
PAGES = st.lists(made_projects(), min_size=1, max_size=3)
LINE_ENDS = st.sampled_from(["\n", "\r\n"])
STYLES = st.sampled_from([PLAIN, WITH_STATUS])
# What begins a block, or is more than words, in all places of a line.
_ATOMS = st.sampled_from(
    [
        *[
            "# ",
            "- ",
            "1. ",
            "> ",
            ": ",
            "```",
            ":::{note}",
            "---",
            "===",
            "% ",
            "+++",
            "| a |",
            "(a)=",
            "[ ] ",
        ],
        *["<b>", "<!--", "<https://x.org>", "`<i>`", "`", "*", "**bold**", "[x](https://x.org)", "\\", "$$"],
        *["\n", "\n\n", " ", "words", "m\u00fcde", "TBD", "&lt;", "{a}`b`", "~~~", "[a]: b", "\u2014", "."],
    ]
)
TYPED = st.lists(_ATOMS, min_size=1, max_size=8).map("".join).filter(str.strip)


@dataclass
class Published:
    """A workspace with a page, in a transaction that is given up at the end."""

    tx: Tx
    page_id: int = 0
    days: int = 0

    def read(self, text: str) -> Any:
        self.days += 1
        now = NOW + timedelta(days=self.days)
        report = PageImport(self.tx, "T0TEST", "page.md", read_page(text), now).run()
        found = pages.find_page(self.tx, "T0TEST", "page.md")
        assert found is not None
        self.page_id = found.id
        return report

    def write(self, style: PageStyle = PLAIN) -> str:
        return write_page(self.tx, "T0TEST", self.page_id, style, NOW)

    def publish(self, style: PageStyle = PLAIN) -> str:
        """Write and keep it; then importing it, and writing it again, changes nothing."""
        text = self.write(style)
        keep_page(self.tx, "T0TEST", self.page_id, text, NOW)
        before = self.rows()
        report = self.read(text)
        assert (report.created, report.updated, report.changes) == (0, 0, []), (report.changes, text)
        assert self.rows() == before
        assert self.write(style) == text
        return text

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        return dump_in(self.tx, without={"pages.imported_at"})

    def projects(self) -> list[Project]:
        return [projects.get_project(self.tx, "T0TEST", row["id"]) for row in self.rows()["projects"]]

    def change(self, data: st.DataObject) -> None:
        """One thing that people do in chat."""
        project = data.draw(st.sampled_from(self.projects()))
        kind = data.draw(st.sampled_from([*_FIELDS, *_OF_OUTCOMES, *_OF_PARTS]))
        if kind in _FIELDS:
            words = data.draw(TYPED) if kind == "name" or data.draw(st.booleans()) else ""
            changes: dict[str, Any] = {kind: words}
            projects.change_project(self.tx, "T0TEST", project.id, NOW, **changes)
        elif kind in _OF_OUTCOMES:
            self._change_outcomes(data, kind, project)
        else:
            self._change_parts(data, kind, project)
        for each in self.projects():
            reindex(self.tx, "T0TEST", each.id)

    def _change_outcomes(self, data: st.DataObject, kind: str, project: Project) -> None:
        where = self.tx, "T0TEST"
        record = outcomes.list_outcomes(*where, project.id)
        ids = [outcome.id for outcome in record]
        if kind == "new outcome":
            position = data.draw(st.integers(0, len(record)))
            new = outcomes.add_outcome(*where, project.id, text=data.draw(TYPED), now=NOW)
            outcomes.order_outcomes(*where, [*ids[:position], new, *ids[position:]])
        elif not record:
            return
        elif kind == "order":
            outcomes.order_outcomes(*where, data.draw(st.permutations(ids)))
        elif kind == "outcome":
            outcomes.change_outcome(*where, data.draw(st.sampled_from(ids)), NOW, text=data.draw(TYPED))
        elif kind == "no outcome":
            outcomes.change_outcome(*where, data.draw(st.sampled_from(ids)), NOW, removed_at=NOW)
        else:
            say(self.tx, data.draw(st.sampled_from(record)), data.draw(st.sampled_from(OutcomeStatus)))

    def _change_parts(self, data: st.DataObject, kind: str, project: Project) -> None:
        where = self.tx, "T0TEST"
        parts = project_parts.get_parts(*where, SEES, project.id)
        if kind == "new link":
            links.add_link(*where, project.id, label=data.draw(TYPED), url="https://new.test/(a)?b&amp;c")
        elif kind == "no link" and parts.links:
            links.change_link(*where, data.draw(st.sampled_from(parts.links)).id, removed_at=NOW)
        elif kind == "new member":
            role = data.draw(st.sampled_from(["lead", "member"]))
            members.add_member(*where, project.id, name="Zoe Quist", role=role)
        elif kind == "no member" and parts.members:
            members.change_member(*where, data.draw(st.sampled_from(parts.members)).id, removed_at=NOW)
        elif kind == "state":
            state = ProjectState.ACTIVE if project.state is ProjectState.ARCHIVED else ProjectState.ARCHIVED
            projects.change_project(*where, project.id, NOW, state=state.value)
        elif kind == "new project" and project.state is ProjectState.ACTIVE:
            parent_id = data.draw(st.sampled_from([None, project.id]))
            make_project(self.tx, name=data.draw(TYPED), parent_id=parent_id, outcomes=["One"], goal="Two")
        elif kind == "parent":
            others = [each for each in self.projects() if each.id != project.id]
            parent = data.draw(st.sampled_from([None, *others]))
            if parent is None or not makes_ring(self.tx, "T0TEST", project.id, parent.id):
                projects.change_project(*where, project.id, NOW, parent_id=parent.id if parent else None)


_FIELDS = ("name", "summary", "goal")
_OF_OUTCOMES = ("outcome", "new outcome", "order", "no outcome", "status")
_OF_PARTS = ("new link", "no link", "new member", "no member", "new project", "state", "parent")


@contextmanager
def published(database: Database, text: str) -> Iterator[Published]:
    with database.write(dry_run=True) as tx:
        make_workspace(tx)
        found = Published(tx)
        found.read(text)
        yield found


@SLOWLY
@given(made=PAGES, line_end=LINE_ENDS)
def test_unchanged_records_give_the_same_page_and_so_does_what_publishing_added_when_it_goes(
    sqlite_database: Database, made: list[Made], line_end: str
) -> None:
    text = as_page(made, line_end)
    with published(sqlite_database, text) as page:
        assert page.publish() == text
        page.publish(WITH_STATUS)
        assert page.publish() == text


@SLOWLY
@given(data=st.data(), made=PAGES, line_end=LINE_ENDS, style=STYLES)
def test_whatever_changes_is_written_and_read_as_it_is_in_the_records(
    sqlite_database: Database, data: st.DataObject, made: list[Made], line_end: str, style: PageStyle
) -> None:
    text = as_page(made, line_end)
    with published(sqlite_database, text) as page:
        for _ in range(data.draw(st.integers(1, 4))):
            page.change(data)
            written = page.publish(style)
            assert ("\r" in written) == (line_end == "\r\n")
            says_the_same(page, read_page(written), style)


def says_the_same(page: Published, read: Page, style: PageStyle) -> None:
    """All that is on the page is as the records have it, but for words that no page can say."""
    reader = Reader(page.tx, "T0TEST", style, NOW)
    for item in read.projects:
        found = projects.find_project_by_slug(page.tx, "T0TEST", item.slug)
        found = found or projects.find_project_by_alias(page.tx, "T0TEST", item.slug)
        assert found is not None
        reader.read([found.id])
        whole = reader.find(found.id)
        assert whole is not None
        wanted = reader.wanted(whole)
        texts = [canonical(each.text) for each in wanted.outcomes.values()]
        urls = {(each.url, label_of(each)) for each in wanted.links.values()}
        assert item.name.text in {one_line(found.name), found.name} or not is_plain(found.name)
        assert {outcome.text for outcome in item.outcomes if is_plain(outcome.text)} <= {
            *texts,
            *kept_in_chat(page, found),
        }
        assert {words for words in texts if is_plain(words)} <= {outcome.text for outcome in item.outcomes}
        assert {link.url for link in item.links} == {url for url, _ in urls}
        assert {member.name for member in item.members} == {each.name for each in wanted.members.values()}
        if is_plain(found.goal):
            assert (item.goal.text if item.goal else "") == canonical(found.goal)


def kept_in_chat(page: Published, project: Project) -> list[str]:
    return [each.text for each in outcomes.list_outcomes(page.tx, "T0TEST", project.id)] + list(
        outcomes.list_removed(page.tx, "T0TEST", project.id).values()
    )


def is_plain(words: str) -> bool:
    is_said = any(map(str.isalnum, words))
    return is_said and all(letter.isalnum() or letter in " .,*-" for letter in words) and "TBD" not in words

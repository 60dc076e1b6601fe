"""Lists and searches, page by page."""

from datetime import timedelta

import pytest

from bot.services.asking import Asker
from bot.services.reading import LISTS, PAGE_SIZE, count_list, read_list, read_record, read_search
from storage.database import Database
from storage.outcomes import list_outcomes
from storage.records import OutcomeStatus, ProjectState
from tests.support.make import NOW, make_project, make_workspace, say

ASKER = Asker("T0TEST", "U0ANA", None)


@pytest.fixture
def projects(sqlite_database: Database) -> Database:
    """Twelve open projects, of which Ana has two and one is fresh, and an archived one."""
    with sqlite_database.write() as tx:
        make_workspace(tx)
        for number in range(12):
            owner = "U0ANA" if number < 2 else None
            make_project(tx, slug=f"p{number:02}", name=f"Tide {number:02}", owner_id=owner, outcomes=["One"])
        make_project(tx, slug="gone", name="Tide gone", state=ProjectState.ARCHIVED)
        first = make_project(tx, slug="fresh", name="A fresh tide", outcomes=["One", "Two"])
        for outcome in list_outcomes(tx, "T0TEST", first.id):
            say(tx, outcome, OutcomeStatus.ON_TRACK, ago=timedelta(days=27))
    return sqlite_database


@pytest.mark.parametrize(
    ("which", "total"), [("", 13), ("mine", 2), ("stale", 12), ("all", 14), ("archived", 1)]
)
def test_each_list_has_its_own(projects: Database, which: str, total: int) -> None:
    with projects.read() as tx:
        found = read_list(tx, ASKER, which, 0, NOW)

        assert (found.total, len(found.rows)) == (total, min(total, PAGE_SIZE))
        assert count_list(tx, ASKER, which, NOW) == total
    assert which in {"", *LISTS}


def test_pages_follow_each_other_and_have_their_outcomes(projects: Database) -> None:
    with projects.read() as tx:
        first, second = (read_list(tx, ASKER, "", page, NOW) for page in (0, 1))

    slugs = [row.project.slug for row in (*first.rows, *second.rows)]
    assert slugs == ["fresh", *(f"p{number:02}" for number in range(12))]
    assert (first.pages, second.page) == (2, 1)
    assert [len(row.outcomes) for row in first.rows] == [2] + [1] * 9


def test_an_empty_list_has_one_empty_page(projects: Database) -> None:
    with projects.read() as tx:
        found = read_list(tx, Asker("T0TEST", "U0NOBODY", None), "mine", 0, NOW)

    assert (found.rows, found.total, found.pages) == ((), 0, 1)


def test_search_is_paged_as_lists_are(projects: Database) -> None:
    with projects.read() as tx:
        first, second, behind = (read_search(tx, ASKER, "tide", page) for page in (0, 1, 7))

    assert [len(found.rows) for found in (first, second, behind)] == [10, 3, 0]
    assert {found.total for found in (first, second, behind)} == {13}
    assert first.is_partial is False


def test_a_record_is_the_project_with_all_that_it_has(projects: Database) -> None:
    with projects.read() as tx:
        project = read_list(tx, ASKER, "", 0, NOW).rows[0].project
        record = read_record(tx, ASKER, project)

    assert record.project == project
    assert [outcome.text for outcome in record.outcomes] == ["One", "Two"]
    assert record.parts.links == ()

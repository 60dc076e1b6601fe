"""Search: every word, in any of a project's texts."""

import random
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from storage import tables, term_tables, terms
from storage.database import Database, Tx
from storage.records import ProjectState
from storage.search import MAX_WORDS, Found, search_projects
from tests.support.make import NOW, SEES, make_project, make_workspace


def search(tx: Tx, typed: str, limit: int = 99, offset: int = 0) -> Found:
    return search_projects(tx, "T0TEST", SEES, typed, limit=limit, offset=offset)


def slugs(found: Found) -> list[str]:
    return [project.slug for project in found.projects]


def test_every_text_of_a_project_is_searched(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(
            tx,
            slug="slugword",
            name="Nameword",
            summary="A summaryword",
            goal="The *goalword* and [linkword](https://example.org/addressword)",
            outcomes=["Outcomeword"],
            members=["Memberword"],
            aliases=["aliasword"],
        )
        make_project(tx, slug="other")

    with database.read() as tx:
        for word in ("slug", "name", "summary", "goal", "link", "outcome", "member", "alias"):
            assert slugs(search(tx, f"{word}word")) == ["slugword"], word
        assert slugs(search(tx, "addressword")) == []


def test_all_words_have_to_be_there_in_any_order_and_spelling(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="both", name="Tide gauges", goal="Öffentlich für alle")
        make_project(tx, slug="one", name="Tide tables")

    with database.read() as tx:
        assert slugs(search(tx, "gauges tide")) == ["both"]
        assert slugs(search(tx, "TIDE, öffent!")) == ["both"]
        assert slugs(search(tx, "offentlich fur gaug")) == ["both"]
        assert slugs(search(tx, "tide")) == ["both", "one"]
        assert slugs(search(tx, "tide kelp")) == []
        assert slugs(search(tx, "ide")) == []


def test_what_has_no_word_of_a_text_finds_nothing(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, name="Tide gauges")

    with database.read() as tx:
        for typed in ("", "  ", "%", "_", "'", "🌊", "\x00", "' OR ''='"):
            assert search(tx, typed) == Found((), 0, is_partial=False), typed


def test_a_word_in_a_name_counts_for_more_and_then_names_are_in_order(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="text-a", name="A", goal="tide")
        make_project(tx, slug="name-z", name="Z tide")
        make_project(tx, slug="name-e", name="É tide", goal="tide")
        make_project(tx, slug="tide", name="M")
        make_project(tx, slug="alias", name="B", aliases=["the-tide"])

    with database.read() as tx:
        assert slugs(search(tx, "tide")) == ["alias", "name-e", "tide", "name-z", "text-a"]


def test_archived_projects_are_left_out_and_all_others_are_not(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for state in ProjectState:
            make_project(tx, slug=state.value, name=f"Tide {state}", state=state)

    with database.read() as tx:
        found = search(tx, "tide")

    assert sorted(slugs(found)) == ["active", "completed", "paused"]
    assert found.total == 3


def test_every_page_knows_the_total_even_one_behind_the_last(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for number in range(12):
            make_project(tx, slug=f"p{number:02}", name=f"Tide {number:02}")

    with database.read() as tx:
        whole = search(tx, "tide")
        pages = [search(tx, "tide", limit=5, offset=5 * page) for page in range(4)]

    assert [page.total for page in pages] == [12] * 4
    assert [slug for page in pages for slug in slugs(page)] == slugs(whole)
    assert slugs(pages[3]) == []


def test_only_the_first_words_of_many_are_looked_at(database: Database) -> None:
    words = [f"word{letter}" for letter in "abcdefghij"]
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="some", name=" ".join(words[:MAX_WORDS]))

    with database.read() as tx:
        assert slugs(search(tx, " ".join(words))) == ["some"]
        assert slugs(search(tx, " ".join(reversed(words)))) == []
        assert slugs(search(tx, "worda " * 500)) == ["some"]


class _Entry(NamedTuple):
    name: str
    goal: str
    state: ProjectState


_WORDS = ["tide", "tidal", "gauge", "reef", "Öl", "ol", "x"]
_TEXT = st.lists(st.sampled_from(_WORDS), max_size=3).map(" ".join)
_ENTRIES = st.lists(st.builds(_Entry, _TEXT, _TEXT, st.sampled_from(ProjectState)), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(made=_ENTRIES, typed=st.lists(st.sampled_from([*_WORDS, "ti", "g"]), min_size=1, max_size=3))
def test_search_is_reading_every_text_of_every_project(
    sqlite_database: Database, made: list[_Entry], typed: list[str]
) -> None:
    wanted = [terms.fold(word) for word in typed]

    with sqlite_database.write(dry_run=True) as tx:
        make_workspace(tx)
        projects = [
            make_project(tx, slug=f"{number}", name=each.name, goal=each.goal, state=each.state)
            for number, each in enumerate(made)
        ]
        found = search(tx, " ".join(typed))

    in_names = {p.id: terms.fold(p.name).split() for p in projects}
    in_texts = {p.id: [*in_names[p.id], *terms.fold(p.goal).split()] for p in projects}
    expected = {
        p.id
        for p in projects
        if p.state is not ProjectState.ARCHIVED and all(_has(in_texts[p.id], word) for word in wanted)
    }
    assert {p.id for p in found.projects} == expected
    assert found.total == len(expected)
    ranks = [
        min(1, sum(not _has(in_names[p.id], word) for word in wanted))
        for p in found.projects
        if _all_or_none(in_names[p.id], wanted)
    ]
    assert ranks == sorted(ranks), "those with every word in the name come before those with none"


def _has(words: list[str], beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words)


def _all_or_none(words: list[str], wanted: list[str]) -> bool:
    return len({_has(words, word) for word in wanted}) == 1


@pytest.fixture
def many(database: Database) -> Database:
    """1,500 projects with a common word in their texts, and a rare one in two of them."""
    chance = random.Random(1)
    numbers = list(range(1, 1501))
    chance.shuffle(numbers)
    with database.write() as tx:
        make_workspace(tx)
        tx.execute(
            insert(tables.projects),
            [
                {
                    "id": n,
                    "workspace_id": "T0TEST",
                    "slug": f"p{n}",
                    "name": f"{n:04}",
                    "sort_name": f"{n:04}",
                }
                | {"summary": "", "goal": "", "state": "active", "created_at": NOW, "updated_at": NOW}
                for n in numbers
            ],
        )
        words = [{"word": "common", "rank": 4 if n > 5 else 3, "project_id": n} for n in numbers]
        words += [{"word": "rare", "rank": 4, "project_id": n} for n in (3, 1499)]
        tx.execute(insert(term_tables.project_words), [{"workspace_id": "T0TEST", **word} for word in words])
    return database


def test_a_common_word_is_looked_through_in_part_and_says_so(many: Database) -> None:
    with many.read() as tx:
        found = search(tx, "common", limit=10)

    assert (found.total, found.is_partial) == (1000, True)
    assert slugs(found)[:5] == ["p1", "p2", "p3", "p4", "p5"], "names are looked through first"


def test_the_pages_of_a_partial_search_are_parts_of_one_list(many: Database) -> None:
    with many.read() as tx:
        pages = [search(tx, "common", limit=100, offset=100 * page) for page in range(11)]

    seen = [slug for page in pages for slug in slugs(page)]
    assert len(seen) == len(set(seen)) == 1000


def test_a_rare_word_beside_a_common_one_finds_all_there_is(many: Database) -> None:
    with many.read() as tx:
        assert slugs(search(tx, "common rare")) == ["p3", "p1499"]
        assert search(tx, "rare common").is_partial is False

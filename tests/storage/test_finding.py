"""Which projects may be meant by what was typed."""

import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import finding, terms
from storage.database import Database, Tx
from storage.indexing import reindex
from storage.projects import change_project
from storage.terms import Rank
from tests.support.make import NOW, SEES, make_project, make_workspace

TYPED_TO_FIND_DOCS = [
    "docs-refresh",
    "DOCS-REFRESH",
    "docs refresh",
    " docs  refresh ",
    "doc",
    "refresh",
    "ref",
    "handbook",
    "Hand-Book",
    "documentation",
    "für alle",
    "FUR ALLE",
    "fu",
    "“Handbook”",
    "ocumentat",
    "book",
    "efresh",
    "文書",
    "書",
    "documentation, für alle: 文書!",
]


def found(tx: Tx, typed: str) -> list[str]:
    return [candidate.project.slug for candidate in finding.list_candidates(tx, "T0TEST", SEES, typed)]


def test_any_part_of_a_name_in_any_spelling_finds_it(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(
            tx, slug="docs-refresh", name="Documentation für alle: 文書", aliases=["handbook", "hand-book"]
        )
        make_project(tx, slug="hubs", name="Hub pilots")

    with database.read() as tx:
        assert {typed: found(tx, typed) for typed in TYPED_TO_FIND_DOCS} == {
            typed: ["docs-refresh"] for typed in TYPED_TO_FIND_DOCS
        }


CALLED_BY_NOBODY = [
    "",
    " ",
    "%",
    "_",
    "%%",
    "h_bs",
    "h%s",
    "\\",
    "'",
    "' OR 1=1 --",
    '"',
    "🌊",
    "x" * 5000,
    "\x00",
]


def test_nothing_is_found_by_what_no_project_is_called(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="hubs", name="Hub pilots")

    with database.read() as tx:
        assert [typed for typed in CALLED_BY_NOBODY if found(tx, typed)] == []


def test_beginnings_of_words_beat_what_is_inside_of_them(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="gauges", name="Gauges")
        make_project(tx, slug="tidegauges", name="Tidegauges")

    with database.read() as tx:
        assert found(tx, "gaug") == ["gauges"]
        assert found(tx, "auges") == ["gauges", "tidegauges"]


def test_the_best_comes_first_and_says_why(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="a-docs", name="B")
        make_project(tx, slug="c", name="Docs")
        make_project(tx, slug="d", name="A", aliases=["docs"])
        make_project(tx, slug="docs", name="Z")
        make_project(tx, slug="docsy", name="Y")

    with database.read() as tx:
        candidates = finding.list_candidates(tx, "T0TEST", SEES, "docs")

    assert [(c.project.slug, c.rank, c.is_whole) for c in candidates] == [
        ("docs", Rank.SLUG, True),
        ("d", Rank.ALIAS, True),
        ("c", Rank.NAME, True),
        ("a-docs", Rank.PART, True),
        ("docsy", Rank.SLUG, False),
    ]


def test_more_projects_than_anybody_can_choose_from_are_cut(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for number in range(70):
            make_project(tx, slug=f"hub{number:02}", name=f"{number:02}")
        make_project(tx, slug="hub", name="The hub")

    with database.read() as tx:
        candidates = finding.list_candidates(tx, "T0TEST", SEES, "hub")

    assert len(candidates) == 64
    assert candidates[0].project.slug == "hub"


def test_a_project_with_many_words_does_not_hide_another_one(database: Database) -> None:
    many = " ".join(f"gauge{a}{b}" for a in string.ascii_lowercase for b in "abc")
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="many", name=many)
        make_project(tx, slug="zz-gaugez", name="Other")

    with database.read() as tx:
        assert set(found(tx, "gauge")) == {"many", "zz-gaugez"}


def test_a_project_is_found_by_what_it_is_called_now(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, slug="one", name="Old name")
        change_project(tx, "T0TEST", project.id, NOW, name="New name", slug="two")
        reindex(tx, "T0TEST", project.id)

    with database.read() as tx:
        assert (found(tx, "old"), found(tx, "one"), found(tx, "new"), found(tx, "two")) == (
            [],
            [],
            ["two"],
            ["two"],
        )


def test_names_to_compare_a_typing_error_with_are_whole_ones(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, slug="hub-pilots", name="Pilots of the hub", aliases=["labs"])

    with database.read() as tx:
        listed = finding.list_names(tx, "T0TEST", SEES, 100)
        limited = finding.list_names(tx, "T0TEST", SEES, 1)

    assert listed == (
        ("hub pilots", project.id),
        ("labs", project.id),
        ("pilots of the hub", project.id),
    )
    assert limited == listed[:1]


_WORD = st.sampled_from(
    ["tide", "Tide", "tidal", "gauge", "Gäuge", "ga-uge", "海洋", "洋", "a", "ab", "100%", "x_y"]
)
_NAME = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)
_PROJECTS = st.lists(
    st.tuples(_NAME, _NAME, st.lists(_NAME, max_size=2, unique=True)),
    min_size=1,
    max_size=5,
    unique_by=lambda project: project[0],
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(made=_PROJECTS, data=st.data())
def test_finding_is_looking_at_every_name_of_every_project(
    sqlite_database: Database, made: list[tuple[str, str, list[str]]], data: st.DataObject
) -> None:
    called = {slug: [slug, name, *aliases] for slug, name, aliases in made}
    text = data.draw(st.sampled_from([name for names in called.values() for name in names]) | _NAME)
    start = data.draw(st.integers(0, len(text) - 1))
    typed = text[start : data.draw(st.integers(start + 1, len(text)))]
    part = terms.fold(typed)

    with sqlite_database.write(dry_run=True) as tx:
        make_workspace(tx)
        seen: set[str] = set()
        for slug, name, aliases in made:
            # An alias belongs to one project only.
            own = [alias for alias in aliases if alias not in seen]
            seen |= {*own}
            called[slug] = [slug, name, *own]
            make_project(tx, slug=slug, name=name, aliases=own)
        result = set(found(tx, typed))

    beginning = {slug for slug, names in called.items() if any(_begins(part, name) for name in names)}
    inside = {slug for slug, names in called.items() if any(part in terms.fold(name) for name in names)}
    assert result == ((beginning or inside) if part else set())


def _begins(part: str, name: str) -> bool:
    """Whether one of the name's words begins it."""
    return f" {terms.fold(name)}".find(f" {part}") >= 0


def test_every_project_that_was_made_is_found_by_its_whole_slug(database: Database) -> None:
    slugs = ["a", "a-b", "a-b-c", "b-c", "c", "x" * 200, "x" * 200 + "y", "ünïcode", "海"]
    with database.write() as tx:
        make_workspace(tx)
        made = {slug: make_project(tx, slug=slug, name="Name") for slug in slugs}

    with database.read() as tx:
        for slug in slugs:
            candidates = finding.list_candidates(tx, "T0TEST", SEES, slug)
            whole = [c.project for c in candidates if c.is_whole and c.rank == Rank.SLUG]
            assert made[slug] in whole

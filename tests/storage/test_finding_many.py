"""Which projects may be meant, where many begin alike, and what a project is called as a whole."""

from storage import finding
from storage.database import Database
from storage.records import ProjectState
from tests.storage.test_finding import found
from tests.support.make import SEES, make_project, make_workspace
from tests.support.statements import recorded_statements


def test_many_archived_projects_do_not_hide_one_that_goes_on(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for number in range(100):
            make_project(tx, slug=f"hub{number:03}", name="Hub", state=ProjectState.ARCHIVED)
        make_project(tx, slug="hubs-zz", name="Other")
        make_project(tx, slug="hub", name="Whole", state=ProjectState.ARCHIVED)

    with database.read() as tx:
        assert found(tx, "hubs") == ["hubs-zz"]
        assert {"hub", "hubs-zz"} <= set(found(tx, "hub"))
        assert "hubs-zz" in found(tx, "ubs")
        assert "hubs-zz" in found(tx, "ub")
        assert len(found(tx, "hub0")) == 64


def test_a_project_with_many_aliases_is_found_once_and_hides_nothing(database: Database) -> None:
    aliases = [f"reef-{number:03}" for number in range(100)]
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="corals", name="Corals", aliases=aliases)
        for number in range(3):
            make_project(tx, slug=f"reefs-{number}", name=f"Zz {number}")

    with database.read() as tx, recorded_statements() as statements:
        assert set(found(tx, "reef")) == {"corals", "reefs-0", "reefs-1", "reefs-2"}
        assert found(tx, "reef 0") == ["corals"]
        assert set(found(tx, "eef")) == {"corals", "reefs-0", "reefs-1", "reefs-2"}
    assert len(statements) == 3, "one each"


def test_only_a_whole_slug_alias_or_name_is_what_a_project_is_called(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="show-case", name="Shows", aliases=["exhibit"])

    with database.read() as tx:
        called = {
            t: len(finding.list_called(tx, "T0TEST", SEES, t)) for t in ("Show Case", "shows", "exhibit")
        }
        parts = {
            typed: len(finding.list_called(tx, "T0TEST", SEES, typed))
            for typed in ("show", "case", "", "exh")
        }

    assert {*called.values()} == {1}
    assert {*parts.values()} == {0}

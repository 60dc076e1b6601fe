"""Projects: made, changed, found by what is exactly known of them."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import projects
from storage.aliases import add_alias, remove_alias
from storage.database import Database
from storage.errors import NotFoundError
from storage.records import Project, ProjectName, ProjectState
from tests.support.dumps import dump
from tests.support.make import NOW, SEES, make_project, make_workspace


def test_a_project_is_given_back_as_it_was_made(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        parent = make_project(tx)
        made = make_project(
            tx,
            slug="docs",
            name="Docs & “guides”",
            summary="A *summary*",
            goal="A\n\ngoal",
            parent_id=parent.id,
            channel_id="C0DOCS",
            owner_id="U0ANA",
            state=ProjectState.PAUSED,
        )

    with database.read() as tx:
        found = projects.get_project(tx, "T0TEST", made.id)

    assert found == Project(
        id=made.id,
        workspace_id="T0TEST",
        slug="docs",
        name="Docs & “guides”",
        summary="A *summary*",
        goal="A\n\ngoal",
        state=ProjectState.PAUSED,
        owner_id="U0ANA",
        channel_id="C0DOCS",
        parent_id=parent.id,
        created_at=NOW,
        revision=1,
        is_restricted=False,
        is_private=False,
        seen_in="C0DOCS",
    )


def test_a_project_is_found_by_its_slug_and_its_aliases_exactly(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, slug="docs", aliases=["handbook", "guides"])
        remove_alias(tx, "T0TEST", "guides")

    with database.read() as tx:
        assert projects.find_project_by_slug(tx, "T0TEST", "docs") == project
        assert projects.find_project_by_slug(tx, "T0TEST", "doc") is None
        assert projects.find_project_by_slug(tx, "T0TEST", "handbook") is None
        assert projects.find_project_by_alias(tx, "T0TEST", "handbook") == project
        assert projects.find_project_by_alias(tx, "T0TEST", "guides") is None
        assert projects.find_project_by_alias(tx, "T0TEST", "docs") is None


def test_the_projects_of_a_channel_are_in_the_order_of_their_names(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        second = make_project(tx, name="émeraude", channel_id="C0")
        first = make_project(tx, name="Docs", channel_id="C0", state=ProjectState.COMPLETED)
        third = make_project(tx, name="Émeraude", channel_id="C0")
        make_project(tx, name="A", channel_id="C0", state=ProjectState.ARCHIVED)
        make_project(tx, name="B", channel_id="C1")

    with database.read() as tx:
        found = projects.find_projects_of_channel(tx, "T0TEST", SEES, "C0")

    assert found == (first, second, third)


def test_a_change_sets_what_is_named_and_nothing_else(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, slug="docs", goal="Old", summary="Kept")
        other = make_project(tx)
        later = NOW + timedelta(hours=1)

        projects.change_project(tx, "T0TEST", project.id, later, goal="New", name="Ärger")

    rows = {row["id"]: row for row in dump(database)["projects"]}
    assert rows[project.id]["goal"] == "New"
    assert rows[project.id]["summary"] == "Kept"
    assert rows[project.id]["sort_name"] == "arger"
    assert rows[project.id]["updated_at"] == later
    assert rows[project.id]["created_at"] == NOW
    assert rows[other.id]["updated_at"] == NOW


def test_changing_or_getting_what_is_not_there_says_so(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)

    with database.write() as tx:
        with pytest.raises(NotFoundError) as caught:
            projects.change_project(tx, "T0TEST", 12345, NOW, goal="x")
        with pytest.raises(NotFoundError):
            projects.get_project(tx, "T0TEST", 12345)
        assert projects.find_project(tx, "T0TEST", 12345) is None

    assert (caught.value.kind, caught.value.key) == ("project", 12345)


def test_names_are_listed_in_the_order_of_the_ids_that_were_asked_for(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        one, two, three = (make_project(tx, slug=slug, name=slug.upper()) for slug in "abc")

    with database.read() as tx:
        names = projects.list_project_names(tx, "T0TEST", SEES, [three.id, 999, one.id])

    assert names == (
        ProjectName(id=three.id, slug="c", name="C"),
        ProjectName(id=one.id, slug="a", name="A"),
    )
    assert two.id not in {name.id for name in names}


def test_a_slug_and_an_alias_are_taken_once_in_a_workspace(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0ONE")
        make_workspace(tx, "T0TWO")
        project = make_project(tx, "T0ONE", slug="docs", aliases=["handbook"])
        make_project(tx, "T0TWO", slug="docs", aliases=["handbook"])

    with database.write(dry_run=True) as tx, pytest.raises(IntegrityError):
        make_project(tx, "T0ONE", slug="docs")
    with database.write(dry_run=True) as tx, pytest.raises(IntegrityError):
        add_alias(tx, "T0ONE", project.id, "handbook")


def test_only_the_four_states_can_be_stored(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)

    with database.write(dry_run=True) as tx, pytest.raises(IntegrityError):
        projects.change_project(tx, "T0TEST", project.id, NOW, state="forgotten")


def test_a_sub_project_outlives_its_parent(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        parent = make_project(tx)
        child = make_project(tx, parent_id=parent.id)
        tx.exec_driver_sql(f"DELETE FROM projects WHERE id = {parent.id}")  # noqa: S608 - a number of our own

    with database.read() as tx:
        assert projects.get_project(tx, "T0TEST", child.id).parent_id is None

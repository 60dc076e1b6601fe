"""Projects: found, listed, scoped."""

from storage import projects
from storage.database import Database
from tests.support.make import make_project, make_workspace


def test_a_project_is_seen_by_its_own_workspace_only(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0ONE")
        make_workspace(tx, "T0TWO")
        project = make_project(tx, "T0ONE", slug="docs")

    with database.read() as tx:
        assert projects.find_project(tx, "T0ONE", project.id) == project
        assert projects.find_project(tx, "T0TWO", project.id) is None
        assert projects.find_project_by_slug(tx, "T0TWO", "docs") is None

"""A project is never above itself, whoever puts what under what at the same time."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ArchivedProjectError, RingError
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.family import makes_ring, require_may_be_parent, require_no_ring
from bot.services.import_report import ChangeKind
from storage import projects
from storage.database import Database
from storage.records import Project, ProjectState, UpdateSource
from tests.services.team import Team, counts_of
from tests.support.dumps import dump
from tests.support.make import NOW, make_project, make_workspace

ROUNDS = 40
PATIENCE_S = 120


def chain(database: Database, *slugs: str) -> list[Project]:
    """Projects, each a part of the one before."""
    made: list[Project] = []
    with database.write() as tx:
        make_workspace(tx)
        for slug in slugs:
            made.append(make_project(tx, slug=slug, name=slug, parent_id=made[-1].id if made else None))
    return made


def test_neither_itself_nor_a_part_of_it_at_any_depth_may_be_the_parent(sqlite_database: Database) -> None:
    top, middle, bottom = chain(sqlite_database, "top", "middle", "bottom")
    with sqlite_database.write() as tx:
        for parent in (top, middle, bottom):
            with pytest.raises(RingError):
                require_no_ring(tx, "T0TEST", top, parent)
        require_no_ring(tx, "T0TEST", bottom, top)


def test_an_archived_project_takes_no_parts(sqlite_database: Database) -> None:
    (one,) = chain(sqlite_database, "one")
    with sqlite_database.write() as tx:
        old = make_project(tx, slug="old", state=ProjectState.ARCHIVED)
        with pytest.raises(ArchivedProjectError):
            require_may_be_parent(tx, "T0TEST", one, old)


def test_a_ring_that_is_there_already_is_walked_once(sqlite_database: Database) -> None:
    top, bottom = chain(sqlite_database, "top", "bottom")
    with sqlite_database.write() as tx:
        other = make_project(tx, slug="other")
        projects.change_project(tx, "T0TEST", top.id, NOW, parent_id=bottom.id)

        assert not makes_ring(tx, "T0TEST", other.id, top.id)


def test_two_processes_that_put_each_under_the_other_never_make_a_ring(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        ids = [make_project(tx, slug=slug).id for slug in ("one", "two")]
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.services.parents", url]
    running = [
        subprocess.Popen(
            [*command, str(mine), str(other), str(ROUNDS)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
        for mine, other in (ids, ids[::-1])
    ]
    said = [process.communicate(timeout=PATIENCE_S)[0].split() for process in running]

    assert [process.returncode for process in running] == [0, 0]
    done, refused, rings = (sum(int(line[column]) for line in said) for column in range(3))
    assert rings == 0
    assert done + refused == 2 * ROUNDS
    assert done > 0
    parents = {row["id"]: row["parent_id"] for row in dump(database)["projects"]}
    assert not all(parents[id_] for id_ in ids)


APART = """\
# Work

(projects:one)=
## One

### Strategic goal

First.

(projects:two)=
## Two

### Strategic goal

Second.
"""
TOGETHER = """\
# Work

(projects:one)=
## One

### Strategic goal

First.

### Project information

(projects:two)=
#### Two

Second.

- Notes: [the notes](https://x.org/notes)
"""


def test_a_page_that_says_the_opposite_of_what_people_said_makes_no_ring(team: Team) -> None:
    team.read(APART)
    with team.database.write() as tx:
        asker = Asker("T0TEST", "U0ANA", None)
        act = Act.begin(tx, asker, team.project("one").id, UpdateSource.COMMAND, NOW, reaches_others=True)
        act.change_project("parent_id", team.project("two").id)

    report = team.read(TOGETHER)

    assert team.project("one").parent_id == team.project("two").id
    assert team.project("two").parent_id is None
    assert any(change.item == "parent" and change.kind is ChangeKind.KEPT for change in report.changes)
    assert counts_of(team.read(TOGETHER)) == (0, 0, 2)

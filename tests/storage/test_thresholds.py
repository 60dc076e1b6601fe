"""After how many days outcomes are stale: said for the outcome, the project, the workspace, or nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import outcomes, projects, settings, tables
from storage.database import Database, Tx
from storage.project_lists import ProjectFilter, list_projects
from storage.records import Outcome, OutcomeStatus, Project
from storage.schedules import change_schedule
from tests.support.make import NOW, SEES, make_outcome, make_project, make_workspace, say


def days_of(tx: Tx, project: Project) -> list[tuple[int, int]]:
    return [(each.due_days, each.stale_days) for each in outcomes.list_outcomes(tx, "T0TEST", project.id)]


def made(tx: Tx) -> tuple[Project, Outcome, Outcome]:
    make_workspace(tx)
    project = make_project(tx)
    return project, make_outcome(tx, project, position=0), make_outcome(tx, project, position=1)


def test_the_nearest_word_counts_and_the_cadence_comes_on_top(database: Database) -> None:
    with database.write() as tx:
        project, first, _ = made(tx)
        other = make_project(tx, outcomes=["x"])
        assert days_of(tx, project) == [(14, 28), (14, 28)]

        settings.change_settings(tx, "T0TEST", due_after_days=3, stale_after_days=10)
        assert days_of(tx, project) == [(10, 17), (10, 17)]

        projects.change_project(tx, "T0TEST", project.id, NOW, due_after_days=1, stale_after_days=2)
        outcomes.change_outcome(tx, "T0TEST", first.id, NOW, due_after_days=0, stale_after_days=60)
        assert days_of(tx, project) == [(7, 67), (8, 9)]
        assert days_of(tx, other) == [(10, 17)]

        change_schedule(tx, "T0TEST", project.id, cadence="monthly first tue 10:00 UTC", every_days=31)
        assert days_of(tx, project) == [(31, 91), (32, 33)]

        make_outcome(tx, project, position=2)
        assert days_of(tx, project)[2] == (32, 33)

        projects.change_project(tx, "T0TEST", project.id, NOW, due_after_days=None, stale_after_days=None)
        outcomes.change_outcome(tx, "T0TEST", first.id, NOW, due_after_days=None, stale_after_days=None)
        assert days_of(tx, project) == [(34, 41)] * 3


@pytest.mark.parametrize("odd", [timedelta(), timedelta(microseconds=123_456), timedelta(seconds=59)])
def test_the_kept_instant_is_exact_whoever_changed_what(database: Database, odd: timedelta) -> None:
    with database.write() as tx:
        _, first, second = made(tx)
        say(tx, first, OutcomeStatus.ON_TRACK, ago=timedelta(days=3) + odd)
        settings.change_settings(tx, "T0TEST", due_after_days=3, stale_after_days=10)
        say(tx, second, OutcomeStatus.ON_TRACK, ago=odd)
        kept = tx.execute(select(tables.outcomes.c.turns_stale_at).order_by(tables.outcomes.c.id)).scalars()

        assert list(kept) == [NOW - odd + timedelta(days=14), NOW - odd + timedelta(days=17)]

        outcomes.change_outcome(tx, "T0TEST", first.id, NOW, due_after_days=1, stale_after_days=365)
        kept = tx.execute(select(tables.outcomes.c.turns_stale_at).order_by(tables.outcomes.c.id)).scalars()
        assert next(iter(kept)) == NOW - odd - timedelta(days=3) + timedelta(days=372)


def test_lists_find_what_is_stale_by_its_own_thresholds(database: Database) -> None:
    with database.write() as tx:
        patient, hasty = made(tx)[0], make_project(tx, outcomes=["x"])
        for project in (patient, hasty):
            for outcome in outcomes.list_outcomes(tx, "T0TEST", project.id):
                say(tx, outcome, OutcomeStatus.ON_TRACK, ago=timedelta(days=20))
        projects.change_project(tx, "T0TEST", hasty.id, NOW, due_after_days=1, stale_after_days=13)

    with database.read() as tx:
        found = list_projects(tx, "T0TEST", SEES, ProjectFilter(stale_at=NOW), limit=9)
        assert [each.id for each in found] == [hasty.id]
        later = ProjectFilter(stale_at=NOW + timedelta(days=8))
        assert len(list_projects(tx, "T0TEST", SEES, later, limit=9)) == 2


def test_records_that_were_kept_are_read_anew_when_the_workspace_says_other_days(database: Database) -> None:
    with database.write() as tx:
        project = made(tx)[0]
    with database.write() as tx:
        settings.change_settings(tx, "T0TEST", due_after_days=3, stale_after_days=10)

    with database.read() as tx:
        assert projects.get_project(tx, "T0TEST", project.id).revision > project.revision

"""What charts are drawn from: the right rows, in a number of statements that does not grow."""

from datetime import timedelta

import pytest

from bot.domain.freshness import Freshness
from bot.services.charting import read_course, read_freshness, read_project_charts, read_weeks
from storage.charting import list_statuses_said, list_told_children, list_values_said
from storage.database import Database
from storage.outcomes import change_outcome, list_outcomes
from storage.projects import get_project
from storage.records import OutcomeStatus, Project
from storage.status_updates import take_back_update
from tests.support.make import NOW, make_channel, make_outcome, make_person, make_project, make_workspace, say
from tests.support.statements import recorded_statements

T = "T0TEST"
ON, RISK, DONE = OutcomeStatus.ON_TRACK, OutcomeStatus.AT_RISK, OutcomeStatus.DONE
LATER = NOW + timedelta(weeks=20)


def test_statuses_are_those_since_then_and_the_last_one_before(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes=["One", "Two"])
        one, two = list_outcomes(tx, T, project.id)
        for ago, status in ((30, ON), (20, RISK), (5, DONE)):
            say(tx, one, status, ago=timedelta(days=ago))
        untrue = say(tx, one, ON, ago=timedelta(days=15))
        take_back_update(tx, T, untrue, NOW)
        say(tx, two, None, ago=timedelta(days=2))
        other = make_project(tx, outcomes=["Three"])
        say(tx, list_outcomes(tx, T, other.id)[0], ON)

        found = list_statuses_said(tx, T, [project.id], NOW - timedelta(days=10))

    assert [(each.outcome_id, each.status) for each in found] == [
        (one.id, RISK),
        (one.id, DONE),
        (two.id, None),
    ]
    assert [each.at for each in found] == [NOW - timedelta(days=days) for days in (20, 5, 2)]


def test_values_are_all_that_were_said_and_not_taken_back(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        outcome = make_outcome(tx, make_project(tx))
        say(tx, outcome, ON, value=7, ago=timedelta(days=1))
        say(tx, outcome, ON, value=3, ago=timedelta(days=9))
        say(tx, outcome, ON)
        take_back_update(tx, T, say(tx, outcome, ON, value=99), NOW)

        found = list_values_said(tx, T, outcome.id)

    assert [each.value for each in found] == [3, 7]


def test_weeks_count_what_was_on_the_record_then(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes=["One", "Two", "Three"])
        one, two, three = list_outcomes(tx, T, project.id)
        say(tx, one, ON, ago=timedelta(days=-8))
        say(tx, two, DONE, ago=timedelta(days=-15))
        change_outcome(tx, T, three.id, NOW, removed_at=NOW + timedelta(days=20, hours=20))

        weeks = read_weeks(tx, T, [project.id], NOW + timedelta(weeks=3))

    assert [dict(week.counts) for week in weeks[-4:]] == [
        {None: 3},
        {ON: 1, None: 2},
        {ON: 1, DONE: 1, None: 1},
        {ON: 1, DONE: 1},
    ]


@pytest.fixture
def large(database: Database) -> tuple[Database, list[Project]]:
    """A hundred and twenty projects with two outcomes each, of which the first is everybody's parent."""
    with database.write() as tx:
        make_workspace(tx)
        parent = make_project(tx, outcomes=["One", "Two"])
        for outcome in list_outcomes(tx, T, parent.id):
            change_outcome(tx, T, outcome.id, NOW, metric_start=0.0, metric_target=9.0, metric_unit="")
            for number in range(30):
                say(tx, outcome, ON, value=number, ago=timedelta(days=30 - number))
        others = [make_project(tx, outcomes=["One"], parent_id=parent.id) for _ in range(119)]
        return database, [get_project(tx, T, parent.id), *others]


def test_the_number_of_statements_does_not_grow(large: tuple[Database, list[Project]]) -> None:
    database, projects = large
    ids = [project.id for project in projects]
    with database.read() as tx:
        outcome = list_outcomes(tx, T, ids[0])[0]
        with recorded_statements() as weeks:
            assert sum(read_weeks(tx, T, ids, NOW)[-1].counts.values()) == 121
        with recorded_statements() as freshness:
            assert len(read_freshness(tx, T, projects, NOW)) == 120
        with recorded_statements() as whole:
            assert len(read_project_charts(tx, projects[0], "C0DOCS", NOW).freshness) == 120
        with recorded_statements() as course:
            found = read_course(tx, projects[0], outcome.id, NOW)

    assert found is not None
    assert found.course.newest.value == 29
    assert [len(each) for each in (weeks, freshness, whole, course)] == [3, 1, 5, 4]


def test_sub_projects_are_told_of_only_where_they_may_be(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_channel(tx, "C0SECRET", private_to=["U0ANA"])
        parent = make_project(tx, slug="parent", channel_id="C0OPEN")
        for slug, channel_id in (("open", "C0OTHER"), ("secret", "C0SECRET")):
            make_project(tx, slug=slug, parent_id=parent.id, channel_id=channel_id, outcomes=["One"])

        def told(place: str) -> list[str]:
            return [each.slug for each in list_told_children(tx, T, parent.id, place)]

        make_person(tx, "U0ANA")
        make_person(tx, "U0BO")
        make_person(tx, "U0GUEST", is_guest=True)
        assert told("C0OPEN") == told("U0BO") == ["open"]
        assert told("U0GUEST") == []
        assert sorted(told("C0SECRET")) == sorted(told("U0ANA")) == ["open", "secret"]
        (only,) = read_project_charts(tx, parent, "C0OPEN", NOW).freshness

    assert (only.project.slug, only.counts) == ("open", {Freshness.NEVER: 1})


def test_what_has_no_course_has_none(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)
        bare = make_outcome(tx, project)
        say(tx, bare, ON, value=3)
        unsaid = make_outcome(tx, project, position=1)
        change_outcome(tx, T, unsaid.id, NOW, metric_start=0.0, metric_target=9.0, metric_unit="")

        assert [read_course(tx, project, each, NOW) for each in (bare.id, unsaid.id, 999)] == [None] * 3

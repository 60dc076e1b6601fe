"""What a record's own charts are drawn from besides its statuses: one metric, and how fresh its parts are."""

from datetime import timedelta

import pytest

from storage.charted_parts import FEW_CHILDREN
from storage.charts_drawn import record_charts
from storage.database import Database, Tx
from storage.outcomes import change_outcome, list_outcomes, list_standings_of
from storage.project_parts import get_parts_and_said
from storage.projects import change_project
from storage.records import Outcome, OutcomeStatus, Project, UpdateSource
from storage.said import Said, ValueSaid
from storage.sight import Sight
from storage.status_updates import take_back_update
from tests.support.make import NOW, SEES, make_channel, make_person, make_project, make_workspace, say

T = "T0TEST"
DAY = timedelta(days=1)
OPEN, DONE = OutcomeStatus.ON_TRACK, OutcomeStatus.DONE


@pytest.fixture
def project(database: Database) -> Project:
    with database.write() as tx:
        make_workspace(tx)
        made = make_project(tx, outcomes=["Words", "Hubs", "Docs"])
        record_charts(tx, T, drawn=True, now=NOW)
    return made


def said(tx: Tx, project: Project, sight: Sight = SEES) -> Said:
    found = get_parts_and_said(tx, T, sight, project.id, NOW - 90 * DAY)[1]
    assert found is not None
    return found


def measure(tx: Tx, outcome: Outcome, *values: float, status: OutcomeStatus = OPEN) -> list[int]:
    """Each a day after the other, the last one now; the updates' ids."""
    change_outcome(tx, T, outcome.id, NOW, metric_start=0.0, metric_target=9.5)
    return [
        say(tx, outcome, status, value=value, ago=DAY * (len(values) - 1 - number))
        for number, value in enumerate(values)
    ]


def test_the_values_are_those_of_the_first_open_outcome_that_is_measured(
    database: Database, project: Project
) -> None:
    with database.write() as tx:
        words, hubs, docs = list_outcomes(tx, T, project.id)
        change_outcome(tx, T, words.id, NOW, metric_start=0.0, metric_target=2.0)
        assert said(tx, project).measured is None
        assert said(tx, project).values == ()

        measure(tx, docs, 1.0, 2.5)
        _, taken_back, _ = measure(tx, hubs, 0.1, 7.0, 0.3)
        take_back_update(tx, T, taken_back, NOW)
        say(tx, hubs, OPEN, note="no number", ago=timedelta(hours=1))
        found = said(tx, project)
        assert found.measured == hubs.id
        assert found.values == (ValueSaid(NOW - 2 * DAY, 0.1), ValueSaid(NOW, 0.3))

        say(tx, hubs, DONE)
        assert [each.value for each in said(tx, project).values] == [1.0, 2.5]
        change_outcome(tx, T, docs.id, NOW, removed_at=NOW)
        assert said(tx, project).measured is None


def test_how_fresh_sub_projects_are_is_said_of_those_that_are_seen(
    database: Database, project: Project
) -> None:
    with database.write() as tx:
        make_channel(tx, "C0SECRET", T, private_to=("U0IN",))
        for person in ("U0IN", "U0OUT"):
            make_person(tx, person)
        docs = make_project(tx, slug="docs", outcomes=["One", "Two", "Three"], parent_id=project.id)
        secret = make_project(
            tx, slug="secret", outcomes=["Four"], parent_id=project.id, channel_id="C0SECRET"
        )
        gone = make_project(tx, slug="gone", outcomes=["Five"], parent_id=project.id)
        change_project(tx, T, gone.id, NOW, state="archived")
        make_project(tx, slug="another", outcomes=["Six"])
        one, two, _ = list_outcomes(tx, T, docs.id)
        say(tx, one, OPEN, ago=30 * DAY)
        say(tx, two, DONE)
        page = UpdateSource.PAGE
        say(tx, list_outcomes(tx, T, secret.id)[0], OPEN, source=page, said_by=None)

        inside, outside = (said(tx, project, Sight(person)).standings for person in ("U0IN", "U0OUT"))
        whole = list_standings_of(tx, T, [docs.id, secret.id])

        assert {id_: sorted(each, key=str) for id_, each in inside.items()} == {
            docs.id: sorted((each for each in whole[docs.id] if each.is_open), key=str),
            secret.id: list(whole[secret.id]),
        }
        assert set(outside) == {docs.id}


def test_of_very_many_sub_projects_nothing_is_read(database: Database, project: Project) -> None:
    with database.write() as tx:
        for number in range(FEW_CHILDREN):
            make_project(tx, slug=f"part-{number}", outcomes=["One"], parent_id=project.id)
        assert len(said(tx, project).standings) == FEW_CHILDREN
        make_project(tx, slug="one-more", outcomes=["One"], parent_id=project.id)
        assert said(tx, project).standings == {}

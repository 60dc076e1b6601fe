"""What is known of whether Slack draws charts, and what a record's chart is drawn from where it does."""

from datetime import timedelta

import pytest

from storage.charting import list_on_record, list_statuses_said
from storage.charts_drawn import REMEMBERED, find_refusal, is_remembered, record_charts
from storage.database import Database, Tx
from storage.outcomes import change_outcome, list_outcomes
from storage.project_parts import get_parts, get_parts_and_said
from storage.projects import get_project
from storage.records import OutcomeStatus
from storage.said import Said
from storage.settings import WorkspaceSettings, change_settings, get_settings
from storage.status_updates import take_back_update
from tests.support.make import NOW, SEES, make_project, make_workspace, say
from tests.support.statements import recorded_statements

T, OTHER = "T0TEST", "T0OTHER"
HOUR = timedelta(hours=1)
SINCE = NOW - timedelta(days=10)
ON, RISK, DONE = OutcomeStatus.ON_TRACK, OutcomeStatus.AT_RISK, OutcomeStatus.DONE


@pytest.fixture
def project_id(database: Database) -> int:
    with database.write() as tx:
        make_workspace(tx)
        make_workspace(tx, OTHER)
        return make_project(tx, outcomes=["One", "Two", "Three"]).id


def said_of(tx: Tx, project_id: int, workspace_id: str = T) -> Said | None:
    return get_parts_and_said(tx, workspace_id, SEES, project_id, SINCE)[1]


def revision(tx: Tx, project_id: int) -> int:
    return get_project(tx, T, project_id).revision


def test_records_are_renewed_when_what_is_known_changes_for_them_and_not_else(
    database: Database, project_id: int
) -> None:
    steps = [
        # Drawn or not, after so long; whether records show something else then.
        (False, HOUR, False),
        (True, HOUR, True),
        (True, HOUR, False),
        (False, HOUR, True),
        (False, HOUR, False),
        (False, REMEMBERED, False),
        (True, HOUR, True),
    ]
    now = NOW
    for drawn, later, renews in steps:
        now += later
        with database.write() as tx:
            before = revision(tx, project_id), said_of(tx, project_id) is not None
            record_charts(tx, T, drawn=drawn, now=now)
            after = revision(tx, project_id), said_of(tx, project_id) is not None
        assert (after[0] > before[0]) is renews
        assert after[1] is drawn
        if drawn != before[1]:
            assert renews


def test_what_is_known_already_is_not_written_again(database: Database, project_id: int) -> None:  # noqa: ARG001 - there is a workspace
    for drawn, ago in ((True, NOW), (False, NOW)):
        with database.write() as tx:
            record_charts(tx, T, drawn=drawn, now=ago)
        with database.write() as tx, recorded_statements() as statements:
            record_charts(tx, T, drawn=drawn, now=ago + HOUR)
        assert len(statements) == 1


def test_a_refusal_is_dated_by_the_last_time_that_it_was_tried(database: Database, project_id: int) -> None:  # noqa: ARG001 - there is a workspace
    with database.write() as tx:
        assert find_refusal(tx, T) is None
        record_charts(tx, T, drawn=False, now=NOW)
        record_charts(tx, T, drawn=False, now=NOW + HOUR)
        assert find_refusal(tx, T) == NOW
        record_charts(tx, T, drawn=False, now=NOW + REMEMBERED)
        assert find_refusal(tx, T) == NOW + REMEMBERED
        assert find_refusal(tx, OTHER) is None
        record_charts(tx, T, drawn=True, now=NOW)
        assert find_refusal(tx, T) is None


def test_a_refusal_counts_for_a_day_and_not_before_it_was() -> None:
    instants = (NOW - HOUR, NOW, NOW + REMEMBERED - HOUR, NOW + REMEMBERED)

    assert [is_remembered(NOW, now) for now in instants] == [False, True, True, False]
    assert is_remembered(None, NOW) is False


def test_other_settings_stay_as_they_are(database: Database, project_id: int) -> None:  # noqa: ARG001 - there is a workspace
    with database.write() as tx:
        change_settings(tx, T, zone="Europe/Lisbon", country="PT")
        record_charts(tx, T, drawn=True, now=NOW)
        record_charts(tx, OTHER, drawn=True, now=NOW)

        assert get_settings(tx, T) == WorkspaceSettings(zone="Europe/Lisbon", country="PT")
        assert get_settings(tx, OTHER) == WorkspaceSettings()


def test_a_records_parts_come_with_what_a_chart_is_drawn_from(database: Database, project_id: int) -> None:
    with database.write() as tx:
        one, two, three = list_outcomes(tx, T, project_id)
        for ago, status in ((30, ON), (20, RISK), (5, DONE), (1, ON)):
            say(tx, one, status, ago=timedelta(days=ago, microseconds=ago))
        take_back_update(tx, T, say(tx, one, ON, ago=timedelta(days=15)), NOW)
        say(tx, two, None, ago=timedelta(days=2))
        say(tx, three, DONE, ago=timedelta(days=400))
        change_outcome(tx, T, three.id, NOW, removed_at=NOW + HOUR)
        other = make_project(tx, outcomes=["Another's"])
        say(tx, list_outcomes(tx, T, other.id)[0], RISK)
        change_settings(tx, T, zone="Asia/Tokyo")

        assert said_of(tx, project_id) is None, "nobody knows whether it could be drawn"
        record_charts(tx, T, drawn=True, now=NOW)
        parts, said = get_parts_and_said(tx, T, SEES, project_id, SINCE)
        on_record = list_on_record(tx, T, [project_id])
        statuses = list_statuses_said(tx, T, [project_id], SINCE)

        assert parts == get_parts(tx, T, SEES, project_id)
        assert said is not None
        assert (said.measured, said.values, said.standings) == (None, (), {})
        assert (said.zone, sorted(said.on_record), said.statuses) == (
            "Asia/Tokyo",
            sorted(on_record),
            statuses,
        )
        assert [(each.outcome_id, each.status) for each in statuses] == [
            (three.id, DONE),
            (one.id, RISK),
            (one.id, DONE),
            (two.id, None),
            (one.id, ON),
        ]
        record_charts(tx, OTHER, drawn=True, now=NOW)
        assert said_of(tx, project_id, OTHER) == Said(None, (), (), None, (), {})
        record_charts(tx, T, drawn=False, now=NOW)
        assert said_of(tx, project_id) is None

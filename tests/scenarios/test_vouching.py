"""Who vouches for an outcome: people, and no page."""

import pytest

from bot.slack.views.outcomes import outcome_lines
from storage import outcomes
from storage.database import Database
from storage.records import OutcomeStatus, UpdateSource
from tests.support.make import NOW, make_project, make_workspace, say


@pytest.mark.parametrize("status", [None, OutcomeStatus.DROPPED])
def test_a_line_that_was_gone_and_is_back_was_still_never_checked(
    sqlite_database: Database, status: OutcomeStatus | None
) -> None:
    with sqlite_database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes=["One"])
        (outcome,) = outcomes.list_outcomes(tx, "T0TEST", project.id)
        say(tx, outcome, OutcomeStatus.DROPPED, source=UpdateSource.PAGE, said_by=None)
        say(tx, outcome, status, source=UpdateSource.PAGE, said_by=None)
        (outcome,) = outcomes.list_outcomes(tx, "T0TEST", project.id)

    lines = outcome_lines(outcome, NOW)

    assert "checked today" not in lines
    assert ("Never checked" in lines) is (status is None)
    assert ("Dropped" in lines) is (status is not None)

"""What an import notes is shown as what it is, and not as words that somebody said."""

from storage.outcomes import list_outcomes
from storage.records import OutcomeStatus, UpdateSource
from tests.scenarios.records import add
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import say


def test_only_what_people_said_stands_in_quotation_marks(lite: Bot) -> None:
    project = add(lite, name="Docs", slug="docs", outcomes=("One", "Two"))
    with lite.database.write() as tx:
        gone, at_risk = list_outcomes(tx, WORKSPACE, project.id)
        say(tx, gone, OutcomeStatus.DROPPED, workspace_id=WORKSPACE, note="No longer on the page",
            said_by=None, source=UpdateSource.PAGE)  # fmt: skip
        say(tx, at_risk, OutcomeStatus.AT_RISK, workspace_id=WORKSPACE, note="Two owners left")

    text = lite.command("outcomes docs")["text"]

    assert "No longer on the page" in text
    assert "“No longer" not in text
    assert "“Two owners left” <@U0SAID>" in text

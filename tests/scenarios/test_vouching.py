"""Who vouches for an outcome: people, and no page."""

import pytest
from sqlalchemy import insert, select

from bot.local.seed import SOFIA
from bot.services.asking import Asker
from bot.slack.commands.command import Asked
from bot.slack.commands.helping import answer_overview
from bot.slack.queries import Query
from bot.slack.views.outcomes import outcome_lines
from bot.slack.views.sheet import draw
from storage import outcomes, tables
from storage.database import Database
from storage.project_lists import COUNT_LIMIT
from storage.records import OutcomeStatus, UpdateSource
from tests.support.bot import Bot
from tests.support.make import NOW, make_project, make_workspace, say
from tests.support.reminding import add_stale, outcomes_of
from tests.support.statements import statements_of_requests


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


def test_the_overview_counts_what_needs_a_look_among_very_many(sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes=["One"])
        row = tx.execute(select(tables.projects)).mappings().one()
        numbers = range(project.id + 1, project.id + COUNT_LIMIT + 1)
        tx.execute(insert(tables.projects), [{**row, "id": n, "slug": f"p-{n}"} for n in numbers])

    with sqlite_database.read() as tx:
        asked = Asked(Query(name="overview"))
        sheet = answer_overview(tx, Asker("T0TEST", "U0ANA", "C0X"), asked, NOW)

    assert "*more than 1,000* projects are going on, *0* are yours and *1* is stale." in str(
        draw(sheet, asked.query)
    )


@pytest.mark.in_process("counts the statements of its own process")
def test_still_true_in_home_is_one_request_and_four_statements(bot: Bot) -> None:
    project = add_stale(bot, 2)
    bot.open_home(SOFIA)
    # Somebody whom the process knows: it asks for that once in ten minutes.
    bot.press_at_home("Still true", person=SOFIA)
    with statements_of_requests() as requests:
        bot.press_at_home("Still true", person=SOFIA)

    ((statements),) = requests.values()
    assert len(statements) <= 4, statements
    assert all(each.vouched_at == bot.now.at for each in outcomes_of(bot, project))

"""An answer that was drawn before is given again only where a new one would say the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from bot.errors_base import BotError
from bot.services.asking import Asker
from bot.slack.chart_blocks import answer_blocks
from bot.slack.effects import Message
from bot.slack.gateway import Gateway
from bot.slack.home_keeper import HomeKeeper
from bot.slack.interactions.slash import answer_line
from bot.slack.requests import CommandRequest
from bot.slack.router import Router
from storage import outcomes
from storage.charts_drawn import record_charts
from storage.database import Database
from storage.migrate import migrate
from storage.records import OutcomeStatus
from tests.support.bot import Now
from tests.support.make import NOW, make_project, make_workspace, say
from tests.support.statements import recorded_statements

ASKER = Asker("T0TEST", "U0ANA", None)
_ASKED = ("show docs", "outcomes docs", "goal docs", "links docs", "show Docs", "show guide")
_CHANGED = (
    "update docs 1 done",
    "update docs 2 at risk waiting",
    "outcome add docs More",
    "outcome drop docs 2",
    "assign docs 1 me",
    "goal docs Found by everybody",
    "link add docs https://example.org Notes",
    "member add docs me",
    "alias add docs guide",
    "owner docs me",
    "pause docs",
    "resume docs",
    "undo",
)
DRAWN, REFUSED = True, False
"""Slack is found to draw charts, or to refuse them."""
_STEP = st.one_of(
    st.sampled_from(_ASKED),
    st.sampled_from(_CHANGED),
    st.sampled_from([DRAWN, REFUSED]),
    st.builds(timedelta, seconds=st.sampled_from([-90_000, 1, 59, 3_600, 86_400, 14 * 86_400])),
)


def router_of(database: Database, now: Now) -> Router:
    gateway = Gateway(WebClient())
    return Router(database, gateway, now, HomeKeeper(database, gateway, now))


def asked(router: Router, text: str) -> dict[str, Any]:
    answer = router.answer(CommandRequest(ASKER.workspace_id, ASKER.person_id, None, "/project", text))
    assert isinstance(answer, dict)
    return answer


@contextmanager
def docs(database: Database) -> Iterator[Router]:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(
            tx, slug="docs", name="Docs", outcomes=["One", "Two", "Three"], links=["https://example.org/1"]
        )
        one, two, _ = outcomes.list_outcomes(tx, "T0TEST", project.id)
        say(tx, one, OutcomeStatus.ON_TRACK, ago=timedelta(days=13, hours=23))
        outcomes.change_outcome(tx, "T0TEST", two.id, NOW, due_on=date(2026, 5, 5))
    yield router_of(database, Now())


@pytest.fixture
def router(database: Database) -> Iterator[Router]:
    with docs(database) as router:
        yield router


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(steps=st.lists(_STEP, min_size=4, max_size=25))
def test_a_kept_answer_says_what_a_new_one_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str | bool | timedelta]
) -> None:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('kept')}/waymark.db")
    migrate(database)
    with docs(database):
        now = Now()
        router = router_of(database, now)
        for step in steps:
            if isinstance(step, timedelta):
                now.at += step
            elif isinstance(step, bool):
                with database.write() as tx:
                    record_charts(tx, ASKER.workspace_id, drawn=step, now=now())
            elif step in _CHANGED:
                asked(router, step)
            else:
                before = asked(router, step)
                again = asked(router, step)
                with database.read() as tx:
                    try:
                        fresh = answer_line(tx, ASKER, step, now())
                    except BotError:
                        # Nothing is called so yet, and both say so.
                        assert before == again
                        continue
                assert isinstance(fresh, Message)
                assert before["blocks"] == again["blocks"] == answer_blocks(fresh)
                assert again["text"] == fresh.text
    database.close()


def test_a_second_answer_asks_one_statement_until_another_process_changes_the_record(
    database: Database, router: Router
) -> None:
    gateway, now = Gateway(WebClient()), Now()
    homes = HomeKeeper(database, gateway, now)
    other = Router(database, gateway, now, homes)

    def statements() -> int:
        with recorded_statements() as found:
            asked(router, "show docs")
        return len(found)

    # Who asks is read anew after a while, whatever is asked.
    asked(router, "help")
    assert [statements(), statements()] == [3, 1]
    asked(other, "update docs 1 done")
    # It also asks whose home tab shows the project, in a thread of its own.
    assert homes.settle()
    assert [statements(), statements()] == [3, 1]


def test_an_answer_of_another_workspace_is_another_answer(database: Database, router: Router) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0OTHER")
        make_project(tx, "T0OTHER", slug="docs", name="Other docs")
    asked(router, "show docs")

    answer = router.answer(CommandRequest("T0OTHER", "U0ANA", None, "/project", "show docs"))

    assert isinstance(answer, dict)
    assert "Other docs" in answer["text"]

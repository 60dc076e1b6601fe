"""A request that is sent again, bit for bit, while its signature holds: it acts once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import texts, texts_forms
from bot.local.model import Message
from bot.local.seed import JMTE, SOFIA
from storage.database import Database
from storage.nonces import KEPT
from storage.outcomes import list_outcomes
from storage.records import Project
from storage.slack_tables import nonces
from storage.tables import outcomes
from tests.scenarios.forged import memo_of, view_of
from tests.scenarios.records import add_jmte
from tests.scenarios.test_buttons import address_for
from tests.support import signing
from tests.support.bot import PERSON, SECRET, WORKSPACE, Bot
from tests.support.make import make_project
from tests.support.messages import all_buttons
from tests.support.product import running_web
from tests.support.statements import recorded_statements


def sent_twice(bot: Bot, body: bytes) -> tuple[signing.Response, signing.Response]:
    """The same bytes with the same signature."""
    headers = signing.signed(SECRET, body)
    first, second = (signing.call(bot.app, body, headers) for _ in range(2))
    bot.settle()
    return first, second


def command(text: str) -> bytes:
    return signing.command_body(text, team_id=WORKSPACE, user_id=PERSON, channel_id=JMTE)


def click_on(bot: Bot, answer: Message, label: str) -> dict[str, Any]:
    button = next(each for each in all_buttons({"blocks": answer.blocks}) if each["text"]["text"] == label)
    return signing.button_payload(
        button["action_id"],
        button["value"],
        workspace_id=WORKSPACE,
        person_id=PERSON,
        response_url=address_for(bot, answer),
    )


def outcomes_of(bot: Bot, project: Project) -> list[str]:
    with bot.database.read() as tx:
        return [each.text for each in list_outcomes(tx, WORKSPACE, project.id)]


def remembered(database: Database) -> int:
    with database.read() as tx:
        return int(tx.execute(select(func.count()).select_from(nonces)).scalar_one())


def test_a_command_that_comes_again_acts_once_and_says_so(bot: Bot) -> None:
    project = add_jmte(bot)
    before = outcomes_of(bot, project)

    first, second = sent_twice(bot, command("outcome add A fourth"))
    third = bot.command("outcome add A fourth", channel=JMTE)

    assert "A fourth" in first.json["text"]
    assert second.status == 200
    assert second.json["text"] == texts.SENT_TWICE
    assert "A fourth" in third["text"], "typed once more, it is another request"
    assert outcomes_of(bot, project) == [*before, "A fourth", "A fourth"]


def test_an_update_that_comes_again_stands_in_the_history_once(bot: Bot) -> None:
    add_jmte(bot)

    sent_twice(bot, command("update jmte 2 at risk: waiting for the grant office"))

    assert bot.command("history jmte")["text"].count("waiting for the grant office") == 1


def test_a_click_that_comes_again_acts_once_and_bothers_nobody(bot: Bot) -> None:
    add_jmte(bot)
    answer = bot.type_command("update jmte 2 at risk")
    payload = click_on(bot, answer, "Undo")

    first, second = sent_twice(bot, signing.interaction_body(payload))

    assert (first.status, second.status, second.body) == (200, 200, b"")
    assert "Taken back" in bot.last_message().text
    assert bot.calls_in().count("response_url") == 1


def test_what_is_shared_again_is_posted_once(bot: Bot) -> None:
    add_jmte(bot)
    answer = bot.type_command("goal jmte")
    payload = click_on(bot, answer, "Share in channel")

    sent_twice(bot, signing.interaction_body(payload))

    assert len(bot.seen(person=SOFIA)) == 1


def test_a_form_that_comes_again_is_taken_once(bot: Bot) -> None:
    project = add_jmte(bot)
    before = outcomes_of(bot, project)
    view = view_of("add", memo_of(bot, project, "add"), text="From a form")
    payload = {"type": "view_submission", "team": {"id": WORKSPACE}, "user": {"id": PERSON}, "view": view}

    first, second = sent_twice(bot, signing.interaction_body(payload))

    assert (first.status, second.status) == (200, 200)
    assert texts_forms.SAVED_ALREADY in second.body.decode()
    assert outcomes_of(bot, project) == [*before, "From a form"]


@pytest.mark.in_process("counts the statements of its own process")
def test_what_only_reads_may_come_again_and_costs_no_statement(bot: Bot) -> None:
    add_jmte(bot)
    bot.command("show jmte")
    body = command("show jmte")
    headers = signing.signed(SECRET, body)

    with recorded_statements() as statements:
        first = signing.call(bot.app, body, headers)
    second = signing.call(bot.app, body, headers)

    assert first.json == second.json
    assert not any("nonces" in each for each in statements)
    assert remembered(bot.database) == 0


def test_what_was_refused_is_refused_again_with_the_same_words(lite: Bot) -> None:
    add_jmte(lite)

    first, second = sent_twice(lite, command("update jmte 99 done"))

    assert first.json["text"] == second.json["text"]
    assert first.json["text"].startswith("🔎")
    assert remembered(lite.database) == 0


def test_another_workspace_may_have_said_the_same(lite: Bot) -> None:
    with lite.database.write() as tx:
        make_project(tx, WORKSPACE, slug="reef", name="Reef")

    sent_twice(lite, command("goal reef Know the reef"))

    assert remembered(lite.database) == 1


def test_a_job_forgets_what_nobody_can_send_again(lite: Bot) -> None:
    add_jmte(lite)
    lite.command("outcome add jmte A fourth")
    lite.tick()
    kept = remembered(lite.database)

    lite.tick(seconds=KEPT.total_seconds() + 1)

    assert (kept, remembered(lite.database)) == (1, 0)


@pytest.mark.parametrize("times", [8])
def test_of_many_that_come_to_several_processes_at_once_one_acts(
    tmp_path: Path, database_url: str, times: int
) -> None:
    with running_web(tmp_path, database_url, "--workers", "2") as web:
        database = Database(database_url)
        with database.write() as tx:
            make_project(tx, WORKSPACE, slug="reef", name="Reef", channel_id=JMTE)
        web.send(command("list"))
        body = command("outcome add reef From many")
        headers = {"Content-Type": signing.FORM, **signing.signed(SECRET, body)}
        with ThreadPoolExecutor(times) as pool:
            answers = list(pool.map(lambda _: web.send(body, headers).json["text"], range(times)))
        with database.read() as tx:
            added = tx.execute(select(func.count()).select_from(outcomes)).scalar_one()
        database.close()

    assert added == 1
    assert sorted(answer == texts.SENT_TWICE for answer in answers) == [False] + [True] * (times - 1)

"""A PostgreSQL that is stopped under running processes, and started again: they go on by themselves."""

import json
import signal
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import clock
from bot.local.seed import JMTE, TEAM, WANJIRU
from bot.web.server import can_pin
from storage.database import Database
from storage.migrate import migrate
from storage.schedules import change_schedule
from storage.tables import projects
from tests.support import signing
from tests.support.bot import SECRET
from tests.support.messages import AWAY
from tests.support.postgres import OwnServer
from tests.support.product import Web, bot_environment, running_program, running_web
from tests.support.rounds import add_due_projects
from tests.support.sending import WORKSPACE, prompts_in

LIST = signing.command_body("list", team_id=TEAM.id, user_id=WANJIRU)
SLACK_WAITS_S = 3


def opened_home(event_id: str) -> bytes:
    event = {"type": "app_home_opened", "user": WANJIRU, "channel": "D0TEST0001", "tab": "home"}
    return json.dumps(
        {"type": "event_callback", "team_id": TEAM.id, "api_app_id": "A0TEST", "event_id": event_id}
        | {"event_time": int(clock.now().timestamp()), "event": event}
    ).encode()


def send_event(web: Web, event_id: str) -> int:
    body = opened_home(event_id)
    return web.send(body, {"Content-Type": signing.JSON, **signing.signed(SECRET, body)}).status


@pytest.mark.postgres
def test_it_is_said_while_it_is_away_and_all_goes_on_when_it_is_back(
    tmp_path: Path, own_postgres: OwnServer
) -> None:
    url = own_postgres.url
    with closing(Database(url)) as database:
        migrate(database)
        add_due_projects(database, WORKSPACE, [JMTE], [clock.now(), clock.now() + timedelta(hours=1)])
        with running_web(tmp_path, url) as web:
            told = bot_environment(web.slack, url)
            with running_program("worker", folder=tmp_path, environment=told) as worker:
                worker.wait_until(lambda: len(prompts_in(web.slack, JMTE)) == 1)
                before, event_before = web.send(LIST), send_event(web, "Ev1")

                own_postgres.stop()
                began = time.monotonic()
                away = [web.send(LIST) for _ in range(3)]
                event_away = send_event(web, "Ev2")
                took_s = time.monotonic() - began
                worker.wait_for("The database is away")
                own_postgres.start()

                event_after = send_event(web, "Ev2")
                after = web.send(LIST)
                with database.write() as tx:
                    second = tx.execute(select(func.max(projects.c.id))).scalar_one()
                    change_schedule(tx, WORKSPACE, second, next_at=clock.now())
                worker.wait_until(lambda: len(prompts_in(web.slack, JMTE)) == 2)
                worker.wait_for("The database is back")
        said = web.program.output + worker.output

    assert "Project 0" in before.json["text"]
    assert "Project 0" in after.json["text"], (
        "the first answer is a right one: no connection from before is used"
    )
    assert [each.status for each in away] == [200] * 3
    assert all(AWAY.fullmatch(each.json["text"]) for each in away)
    assert took_s < SLACK_WAITS_S * 4
    assert (event_before, event_away, event_after) == (200, 503, 200)
    assert "Traceback" not in said
    assert worker.output.count("The database is away") == 1
    assert worker.output.count("The database is back") == 1


@pytest.mark.postgres
@pytest.mark.skipif(not can_pin(), reason="only Linux tells the processes of a server")
def test_a_server_that_says_nothing_any_more_is_away_and_keeps_nobody_from_ending(
    tmp_path: Path, own_postgres: OwnServer
) -> None:
    url = own_postgres.url
    with closing(Database(url)) as database:
        migrate(database)
    with running_web(tmp_path, url) as web:
        told = bot_environment(web.slack, url)
        with running_program("worker", folder=tmp_path, environment=told) as worker:
            worker.wait_for("Waymark asks")
            before = web.send(LIST)
            with own_postgres.frozen():
                began = time.monotonic()
                away = web.send(LIST)
                took_s = time.monotonic() - began
                worker.wait_for("The database is away")
                worker.process.send_signal(signal.SIGTERM)
                code = worker.process.wait(10)
            after = web.send(LIST)
        said = web.program.output + worker.output

    assert AWAY.fullmatch(away.json["text"])
    # 2.7 s where nothing else runs, as other tests do here; without its own patience it hangs for 15.
    assert took_s < SLACK_WAITS_S * 2
    assert code == 0
    assert before.json["text"] == after.json["text"] != away.json["text"]
    assert "Traceback" not in said

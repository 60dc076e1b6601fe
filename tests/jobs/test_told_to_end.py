"""SIGTERM, as a platform sends it: whatever runs ends within ten seconds, and leaves nothing undone."""

import http.client
import itertools
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import clock
from bot.local.seed import DOCS, GENERAL, HUB_PILOTS, JMTE, STEWARDS, TEAM, TIDE_GAUGES, WANJIRU
from bot.local.server import LocalServer
from bot.local.unkind import Rule
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.migrate import migrate
from storage.publications import add_publication
from storage.tables import projects
from tests.support.make import make_project, make_workspace
from tests.support.ports import free_port
from tests.support.product import Program, Web, bot_environment, running_program, running_web
from tests.support.rounds import add_due_projects
from tests.support.sending import WORKSPACE, prompts_in, running_slack
from tests.support.signing import command_body

WITHIN_S = 10
BEGINS_WITHIN_S = 30
CHANNELS = (JMTE, DOCS, GENERAL, HUB_PILOTS, STEWARDS, TIDE_GAUGES)
LIST = command_body("list", team_id=TEAM.id, user_id=WANJIRU)


def end(program: Program) -> None:
    """Told to end, it does in time, with exit code 0."""
    began = time.monotonic()
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(WITHIN_S) == 0, program.output
    assert time.monotonic() - began < WITHIN_S
    assert "Traceback" not in program.output


@pytest.mark.parametrize(
    "options", [(), ("--with-worker",), ("--with-worker", "--workers", "2")], ids=" ".join
)
def test_what_web_has_begun_with_it_answers(
    tmp_path: Path, sqlite_url: str, options: tuple[str, ...]
) -> None:
    answered: list[str] = []
    with running_web(tmp_path, sqlite_url, *options) as web, ThreadPoolExecutor(9) as pool:
        assert web.send(LIST).status == 200
        # Somebody new, of whom Slack is slow to tell: a request that is not answered yet.
        web.slack.platform.unkindness.add(Rule("users.info", delay=0.9))
        slow = pool.submit(web.send, command_body("list", team_id=TEAM.id, user_id="U0NEW000001"))
        web.program.wait_until(lambda: not web.slack.platform.unkindness.rules())
        load = [pool.submit(create_until_it_ends, web, number, answered) for number in range(8)]
        web.program.wait_until(lambda: len(answered) > 20)

        end(web.program)

        assert slow.result().status == 200
        for future in load:
            future.result()
    with closing(Database(sqlite_url)) as database, database.read() as tx:
        made = tx.execute(select(projects.c.name)).scalars().all()
    assert sorted(made) == sorted(answered)


def create_until_it_ends(web: Web, number: int, answered: list[str]) -> None:
    """A project after the other. Whoever connects as it ends is sent away, and then nothing was made."""
    for count in itertools.count():
        name = f"Project {number} {count}"
        try:
            response = web.send(command_body(f"create {name}", team_id=TEAM.id, user_id=WANJIRU))
        except (ConnectionError, http.client.RemoteDisconnected):
            return
        assert response.status == 200
        answered.append(name)


def test_what_a_worker_holds_is_sent_or_given_back_and_the_next_goes_on_at_once(
    tmp_path: Path, database_url: str
) -> None:
    database = Database(database_url)
    migrate(database)
    add_due_projects(database, WORKSPACE, CHANNELS, [clock.now()] * 24)
    with running_slack() as slack:
        told = bot_environment(slack, database_url)
        # Each takes a while, so that several are on their way at any time.
        slack.platform.unkindness.add(Rule("chat.postMessage", delay=0.5, times=24))
        with running_program("worker", folder=tmp_path, environment=told) as program:
            program.wait_until(lambda: _standing(slack) >= 3)
            end(program)
        between, leased = _standing(slack), _leased(database)
        began = time.monotonic()
        with running_program("worker", folder=tmp_path, environment=told) as program:
            program.wait_until(lambda: _standing(slack) >= 24)
            took_s = time.monotonic() - began
            end(program)

        assert between < 24
        assert leased == 0
        assert took_s < 40, "a lease lasts 60 seconds"
        assert _standing(slack) == 24
    database.close()


def test_a_worker_that_publishes_does_not_wait_for_a_server_that_never_answers(
    tmp_path: Path, sqlite_url: str
) -> None:
    with (
        closing(Database(sqlite_url)) as database,
        running_slack() as slack,
        socket.create_server(("127.0.0.1", 0)) as silent,
    ):
        migrate(database)
        with database.write() as tx:
            make_workspace(tx, WORKSPACE)
            make_project(tx, WORKSPACE)
            assert add_publication(
                tx, WORKSPACE, "github:team/site//projects.md", page_id=None, now=clock.now()
            )
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        told = bot_environment(slack, sqlite_url, GITHUB_API_URL=address, GITHUB_TOKEN="github_pat_1")
        silent.settimeout(BEGINS_WITHIN_S)
        with running_program("worker", folder=tmp_path, environment=told) as program:
            connection, _ = silent.accept()
            with connection:
                end(program)


def test_a_trial_ends_with_its_bot(tmp_path: Path) -> None:
    told = {"PORT": str(free_port())}
    with running_program("try", folder=tmp_path, environment=told) as program:
        program.wait_for("Ctrl-C ends it.")
        end(program)
        with program.said:
            # What it prints comes to an end when the last of its processes has.
            assert program.said.wait_for(lambda: program.ended, WITHIN_S)


def _standing(slack: LocalServer) -> int:
    return sum(len(prompts_in(slack, channel)) for channel in CHANNELS)


def _leased(database: Database) -> int:
    with database.read() as tx:
        held = select(func.count()).where(deliveries.c.lease.is_not(None))
        return int(tx.execute(held).scalar_one())

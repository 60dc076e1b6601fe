"""The worker as it is run: a process of its own, or beside `web`."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import clock
from bot.local.seed import JMTE
from storage.database import Database
from storage.migrate import migrate
from tests.support.ports import free_port
from tests.support.product import Program, bot_environment, is_answered, running_program
from tests.support.rounds import add_due_projects
from tests.support.sending import WORKSPACE, prompts_in, running_slack

WITHIN_S = 10


def prepare(url: str) -> None:
    database = Database(url)
    migrate(database)
    add_due_projects(database, WORKSPACE, [JMTE], [clock.now()])
    database.close()


def stops_in_time(program: Program, number: signal.Signals) -> bool:
    began = time.monotonic()
    program.process.send_signal(number)
    return program.process.wait(WITHIN_S) == 0 and time.monotonic() - began < WITHIN_S


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_asks_what_is_due_and_ends_when_told(
    tmp_path: Path, database_url: str, number: signal.Signals
) -> None:
    prepare(database_url)
    with running_slack() as slack:
        told = bot_environment(slack, database_url)
        with running_program("worker", folder=tmp_path, environment=told) as program:
            program.wait_until(lambda: len(prompts_in(slack, JMTE)) == 1)
            assert stops_in_time(program, number), program.output
        assert "Traceback" not in program.output


def test_a_web_process_does_the_same_beside_its_answers(tmp_path: Path, sqlite_url: str) -> None:
    prepare(sqlite_url)
    port = free_port()
    with running_slack() as slack:
        told = bot_environment(slack, sqlite_url)
        command = ("web", "--with-worker", "--workers", "2", "--port", str(port))
        with running_program(*command, folder=tmp_path, environment=told) as program:
            program.wait_until(lambda: is_answered(port, "GET", "/") and len(prompts_in(slack, JMTE)) == 1)
            assert stops_in_time(program, signal.SIGTERM), program.output
        assert len(prompts_in(slack, JMTE)) == 1
        assert "Traceback" not in program.output


def test_a_web_process_without_a_worker_loads_none_of_its_libraries() -> None:
    # What writes and publishes pages is among it: whoever waits for an answer waits for none of that.
    script = (
        "import sys; from bot.app import create_wsgi, prepare; import bot.web.server;"
        "print({'aiohttp', 'apscheduler', 'jinja2', 'httpx', 'bot.publish', 'bot.app_publishing',"
        " 'bot.pages.template', 'bot.pages.writing', 'bot.services.importing', 'bot.services.exporting',"
        " 'bot.services.publishing'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "set()"

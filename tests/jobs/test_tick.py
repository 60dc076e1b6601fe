"""`python -m bot tick`, as cron runs it: processes of its own that do what is due, and end."""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from bot import clock
from bot.local.seed import DOCS, GENERAL, JMTE
from bot.local.server import LocalServer
from bot.local.unkind import Rule
from storage.database import Database
from storage.migrate import migrate
from tests.support.make import make_project
from tests.support.ports import free_port
from tests.support.product import Program, bot_environment, running_program
from tests.support.rounds import add_due_projects
from tests.support.sending import WORKSPACE, prompts_in, running_slack

CHANNELS = (JMTE, DOCS, GENERAL)
WITHIN_S = 60


def prepare(url: str, count: int = 3) -> None:
    database = Database(url)
    migrate(database)
    add_due_projects(database, WORKSPACE, CHANNELS, [clock.now()] * count)
    database.close()


@contextmanager
def ticking(
    folder: Path, slack: LocalServer, url: str, *options: str, what: str = "tick"
) -> Iterator[Program]:
    told = bot_environment(slack, url)
    with running_program(what, *options, folder=folder, environment=told) as program:
        yield program


def code_of(program: Program) -> int:
    code = program.process.wait(WITHIN_S)
    with program.said:
        program.said.wait_for(lambda: program.ended, WITHIN_S)
    return code


def tick(folder: Path, slack: LocalServer, url: str, *options: str) -> tuple[int, str]:
    """Its exit code, and what it printed."""
    with ticking(folder, slack, url, *options) as program:
        return code_of(program), program.output


def count_prompts(slack: LocalServer) -> list[int]:
    return [len(prompts_in(slack, channel)) for channel in CHANNELS]


def test_it_sends_all_that_is_due_once_and_says_nothing(tmp_path: Path, database_url: str) -> None:
    prepare(database_url, 6)
    with running_slack() as slack:
        first = tick(tmp_path, slack, database_url)
        sent = count_prompts(slack)
        second = tick(tmp_path, slack, database_url)

        assert (first, second) == ((0, ""), (0, ""))
        assert sent == count_prompts(slack) == [2, 2, 2]


def test_of_owners_whom_slack_does_not_know_nothing_is_printed(tmp_path: Path, sqlite_url: str) -> None:
    prepare(sqlite_url, 1)
    with closing(Database(sqlite_url)) as database, database.write() as tx:
        make_project(tx, WORKSPACE, owner_id="U0STRANGER1")
    with running_slack() as slack:
        assert tick(tmp_path, slack, sqlite_url) == (0, "")
        assert slack.workspace.count_calls("users.info") == 1


def test_two_at_once_beside_a_worker_do_nothing_twice(tmp_path: Path, database_url: str) -> None:
    prepare(database_url, 12)
    with running_slack() as slack, ExitStack() as stack:
        stack.enter_context(ticking(tmp_path, slack, database_url, what="worker"))
        ticks = [stack.enter_context(ticking(tmp_path, slack, database_url)) for _ in range(2)]

        assert [code_of(program) for program in ticks] == [0, 0]
        assert [program.output for program in ticks] == ["", ""]
        assert count_prompts(slack) == [4, 4, 4]


def test_it_ends_when_its_time_is_over_and_the_next_goes_on(tmp_path: Path, sqlite_url: str) -> None:
    prepare(sqlite_url, 9)
    with running_slack() as slack:
        # A channel takes a message a second: three in each take longer than that.
        first = tick(tmp_path, slack, sqlite_url, "--seconds", "0.5")
        between = sum(count_prompts(slack))
        second = tick(tmp_path, slack, sqlite_url)

        assert (first, second) == ((0, ""), (0, ""))
        assert between < 9
        assert count_prompts(slack) == [3, 3, 3]


def test_it_ends_when_told_and_the_next_goes_on_at_once(tmp_path: Path, sqlite_url: str) -> None:
    prepare(sqlite_url, 30)
    with running_slack() as slack:
        with ticking(tmp_path, slack, sqlite_url) as program:
            program.wait_until(lambda: sum(count_prompts(slack)) >= 3)
            program.process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            assert code_of(program) == 0
            assert time.monotonic() - began < 10
        before = sum(count_prompts(slack))

        done = tick(tmp_path, slack, sqlite_url, "--seconds", "2")

        assert done == (0, "")
        assert before < sum(count_prompts(slack)) <= 30


def test_slack_that_is_away_from_the_start_is_one_line(tmp_path: Path, sqlite_url: str) -> None:
    prepare(sqlite_url)
    with running_slack(port=free_port()) as slack:
        slack.stop()

        code, said = tick(tmp_path, slack, sqlite_url)

    assert code == 1
    assert said.startswith("Slack does not answer at SLACK_API_URL: ")
    assert len(said.splitlines()) == 1


def test_slack_that_goes_away_on_the_way_is_one_line(tmp_path: Path, sqlite_url: str) -> None:
    prepare(sqlite_url)
    with running_slack() as slack:
        slack.platform.unkindness.add(Rule("chat.postMessage", status=503, times=3))

        code, said = tick(tmp_path, slack, sqlite_url, "--seconds", "20")

    assert code == 1
    assert "Slack is away: HTTP 503" in said
    assert len(said.splitlines()) == 1


@pytest.mark.postgres
def test_a_database_that_is_away_is_one_line(tmp_path: Path) -> None:
    with running_slack() as slack:
        code, said = tick(tmp_path, slack, f"postgresql://me@127.0.0.1:{free_port()}/db")

    assert code == 1
    assert said.startswith("The database cannot be opened (")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "1e9"])
def test_what_is_no_time_is_refused(tmp_path: Path, sqlite_url: str, seconds: str) -> None:
    with running_slack() as slack:
        code, said = tick(tmp_path, slack, sqlite_url, f"--seconds={seconds}")

    assert code == 2
    assert "--seconds" in said
    assert "Traceback" not in said

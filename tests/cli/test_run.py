"""`python -m bot run`: one process, connected to the local workspace over Socket Mode."""

import signal
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli_run import sentence
from bot.errors_socket_mode import SocketModeEnd, SocketModeError
from bot.local.manifest import read_manifest
from bot.local.people import People
from bot.local.seed import JMTE, SOFIA, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from bot.settings import Settings, SettingsError, require_tokens
from tests.cli.conftest import ROOT, Folder
from tests.support.bot import SECRET, TOKEN
from tests.support.product import Program, running_program

APP_TOKEN = "xapp-1-A0WAYMARK01-made-up"
WHERE = "Set it in the environment or in .env (see .env.sample).\n"
_ENDS_WITHIN_S = 10


@pytest.fixture
def slack() -> Iterator[LocalServer]:
    app = read_manifest(ROOT / "manifest.json")
    settings = LocalSettings(
        signing_secret=SECRET,
        bot_token=TOKEN,
        app_token=APP_TOKEN,
        request_url="http://127.0.0.1:9/nobody",
        socket_mode=True,
        commands=app.commands,
        shortcuts=app.shortcuts,
        event_subscriptions=app.event_subscriptions,
        app_home=app.app_home,
    )
    with LocalServer(seeded_workspace(), settings) as running:
        yield running


def environment(slack: LocalServer, **changes: str) -> Mapping[str, str]:
    tokens = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
    return {"SLACK_API_URL": slack.api_url, **tokens, **changes}


@contextmanager
def running_team(folder: Path, slack: LocalServer) -> Iterator[Program]:
    with running_program("run", folder=folder, environment=environment(slack)) as program:
        program.wait_for("Waymark is connected to Slack.")
        yield program


def typed(people: People, text: str) -> str:
    """What stands in the channel after `/project …`."""
    result = people.run_command(SOFIA, JMTE, f"/project {text}")
    assert result.ok, result.sentence
    return people.platform.workspace.messages_for(SOFIA, JMTE)[-1].text


def ended(program: Program) -> int:
    """Its exit code, at most ten seconds after it was told to end."""
    return program.process.wait(_ENDS_WITHIN_S)


def test_it_answers_asks_and_sends_and_ends_when_it_is_told_to(tmp_path: Path, slack: LocalServer) -> None:
    with running_team(tmp_path, slack) as program:
        assert "A new project" in typed(slack.people, "create Reef survey")
        typed(slack.people, "channel reef-survey #proj-jmte")
        typed(slack.people, "outcome add reef-survey Corals are counted")
        typed(slack.people, "checkin reef-survey")
        workspace = slack.workspace
        program.wait_until(lambda: workspace.count_calls("chat.postMessage") > 0)
        posted = [message.text for message in workspace.messages[JMTE] if not message.ephemeral_to]
        program.process.send_signal(signal.SIGTERM)
        code = ended(program)

    assert "Reef survey" in posted[-1]
    assert code == 0
    assert (tmp_path / "waymark.db").exists()
    assert slack.platform.sockets.wait_for(lambda: slack.platform.sockets.count() == 0)
    for secret in (TOKEN, APP_TOKEN, "ticket"):
        assert secret not in program.output
    assert "Traceback" not in program.output


def test_what_is_in_hand_at_the_end_is_finished(tmp_path: Path, slack: LocalServer) -> None:
    with (
        running_team(tmp_path, slack) as program,
        closing(sqlite3.connect(tmp_path / "waymark.db", isolation_level=None)) as other,
        ThreadPoolExecutor(1) as pool,
    ):
        other.execute("BEGIN IMMEDIATE")
        asked = pool.submit(slack.people.run_command, SOFIA, JMTE, "/project create Reef survey")
        # It asks Slack who that is, and waits for the one who writes.
        program.wait_until(lambda: slack.workspace.count_calls("users.info") > 0)
        program.process.send_signal(signal.SIGTERM)
        other.execute("COMMIT")

        assert asked.result().ok, asked.result().sentence
        assert ended(program) == 0
        assert other.execute("SELECT name FROM projects").fetchall() == [("Reef survey",)]


def test_when_socket_mode_is_switched_off_it_ends_with_one_line(tmp_path: Path, slack: LocalServer) -> None:
    with running_team(tmp_path, slack) as program:
        slack.platform.sockets.disable()
        code = ended(program)

    assert code == 1
    (line,) = [each for each in program.output.splitlines() if "Socket Mode" in each]
    assert line.startswith("Socket Mode is off for this app. Switch it on at https://api.slack.com/apps")


def test_a_token_that_slack_refuses_is_said_in_one_line(folder: Folder, slack: LocalServer) -> None:
    done = folder.bot("run", **environment(slack, SLACK_APP_TOKEN="xapp-1-another"))

    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("Slack refused apps.connections.open: invalid_auth. Is SLACK_APP_TOKEN the app's")
    assert "connections:write" in line
    assert "xapp-1" not in done.stderr


@pytest.mark.parametrize(
    ("bot_token", "app_token", "said"),
    [
        ("", "", "SLACK_BOT_TOKEN is not set. SLACK_APP_TOKEN is not set."),
        ("xoxb-1", " ", "SLACK_APP_TOKEN is not set."),
        ("xapp-1", "xoxb-1", "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: xoxb-… is the bot's"),
        ("xoxb-1", "xoxb-2", "SLACK_APP_TOKEN is a bot's token (xoxb-…), where an app-level token (xapp-…)"),
        ("xapp-1", "xapp-2", "SLACK_BOT_TOKEN is an app-level token (xapp-…), where the bot's (xoxb-…)"),
        ("xoxb-1", "8f742231b10e8888", "SLACK_APP_TOKEN is none, where an app-level token (xapp-…) belongs"),
    ],
)
def test_tokens_that_are_missing_or_swapped_are_said(bot_token: str, app_token: str, said: str) -> None:
    settings = Settings(slack_bot_token=SecretStr(bot_token), slack_app_token=SecretStr(app_token))

    with pytest.raises(SettingsError) as refused:
        require_tokens(settings, socket_mode=True)

    problems = " ".join(refused.value.problems)
    assert problems.startswith(said)
    for token in filter(str.strip, (bot_token, app_token)):
        assert token not in problems


def test_over_http_the_bots_token_in_the_wrong_place_is_said_too() -> None:
    settings = Settings(slack_bot_token=SecretStr("xapp-1"), slack_signing_secret=SecretStr(SECRET))

    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN is an app-level token"):
        require_tokens(settings)


def test_swapped_tokens_end_it_before_anything_is_asked_or_made(empty_folder: Folder) -> None:
    done = empty_folder.bot("run", SLACK_BOT_TOKEN=APP_TOKEN, SLACK_APP_TOKEN=TOKEN)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: ")
    assert done.stderr.endswith(WHERE)
    assert len(done.stderr.splitlines()) == 1
    assert not empty_folder.database_file.exists()


@pytest.mark.parametrize("end", SocketModeEnd)
def test_every_end_has_a_line_that_says_what_holds_and_what_to_do(end: SocketModeEnd) -> None:
    said = sentence(SocketModeError(end, "a_word", 8))

    assert "\n" not in said
    assert said.endswith("What Waymark has promised is kept: start it again.")


def between(name: str) -> list[str]:
    """The lines of a block of README.md, without what frames it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0]
    return [line.strip() for line in block.splitlines() if line.strip().strip("`")]


def test_the_readme_leads_from_nothing_to_the_first_check_in(tmp_path: Path, slack: LocalServer) -> None:
    sample = (ROOT / ".env.sample").read_text(encoding="utf-8")
    filled = sample.replace("SLACK_BOT_TOKEN=", f"SLACK_BOT_TOKEN={TOKEN}")
    filled = filled.replace("SLACK_APP_TOKEN=", f"SLACK_APP_TOKEN={APP_TOKEN}")
    (tmp_path / ".env").write_text(filled, encoding="utf-8")
    workspace = slack.workspace
    where = {"SLACK_API_URL": slack.api_url}

    with running_program("run", folder=tmp_path, environment=where) as program:
        program.wait_for("Waymark is connected to Slack.")
        channel = slack.people.create_channel(SOFIA, "reef-survey").channel_id or ""
        for line in between("first-check-in"):
            result = slack.people.run_command(SOFIA, channel, line)
            assert result.ok, (line, result.sentence)
            answered = workspace.messages_for(SOFIA, channel)[-1]
            assert "🔎" not in answered.text, answered.text
        program.wait_until(lambda: workspace.count_calls("chat.postMessage") > 0)
        asked = next(each for each in workspace.messages[channel] if "how do things stand?" in each.text)
        slack.people.say(SOFIA, channel, "1 on track: half of them", asked.ts)
        assert slack.platform.events.settle()
        slack.people.run_command(SOFIA, channel, "/project show")
        record = workspace.messages_for(SOFIA, channel)[-1].text

    assert "1. Corals are counted" in asked.text.replace("*", "")
    assert "“half of them”" in record
    assert "Next check-in" in record

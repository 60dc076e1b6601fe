"""`make run`: the local workspace in a browser, with the bot beside it as it would run anywhere.

The bot is a process of its own that knows the workspace only as SLACK_API_URL.
"""

import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from pydantic import SecretStr

from bot import clock
from bot.app import create_gateway, prepare
from bot.local.browser import Completion, PageSettings
from bot.local.clock import LocalClock
from bot.local.seed import seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings, SlashCommand
from bot.pages import read_page
from bot.services.sample import import_sample
from bot.settings import Settings, environment_with
from bot.slack.registry import COMMANDS
from bot.web.server import require_free_port
from storage.database import Database
from storage.migrate import open_database
from storage.project_lists import ProjectFilter, count_projects
from storage.records import ProjectState

HOST = "127.0.0.1"
SAMPLE = Path(__file__).parent / "pages" / "sample.md"

_HINTS = (
    "/project show jmte",
    "/project list",
    "/project search tide",
    "/project outcomes",
    "/project help",
)
_STOP_WITHIN_S = 5


def run_trial(settings: Settings) -> int:
    """Serve until interrupted; the bot's exit code if it ends by itself. Raises PortInUseError."""
    bot_port = _free_port()
    server = _create_workspace(settings, bot_port)
    require_free_port(HOST, settings.port)
    with tempfile.TemporaryDirectory(prefix="waymark-") as folder, server:
        offset_file = Path(folder) / "clock-offset"
        _follow_clock(server.workspace.clock, offset_file)
        trial = settings.model_copy(
            update={
                "slack_api_url": server.api_url,
                "slack_bot_token": SecretStr(server.settings.bot_token),
                "slack_signing_secret": SecretStr(server.settings.signing_secret),
                "clock_offset_file": offset_file,
            }
        )
        _load_sample(trial)
        print(_welcome(server.url, Database(settings.database_url).address), flush=True)
        return _run_bot(trial, bot_port)


def _follow_clock(clock: LocalClock, file: Path) -> None:
    """When the workspace's clock is moved, the bot's moves too."""

    def write() -> None:
        # Renamed into place, so that the bot never reads half a number.
        fresh = file.with_suffix(".new")
        fresh.write_text(str(clock.offset.total_seconds()), encoding="utf-8")
        fresh.replace(file)

    clock.on_move(write)


def _create_workspace(settings: Settings, bot_port: int) -> LocalServer:
    local = LocalSettings(
        signing_secret=secrets.token_hex(16),
        bot_token=f"xoxb-{secrets.token_hex(12)}",
        request_url=f"http://{HOST}:{bot_port}/slack/events",
        host=HOST,
        port=settings.port,
        commands=(
            SlashCommand("/project", "Projects, their goals and outcomes", "show PROJECT, list, help"),
        ),
    )
    return LocalServer(
        seeded_workspace(),
        local,
        PageSettings(commands=local.commands, completions=_completions(), hints=_HINTS),
    )


def _completions() -> tuple[Completion, ...]:
    return tuple(
        Completion(f"/project {command.name}", command.usage, command.summary)
        for command in COMMANDS.values()
        if command.name != "overview"
    )


def _load_sample(settings: Settings) -> None:
    """Fill the database with the sample, unless there are projects in it."""
    identity = prepare(settings)
    gateway = create_gateway(settings)
    page = read_page(SAMPLE.read_text(encoding="utf-8"))
    everything = ProjectFilter(states=tuple(ProjectState))
    database = open_database(settings.database_url)
    try:
        with database.write() as tx:
            if not count_projects(tx, identity.workspace_id, everything):
                channels, people = gateway.list_channels(), gateway.list_people()
                import_sample(tx, identity.workspace_id, page, clock.now(), channels=channels, people=people)
    finally:
        database.close()


def _run_bot(settings: Settings, port: int) -> int:
    environment = environment_with(
        {
            "SLACK_API_URL": settings.slack_api_url,
            "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
            "SLACK_SIGNING_SECRET": settings.slack_signing_secret.get_secret_value(),
            "CLOCK_OFFSET_FILE": str(settings.clock_offset_file),
        }
    )
    command = [sys.executable, "-m", "bot", "web", "--host", HOST, "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as bot:
        try:
            return bot.wait()
        except KeyboardInterrupt:
            # Ctrl-C reaches the bot too, since it runs in the same terminal.
            bot.send_signal(signal.SIGINT)
            bot.wait(_STOP_WITHIN_S)
            return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _welcome(url: str, database_address: str) -> str:
    hints = "\n".join(f"    {hint}" for hint in _HINTS)
    return (
        f"\nWaymark is ready to be tried, without a Slack account:\n\n  {url}\n\n"
        f"Open it in a browser, choose #general and type, for example:\n\n{hints}\n\n"
        f"Records are kept in {database_address}. Your own page: .venv/bin/python -m bot import PAGE\n"
        "Ctrl-C ends it.\n"
    )

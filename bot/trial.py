"""`make run`: the local workspace in a browser, with the bot beside it as it would run anywhere.

The bot is a process of its own that knows the workspace only as SLACK_API_URL.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pydantic import SecretStr

from bot.app import create_gateway, prepare
from bot.local.browser import Completion, PageSettings
from bot.local.clock import LocalClock
from bot.local.manifest import read_manifest
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from bot.local.state_file import load_or_seed, save
from bot.local.workspace import Workspace
from bot.pages import read_page
from bot.services.sample import PAGE_NAME, import_sample
from bot.settings import Settings, environment_with
from bot.slack.registry import COMMANDS
from bot.web.server import require_free_port
from storage.migrate import open_database
from storage.project_lists import has_projects

HOST = "127.0.0.1"
SAMPLE = Path(__file__).parent / "pages" / "sample.md"
MANIFEST = Path(__file__).parents[1] / "manifest.json"

_HINTS = (
    "/project show jmte",
    "/project update jmte 2 done",
    "/project edit jmte",
    "/project schedule jmte",
    "/project preview",
    "/project brief",
    "/project export csv",
    "/project settings page on",
    "/project help",
    "Move the clock to Monday 09:30: a check-in comes in #proj-jmte. Friday 09:30: a digest in #general.",
)
_PUBLISH = f'.venv/bin/python -m bot publish add --try {PAGE_NAME} --to "file:$PWD/waymark-try.md"'
_STOP_WITHIN_S = 5
_FIRST_OF_THE_SYSTEM = 32768
"""From here on systems hand out ports by themselves."""


class StateFileError(Exception):
    """The file for the state cannot be read or written; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run_trial(
    settings: Settings, state_file: Path | None = None, *, socket_mode: bool = False, patience_s: float = 3.0
) -> int:
    """Serve until interrupted; the bot's exit code if it ends by itself.

    `socket_mode`: the bot connects to the workspace, and has no port of its own. `patience_s`: so long the
    workspace waits for an answer, and for a form after a click.

    Raises PortInUseError, UnreadableStateError, StateFileError.
    """
    # What ends a service ends this too, with the bot beside it, and not in the middle of a line.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    require_free_port(HOST, settings.port)
    bot_port = port_beside(settings.port)
    server = _create_server(settings, bot_port, state_file, socket_mode=socket_mode, patience_s=patience_s)
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="waymark-") as folder, server:
        offset_file = Path(folder) / "clock-offset"
        _follow_clock(server.workspace.clock, offset_file)
        trial = settings.model_copy(
            update={
                "slack_api_url": server.api_url,
                "slack_bot_token": SecretStr(server.settings.bot_token),
                "slack_signing_secret": SecretStr(server.settings.signing_secret),
                "slack_app_token": SecretStr(server.settings.app_token),
                "clock_offset_file": offset_file,
                # Over HTTP the bot has a port of its own, where its public page is.
                "public_url": "" if socket_mode else f"http://{HOST}:{bot_port}",
            }
        )
        address = _load_sample(trial, server.workspace.clock)
        print(_welcome(server.url, address, trial.public_url), flush=True)
        listening = ("web", "--with-worker", "--host", HOST, "--port", str(bot_port))
        return _run_bot(trial, *(("run",) if socket_mode else listening))
    return 0


def _follow_clock(clock: LocalClock, file: Path) -> None:
    """When the workspace's clock is moved, the bot's moves too."""

    def write() -> None:
        # Renamed into place, so that the bot never reads half a number.
        fresh = file.with_suffix(".new")
        fresh.write_text(str(clock.offset.total_seconds()), encoding="utf-8")
        fresh.replace(file)

    write()
    clock.on_move(write)


def _open_workspace(state_file: Path | None) -> Workspace:
    try:
        workspace = load_or_seed(state_file)
        if state_file is not None:
            # Now, and not when somebody has said something that would be lost.
            save(workspace, state_file)
    except OSError as error:
        raise StateFileError(error.strerror or str(error)) from error
    return workspace


def _create_server(
    settings: Settings, bot_port: int, state_file: Path | None, *, socket_mode: bool, patience_s: float
) -> LocalServer:
    app = read_manifest(MANIFEST)
    local = LocalSettings(
        signing_secret=secrets.token_hex(16),
        bot_token=f"xoxb-{secrets.token_hex(12)}",
        app_token=f"xapp-{secrets.token_hex(12)}",
        socket_mode=socket_mode,
        request_url=f"http://{HOST}:{bot_port}/slack/events",
        host=HOST,
        port=settings.port,
        state_file=state_file,
        ack_seconds=patience_s,
        trigger_seconds=patience_s,
        commands=app.commands,
        shortcuts=app.shortcuts,
        event_subscriptions=app.event_subscriptions,
        scopes=app.scopes,
        app_home=app.app_home,
    )
    page = PageSettings(completions=_completions(), hints=_HINTS)
    return LocalServer(_open_workspace(state_file), local, page)


def _completions() -> tuple[Completion, ...]:
    return tuple(
        Completion(f"/project {command.name}", command.usage, command.summary)
        for command in COMMANDS.values()
        if command.name != "overview"
    )


def _load_sample(settings: Settings, clock: LocalClock) -> str:
    """Fill the database with the sample, unless there are projects in it; the database's address."""
    identity = prepare(settings)
    gateway = create_gateway(settings)
    channels, people = gateway.list_channels(), gateway.list_people()
    page = read_page(SAMPLE.read_text(encoding="utf-8"))
    with closing(open_database(settings.database_url)) as database:
        with database.write() as tx:
            if not has_projects(tx, identity.workspace_id):
                import_sample(tx, identity.workspace_id, page, clock.now(), channels=channels, people=people)
        return database.address


def _run_bot(settings: Settings, *arguments: str) -> int:
    environment = environment_with(
        {
            "DATABASE_URL": settings.database_url,
            "SLACK_API_URL": settings.slack_api_url,
            "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
            "SLACK_APP_TOKEN": settings.slack_app_token.get_secret_value(),
            "SLACK_SIGNING_SECRET": settings.slack_signing_secret.get_secret_value(),
            "PUBLIC_URL": settings.public_url,
            "CLOCK_OFFSET_FILE": str(settings.clock_offset_file),
        }
    )
    command = [sys.executable, "-m", "bot", *arguments]
    # In a session of its own: Ctrl-C reaches all of a terminal's processes, and two signals at once leave the
    # server waiting for itself.
    bot = None
    try:
        with _heard_later():
            bot = subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
            )
        return bot.wait()
    finally:
        if bot is not None:
            _stop(bot)


@contextmanager
def _heard_later() -> Iterator[None]:
    """An interrupt that comes meanwhile is raised after it: else what is begun here would go on by itself."""
    heard = threading.Event()
    before = {each: signal.signal(each, lambda *_: heard.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if heard.is_set():
        raise KeyboardInterrupt


def _stop(bot: subprocess.Popen[bytes]) -> None:
    """End it and its workers; by force, if it takes too long."""
    bot.terminate()
    with suppress(subprocess.TimeoutExpired):
        bot.wait(_STOP_WITHIN_S)
    with suppress(ProcessLookupError):
        os.killpg(bot.pid, signal.SIGKILL)
    bot.wait()


def port_beside(port: int) -> int:
    """A free one: the next, so that the public page is at the same address each time, else any."""
    # Ports that the system hands out by itself are left to it, since somebody may be about to get that one.
    wanted = port + 1 if 0 < port < _FIRST_OF_THE_SYSTEM - 1 else 0
    with socket.socket() as probe:
        # As servers do: one that has just ended is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError:
            probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _welcome(url: str, database_address: str, public_url: str) -> str:
    public = (
        f"The public page: say /project settings page on, and open {public_url}/projects\n\n"
        if public_url
        else ""
    )
    hints = "\n".join(f"    {hint}" for hint in _HINTS if hint.startswith("/"))
    return (
        f"\nWaymark is ready to be tried, without a Slack account:\n\n  {url}\n\n"
        f"Open it in a browser, choose #general and type, for example:\n\n{hints}\n\n"
        "Then move the clock, at the top, to Monday 09:30: a check-in comes in #proj-jmte.\n\n"
        f"{public}"
        "The sample's page as a file, which follows what is said and reads what you edit in it:\n\n"
        f"    {_PUBLISH}\n\n"
        f"Records are kept in {database_address}. Your own page, beside the sample:\n\n"
        "    .venv/bin/python -m bot import --try PAGE\n\n"
        "Ctrl-C ends it.\n"
    )

"""What is logged: in a form that a platform reads, with a reference, and with nothing that is private."""

import io
import json
import logging
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from pydantic import SecretStr

from bot import current, texts
from bot.current import Current
from bot.local.seed import JMTE, TEAM, WANJIRU
from bot.local.unkind import Rule
from bot.logs import SafeFormatter, describe, hide
from bot.settings import Settings
from storage.database import Database
from storage.engines import read_address
from storage.keys import new_key
from tests.support import signing
from tests.support.bot import SECRET, TOKEN, Bot, running_bot
from tests.support.environment import child_environment
from tests.support.product import Web, running_web

PRIVATE = "the-private-words"
PASSWORD = "p@ss/word-of-db"
METRICS = "the-token-of-whoever-watches"

Log = tuple[logging.Logger, Callable[[], list[str]]]


@contextmanager
def logging_to(*, is_json: bool, secrets: tuple[str, ...] = ()) -> Iterator[Log]:
    """A logger, and what it has written, as a process would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SafeFormatter(secrets, is_json=is_json))
    log = logging.getLogger(f"tests.logs.{id(stream)}")
    log.addHandler(handler)
    log.propagate = False
    log.setLevel(logging.INFO)
    yield log, lambda: stream.getvalue().splitlines()
    log.removeHandler(handler)


def fail(words: str) -> None:
    try:
        int(words)
    except ValueError as error:
        raise RuntimeError(words) from error


def test_a_line_is_json_with_what_it_is_about() -> None:
    doing = Current(kind="command", workspace_id="T0TEST")
    with logging_to(is_json=True) as (log, lines), current.being_done(doing):
        log.warning("%s is away", "Slack", extra={"method": "chat.update"})

    (line,) = [json.loads(each) for each in lines()]
    assert line.pop("timestamp").endswith("+00:00")
    assert line == {
        "event": "Slack is away",
        "level": "warning",
        "logger": line["logger"],
        "method": "chat.update",
        "request": doing.reference,
        "kind": "command",
        "workspace": "T0TEST",
    }


def test_a_line_about_a_delivery_has_its_key() -> None:
    doing = Current(kind="prompt", workspace_id="T0TEST", delivery="prompt:1")
    with logging_to(is_json=True) as (log, lines), current.being_done(doing):
        log.info("put off")
    (line,) = [json.loads(each) for each in lines()]

    assert (line["delivery"], line["try"], "request" in line) == ("prompt:1", doing.reference, False)


def test_on_a_terminal_it_is_read_by_people() -> None:
    with logging_to(is_json=False) as (log, lines), current.being_done(Current(kind="command")):
        log.warning("%s is away", "Slack")
    (line,) = lines()

    assert "warning" in line
    assert "Slack is away" in line
    assert "kind=command" in line


@pytest.mark.parametrize("is_json", [True, False])
def test_an_exception_is_told_by_its_kind_and_place_and_not_in_its_words(
    is_json: bool,  # noqa: FBT001 - a table
) -> None:
    with logging_to(is_json=is_json) as (log, lines):
        try:
            fail(PRIVATE)
        except RuntimeError:
            log.exception("failed")
    written = "\n".join(lines())

    assert PRIVATE not in written
    for part in ("RuntimeError", "ValueError", "test_logs.py", "in fail"):
        assert part in written
    assert len(lines()) == 1 or not is_json


def test_what_a_database_says_of_a_row_is_not_logged(postgres_server: object) -> None:
    assert hasattr(postgres_server, "url")
    with closing(psycopg.connect(postgres_server.url)) as connection:
        try:
            connection.execute("SELECT %s::int", [PRIVATE])
        except psycopg.Error as error:
            told = describe(error)

    assert PRIVATE not in told
    assert "22P02" in told


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1234567890-abcDEF",
        "xoxe.xoxp-1-Mi0yLTEyMzQ1Njc4OTA",
        "xapp-1-A0TEST-123-abc",
        "xoxp-local-waymark",
        "v0=" + "ab" * 32,
        "https://hooks.slack.com/actions/T0/1/abc",
        "waymark:pa:ss@",
        SECRET,
        PASSWORD,
        quote(PASSWORD, safe=""),
        METRICS,
        "key-that-encrypts",
        "key-of-before",
        'with "quotes" and \\',
    ],
)
def test_secrets_are_taken_out_of_whatever_is_written(secret: str) -> None:
    settings = Settings.model_validate(
        {
            "slack_signing_secret": f" {SECRET} ",
            "waymark_keys": "key-that-encrypts, key-of-before",
            "slack_bot_token": 'with "quotes" and \\',
            "metrics_token": METRICS,
            "database_url": f"postgresql://waymark:{quote(PASSWORD, safe='')}@localhost/waymark",
        }
    )
    said = f"postgresql://{secret}localhost/x" if secret.endswith("@") else f"it said ({secret})!"
    for is_json in (True, False):
        with logging_to(is_json=is_json, secrets=tuple(settings.secrets())) as (log, lines):
            log.error("%s", said, extra={"more": said})
        written = "\n".join(lines())
        assert "[hidden]" in written
        assert secret.rstrip("@") not in written
        assert json.dumps(secret)[1:-1].rstrip("@") not in written


@pytest.mark.parametrize("password", ["har/bour", "har?bour", "har#bour", "har:bour", "har[bour"])
def test_the_password_of_a_database_is_a_secret_however_it_is_written(password: str) -> None:
    for address in (
        f"postgresql://waymark:{password}@localhost/waymark",
        f"postgresql://localhost/waymark?user=waymark&password={quote(password)}",
    ):
        url = read_address(address)
        assert password in {url.password, url.query.get("password")}
        assert password in Settings(database_url=address).secrets()


def test_each_of_several_keys_is_a_secret() -> None:
    one, two = new_key(), new_key()
    settings = Settings(waymark_keys=SecretStr(f"{one}, {two}\n"))

    assert {one, two} <= settings.secrets()


@pytest.mark.parametrize("part", ["://a:b", "a:", "xoxb-", "v0=", "https://hooks.slack.com/"])
def test_no_line_takes_long_to_be_looked_through(part: str) -> None:
    began = time.process_time()
    hide("://" + part * 10_000)

    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", ["ticket", "code", "state"])
def test_what_an_address_lets_somebody_do_is_taken_out_of_it(name: str) -> None:
    assert hide(f"wss://wss.slack.com/link/?a=1&{name}=ab.cd&b=2") == (
        "wss://wss.slack.com/link/?a=1&[hidden]&b=2"
    )


def test_what_is_no_secret_stays() -> None:
    for words in ("proxy-server", "xo-xo", "http://127.0.0.1:3000/x", "C0JMTE00001", "a-b@c", "v0=12"):
        assert hide(words) == words
    assert hide("postgresql://host/name") == "postgresql://host/name"


def test_what_a_person_is_told_stands_in_the_line_of_the_log(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with running_bot(sqlite_database) as lite, logging_to(is_json=True) as (log, lines):
        router = logging.getLogger("bot.slack.router")
        router.addHandler(log.handlers[0])
        break_table(lite)
        first, second = (lite.command("show reef")["text"] for _ in range(2))
        router.removeHandler(log.handlers[0])

    references = [json.loads(each)["request"] for each in lines()]
    assert [first, second] == [texts.INTERNAL_ERROR.format(reference=each) for each in references]
    assert first != second
    assert all(len(each) == 8 for each in references)
    assert caplog.messages


def break_table(bot: Bot) -> None:
    with bot.database.write() as tx:
        tx.exec_driver_sql("ALTER TABLE projects RENAME TO gone")


def everything(web: Web) -> None:
    """Requests of all kinds with private words in them: good, bad, forged, and while all is broken."""
    sender = web.slack.people
    lines = [
        PRIVATE,
        f"search {PRIVATE}",
        f"create {PRIVATE}",
        f"update reef 1 done: {PRIVATE}",
        f"x {TOKEN}",
    ]
    for text in (*lines, f"goal {PRIVATE} {PRIVATE}", f"outcome add {PRIVATE} {PRIVATE}"):
        web.send(signing.command_body(text, team_id=TEAM.id, user_id=WANJIRU, channel_id=JMTE))
        sender.say(WANJIRU, JMTE, f"<@{web.slack.workspace.bot.user_id}> {text}")
    button = signing.button_payload(PRIVATE, PRIVATE, workspace_id=TEAM.id, person_id=WANJIRU)
    view = {"id": "V1", "callback_id": PRIVATE, "private_metadata": PRIVATE, "state": {"values": {}}}
    submit = {"type": "view_submission", "team": {"id": TEAM.id}, "user": {"id": WANJIRU}, "view": view}
    for payload in (
        button,
        submit,
        {"type": PRIVATE},
        {"type": "block_actions", "actions": PRIVATE},
        PRIVATE,
    ):
        web.send(signing.interaction_body(payload))
    web.send(f'{{"type": "event_callback", "event": "{PRIVATE}"}}'.encode())
    web.send(f"payload={PRIVATE}".encode())
    web.send(PRIVATE.encode(), signing.signed(f"{SECRET}x", PRIVATE.encode()))
    web.slack.platform.events.settle()


@pytest.mark.parametrize("form", ["json", "text"])
def test_nothing_private_is_logged_whatever_happens(tmp_path: Path, database_url: str, form: str) -> None:
    with running_web(tmp_path, database_url, "--with-worker", LOG_FORMAT=form, METRICS_TOKEN=METRICS) as web:
        web.slack.platform.unkindness.add(Rule("users.info", error=f"not_{TOKEN}", times=2))
        everything(web)
        for name in ("project_words", "outcomes", "deliveries", "projects"):
            with closing(Database(database_url)) as database, database.write() as tx:
                tx.exec_driver_sql(f"ALTER TABLE {name} RENAME TO gone_{name}")
            everything(web)
        web.program.wait_until(lambda: "failed" in web.program.output)
    printed = web.program.output

    for secret in (PRIVATE, SECRET, TOKEN, METRICS, "xoxb", "hooks/"):
        assert secret not in printed
    logged = printed.splitlines()[1:]
    assert len(logged) > 4
    if form == "json":
        for line in logged:
            read = json.loads(line)
            assert {"event", "level", "logger", "timestamp"} <= set(read)
        requests = [json.loads(line) for line in logged if '"request"' in line]
        assert {each["kind"] for each in requests} >= {"command", "button"}


def test_json_on_a_platform_and_text_on_a_terminal() -> None:
    script = (
        "import logging; from bot import logs; logs.configure('auto', ());"
        "logging.getLogger('bot').warning('said'); raise SystemExit"
    )
    command = [sys.executable, "-c", script]
    piped = subprocess.run(command, capture_output=True, text=True, check=True, env=child_environment())
    ours, theirs = pty.openpty()
    subprocess.run(command, stderr=theirs, check=True, env=child_environment())
    os.close(theirs)
    on_terminal = os.read(ours, 10_000).decode()
    os.close(ours)

    assert json.loads(piped.stderr)["event"] == "said"
    assert "said" in on_terminal
    assert not on_terminal.startswith("{")


def test_what_ends_a_process_or_a_thread_is_a_line_without_its_words() -> None:
    script = (
        "import threading; from bot import logs; logs.configure('json', ());"
        f"thread = threading.Thread(target=lambda: int('{PRIVATE}'), name='mine');"
        "thread.start(); thread.join(); int('" + PRIVATE + "')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=child_environment()
    )
    lines = [json.loads(line) for line in ended.stderr.splitlines()]

    assert ended.returncode == 1
    assert [each["event"] for each in lines] == [
        "the thread mine was ended by a mistake",
        "ended by a mistake",
    ]
    assert all(each["exception"].endswith("ValueError") for each in lines)


def test_a_start_loads_neither_structlog_nor_prometheus() -> None:
    script = (
        "import sys; from bot.app import create_wsgi, prepare; import bot.web.server, bot.cli;"
        "print({'structlog', 'prometheus_client'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "set()"

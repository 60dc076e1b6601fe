"""The bot as it is deployed: a process of its own, asked over HTTP."""

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import texts_installing
from bot.local.seed import JMTE, TEAM, WANJIRU
from bot.web.server import can_pin
from storage.database import Database
from tests.support.bot import SECRET, TOKEN
from tests.support.make import make_project
from tests.support.messages import require_good_message
from tests.support.product import Web, is_answered, request, running_web
from tests.support.signing import FORM, PATH, command_body, signed

SHOW = command_body("show reef", team_id=TEAM.id, user_id=WANJIRU)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("web")
    url = f"sqlite:///{folder}/waymark.db"
    with running_web(folder, url) as running:
        database = Database(url)
        with database.write() as tx:
            make_project(tx, TEAM.id, slug="reef", name="Reef survey", goal="Know the reef", channel_id=JMTE)
        database.close()
        yield running


def test_it_answers_signed_commands_with_messages(web: Web) -> None:
    response = web.send(SHOW)

    assert response.status == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert "Know the reef" in response.json["text"]
    require_good_message(response.json)


def test_it_asks_slack_once_who_it_is_and_who_is_new_however_much_it_is_asked(web: Web) -> None:
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: web.send(SHOW).status, range(64)))

    assert statuses == [200] * 64
    assert web.slack.workspace.count_calls("auth.test") == 1
    asked = {call.name for call in web.slack.workspace.calls if call.direction == "in"}
    assert asked == {"auth.test", "users.info"}
    before = web.slack.workspace.count_calls("users.info")
    assert web.send(SHOW).status == 200
    assert web.slack.workspace.count_calls("users.info") == before


def test_its_buttons_work_in_the_workspace(web: Web) -> None:
    people, workspace = web.slack.people, web.slack.workspace

    typed = people.run_command(WANJIRU, JMTE, "/project goal")
    pressed = people.press(WANJIRU, JMTE, typed.ts or "", "share")

    assert pressed.ok
    shared = workspace.messages[JMTE][-1]
    assert shared.ephemeral_to is None
    assert "Know the reef" in shared.text
    assert workspace.find_message(JMTE, typed.ts or "") is None


def test_it_turns_the_rest_away(web: Web) -> None:
    assert web.send(SHOW, headers={}).status == 401
    assert web.send(SHOW, headers=signed("another", SHOW)).status == 401
    assert web.send(SHOW, headers=signed(SECRET, SHOW) | {"X-Slack-Signature": "v0=\u00e4"}).status == 401
    assert web.send(b"nonsense").status == 400
    assert web.send(b"\xff\xfe").status == 400
    assert request(web.port, "POST", PATH, headers={"Content-Length": str(2 * 1024 * 1024 + 1)}).status == 413
    assert request(web.port, "GET", PATH).status == 405
    assert request(web.port, "POST", "/elsewhere").status == 404


def test_what_is_for_another_workspace_is_turned_away(web: Web) -> None:
    """The app is installed there, too, by other hands; the token is of this one alone."""
    theirs = command_body("create Evil", team_id="T0ELSEWHERE", user_id=WANJIRU)
    authorization = {"team_id": "T0ELSEWHERE", "user_id": "U0WAYMARK01", "is_bot": True}
    said = {
        "type": "app_mention",
        "user": WANJIRU,
        "channel": JMTE,
        "ts": "1.0",
        "text": "<@U0WAYMARK01> list",
    }
    event = {"type": "event_callback", "event_id": "Ev0THEIRS", "event": said, "team_id": "T0ELSEWHERE"}
    body = json.dumps({**event, "authorizations": [authorization]}).encode()

    answer = web.send(theirs)
    heard = web.send(body, headers={"Content-Type": "application/json", **signed(SECRET, body)})

    assert answer.json["text"] == texts_installing.NOT_INSTALLED
    assert heard.status == 200
    posted = [call.name for call in web.slack.workspace.calls if call.name.startswith("chat.post")]
    assert posted == []


def test_it_reads_a_body_that_comes_in_chunks(web: Web) -> None:
    def sent() -> Iterator[bytes]:
        yield SHOW[:10]
        yield SHOW[10:]

    headers = {"Content-Type": FORM, **signed(SECRET, SHOW)}
    response = request(web.port, "POST", PATH, sent(), headers)

    assert response.status == 200
    assert "Know the reef" in response.json["text"]


def test_a_body_that_is_too_large_is_refused_though_it_comes_in_chunks(web: Web) -> None:
    def sent() -> Iterator[bytes]:
        for _ in range(24):
            yield b"x" * 100_000

    headers = {"Content-Type": FORM, **signed(SECRET, b"")}

    assert request(web.port, "POST", PATH, sent(), headers).status == 413


def test_it_proves_that_it_listens(web: Web) -> None:
    found = request(web.slack.port, "POST", "/local/verify-url", b"{}", {"Content-Type": "application/json"})

    assert json.loads(found.body) == {"ok": True}


def test_nothing_that_people_wrote_and_no_secret_is_printed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/waymark.db"
    private = "the-private-words"
    with running_web(tmp_path, url) as web:
        for text in (f"search {private}", private, f"show {private}"):
            assert web.send(command_body(text, team_id=TEAM.id)).status == 200
        web.send(f'{{"type": "event_callback", "event": "{private}"}}'.encode())
        web.send(f"payload={private}".encode())
        (tmp_path / "waymark.db").unlink()
        (tmp_path / "waymark.db-wal").unlink(missing_ok=True)
        web.send(command_body(f"search {private} again", team_id=TEAM.id))

    printed = web.program.output
    assert "Waymark listens on" in printed
    for secret in (private, SECRET, TOKEN, SECRET[:12], "xoxb"):
        assert secret not in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("workers", [1, 3])
def test_it_leaves_nothing_behind_when_it_is_killed(tmp_path: Path, workers: int) -> None:
    with running_web(tmp_path, f"sqlite:///{tmp_path}/waymark.db", "--workers", str(workers)) as web:
        program = web.program
        group = program.process.pid
        program.process.kill()
        with program.said:
            # Its output ends when the last of its workers, which share it, has ended.
            has_ended = program.said.wait_for(lambda: program.ended, 20)
        if not has_ended:
            os.killpg(group, signal.SIGKILL)

        assert has_ended
        assert not is_answered(web.port, "GET", "/")


@pytest.mark.skipif(not can_pin(), reason="only Linux lets a process choose its processor")
@pytest.mark.parametrize(("options", "is_kept"), [((), True), (("--no-pin",), False)])
def test_one_process_on_a_file_of_its_own_stays_on_one_processor_unless_told_otherwise(
    tmp_path: Path,
    options: tuple[str, ...],
    is_kept: bool,  # noqa: FBT001 - a table
) -> None:
    with running_web(tmp_path, f"sqlite:///{tmp_path}/waymark.db", *options) as web:
        master = web.program.process.pid
        children = Path(f"/proc/{master}/task/{master}/children")
        web.program.wait_until(lambda: len(children.read_text().split()) == 1)
        assert is_answered(web.port, "GET", "/")
        processors = os.sched_getaffinity(int(children.read_text()))

    assert len(processors) == (1 if is_kept else len(os.sched_getaffinity(0)))


@pytest.mark.skipif(not can_pin(), reason="only Linux lets a process choose its processor")
def test_each_pinned_worker_stays_on_a_processor_of_its_own(tmp_path: Path) -> None:
    with running_web(tmp_path, f"sqlite:///{tmp_path}/waymark.db", "--workers", "2", "--pin") as web:
        master = web.program.process.pid
        children = Path(f"/proc/{master}/task/{master}/children")
        web.program.wait_until(lambda: len(children.read_text().split()) == 2)
        workers = [int(child) for child in children.read_text().split()]
        web.program.wait_until(lambda: all(len(os.sched_getaffinity(pid)) == 1 for pid in workers))

        processors = [os.sched_getaffinity(pid) for pid in workers]
        threads = [
            os.sched_getaffinity(int(task.name)) for task in Path(f"/proc/{workers[0]}/task").iterdir()
        ]

    allowed = os.sched_getaffinity(0)
    assert set.union(*processors) <= allowed
    assert len(set.union(*processors)) == min(2, len(allowed))
    assert all(each == processors[0] for each in threads)

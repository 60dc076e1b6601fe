"""What whoever runs the bot asks of it: is it alive, is it ready, what does it do."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from bot import clock
from bot.local.seed import JMTE, TEAM, WANJIRU
from bot.local.unkind import Rule
from bot.metrics import Meters
from bot.web.answers import SECURITY, not_found
from bot.web.readiness import Kept, Readiness, Served
from bot.web.server import can_pin
from bot.web.watch import Watch
from storage.database import SCHEMA, Database
from storage.deliveries import POST, promise_delivery
from storage.engines import BRIEF
from storage.pauses import record_pause
from tests.jobs.test_worker import prepare
from tests.support import signing
from tests.support.bot import SECRET
from tests.support.make import NOW, make_workspace
from tests.support.ports import free_port
from tests.support.product import Web, bot_environment, is_answered, request, running_program, running_web
from tests.support.sending import prompts_in, running_slack
from tests.support.statements import recorded_statements

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

TOKEN = "the-token-of-whoever-watches"
MINUTE = timedelta(minutes=1)
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Two workers that count."""
    folder = tmp_path_factory.mktemp("web")
    with running_web(
        folder, f"sqlite:///{folder}/waymark.db", "--workers", "2", METRICS_TOKEN=TOKEN
    ) as running:
        yield running


def counted(port: int, headers: Mapping[str, str] = WITH_TOKEN) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels, in their order."""
    response = request(port, "GET", "/metrics", headers=headers)
    assert response.status == 200
    assert response.headers["cache-control"] == "no-store"
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(response.body.decode())
        for sample in family.samples
    }


def command(line: str = "list") -> bytes:
    return signing.command_body(line, team_id=TEAM.id, user_id=WANJIRU)


def pages(
    database: Database,
    token: str = "",
    late_after: timedelta = 10 * MINUTE,
    workspace_id: str | None = None,
) -> Watch:
    readiness = Readiness(database, lambda: NOW, late_after, Served(workspace_id))
    return Watch(readiness, token, not_found)


def ask(application: "WSGIApplication", path: str, method: str = "GET", **headers: str) -> signing.Response:
    return signing.call(application, b"", headers, method=method, path=path)


def test_a_process_that_answers_is_alive_and_ready(web: Web) -> None:
    alive, ready = request(web.port, "GET", "/healthz"), request(web.port, "GET", "/readyz")

    assert (alive.status, alive.json) == (200, {"alive": True})
    assert (ready.status, ready.json) == (
        200,
        {"ready": True, "checks": {"database": "ok", "migrations": "ok", "queue": "ok"}, "oldest_due_s": 0},
    )
    for path in ("/healthz", "/readyz"):
        assert request(web.port, "HEAD", path).status == 200
        assert request(web.port, "POST", path).status == 405


def test_every_answer_tells_browsers_to_make_nothing_of_it(web: Web) -> None:
    answers = [
        request(web.port, "GET", "/healthz"),
        request(web.port, "GET", "/readyz"),
        request(web.port, "GET", "/metrics"),
        request(web.port, "GET", "/metrics", headers=WITH_TOKEN),
        request(web.port, "GET", "/"),
        request(web.port, "GET", signing.PATH),
        web.send(command()),
        web.send(command(), {}),
        web.send(b"nonsense"),
    ]

    assert [each.status for each in answers] == [200, 200, 401, 200, 404, 405, 200, 401, 400]
    for each in answers:
        assert {name: each.headers.get(name) for name, _ in SECURITY} == dict(SECURITY)
    assert "frame-ancestors 'none'" in dict(SECURITY)["content-security-policy"]


def test_whichever_worker_is_asked_has_counted_for_all(web: Web) -> None:
    done = ("waymark_request_seconds_count", "command", "done")
    refused = ("waymark_request_seconds_count", "command", "refused")
    unsigned = ("waymark_turned_away_total", "401")
    before = counted(web.port)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: web.send(command()), range(40)))
        list(pool.map(lambda _: web.send(command("show atlantis")), range(10)))
        list(pool.map(lambda _: web.send(command(), {}), range(12)))
        found = list(pool.map(lambda _: counted(web.port), range(12)))

    for each in found:
        grown = [each[name] - before.get(name, 0) for name in (done, refused, unsigned)]
        assert grown == [40, 10, 12]


def test_it_counts_by_kind_and_by_what_came_of_it(web: Web) -> None:
    before = counted(web.port)
    web.slack.platform.unkindness.add(Rule("users.info", error="fatal_error"))

    web.send(signing.interaction_body(signing.button_payload("link", "", workspace_id=TEAM.id)))
    web.slack.people.open_home(WANJIRU)
    web.slack.platform.events.settle()
    web.send(signing.interaction_body({"type": "view_closed", "view": {"id": "V1"}}))
    odd = b'{"type": "block_actions"}'
    web.send(odd, {"Content-Type": signing.JSON, **signing.signed(SECRET, odd)})
    after = counted(web.port)

    seconds = "waymark_request_seconds_count"
    grown = {name: value - before.get(name, 0) for name, value in after.items()}
    # Slack did not say who that is.
    assert grown[seconds, "button", "refused"] == 1
    assert grown["waymark_slack_errors_total", "fatal_error", "users.info"] == 1
    assert grown[seconds, "other", "done"] == 1
    assert grown["waymark_turned_away_total", "400"] == 1
    assert after["waymark_database_up",] == 1
    assert after["waymark_delivery_lag_seconds",] == 0
    assert after["waymark_in_memory", "changes"] == 0
    assert ("waymark_in_memory", "homes") in after


def test_what_a_process_alone_knows_of_is_told_as_it_is_when_it_is_asked() -> None:
    meters, homes = Meters(), ["a home"]
    meters.begin()
    meters.follow("homes", lambda: len(homes))
    # Of a process that has two that look after them.
    meters.follow("homes", lambda: 2)
    meters.follow("changes", lambda: 0)

    def told() -> list[str]:
        return [line for line in meters.render(lambda: ())[1].decode().splitlines() if line[:1] != "#"]

    assert told() == ['waymark_in_memory{what="homes"} 3.0', 'waymark_in_memory{what="changes"} 0.0']
    homes.clear()
    assert told()[0] == 'waymark_in_memory{what="homes"} 2.0'


def test_metrics_are_for_those_who_have_the_token(sqlite_database: Database) -> None:
    with_token, without = pages(sqlite_database, TOKEN), pages(sqlite_database)

    assert ask(with_token, "/metrics", Authorization=f"Bearer {TOKEN}").status == 200
    assert ask(with_token, "/metrics", Authorization=f"bearer  {TOKEN} ").status == 200
    for wrong in (
        "",
        TOKEN,
        f"Basic {TOKEN}",
        f"Bearer {TOKEN}x",
        "Bearer ",
        "Bearer \u00e4",
        "Bearer \udcff",
    ):
        refused = ask(with_token, "/metrics", Authorization=wrong)
        assert (refused.status, refused.headers["www-authenticate"], refused.body) == (401, "Bearer", b"")
    for given in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}"}):
        assert ask(without, "/metrics", **given).status == 404


def test_what_is_late_is_told_with_its_age(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        promise_delivery(
            tx, "T0TEST", "a", "prompt", channel_id=JMTE, now=NOW - 11 * MINUTE, due_at=NOW - 11 * MINUTE
        )

    late = ask(pages(database), "/readyz")
    patient = ask(pages(database, late_after=12 * MINUTE), "/readyz")
    never = ask(pages(database, late_after=timedelta()), "/readyz")
    with database.write() as tx:
        record_pause(tx, "T0TEST", POST, NOW + MINUTE)
    held_up = ask(pages(database), "/readyz")

    assert late.status == 503
    assert late.json["ready"] is False
    assert late.json["checks"]["queue"] == "a message should have been sent 660 s ago: is a worker running?"
    assert late.json["checks"]["database"] == late.json["checks"]["migrations"] == "ok"
    assert [patient.status, never.status, held_up.status] == [200, 200, 200]
    assert patient.json["oldest_due_s"] == 660
    assert held_up.json["oldest_due_s"] == 0


def test_what_another_workspace_waits_for_is_no_business_of_a_process_with_one_token(
    database: Database,
) -> None:
    due_at = NOW - 11 * MINUTE
    with database.write() as tx:
        for workspace_id in ("T0TEST", "T0OTHER"):
            make_workspace(tx, workspace_id)
        promise_delivery(tx, "T0OTHER", "a", "prompt", channel_id=JMTE, now=due_at, due_at=due_at)

    mine, theirs = (pages(database, TOKEN, workspace_id=each) for each in ("T0TEST", "T0OTHER"))

    assert (ask(mine, "/readyz").status, ask(theirs, "/readyz").status) == (200, 503)
    counted = [ask(each, "/metrics", Authorization=f"Bearer {TOKEN}").body for each in (mine, theirs)]
    assert [b'waymark_deliveries{state="due"} 0.0' in each for each in counted] == [True, False]


@pytest.mark.parametrize(
    ("found", "status", "said"),
    [
        (SCHEMA, 200, "ok"),
        ("9999", 503, f"at 9999, this version knows {SCHEMA}: update Waymark"),
        ("0009", 503, f"at 0009, {SCHEMA} is needed: run python -m bot migrate"),
        ("someone's", 503, "not Waymark's"),
    ],
)
def test_migrations_that_are_missing_are_told(database: Database, found: str, status: int, said: str) -> None:
    with database.write() as tx:
        # As a migration does that this version cannot live with.
        newer = text("UPDATE alembic_version SET version_num = :found, compatible_from = :found")
        tx.execute(newer, {"found": found})

    response = ask(pages(database), "/readyz")

    assert (response.status, response.json["checks"]["migrations"]) == (status, said)


def test_a_later_schema_that_older_code_runs_on_is_well(database: Database) -> None:
    with database.write() as tx:
        statement = "UPDATE alembic_version SET version_num = '9999', compatible_from = :schema"
        tx.execute(text(statement), {"schema": SCHEMA})

    assert ask(pages(database), "/readyz").status == 200


def test_a_database_without_tables_is_not_ready(empty_database: Database) -> None:
    response = ask(pages(empty_database), "/readyz")

    assert response.status == 503
    assert response.json["checks"]["migrations"].startswith("at nothing")


def test_a_database_that_is_away_is_told_in_time_and_quotes_nothing(silent_server: str) -> None:
    with closing(Database(silent_server, BRIEF)) as database:
        watching = pages(database, TOKEN)
        ready = ask(watching, "/readyz")
        alive = ask(watching, "/healthz")
        metrics = ask(watching, "/metrics", Authorization=f"Bearer {TOKEN}")

    assert ready.status == 503
    assert ready.json["checks"] == {"database": "away", "migrations": "not known", "queue": "not known"}
    assert alive.status == 200
    assert b"waymark_database_up 0.0" in metrics.body


def test_however_often_it_is_asked_the_database_is_asked_once_a_second(sqlite_database: Database) -> None:
    watching = pages(sqlite_database)
    with recorded_statements() as statements:
        ask(watching, "/readyz")
        first = len(statements)
        for _ in range(50):
            assert ask(watching, "/readyz").status == 200

    assert 0 < first <= 4
    # A busy machine may take longer than a second for so many.
    assert len(statements) <= 3 * first


def test_while_one_finds_out_the_others_have_what_was_found_before() -> None:
    answers = iter(["first", "second"])
    kept = Kept(lambda: next(answers))

    assert [kept(), kept()] == ["first", "first"]


def test_a_worker_answers_on_a_port_of_its_own(tmp_path: Path, database_url: str) -> None:
    prepare(database_url)
    long_ago = clock.now() - timedelta(days=1)
    with closing(Database(database_url)) as database, database.write() as tx:
        # There is no token for it.
        make_workspace(tx, "T0OTHER")
        promise_delivery(tx, "T0OTHER", "a", "prompt", channel_id=JMTE, now=long_ago, due_at=long_ago)
    port = free_port()
    with running_slack() as slack:
        told = bot_environment(slack, database_url, METRICS_TOKEN=TOKEN)
        command = ("worker", "--watch-port", str(port))
        with running_program(*command, folder=tmp_path, environment=told) as program:
            program.wait_until(lambda: is_answered(port, "GET", "/healthz"))
            program.wait_until(lambda: len(prompts_in(slack, JMTE)) == 1)
            sent = ("waymark_delivery_tries_total", "sent")
            program.wait_until(lambda: counted(port).get(sent) == 1)
            ready, elsewhere = request(port, "GET", "/readyz"), request(port, "POST", signing.PATH)
            closed = request(port, "GET", "/metrics")

    assert (ready.status, ready.json["ready"]) == (200, True)
    assert (elsewhere.status, closed.status) == (404, 401)
    assert ready.headers["x-content-type-options"] == "nosniff"
    assert "Traceback" not in program.output


@pytest.mark.skipif(not can_pin(), reason="only Linux tells where a process listens")
def test_a_worker_answers_nowhere_unless_it_is_told_to(tmp_path: Path, sqlite_url: str) -> None:
    prepare(sqlite_url)
    with running_slack() as slack:
        told = bot_environment(slack, sqlite_url)
        with running_program("worker", folder=tmp_path, environment=told) as program:
            program.wait_for("Waymark asks, reminds")
            listening = Path(f"/proc/{program.process.pid}/net/tcp").read_text()
            inodes = {
                str(link.readlink())[8:-1]
                for link in Path(f"/proc/{program.process.pid}/fd").iterdir()
                if str(link.readlink()).startswith("socket:")
            }

    listens = [line.split() for line in listening.splitlines()[1:]]
    assert not [each for each in listens if each[3] == "0A" and each[9] in inodes]


@pytest.mark.parametrize("token", ["short", "fifteen-letters"])
def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path, token: str) -> None:
    with running_program("migrate", folder=tmp_path, environment={"METRICS_TOKEN": token}) as program:
        program.wait_for("METRICS_TOKEN")
        assert program.process.wait(20) == 1

    assert token not in program.output

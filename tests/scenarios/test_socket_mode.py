"""The bot over Socket Mode: what comes over HTTP comes over WebSockets too, whatever happens to these."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.errors_socket_mode import SocketModeEnd
from bot.local.seed import JMTE, RANDOM, WANJIRU, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from bot.local.sockets import MOST
from bot.slack.receiver import NOT_TAKEN, Received
from bot.slack.socket_mode.client import TRIES
from tests.scenarios.records import add_jmte
from tests.support.bot import SECRET, TOKEN, Bot
from tests.support.dumps import dump
from tests.support.messages import AWAY
from tests.support.socketed import Socketed, socketed

pytestmark = pytest.mark.in_process("over Socket Mode, which `run` speaks, one process of its own")

Payload = dict[str, Any]
Headers = Callable[[], dict[str, str]]


@pytest.fixture
def line(lite: Bot) -> Iterator[Socketed]:
    """The bot's connection to a workspace in which Socket Mode is on."""
    lite.slack.platform.sockets.enable()
    with socketed(lite.slack, lite.receiver.receive) as running:
        assert running.opens(1)
        yield running


@pytest.fixture
def impatient() -> Iterator[LocalServer]:
    """A workspace with Socket Mode on that waits half a second where the real one waits three."""
    settings = LocalSettings(
        signing_secret=SECRET,
        bot_token=TOKEN,
        request_url="http://127.0.0.1:9/nobody",
        event_subscriptions=("message.channels",),
        socket_mode=True,
        ack_seconds=0.5,
    )
    with LocalServer(seeded_workspace(), settings) as slack:
        yield slack


def taken(_: Payload, __: Headers, _nonce: str) -> Received:
    return Received(200)


def mentions_answered(bot: Bot) -> list[str]:
    """What the bot has said in the channel to all."""
    bot.settle()
    return [message.text for message in bot.seen(JMTE) if not message.ephemeral_to]


def test_commands_clicks_menus_and_forms_are_answered(lite: Bot, line: Socketed) -> None:
    add_jmte(lite)

    shown = lite.type_command("show jmte")
    assert "Three hubs run for a year" in shown.text
    assert lite.press(shown, "Edit").ok
    assert lite.suggest("parent_id", "pang")
    refused = lite.fill(slug="pangeo")
    assert "is taken" in " ".join(refused.errors.values())
    assert lite.fill(slug="jmte-pangeo", name="JMTE, renamed").ok

    assert "JMTE, renamed" in lite.type_command("show jmte").text
    assert line.sockets.opened == 1


def test_an_event_is_answered_once(lite: Bot, line: Socketed) -> None:
    add_jmte(lite)

    lite.say("@waymark goal jmte")

    assert len(mentions_answered(lite)) == 1
    assert lite.slack.platform.events.pending() == 0
    assert line.sockets.opened == 1


def test_an_event_whose_acknowledgement_is_lost_comes_again_and_counts_once(lite: Bot) -> None:
    add_jmte(lite)
    sockets, seen = lite.slack.platform.sockets, list[str]()
    sockets.enable()

    def receive(payload: Payload, headers: Headers, nonce: str) -> Received:
        received = lite.receiver.receive(payload, headers, nonce)
        if payload.get("event", {}).get("type") == "app_mention":
            seen.append(headers().get("x-slack-retry-reason", ""))
            if len(seen) == 1:
                sockets.drop()
                assert sockets.wait_for(lambda: not sockets.count())
        return received

    with socketed(lite.slack, receive) as line:
        assert line.opens(1)
        lite.people.say(WANJIRU, JMTE, "@waymark goal jmte")
        assert line.opens(2)
        # The retry at once may have come before the new connection; the next one comes after a minute.
        lite.settle()
        lite.slack.workspace.clock.move(timedelta(minutes=1))

        assert len(mentions_answered(lite)) == 1
    assert seen == ["", "timeout"]


def test_an_event_that_http_would_refuse_is_not_acknowledged_and_comes_again(impatient: LocalServer) -> None:
    seen: list[dict[str, str]] = []

    def receive(_: Payload, headers: Headers, _nonce: str) -> Received:
        seen.append(headers())
        return Received(NOT_TAKEN if len(seen) == 1 else 200)

    with socketed(impatient, receive) as line:
        assert line.opens(1)
        impatient.people.say(WANJIRU, JMTE, "is heard at last")
        assert impatient.platform.events.settle()

    assert seen == [{}, {"x-slack-retry-num": "1", "x-slack-retry-reason": "timeout"}]
    assert impatient.platform.events.pending() == 0


def test_while_the_database_is_away_commands_have_a_sentence_and_events_come_again(lite: Bot) -> None:
    lite.slack.platform.sockets.enable()
    file = Path(lite.database.url.database or "")
    away, statuses = file.with_suffix(".away"), list[int]()

    def receive(payload: Payload, headers: Headers, nonce: str) -> Received:
        received = lite.receiver.receive(payload, headers, nonce)
        if payload.get("event", {}).get("type") == "app_home_opened":
            statuses.append(received.status)
            if file.is_dir():
                file.rmdir()
                away.rename(file)
        return received

    with socketed(lite.slack, receive) as line:
        assert line.opens(1)
        lite.database.close()
        file.rename(away)
        file.mkdir()
        assert AWAY.fullmatch(lite.type_command("list").text)
        lite.people.open_home(WANJIRU)
        # Slack waits three seconds for what does not come, and sends it again.
        assert lite.slack.platform.events.settle()

    assert statuses == [NOT_TAKEN, 200]
    assert "Projects" in str(lite.home().body)


def test_nothing_is_lost_and_nothing_done_twice_while_connections_are_renewed(
    lite: Bot, line: Socketed
) -> None:
    before = len(dump(lite.database)["projects"])

    with ThreadPoolExecutor(4) as people:
        created = []
        for number in range(120):
            command = f"/project create Reef {number}"
            created.append(people.submit(lite.people.run_command, WANJIRU, RANDOM, command))
            if number % 20 == 19:
                (line.sockets.refresh if number % 40 == 19 else line.sockets.warn)()
        results = [each.result() for each in created]

    assert [result.sentence for result in results if not result.ok] == []
    assert len(dump(lite.database)["projects"]) == before + 120
    assert line.sockets.opened > 1
    assert not line.ends


def test_the_next_connection_is_there_before_a_renewed_one_ends(impatient: LocalServer) -> None:
    with socketed(impatient, taken) as line:
        assert line.opens(1)
        impatient.platform.sockets.warn()

        assert line.sockets.wait_for(lambda: line.sockets.count() == 2)
        line.passes(20)
        assert impatient.people.run_command(WANJIRU, JMTE, "/project list").ok
        # Slack should have closed it by now; the bot does not keep it for ever.
        line.passes(10)
        assert line.sockets.wait_for(lambda: line.sockets.count() == 1)
        assert line.sockets.opened == 2


def test_an_answer_may_be_as_long_as_slack_takes(impatient: LocalServer) -> None:
    sections = [
        {"type": "section", "text": {"type": "plain_text", "text": f"{number} {'word ' * 500}"}}
        for number in range(50)
    ]
    long = orjson.dumps({"text": "In full", "blocks": sections})

    with socketed(impatient, lambda *_: Received(200, long, "application/json")) as line:
        assert line.opens(1)
        result = impatient.people.run_command(WANJIRU, JMTE, "/project list")

    assert result.ok, result.sentence
    assert len(long) > 2**16
    assert len(impatient.workspace.messages_for(WANJIRU, JMTE)[-1].blocks or ()) == 50


def test_a_connection_that_breaks_is_replaced_at_once(lite: Bot, line: Socketed) -> None:
    line.sockets.drop()

    assert line.opens(2)
    assert lite.people.run_command(WANJIRU, JMTE, "/project list").ok


def test_a_silent_connection_is_replaced(lite: Bot, line: Socketed) -> None:
    line.sockets.hush()

    assert line.passes_until_opened(2)
    assert line.sockets.wait_for(lambda: line.sockets.count() == 1)
    assert lite.people.run_command(WANJIRU, JMTE, "/project list").ok
    assert not line.ends


def test_a_connection_on_which_something_is_heard_stays(impatient: LocalServer) -> None:
    with socketed(impatient, taken) as line:
        assert line.opens(1)
        for _ in range(20):
            line.passes(6)
            # Something is heard on it after each of these; so much for two minutes.
            assert impatient.people.run_command(WANJIRU, JMTE, "/project list").ok

        assert line.sockets.opened == 1
        assert not line.ends


def test_when_all_stays_silent_it_gives_up(impatient: LocalServer) -> None:
    with socketed(impatient, taken) as line:
        assert line.opens(1)
        impatient.platform.sockets.hush(later=True)

        error = line.passes_until_ended()

    assert (error.end, error.tries) == (SocketModeEnd.SILENT, TRIES)
    assert line.sockets.opened >= TRIES


def test_when_slack_is_away_it_gives_up(impatient: LocalServer) -> None:
    with socketed(impatient, taken) as line:
        assert line.opens(1)
        impatient.stop()

        error = line.passes_until_ended()

    assert (error.end, error.tries) == (SocketModeEnd.UNREACHABLE, TRIES)


def test_two_processes_share_what_comes(lite: Bot) -> None:
    add_jmte(lite)
    sockets, shares = lite.slack.platform.sockets, [0, 0]
    sockets.enable()

    def receive_as(number: int) -> Callable[[Payload, Headers, str], Received]:
        def receive(payload: Payload, headers: Headers, nonce: str) -> Received:
            shares[number] += 1
            return lite.receiver.receive(payload, headers, nonce)

        return receive

    with socketed(lite.slack, receive_as(0)), socketed(lite.slack, receive_as(1)):
        assert sockets.wait_for(lambda: sockets.count() == 2)
        for _ in range(6):
            assert lite.people.run_command(WANJIRU, JMTE, "/project list").ok
        lite.say("@waymark goal jmte")

        assert len(mentions_answered(lite)) == 1
    assert min(shares) >= 3


def test_more_connections_than_slack_takes_are_given_up_with_the_reason(impatient: LocalServer) -> None:
    sockets = impatient.platform.sockets
    with ExitStack() as many:
        for _ in range(MOST):
            many.enter_context(socketed(impatient, taken))
        assert sockets.wait_for(lambda: sockets.count() == MOST)
        line = many.enter_context(socketed(impatient, taken))

        error = line.passes_until_ended()

        assert (error.end, error.tries) == (SocketModeEnd.TOO_MANY, TRIES)
        assert sockets.count() == MOST


def test_socket_mode_switched_off_ends_it_with_the_reason(impatient: LocalServer) -> None:
    with socketed(impatient, taken) as line:
        assert line.opens(1)
        impatient.platform.sockets.disable()

        assert line.passes_until_ended().end is SocketModeEnd.SWITCHED_OFF


@pytest.mark.parametrize(("token", "code"), [(TOKEN, "not_allowed_token_type"), ("xapp-1", "invalid_auth")])
def test_a_token_that_slack_refuses_ends_it_at_once(impatient: LocalServer, token: str, code: str) -> None:
    with socketed(impatient, taken, token) as line:
        error = line.passes_until_ended()

    assert (error.end, error.detail) == (SocketModeEnd.REFUSED, code)


def test_what_is_in_hand_at_the_end_is_answered_and_nothing_is_taken_any_more(impatient: LocalServer) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def receive(_: Payload, __: Headers, _nonce: str) -> Received:
        begun.set()
        assert go_on.wait(10)
        return Received(200, b'{"text": "At last"}', "application/json")

    sockets = impatient.platform.sockets
    with ThreadPoolExecutor(2) as pool, socketed(impatient, receive) as line:
        assert line.opens(1)
        asked = pool.submit(impatient.people.run_command, WANJIRU, JMTE, "/project list")
        assert begun.wait(10)
        ending = pool.submit(line.client.stop)
        go_on.set()

        assert asked.result().ok
        ending.result()
        # Slack hears of it a moment later.
        assert sockets.wait_for(lambda: sockets.count() == 0)
        late = impatient.people.run_command(WANJIRU, JMTE, "/project list")

    assert impatient.workspace.messages_for(WANJIRU, JMTE)[-1].text == "At last"
    assert "dispatch_failed" in late.sentence
    assert not line.ends

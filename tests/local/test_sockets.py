"""Socket Mode as the local workspace has it, from the side of an app."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.local.seed import JMTE, WANJIRU, seeded_workspace
from bot.local.server import LocalServer
from bot.local.sockets import MOST
from tests.support.loops import run_apart

from .conftest import TOKEN, Slack, settings_for
from .receiver import Receiver

Talk = Callable[[ClientWebSocketResponse], Awaitable[Any]]


@pytest.fixture
def sockets(app: Receiver) -> Iterator[Slack]:
    """A workspace in which the app has Socket Mode on, and which waits for no answer very long."""
    with LocalServer(seeded_workspace(), settings_for(app, socket_mode=True, ack_seconds=0.5)) as server:
        yield Slack(server, WebClient(TOKEN, base_url=server.api_url), app)


def address(slack: Slack) -> str:
    answer = slack.client.apps_connections_open(app_token=slack.server.settings.app_token)
    return str(answer["url"])


def talked(slack: Slack, talk: Talk, query: str = "", **headers: str) -> Any:
    """What `talk` gives, on a new connection."""

    async def connect() -> Any:
        async with (
            ClientSession() as session,
            session.ws_connect(address(slack) + query, headers=headers, autoping=False) as socket,
        ):
            return await talk(socket)

    return run_apart(connect())


async def heard(socket: ClientWebSocketResponse, count: int = 1) -> list[Any]:
    """What the workspace says next, without its pings."""
    found: list[Any] = []
    while len(found) < count:
        message = await socket.receive(10)
        if message.type is WSMsgType.TEXT:
            found.append(message.json())
        elif message.type is not WSMsgType.PING:
            found.append(message.type)
    return found


async def off_thread(do: Callable[[], Any]) -> "asyncio.Future[Any]":
    """What a person does, while the app listens."""
    return asyncio.ensure_future(asyncio.to_thread(do))


def test_a_connection_begins_with_a_hello(sockets: Slack) -> None:
    (hello,) = talked(sockets, heard)

    assert hello == {
        "type": "hello",
        "num_connections": 1,
        "debug_info": {
            "host": "applink-local",
            "build_number": 1,
            "approximate_connection_time": 3600,
        },
        "connection_info": {"app_id": sockets.workspace.bot.app_id},
    }


def test_whoever_looks_for_renewals_has_them_after_six_minutes(sockets: Slack) -> None:
    (hello,) = talked(sockets, heard, "&debug_reconnects=true")

    assert hello["debug_info"]["approximate_connection_time"] == 360


def test_ten_seconds_before_its_time_is_over_a_connection_is_warned(app: Receiver) -> None:
    settings = settings_for(app, socket_mode=True, connection_seconds=10)
    with LocalServer(seeded_workspace(), settings) as server:
        slack = Slack(server, WebClient(TOKEN, base_url=server.api_url), app)

        hello, warning = talked(slack, lambda socket: heard(socket, 2))

    assert hello["debug_info"]["approximate_connection_time"] == 10
    assert (warning["type"], warning["reason"]) == ("disconnect", "warning")


def test_it_pings_and_answers_pings(sockets: Slack) -> None:
    async def talk(socket: ClientWebSocketResponse) -> list[tuple[WSMsgType, bytes]]:
        await heard(socket)
        await socket.ping(b"are you there")
        return [(message.type, message.data) for message in [await socket.receive(10) for _ in range(2)]]

    assert set(talked(sockets, talk)) == {
        (WSMsgType.PING, b"Ping from applink-local"),
        (WSMsgType.PONG, b"are you there"),
    }


def test_a_command_comes_in_an_envelope_and_is_answered_in_its_acknowledgement(sockets: Slack) -> None:
    async def talk(socket: ClientWebSocketResponse) -> tuple[Any, Any]:
        await heard(socket)
        asked = await off_thread(lambda: sockets.people.run_command(WANJIRU, JMTE, "/project show a & b"))
        (envelope,) = await heard(socket)
        await socket.send_json({"envelope_id": "another", "payload": {"text": "not this"}})
        await socket.send_str("not JSON")
        await socket.send_json(["neither"])
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Here"}})
        return envelope, await asked

    envelope, result = talked(sockets, talk)

    assert result.ok, result.sentence
    assert sockets.workspace.messages_for(WANJIRU, JMTE)[-1].text == "Here"
    assert envelope.keys() == {"envelope_id", "type", "accepts_response_payload", "payload"}
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert (envelope["payload"]["command"], envelope["payload"]["text"]) == ("/project", "show a &amp; b")
    assert not sockets.app.received, "nothing goes to the request URL"


def test_a_command_without_an_answer_and_one_without_a_connection_fail_as_in_slack(sockets: Slack) -> None:
    async def talk(socket: ClientWebSocketResponse) -> Any:
        await heard(socket)
        return await (await off_thread(lambda: sockets.people.run_command(WANJIRU, JMTE, "/project list")))

    alone = sockets.people.run_command(WANJIRU, JMTE, "/project list")

    assert 'failed with the error "operation_timeout"' in talked(sockets, talk).sentence
    assert 'failed with the error "dispatch_failed"' in alone.sentence


def test_an_event_without_an_answer_comes_again_at_once_and_after_a_minute(sockets: Slack) -> None:
    async def talk(socket: ClientWebSocketResponse) -> list[Any]:
        await heard(socket)
        said = await off_thread(lambda: sockets.people.say(WANJIRU, JMTE, "hello"))
        first, second = await heard(socket, 2)
        await said
        await asyncio.to_thread(sockets.settle)
        await asyncio.to_thread(sockets.move, minutes=1)
        (third,) = await heard(socket)
        await socket.send_json({"envelope_id": third["envelope_id"]})
        await asyncio.to_thread(sockets.settle)
        return [first, second, third]

    envelopes = talked(sockets, talk)

    retries = [(each["retry_attempt"], each["retry_reason"]) for each in envelopes]
    assert retries == [(0, ""), (1, "timeout"), (2, "timeout")]
    assert len({each["payload"]["event_id"] for each in envelopes}) == 1
    assert len({each["envelope_id"] for each in envelopes}) == 3
    assert {each["accepts_response_payload"] for each in envelopes} == {False}
    assert sockets.server.platform.events.pending() == 0


@pytest.mark.parametrize("act", ["refresh", "disable"])
def test_a_connection_is_told_to_go_before_it_is_closed(sockets: Slack, act: str) -> None:
    async def talk(socket: ClientWebSocketResponse) -> list[Any]:
        await heard(socket)
        await off_thread(lambda: sockets.local("sockets", {"do": act}))
        return await heard(socket, 2)

    told, closed = talked(sockets, talk)

    reason = {"refresh": "refresh_requested", "disable": "link_disabled"}[act]
    assert told == {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
    assert closed is WSMsgType.CLOSE


def test_a_dropped_connection_ends_without_a_word(sockets: Slack) -> None:
    async def talk(socket: ClientWebSocketResponse) -> list[Any]:
        await heard(socket)
        await off_thread(lambda: sockets.local("sockets", {"do": "drop"}))
        return await heard(socket)

    (end,) = talked(sockets, talk)

    assert end in {WSMsgType.CLOSED, WSMsgType.ERROR}


def test_what_comes_goes_to_the_newer_of_two_connections_once_the_older_was_told_to_go(
    sockets: Slack,
) -> None:
    async def talk(older: ClientWebSocketResponse) -> tuple[Any, Any]:
        await heard(older)
        await asyncio.to_thread(sockets.server.platform.sockets.warn)
        url = await asyncio.to_thread(address, sockets)
        async with ClientSession() as session, session.ws_connect(url, autoping=False) as newer:
            await heard(newer)
            await off_thread(lambda: sockets.people.run_command(WANJIRU, JMTE, "/project list"))
            (envelope,) = await heard(newer)
            # Its answer counts where it came, and nowhere else.
            await older.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Elsewhere"}})
            await newer.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Here"}})
            (warned,) = await heard(older)
            return warned, envelope

    warned, _ = talked(sockets, talk)

    assert warned["reason"] == "warning"
    sockets.settle()
    assert "Elsewhere" not in [message.text for message in sockets.workspace.messages_for(WANJIRU, JMTE)]


def test_it_takes_ten_connections_and_tells_the_eleventh_why_not(sockets: Slack) -> None:
    async def talk(first: ClientWebSocketResponse) -> list[Any]:
        await heard(first)
        async with ClientSession() as session:
            open_ones = []
            for number in range(2, MOST + 2):
                url = await asyncio.to_thread(address, sockets)
                open_ones.append(await session.ws_connect(url, autoping=False))
                (said,) = await heard(open_ones[-1])
                assert said.get("num_connections", MOST + 1) == number
        return [said]

    (refusal,) = talked(sockets, talk)

    assert refusal["reason"] == "too_many_websockets"


def test_an_address_is_good_for_one_connection_and_for_no_page_in_a_browser(sockets: Slack) -> None:
    async def connect(url: str, **headers: str) -> int:
        async with ClientSession() as session:
            try:
                async with session.ws_connect(url, headers=headers):
                    return 101
            except WSServerHandshakeError as error:
                return error.status

    url = address(sockets)
    assert [run_apart(connect(url)), run_apart(connect(url))] == [101, 403]
    assert run_apart(connect(address(sockets), Origin="https://example.org")) == 403


def test_the_app_token_opens_connections_and_does_nothing_else(sockets: Slack) -> None:
    app_token = sockets.server.settings.app_token
    for token, code in ((TOKEN, "not_allowed_token_type"), ("xapp-other", "invalid_auth")):
        with pytest.raises(SlackApiError) as refused:
            sockets.client.apps_connections_open(app_token=token)
        assert refused.value.response["error"] == code
    with pytest.raises(SlackApiError) as refused:
        WebClient(app_token, base_url=sockets.server.api_url).auth_test()
    assert refused.value.response["error"] == "not_allowed_token_type"


def test_its_controls_are_there_over_http_too(slack: Slack) -> None:
    on = slack.local("sockets", {"do": "enable"})
    unknown = slack.local("sockets", {"do": "dance"})

    assert on == {"ok": True, "enabled": True, "connections": 0}
    assert (unknown["ok"], unknown["error"]) == (False, "invalid_arguments")
    assert slack.local("sockets", {"do": "disable"})["enabled"] is False


def test_slacks_own_client_gets_along_with_it(sockets: Slack) -> None:
    logger = logging.getLogger("slack-own-client")
    logger.setLevel(logging.CRITICAL)
    web = WebClient(base_url=sockets.server.api_url)
    client = SocketModeClient(sockets.server.settings.app_token, logger, web)

    def answer(which: BaseSocketModeClient, request: SocketModeRequest) -> None:
        answered = SocketModeResponse(request.envelope_id, {"text": f"You typed {request.payload['text']}"})
        which.send_socket_mode_response(answered)

    client.socket_mode_request_listeners.append(answer)
    client.connect()
    try:
        registry = sockets.server.platform.sockets
        assert registry.wait_for(lambda: registry.count() == 1)
        result = sockets.people.run_command(WANJIRU, JMTE, "/project list")
    finally:
        client.close()

    assert result.ok, result.sentence
    assert sockets.workspace.messages_for(WANJIRU, JMTE)[-1].text == "You typed list"

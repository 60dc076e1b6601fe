"""The HTTP edge: who gets in, by which door, and with how much."""

import io
from datetime import timedelta

import pytest

from bot.web.endpoint import MAX_BODY, SlackEndpoint
from tests.support.bot import SECRET, WORKSPACE, Bot
from tests.support.make import NOW
from tests.support.signing import (
    call,
    command_body,
    signed,
)

pytestmark = pytest.mark.in_process("asks the HTTP edge by itself, at a time that stands still")

HELP = command_body("help", team_id=WORKSPACE)
GOOD = signed(SECRET, HELP, NOW)
TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@pytest.fixture
def edge(standing: Bot) -> SlackEndpoint:
    """At NOW for ever: what is signed once stays fresh, however long the tests take."""
    return SlackEndpoint(standing.receiver, SECRET, lambda: NOW)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {TIMESTAMP: GOOD[TIMESTAMP]},
        {SIGNATURE: GOOD[SIGNATURE]},
        GOOD | {SIGNATURE: ""},
        GOOD | {SIGNATURE: GOOD[SIGNATURE][:-1]},
        GOOD | {SIGNATURE: GOOD[SIGNATURE].upper()},
        GOOD | {SIGNATURE: GOOD[SIGNATURE].removeprefix("v0=")},
        GOOD | {SIGNATURE: "v0=" + "ä" * 64},
        GOOD | {SIGNATURE: "v0=" + "\udcff" * 64},
        GOOD | {TIMESTAMP: ""},
        GOOD | {TIMESTAMP: "yesterday"},
        GOOD | {TIMESTAMP: "-1"},
        GOOD | {TIMESTAMP: "1e9"},
        GOOD | {TIMESTAMP: "9" * 400},
        GOOD | {TIMESTAMP: "١٧٦٢٢٤٦٢٠٠"},
        GOOD | {TIMESTAMP: GOOD[TIMESTAMP] + "\n"},
        GOOD | {TIMESTAMP: str(int(GOOD[TIMESTAMP]) + 1)},
        signed("another secret", HELP, NOW),
        signed("", HELP, NOW),
        signed(SECRET, HELP + b"&x=1", NOW),
    ],
)
def test_what_slack_has_not_signed_is_turned_away(edge: SlackEndpoint, headers: dict[str, str]) -> None:
    response = call(edge, HELP, headers)

    assert (response.status, response.body) == (401, b"")


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (-300, 200), (300, 200), (-301, 401), (301, 401)])
def test_a_signature_holds_for_five_minutes_either_way(standing: Bot, seconds: int, status: int) -> None:
    endpoint = SlackEndpoint(standing.receiver, SECRET, lambda: NOW)

    response = call(endpoint, HELP, signed(SECRET, HELP, NOW + timedelta(seconds=seconds)))

    assert response.status == status


def test_there_is_one_address_and_one_method(edge: SlackEndpoint) -> None:
    assert call(edge, HELP, GOOD, path="/").status == 404
    assert call(edge, HELP, GOOD, path="/slack/events/").status == 404
    assert call(edge, HELP, GOOD, path="/slack/../slack/events").status == 404
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        response = call(edge, b"", {}, method=method)
        assert (response.status, response.headers["allow"]) == (405, "POST")


def test_a_body_that_is_too_large_is_refused_before_it_is_read(standing: Bot) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("nobody should read this")

    announced = call(standing.app, b"", {}, CONTENT_LENGTH=str(MAX_BODY + 1), stream=Unread())
    too_large = b"x" * (MAX_BODY + 1)
    chunked = signed(SECRET, too_large) | {"Transfer-Encoding": "chunked"}
    in_chunks = call(standing.app, too_large, chunked, CONTENT_LENGTH="")
    largest = b"text=" + b"x" * (MAX_BODY - 5)
    just_fits = standing.send(largest)

    assert announced.status == in_chunks.status == 413
    assert just_fits.status == 400, "signed, but nothing that Slack sends"


def test_nothing_is_read_of_a_request_that_cannot_be_signed(standing: Bot) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("it may never come, and would keep a thread waiting")

    unsigned = call(standing.app, b"", {}, CONTENT_LENGTH="9", stream=Unread())
    stale = call(standing.app, b"", signed(SECRET, b"", NOW), CONTENT_LENGTH="9", stream=Unread())

    assert (unsigned.status, stale.status) == (401, 401)


@pytest.mark.parametrize("length", ["many", "-5", "1.5", "²", "0x10", " "])
def test_a_length_that_is_none_is_refused(edge: SlackEndpoint, length: str) -> None:
    assert call(edge, HELP, GOOD, CONTENT_LENGTH=length).status in {400, 401}


def test_a_body_that_breaks_off_is_refused(edge: SlackEndpoint) -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise ConnectionResetError

    assert call(edge, HELP, GOOD, stream=Broken()).status == 400
    assert call(edge, HELP[:-1], GOOD).status == 401


def test_a_body_in_chunks_is_read_to_its_end(edge: SlackEndpoint) -> None:
    response = call(edge, HELP, GOOD | {"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")

    assert response.status == 200

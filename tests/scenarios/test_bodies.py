"""What becomes of a signed body: an answer, a note, or 400; never 500."""

import json
from urllib.parse import urlencode

import pytest

from bot import clock
from tests.scenarios.records import add_jmte
from tests.support.bot import SECRET, WORKSPACE, Bot
from tests.support.signing import (
    FORM,
    JSON,
    button_payload,
    call,
    command_body,
    interaction_body,
    signed,
)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"", JSON),
        (b"nonsense", FORM),
        (b"\xff\xfe\x00", FORM),
        (b"text=\xff&command=/project", FORM),
        (b"payload=", FORM),
        (b"payload=%7B", FORM),
        (b"payload=null&x=1", FORM),
        (b"a=1", FORM),
        (b"{", JSON),
        (b"[]", JSON),
        (b'["a=b"]', JSON),
        (b'"a=b"', JSON),
        (b"17", JSON),
        (b"null", JSON),
        (b"{}", JSON),
        (b"\xff{}", JSON),
        (b'{"type": "\\ud800"}', JSON),
        (b'{"type": null}', JSON),
        (b'{"type": 7}', JSON),
        (b'{"type": ["block_actions"]}', JSON),
        (b'{"a":' * 100_000, JSON),
        (b"[" * 1_000_000, JSON),
        (b'{"type":"block_actions"}', JSON),
        (b'{"type":"event_callback","event":7,"team_id":[]}', JSON),
        (command_body("help", team_id=""), FORM),
        (command_body("help", team_id="<!channel>"), FORM),
        (command_body("help", team_id="T" * 65), FORM),
        (command_body("help", user_id="U 1"), FORM),
        (command_body("help", channel_id="../../etc"), FORM),
        (b"command=%2Fproject&text=help", FORM),
    ],
)
def test_signed_but_nothing_that_slack_sends_is_a_bad_request(
    standing: Bot, body: bytes, content_type: str
) -> None:
    response = call(standing.app, body, signed(SECRET, body), CONTENT_TYPE=content_type)

    assert (response.status, response.body) == (400, b"")


@pytest.mark.parametrize(
    "changes",
    [
        {"actions": None},
        {"actions": []},
        {"actions": [None]},
        {"actions": [{"value": 7}]},
        {"actions": {"0": {}}},
        {"user": None},
        {"user": "U0TEST"},
        {"user": {"id": 10**400}},
        {"team": {"id": ["T"]}, "user": {"id": "U1"}},
        {"channel": ["C1"]},
        {"channel": {"id": "<!here>"}},
        {"container": "message"},
        {"response_url": 7},
        {"response_url": "file:///etc/passwd"},
        {"response_url": "https://e.org/a b"},
        {"response_url": "https://e.org/\r\nX: y"},
    ],
)
def test_a_click_in_a_wrong_form_is_a_bad_request(standing: Bot, changes: dict[str, object]) -> None:
    response = standing.send(interaction_body(button_payload("open:x", "{}") | changes))

    assert (response.status, response.body) == (400, b"")


@pytest.mark.parametrize(
    "text",
    [
        "search payload",
        "search payload=1",
        'search {"payload": 1}',
        "search &payload={}",
        "help payload=%7B%7D",
    ],
)
def test_a_command_may_speak_of_payloads(standing: Bot, text: str) -> None:
    answer = standing.command(text)

    assert "payload" in answer["text"]


def test_what_a_command_cannot_have_said_is_left_out(standing: Bot) -> None:
    body = command_body("search a\x00b", team_id=WORKSPACE) + b"%ED%A0%80%FF"

    response = standing.send(body.replace(b"&text=", b"&text="))

    assert response.status == 200
    assert "“ab”" in standing.command("search a\x00b")["text"]


def test_slacks_own_questions_are_answered(standing: Bot) -> None:
    challenge = json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZbrw1aB"}).encode()

    verified = call(standing.app, challenge, signed(SECRET, challenge), CONTENT_TYPE=JSON)
    unsigned = call(standing.app, challenge, {}, CONTENT_TYPE=JSON)
    checked = standing.send(b"ssl_check=1&token=legacy")

    assert (verified.status, verified.json) == (200, {"challenge": "3eZbrw1aB"})
    assert unsigned.status == 401
    assert (checked.status, checked.body) == (200, b"")


@pytest.mark.parametrize("kind", ["view_closed", "dialog_submission", "interactive_message", "new"])
def test_interactions_of_other_kinds_are_taken_note_of(standing: Bot, kind: str) -> None:
    payload = button_payload("x", "") | {"type": kind, "view": {"id": "V1", "callback_id": "c"}}

    response = standing.send(interaction_body(payload))

    assert (response.status, response.body) == (200, b"")


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_mention", "user": "U1", "text": "hello", "channel": "C1", "ts": "1.2"},
        {"type": "message", "bot_id": "B0WAYMARK01", "user": "U0WAYMARK01", "text": "mine"},
        {"type": "app_uninstalled"},
        {"type": "something_new", "nested": {"a": [1, {"b": None}]}},
    ],
)
def test_events_that_nobody_asked_for_are_taken_note_of(standing: Bot, event: dict[str, object]) -> None:
    outer = {"token": "t", "team_id": "T1", "api_app_id": "A1", "event": event, "type": "event_callback"}
    body = json.dumps(outer | {"event_id": "Ev1", "event_time": 1}).encode()

    response = call(standing.app, body, signed(SECRET, body), CONTENT_TYPE=JSON)

    assert (response.status, response.body) == (200, b"")


def test_slack_is_asked_once_who_the_bot_is(lite: Bot) -> None:
    add_jmte(lite)
    at_the_start = lite.calls_in()

    for _ in range(20):
        lite.command("show jmte")
        lite.send(interaction_body(button_payload("x", "")))
    lite.press(lite.type_command("help"), "Share in channel")

    assert set(at_the_start) == {"auth.test"}
    assert lite.calls_in().count("auth.test") == len(at_the_start)


def test_fields_that_slack_adds_one_day_do_no_harm(standing: Bot) -> None:
    body = (
        command_body("help", team_id=WORKSPACE)
        + b"&"
        + urlencode({"new": "x" * 1000, "text2": "{}"}).encode()
    )

    assert call(standing.app, body, signed(SECRET, body, clock.now())).status == 200


def test_an_event_is_no_command_whatever_it_quotes_and_is_said_to_be(standing: Bot) -> None:
    """The content type is not signed: who caught an event could send it again as a form."""
    quoted = command_body("help").decode()
    body = json.dumps({"type": "event_callback", "event": {"text": f"=&{quoted}&x="}}).encode()

    for around in (body, b"\n " + body):
        response = call(standing.app, around, {"Content-Type": FORM, **signed(SECRET, around)})
        assert (response.status, response.body) == (400, b"")

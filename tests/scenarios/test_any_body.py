"""Whatever a signed request holds, it is answered with 200 or 400, and nothing escapes the application."""

import copy
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web.bodies import read_form
from tests.support.bot import SECRET, Bot
from tests.support.signing import FORM, JSON, button_payload, call, command_body, interaction_body, signed

# The bot of a whole session answers all examples, and keeps nothing of them.
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**30, 10**40)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["\x00", "\ud800", "T0TEST", "block_actions", "url_verification", "<!channel>", "x" * 5000]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)

EVENT = {
    "token": "t",
    "team_id": "T0TEST",
    "api_app_id": "A1",
    "event": {"type": "message", "user": "U1", "text": "hi", "channel": "C1", "ts": "1.2", "bot_id": "B1"},
    "type": "event_callback",
    "event_id": "Ev1",
    "event_time": 1,
    "authorizations": [{"enterprise_id": None, "team_id": "T0TEST", "user_id": "U2", "is_bot": True}],
}
VIEW = button_payload("x", "") | {
    "type": "view_submission",
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "c",
        "state": {"values": {}},
        "private_metadata": "",
    },
}
CLICK = button_payload("open:1", '{"name":"show","project_id":1}', response_url="http://127.0.0.1:9/")
SHAPES = (EVENT, VIEW, CLICK, {"type": "url_verification", "challenge": "c"})


def send(bot: Bot, body: bytes, content_type: str) -> int:
    return call(bot.app, body, signed(SECRET, body), CONTENT_TYPE=content_type).status


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """A payload of Slack's in which a few keys are gone or hold something else."""
    payload: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(SHAPES)))
    for _ in range(draw(st.integers(1, 3))):
        place: Any = payload
        while True:
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            if not isinstance(place[key], dict | list) or not place[key] or draw(st.booleans()):
                break
            place = place[key]
        if draw(st.booleans()):
            del place[key]
        else:
            place[key] = draw(JSON_VALUES)
        if not payload:
            break
    return payload


@MANY
@given(payload=changed())
def test_payloads_with_keys_missing_and_values_replaced(standing: Bot, payload: dict[str, Any]) -> None:
    assert send(standing, json.dumps(payload).encode(), JSON) in {200, 400}
    assert send(standing, interaction_body(payload), FORM) in {200, 400}


@MANY
@given(payload=JSON_VALUES)
def test_any_json(standing: Bot, payload: object) -> None:
    assert send(standing, json.dumps(payload).encode(), JSON) in {200, 400}
    assert send(standing, interaction_body(payload), FORM) in {200, 400}


@MANY
@given(body=st.binary(max_size=200), content_type=st.sampled_from([FORM, JSON, "", "text/plain"]))
def test_any_bytes(standing: Bot, body: bytes, content_type: str) -> None:
    assert send(standing, body, content_type) in {200, 400}


@MANY
@given(
    fields=st.dictionaries(
        st.sampled_from(["team_id", "user_id", "channel_id", "command", "text", "response_url", "payload"]),
        st.text(max_size=30) | st.sampled_from(["T0TEST", "U0TEST", "", "{}", "show x", "list \x00"]),
    )
)
def test_any_form(standing: Bot, fields: dict[str, str]) -> None:
    body = urlencode(fields, errors="replace").encode()

    assert send(standing, body, FORM) in {200, 400}


@MANY
@given(
    text=st.text(max_size=120)
    | st.lists(
        st.sampled_from(
            [
                "show",
                "list",
                "search",
                "help",
                "goal",
                "mine",
                " ",
                "“",
                '"',
                "`",
                "&lt;",
                "<#C1>",
                "<@U1|x>",
                "\u00a0",
                "é",
                "%",
            ]
        ),
        max_size=8,
    ).map("".join)
)
def test_any_command_is_answered(standing: Bot, text: str) -> None:
    body = command_body(text.encode("utf-8", "replace").decode(), team_id="T0TIDEWATER")

    response = call(standing.app, body, signed(SECRET, body))

    assert response.status == 200
    assert "through no fault of yours" not in response.json["text"]


@given(fields=st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), min_size=1, max_size=6))
def test_a_form_is_read_as_the_standard_library_reads_it(fields: dict[str, str]) -> None:
    body = urlencode(fields, errors="replace")

    assert read_form(body) == dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))

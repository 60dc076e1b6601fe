"""What is read of a connection of Socket Mode, whatever stands there, and what is answered."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.receiver import NOT_TAKEN, Received
from bot.slack.socket_mode.envelopes import Disconnect, Envelope, Hello, answer_to, read_said

ENVELOPE = Envelope("an-id", {}, {})
JSON = "application/json; charset=utf-8"

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"type": "hello", "num_connections": 1}', Hello()),
        ('{"type": "disconnect", "reason": "warning"}', Disconnect("warning")),
        ('{"type": "disconnect"}', Disconnect("")),
        ('{"envelope_id": "e", "type": "interactive", "payload": {"a": 1}}', Envelope("e", {"a": 1}, {})),
        (
            '{"envelope_id": "e", "payload": {}, "retry_attempt": 2, "retry_reason": "timeout"}',
            Envelope("e", {}, {"x-slack-retry-num": "2", "x-slack-retry-reason": "timeout"}),
        ),
        ('{"envelope_id": "e", "payload": {}, "retry_attempt": 0}', Envelope("e", {}, {})),
        ('{"envelope_id": 5, "payload": {}}', None),
        ('{"envelope_id": "e", "payload": "text"}', None),
        ('{"type": "new_since"}', None),
        ("[]", None),
        ("", None),
        ("UNAUTHENTICATED: cache_error", None),
    ],
)
def test_what_slack_says_is_read(text: str, said: object) -> None:
    assert read_said(text) == said


@given(st.text() | anything.map(lambda each: orjson.dumps(each).decode()))
def test_nothing_that_stands_there_makes_it_stumble(text: str) -> None:
    said = read_said(text)

    assert said is None or isinstance(said, Hello | Disconnect | Envelope)


@given(st.dictionaries(st.text(max_size=12), anything, max_size=6))
def test_an_answer_goes_into_the_acknowledgement_as_it_is(payload: dict[str, object]) -> None:
    answer = answer_to(ENVELOPE, Received(200, orjson.dumps(payload), JSON))

    assert orjson.loads(answer or "") == {"envelope_id": "an-id", "payload": payload}


def test_what_was_not_taken_is_not_acknowledged() -> None:
    assert [answer_to(ENVELOPE, Received(status)) for status in (NOT_TAKEN, 400, 500)] == [None, None, None]
    assert answer_to(ENVELOPE, Received(200)) == '{"envelope_id":"an-id"}'
    plain = answer_to(ENVELOPE, Received(200, b"Words", "text/plain"))
    assert orjson.loads(plain or "") == {"envelope_id": "an-id", "payload": {"text": "Words"}}

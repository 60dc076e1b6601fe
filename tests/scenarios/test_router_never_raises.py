"""Whatever breaks, Slack gets its 200, and whoever runs the bot finds the reason."""

import logging

import pytest
from slack_bolt import BoltRequest

from bot import texts
from bot.slack.addressing import Addressing
from bot.slack.bolt import create_bolt_app
from bot.slack.gateway import Gateway, Identity, Responded
from bot.slack.home_keeper import HomeKeeper
from bot.slack.payloads import read_payload
from bot.slack.router import Router
from storage.database import Database
from tests.support import signing
from tests.support.make import NOW

BUTTON = signing.button_payload("nothing", "{}")
COMMAND = {"command": "/project", "text": "help", "team_id": "T0TEST", "user_id": "U0TEST"}


class _BrokenGateway(Gateway):
    def __init__(self) -> None:
        pass

    def respond(self, response_url: str, body: object) -> Responded:
        raise RuntimeError(f"no way to {response_url}: {type(body)}")


def _router(database: Database) -> Router:
    gateway = _BrokenGateway()
    return Router(database, gateway, lambda: NOW, HomeKeeper(database, gateway, lambda: NOW))


def test_an_answer_to_a_click_that_cannot_be_sent(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    router = _router(sqlite_database)

    assert router.answer(read_payload(BUTTON)) is None

    assert "failed" in caplog.text
    assert "no way to" in caplog.text


def test_a_database_that_fails_as_nobody_foresaw(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_database, "read", None)
    router = _router(sqlite_database)

    answer = router.answer(read_payload(COMMAND))

    assert isinstance(answer, dict)
    assert answer["text"].startswith(texts.INTERNAL_ERROR.partition("{")[0])


def test_what_the_router_answers_goes_through_bolt_too(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    router = _router(sqlite_database)
    identity = Identity("T0TEST", "Test", "B0TEST", "U0BOT")
    app = create_bolt_app("http://127.0.0.1:9/", identity, router, Addressing(sqlite_database, identity))

    with caplog.at_level(logging.INFO):
        response = app.dispatch(BoltRequest(body=COMMAND, mode="socket_mode"))

    assert response.status == 200
    assert '"response_type": "ephemeral"' in response.body

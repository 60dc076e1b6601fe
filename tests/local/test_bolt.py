"""A real Bolt app and the local workspace understand each other."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient
from werkzeug.serving import make_server

from bot.local.seed import JMTE, MATEO, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings

from .conftest import EVENTS, TOKEN
from .receiver import SIGNING_SECRET

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Write it down"}, "action_id": "write"}
MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "note",
    "title": {"type": "plain_text", "text": "Note"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "note",
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def build_app(api_url: str) -> App:
    app = App(
        signing_secret=SIGNING_SECRET,
        client=WebClient(TOKEN, base_url=api_url),
        process_before_response=True,
    )

    @app.command("/project")
    def command(ack: Any, command: dict[str, Any]) -> None:
        ack(text=f"You said {command['text']}", blocks=[{"type": "actions", "elements": [BUTTON]}])

    @app.action("write")
    def press(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("note")
    def submit(ack: Any, view: dict[str, Any], client: WebClient) -> None:
        text = view["state"]["values"]["note"]["text"]["value"]
        if len(text) < 4:
            ack(response_action="errors", errors={"note": "A few more words, please"})
            return
        ack()
        client.chat_postMessage(channel=JMTE, text=text)

    @app.event("message")
    def answer(event: dict[str, Any], say: Any) -> None:
        say(text="Noted", thread_ts=event["ts"])

    return app


@pytest.fixture
def server() -> Iterator[LocalServer]:
    flask = Flask(__name__)
    bolt = make_server("127.0.0.1", 0, flask, threaded=True)
    settings = LocalSettings(
        signing_secret=SIGNING_SECRET,
        bot_token=TOKEN,
        request_url=f"http://127.0.0.1:{bolt.port}/slack/events",
        event_subscriptions=EVENTS,
    )
    with LocalServer(seeded_workspace(), settings) as local:
        handler = SlackRequestHandler(build_app(local.api_url))

        @flask.post("/slack/events")
        def receive() -> Response:
            return handler.handle(request)

        thread = threading.Thread(target=bolt.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield local
        local.platform.events.settle()
        bolt.shutdown()
        thread.join()
        bolt.server_close()


def test_from_a_command_to_a_message(server: LocalServer) -> None:
    people = server.people
    shown = people.say(MATEO, JMTE, "/project note it")
    assert server.workspace.messages[JMTE][-1].text == "You said note it"
    assert people.press(MATEO, JMTE, shown.ts or "", "write").ok
    view = server.workspace.open_view(MATEO)
    assert view
    refused = people.submit_view(MATEO, view.id, {"note": {"text": "No"}})
    assert refused.errors == {"note": "A few more words, please"}
    assert people.submit_view(MATEO, view.id, {"note": {"text": "All is well"}}).ok
    assert server.workspace.open_view(MATEO) is None
    assert server.workspace.messages[JMTE][-1].text == "All is well"


def test_from_a_message_to_a_reply(server: LocalServer) -> None:
    asked = server.people.say(MATEO, JMTE, "Are you there?").ts or ""
    assert server.platform.events.settle()
    replies = server.workspace.thread(JMTE, asked)
    assert [reply.text for reply in replies] == ["Noted"]
    failed = [call for call in server.workspace.calls if not call.ok]
    assert failed == [], "the bot's own message is no reason to answer, and none to fail"

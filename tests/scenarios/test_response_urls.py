"""Where the answer to a click is sent: to Slack, and nowhere else."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from slack_sdk import WebClient

from bot.slack.gateway import Gateway, Responded
from bot.slack.response_urls import is_address_of_slack
from tests.support.bot import TOKEN

SLACK, LOCAL = "https://slack.com/api/", "http://127.0.0.1:3000/api/"


@dataclass
class Listener:
    """A server that writes down which paths it is asked for, and sends everybody on if it is told where."""

    url: str
    send_on_to: str | None = None
    says: bytes | None = None
    asked: list[str] = field(default_factory=list)

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if self.says is not None:
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [self.says]
        if self.send_on_to is None:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"ok"]
        start_response("302 Found", [("Location", self.send_on_to), ("Content-Type", "text/plain")])
        return [b""]


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener("")
    with make_server("127.0.0.1", 0, listener.answer, handler_class=_Quiet) as server:
        listener.url = f"http://127.0.0.1:{server.server_port}"
        serving = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        serving.start()
        yield listener
        server.shutdown()
        serving.join()


@pytest.mark.parametrize(
    ("url", "api_url", "is_of_slack"),
    [
        ("https://hooks.slack.com/actions/T1/1/x", SLACK, True),
        ("https://hooks.slack.com/commands/T1/1/x", LOCAL, True),
        ("https://hooks.slack-gov.com/actions/T1/1/x", SLACK, True),
        ("http://127.0.0.1:3000/hooks/actions/T1/1/x", LOCAL, True),
        ("http://127.0.0.1:3000/hooks/actions/T1/1/x", SLACK, False),
        ("http://127.0.0.1:30001/x", LOCAL, False),
        ("http://127.0.0.1:3000@evil.example/x", LOCAL, False),
        ("https://127.0.0.1:3000/x", LOCAL, False),
        ("http://hooks.slack.com/actions/T1/1/x", SLACK, False),
        ("https://hooks.slack.com.evil.example/x", SLACK, False),
        ("https://hooks.slack.com@evil.example/x", SLACK, False),
        ("https://evil.example/hooks.slack.com/x", SLACK, False),
        ("https://evil.example?.slack.com/", SLACK, False),
        ("https://evil.example\\.slack.com/", SLACK, False),
        ("https://evilslack.com/x", SLACK, False),
        ("https://hooks.slack.com:8080/x", SLACK, False),
        ("https://169.254.169.254/latest/meta-data", SLACK, False),
    ],
)
def test_an_address_is_of_slack_or_beside_its_api(url: str, api_url: str, *, is_of_slack: bool) -> None:
    assert is_address_of_slack(url, api_url) is is_of_slack


def test_an_address_of_another_machine_is_not_called_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with listening() as slack, listening() as other, caplog.at_level(logging.DEBUG):
        gateway = Gateway(WebClient(TOKEN, base_url=f"{slack.url}/api/"))

        sent = gateway.respond(f"{slack.url}/hooks/1", {"text": "Hello"})
        sent_elsewhere = gateway.respond(f"{other.url}/inside", {"text": "Hello"})

    assert (sent, slack.asked) == (Responded.TAKEN, ["POST /hooks/1"])
    assert (sent_elsewhere, other.asked) == (Responded.LOST, [])
    assert "not an address of Slack's" in caplog.text
    assert "/inside" not in caplog.text


def test_nobody_is_followed_elsewhere() -> None:
    with listening() as slack, listening() as other:
        slack.send_on_to = f"{other.url}/inside"

        sent = Gateway(WebClient(TOKEN, base_url=f"{slack.url}/api/")).respond(f"{slack.url}/hooks/1", {})

    assert (sent, slack.asked, other.asked) == (Responded.LOST, ["POST /hooks/1"], [])


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ('{"ok":false,"error":"expired_url"}', "403 expired_url"),
        ("no_text\n", "403 no_text"),
        ('Blocked: {"text":"Sell the reef"}', "403 without a word for it"),
        ("", "403 without a word for it"),
    ],
)
def test_a_refusal_is_logged_by_its_word_and_quotes_nothing(
    caplog: pytest.LogCaptureFixture, said: str, logged: str
) -> None:
    with listening() as slack:
        slack.says = said.encode()
        Gateway(WebClient(TOKEN, base_url=f"{slack.url}/api/")).respond(f"{slack.url}/hooks/1", {})

    assert [record.getMessage() for record in caplog.records] == [f"response_url refused: {logged}"]

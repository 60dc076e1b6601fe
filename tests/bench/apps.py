"""What the bot is measured beside: a bare Bolt app, no app at all, and no app that loads our libraries.

python -m tests.bench.apps bolt|bare|libraries PORT API_URL
"""

import hashlib
import hmac
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from bot.web.server import THREADS

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SECRET = "bench-secret"
_ANSWER = b"A fixed answer."


def bolt(api_url: str) -> "WSGIApplication":
    """The least that Bolt can do: one listener, a fixed answer, everything else as it comes."""
    from slack_bolt import App  # noqa: PLC0415 - the other app does without
    from slack_bolt.adapter.wsgi import SlackRequestHandler  # noqa: PLC0415 - as above
    from slack_sdk import WebClient  # noqa: PLC0415 - as above

    app = App(
        client=WebClient(token="xoxb-bench", base_url=api_url),
        signing_secret=SECRET,
        process_before_response=True,
    )

    @app.command("/project")
    def answer(ack: Callable[..., Any]) -> None:
        ack(_ANSWER.decode())

    handler: WSGIApplication = SlackRequestHandler(app)
    return handler


def bare(_api_url: str) -> "WSGIApplication":
    """Nothing but the check of the signature."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        base = b"v0:" + environ["HTTP_X_SLACK_REQUEST_TIMESTAMP"].encode() + b":" + body
        expected = "v0=" + hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
        is_signed = hmac.compare_digest(expected, environ["HTTP_X_SLACK_SIGNATURE"])
        headers = [("content-type", "text/plain"), ("content-length", str(len(_ANSWER)))]
        start_response("200 OK" if is_signed else "401 Unauthorized", headers)
        return (_ANSWER,)

    return answer


def libraries(api_url: str) -> "WSGIApplication":
    """Nothing but the check of the signature, after importing what the bot is made of: a start's least."""
    for name in ("sqlalchemy", "pydantic", "slack_sdk", "orjson"):
        import_module(name)
    return bare(api_url)


def main(name: str, port: str, api_url: str) -> None:
    """Serve it as the bot is served."""
    create = {"bolt": bolt, "bare": bare, "libraries": libraries}[name]
    server = Granian(
        name,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=lambda: create(api_url), wrap_loader=False)


if __name__ == "__main__":
    main(*sys.argv[1:])

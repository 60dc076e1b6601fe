"""The local workspace as a server: Slack's Web API, response URLs, the controls, and the page."""

import logging
import threading
from collections.abc import Sequence
from email.utils import format_datetime
from http import HTTPStatus
from typing import Self

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.local import browser, hooks, local_http, oauth_page, web_api
from bot.local.clock import LocalClock
from bot.local.guard import is_welcome
from bot.local.people import People
from bot.local.platform import Platform
from bot.local.settings import LocalSettings
from bot.local.state_file import StateKeeper
from bot.local.workspace import Workspace

BODY_LIMIT = 2_000_000
UPLOAD_LIMIT = 21_000_000
_POLL_SECONDS = 0.05
_log = logging.getLogger(__name__)


def create_app(
    platform: Platform, people: People | None = None, page: browser.PageSettings | None = None
) -> Flask:
    """The whole workspace as a WSGI application. It sends no events before `platform.events.start()`."""
    people = people or People(platform)
    settings = platform.settings
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=BODY_LIMIT, MAX_FORM_MEMORY_SIZE=BODY_LIMIT)
    # Block Kit is read by people in the log and in tests: keep its order.
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's default provider has it
    app.register_blueprint(web_api.create_blueprint(platform))
    app.register_blueprint(hooks.create_blueprint(platform))
    app.register_blueprint(oauth_page.create_blueprint(platform))
    app.register_blueprint(local_http.create_blueprint(platform, people))
    app.register_blueprint(browser.create_blueprint(platform, people, page))

    @app.before_request
    def turn_strangers_away() -> tuple[Response, int] | None:
        if is_welcome(request, settings.host):
            if request.path.startswith("/upload/"):
                request.max_content_length = UPLOAD_LIMIT
            return None
        return jsonify(ok=False, error="not_from_here"), HTTPStatus.FORBIDDEN

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> tuple[Response, int]:
        code = str(error.name).lower().replace(" ", "_")
        return jsonify(ok=False, error=code), error.code or HTTPStatus.INTERNAL_SERVER_ERROR

    @app.errorhandler(Exception)
    def fail(error: Exception) -> tuple[Response, int]:
        # Slack never shows a traceback either; a fault of this server is in its log.
        _log.error("%s %s failed", request.method, request.path, exc_info=error)
        return jsonify(ok=False, error="internal_error"), HTTPStatus.INTERNAL_SERVER_ERROR

    return app


class LocalServer:
    """The workspace on a port of this machine, in threads of its own. Port 0 takes a free one.

    with LocalServer(workspace, settings) as server: WebClient(token, base_url=server.api_url)

    `others`: workspaces with the same app, which the page does not show; see `people_of`.
    """

    def __init__(
        self,
        workspace: Workspace,
        settings: LocalSettings,
        page: browser.PageSettings | None = None,
        others: Sequence[Workspace] = (),
    ) -> None:
        self.workspace = workspace
        self.settings = settings
        self.platform = Platform(workspace, settings)
        self.people = People(self.platform)
        self._people_of = {workspace.team.id: self.people}
        for other in others:
            self._people_of[other.team.id] = People(Platform(other, settings, self.platform))
        self._app = create_app(self.platform, self.people, page)
        self._keeper = StateKeeper(workspace, settings.state_file) if settings.state_file else None
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen; returns as soon as the port is open."""
        settings = self.settings
        self._server = make_server(
            settings.host,
            settings.port,
            self._app,
            threaded=True,
            request_handler=_handler_by(self.workspace.clock),
        )
        for platform in self.platform.neighbours:
            platform.workspace.url = f"{self.url}/"
            platform.events.start()
        if self._keeper:
            self._keeper.start()
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_SECONDS,), name="local-slack", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Close the port, let what is under way end, and write the state a last time."""
        if self._server is None or self._thread is None:
            return
        for platform in self.platform.neighbours:
            platform.closing.set()
        self.workspace.touch()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for platform in self.platform.neighbours:
            platform.events.stop()
        self.platform.sockets.stop()
        if self._keeper:
            self._keeper.stop()
        self._server = self._thread = None

    def people_of(self, team_id: str) -> People:
        """What people do in that workspace."""
        return self._people_of[team_id]

    @property
    def port(self) -> int:
        return self._server.port if self._server else self.settings.port

    @property
    def url(self) -> str:
        """The page's address."""
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        return f"http://{host}:{self.port}"

    @property
    def api_url(self) -> str:
        """The `base_url` of a WebClient."""
        return f"{self.url}/api/"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class _QuietHandler(WSGIRequestHandler):
    """Writes nothing about requests: what happened is in the workspace's log."""

    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def _handler_by(clock: LocalClock) -> type[_QuietHandler]:
    """Whose answers have the workspace's own date, as Slack's have Slack's."""

    class Handler(_QuietHandler):
        def date_time_string(self, timestamp: float | None = None) -> str:
            at = format_datetime(clock.now(), usegmt=True)
            return at if timestamp is None else super().date_time_string(timestamp)

    return Handler

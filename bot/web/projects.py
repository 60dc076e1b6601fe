"""`/projects`: the workspace's public projects, for everybody. Beside all else that a process answers.

What it takes to make a page is imported when the first is asked for: Slack's requests do not wait for it.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bot.web.answers import Answer
from storage.database import Database

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/projects"
AT_ONCE, WAITING = 3, 3
"""Pages that are made at the same time, and those that wait for that. All other threads of a process are
there for Slack, however many people look."""
_PATIENCE_S = 1.0
_BUSY = b"Many people are looking at this just now. Please try again in a second."


class Shown(NamedTuple):
    """Whose pages: those of one workspace, or (None) of all that are published. `public_url`: "" if unknown.

    `is_for_many`: others may publish theirs, so that each has its own address for good.
    """

    workspace_id: str | None
    public_url: str
    is_for_many: bool = False


class PublicPages:
    """A WSGI application around that for all other paths; safe to call from many threads. It never raises."""

    def __init__(
        self, app: "WSGIApplication", database: Database, clock: Callable[[], datetime], shown: Shown
    ) -> None:
        self._app = app
        self._places = threading.BoundedSemaphore(AT_ONCE + WAITING)
        self._turns = threading.BoundedSemaphore(AT_ONCE)

        @cache
        def pages() -> "WSGIApplication":
            from bot.web.projects_app import create_pages  # noqa: PLC0415 - Jinja, which Slack does not need

            return create_pages(database, clock, shown)

        self._pages = pages

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return self._app(environ, start_response)
        if not self._places.acquire(blocking=False):
            return _busy(start_response)
        try:
            return self._in_turn(environ, start_response)
        finally:
            self._places.release()

    def _in_turn(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not self._turns.acquire(timeout=_PATIENCE_S):
            return _busy(start_response)
        try:
            return self._pages()(environ, start_response)
        finally:
            self._turns.release()


def _busy(start_response: "StartResponse") -> Iterable[bytes]:
    return Answer(503, "text/plain", _BUSY, (("retry-after", "1"),)).start(start_response)

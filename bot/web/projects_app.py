"""The public pages as a WSGI application: which page, whether it is new, and in which form.

Everything that comes in may be anybody's. Only GET and HEAD are answered; nothing is ever set in a browser,
and no script runs in a page. What is not published, is private or never was, is not there: the answer is the
same, to the byte.
"""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot import texts_public as texts
from bot.services.public_reading import read_public_list, read_public_project
from bot.services.public_telling import read_public_days, read_public_updates
from bot.slack.outage import Outage
from bot.slack.trying import tried
from bot.web.answers import SECURITY
from bot.web.projects import PREFIX, Shown
from bot.web.projects_html import list_html, note_html, policy, project_html
from bot.web.projects_json import list_json, project_json
from bot.web.projects_kept import Kept, Made
from bot.web.projects_routes import ATOM, HTML, ICS, JSON, TYPES, Addresses, Wanted, wanted_by
from storage import public_pages
from storage.database import Database, Tx
from storage.errors import UnreachableError
from storage.public_pages import PublicPage

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)
_HOST = re.compile(r"[a-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9a-f:.]{2,45}\](:\d{1,5})?", re.IGNORECASE | re.ASCII)
_GZIP = re.compile(
    r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?=,|$)", re.IGNORECASE
)
# Kept nowhere without asking here first: what is taken down is gone at once.
_CACHE = ("cache-control", "no-cache")
_NO_STORE = ("cache-control", "no-store")
_VARY = ("vary", "accept, accept-encoding")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """Other than `bot.web.answers.Answer` it may be what the browser has already, which has no type."""

    status: int
    headers: Headers
    body: bytes = b""


def create_pages(database: Database, clock: Callable[[], datetime], shown: Shown) -> "WSGIApplication":
    """The application; it never raises."""
    return _Pages(database, clock, shown)


class _Pages:
    def __init__(self, database: Database, clock: Callable[[], datetime], shown: Shown) -> None:
        self._database = database
        self._clock = clock
        self._shown = shown
        self._kept = Kept()
        self._away = Outage(_log, "The database, asked for a public page,")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer = tried(_log, "public page", partial(self._answer, environ), lambda _: _away(500))
        length = ("content-length", str(len(answer.body)))
        security = {**dict(SECURITY), "content-security-policy": policy()}
        start_response(
            f"{answer.status} {HTTPStatus(answer.status).phrase}",
            [
                *answer.headers,
                *security.items(),
                *(() if answer.status == HTTPStatus.NOT_MODIFIED else (length,)),
            ],
        )
        return (b"" if environ.get("REQUEST_METHOD") == "HEAD" else answer.body,)

    def _answer(self, environ: "WSGIEnvironment") -> PageAnswer:
        if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            return PageAnswer(405, (("allow", "GET, HEAD"), ("content-type", "text/plain"), _NO_STORE))
        try:
            path = environ.get("PATH_INFO", "").encode("latin-1").decode()
        except UnicodeError:
            return self._not_found(None)
        if path == f"{PREFIX}/":
            return _moved(PREFIX)
        wanted = wanted_by(path, environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT", ""))
        try:
            with self._database.read() as tx:
                answer = self._found(tx, wanted, environ)
        except UnreachableError as error:
            self._away.went(error)
            return _away(503)
        self._away.came()
        return answer

    def _found(self, tx: Tx, wanted: Wanted | None, environ: "WSGIEnvironment") -> PageAnswer:
        page = None if wanted is None else self._page(tx, wanted)
        if wanted is None or page is None:
            return self._not_found(self._home(tx))
        if wanted.address is None and self._shown.is_for_many:
            # Another workspace may publish a page tomorrow, and this address is then nobody's.
            at = Addresses(page.address)
            kind = wanted.format if wanted.is_by_name else ""
            return _moved((at.list_as(kind) if kind else at.list()) if wanted.slug is None else at.root)
        return self._made(tx, page, wanted, environ)

    def _made(self, tx: Tx, page: PublicPage, wanted: Wanted, environ: "WSGIEnvironment") -> PageAnswer:
        """As it was made already, where that holds; else made now."""
        base, now = self._base(environ) if wanted.format in {ATOM, ICS} else "", self._clock()
        version = f"{public_pages.read_version(tx, page.workspace_id)} {page!r}"
        key = (page.workspace_id, base, *wanted)
        made = self._kept.find(key, version, now)
        if made is None:
            body = _make(tx, page, wanted, Addresses(wanted.address, base), now)
            if body is None:
                return self._not_found(Addresses(wanted.address))
            if isinstance(body, str):
                return _moved(body)
            made = self._kept.keep(key, version, now, body)
        return _answer_with(made, wanted.format, environ, now)

    def _page(self, tx: Tx, wanted: Wanted) -> PublicPage | None:
        own = self._shown.workspace_id
        if wanted.address is not None:
            found = public_pages.find_published(tx, wanted.address)
            return found if found is not None and own in {None, found.workspace_id} else None
        if own is not None:
            return public_pages.find_published_of(tx, own)
        return public_pages.find_only_published(tx)

    def _home(self, tx: Tx) -> Addresses | None:
        """Where there is a page without a workspace in its address."""
        nowhere = Wanted(None, None, HTML)
        is_there = not self._shown.is_for_many and self._page(tx, nowhere) is not None
        return Addresses(None) if is_there else None

    def _not_found(self, at: Addresses | None) -> PageAnswer:
        body = note_html(texts.NOT_FOUND, texts.NOT_FOUND_LEAD, at)
        return PageAnswer(404, (("content-type", TYPES[HTML]), _NO_STORE), body)

    def _base(self, environ: "WSGIEnvironment") -> str:
        """Where whoever asks has found us: what the setting says, or else what the request does."""
        host = environ.get("HTTP_HOST", "")
        if self._shown.public_url or not _HOST.fullmatch(host):
            return self._shown.public_url
        scheme = "https" if environ.get("wsgi.url_scheme") == "https" else "http"
        return f"{scheme}://{host.lower()}"


def _make(tx: Tx, page: PublicPage, wanted: Wanted, at: Addresses, now: datetime) -> bytes | str | None:
    """The body; the address of a project that is called otherwise now; None for what is not there."""
    if wanted.slug is not None:
        return _make_project(tx, page, wanted, at, now)
    if wanted.format == ATOM:
        from bot.web.projects_feed import feed  # noqa: PLC0415 - few ask for it

        return feed(read_public_updates(tx, page), at)
    if wanted.format == ICS:
        from bot.web.projects_calendar import calendar  # noqa: PLC0415 - slow to import, and few ask for it

        return calendar(read_public_days(tx, page, now), at)
    found = read_public_list(tx, page, wanted.page, now)
    if found is None:
        return None
    return list_json(found, at) if wanted.format == JSON else list_html(found, at)


def _make_project(
    tx: Tx, page: PublicPage, wanted: Wanted, at: Addresses, now: datetime
) -> bytes | str | None:
    slug = wanted.slug or ""
    project = read_public_project(tx, page, slug.casefold(), now)
    if project is None:
        return None
    if project.ref.slug != slug:
        slug = project.ref.slug
        return at.project_as(slug, wanted.format) if wanted.is_by_name else at.project(slug)
    return project_json(project, at) if wanted.format == JSON else project_html(project, page.title, at)


def _answer_with(made: Made, kind: str, environ: "WSGIEnvironment", now: datetime) -> PageAnswer:
    is_packed = made.packed is not None and bool(_GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "")))
    tag, since = f'"{made.tag}{"-gz" if is_packed else ""}"', made.last_modified(now)
    headers: Headers = (("etag", tag), _CACHE, _VARY)
    if since is not None:
        headers = (*headers, ("last-modified", format_datetime(since, usegmt=True)))
    if _is_known(made.tag, since, environ):
        return PageAnswer(304, headers)
    headers = (("content-type", TYPES[kind]), *headers)
    if is_packed and made.packed is not None:
        return PageAnswer(200, (*headers, ("content-encoding", "gzip")), made.packed)
    return PageAnswer(200, headers, made.body)


def _is_known(tag: str, since: datetime | None, environ: "WSGIEnvironment") -> bool:
    """Whether the browser has just this; its tag is all that counts, if it has one."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return tag in {
            each.strip().removeprefix("W/").strip('"').removesuffix("-gz") for each in tags.split(",")
        }
    try:
        return since is not None and parsedate_to_datetime(environ["HTTP_IF_MODIFIED_SINCE"]) >= since
    except (KeyError, ValueError, TypeError):
        return False


def _moved(to: str) -> PageAnswer:
    """For now: what stands there may change."""
    return PageAnswer(302, (("location", to), ("content-type", "text/plain"), _CACHE))


def _away(status: int) -> PageAnswer:
    headers: Headers = (("content-type", TYPES[HTML]), _NO_STORE, ("retry-after", "60"))
    return PageAnswer(status, headers, note_html(texts.AWAY, texts.AWAY_LEAD, None))

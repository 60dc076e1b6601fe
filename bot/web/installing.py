"""Installing the bot: `GET /slack/install`, and `GET /slack/oauth_redirect`, to which Slack sends back.

What comes back must have been begun in the same browser (a cookie), within ten minutes, and counts once: else
somebody could be made to install the bot in a workspace of somebody else's choosing.
"""

import hmac
import logging
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from bot import texts_installing as texts
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.services.installing import take_up
from bot.slack.oauth import Installed, SlackApp
from bot.slack.trying import tried
from bot.web.answers import SECURITY
from bot.web.install_page import STYLE_SOURCE, Page, begin_page, done_page, failed_page
from storage.database import Database
from storage.deadlocks import once_more
from storage.errors import UnreachableError
from storage.installations import save_installation
from storage.keys import Keys
from storage.oauth_states import record_state, take_state

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)

INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"
LASTS = timedelta(minutes=10)
_BEGIN = f"{INSTALL}?begin=1"
_MOST_PARTS = 20
_CODE = re.compile(r"[a-z_]{1,60}")

_REASONS = {
    200: "OK",
    302: "Found",
    400: "Bad Request",
    405: "Method Not Allowed",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
_NOTHING_ELSE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# `referrer-policy` among them matters here: the address of the redirect has Slack's code in it.
_HEADERS = {
    **dict(SECURITY),
    "cache-control": "no-store",
    "content-security-policy": f"default-src 'none'; style-src {STYLE_SOURCE}; {_NOTHING_ELSE}",
}

Answer = tuple[int, list[tuple[str, str]], bytes]


class _FailedError(Exception):
    """There is no installation, and this says why."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class Installing:
    """A WSGI application around that of Slack's requests; safe to call from many threads. It never raises."""

    def __init__(
        self,
        app: "WSGIApplication",
        database: Database,
        keys: Keys,
        slack: SlackApp,
        clock: Callable[[], datetime],
        *,
        installed: Callable[[str], None],
    ) -> None:
        """`installed` is told of each workspace, once it is committed."""
        self._app = app
        self._database = database
        self._keys = keys
        self._slack = slack
        self._clock = clock
        self._installed = installed
        is_secure = slack.redirect_url.startswith("https://")
        # With that prefix a browser takes it from this very address alone.
        self._cookie = "__Host-waymark-install" if is_secure else "waymark-install"
        self._flags = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if is_secure else "")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answers = {INSTALL: self._begin, REDIRECT: self._come_back}
        answer = answers.get(environ.get("PATH_INFO", ""))
        if answer is None:
            return self._app(environ, start_response)
        status, headers, body = tried(_log, "installation", partial(self._answer, answer, environ), _broken)
        headers = [*headers, *_HEADERS.items(), ("content-length", str(len(body)))]
        start_response(f"{status} {_REASONS[status]}", headers)
        return (b"" if environ.get("REQUEST_METHOD") == "HEAD" else body,)

    def _answer(
        self, answer: "Callable[[WSGIEnvironment, dict[str, str]], Answer]", environ: "WSGIEnvironment"
    ) -> Answer:
        method = environ.get("REQUEST_METHOD")
        if method not in {"GET", "HEAD"}:
            return 405, [("allow", "GET, HEAD"), ("content-type", "text/plain")], b""
        if method == "HEAD":
            # Whoever only looks begins nothing, and ends nothing that somebody else has begun.
            return _shown(begin_page(_BEGIN))
        try:
            return answer(environ, _query(environ))
        except _FailedError as failure:
            return _shown(failed_page(failure.sentence, _BEGIN), failure.status)
        except UnreachableError as error:
            _log.error("database away: %s", error)
            return _shown(failed_page(texts.DATABASE_AWAY, _BEGIN), 503)

    def _begin(self, _environ: "WSGIEnvironment", query: dict[str, str]) -> Answer:
        """The page, and from its button on to Slack: the ten minutes begin with the click."""
        if "begin" not in query:
            return _shown(begin_page(_BEGIN))
        state, now = secrets.token_urlsafe(32), self._clock()

        def record() -> None:
            with self._database.write() as tx:
                record_state(tx, state, expire_at=now + LASTS, now=now)

        once_more(record)
        cookie = f"{self._cookie}={state}; Max-Age={LASTS.seconds}{self._flags}"
        location = self._slack.authorize_url(state)
        return 302, [("location", location), ("set-cookie", cookie)], b""

    def _come_back(self, environ: "WSGIEnvironment", query: dict[str, str]) -> Answer:
        state = query.get("state", "")
        if not state or not hmac.compare_digest(state.encode(), self._begun_here(environ).encode()):
            # Whatever else stands in the address may be anybody's, who has sent it as a link.
            raise _FailedError(texts.OTHER_BROWSER)
        if "error" in query:
            raise _FailedError(_denied(query["error"]))
        with self._database.write() as tx:
            is_good = take_state(tx, state, self._clock())
        if not is_good:
            raise _FailedError(texts.TOO_OLD)
        if not query.get("code"):
            raise _FailedError(texts.INCOMPLETE)
        installed = self._exchange(query["code"])
        workspace_id = self._save(installed)
        link = self._slack.open_url(installed.installation.app_id, workspace_id)
        status, headers, body = _shown(done_page(installed.workspace_name, link))
        return status, [*headers, ("set-cookie", f"{self._cookie}=; Max-Age=0{self._flags}")], body

    def _exchange(self, code: str) -> Installed:
        try:
            return self._slack.exchange(code, self._clock())
        except SlackRefusedError as error:
            _log.warning("not installed: %s", error)
            raise _FailedError(_refused(error.code)) from None
        except SlackUnreachableError as error:
            _log.warning("not installed: %s", error)
            raise _FailedError(texts.SLACK_AWAY, 503) from None

    def _save(self, installed: Installed) -> str:
        workspace_id, now = installed.workspace_id, self._clock()
        if workspace_id is None:
            self._take_back(installed)
            raise _FailedError(texts.WHOLE_ORGANIZATION)
        with self._database.write() as tx:
            # Anybody may be the first: what was imported before is not for them.
            take_up(tx, workspace_id, installed.workspace_name, now, may_claim=False)
            save_installation(tx, workspace_id, installed.installation, self._keys)
        self._installed(workspace_id)
        _log.info("installed in %s", workspace_id)
        return workspace_id

    def _take_back(self, installed: Installed) -> None:
        """A token that nobody uses is not to be left behind."""
        try:
            self._slack.uninstall(installed.installation.token)
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.warning("an installation in a whole organization is left at Slack: %s", error)

    def _begun_here(self, environ: "WSGIEnvironment") -> str:
        """The state of the installation that this browser has begun last."""
        try:
            found = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(self._cookie)
        except CookieError:
            return ""
        return "" if found is None else found.value


def _query(environ: "WSGIEnvironment") -> dict[str, str]:
    """Raises _FailedError."""
    try:
        return dict(parse_qsl(environ.get("QUERY_STRING", ""), max_num_fields=_MOST_PARTS))
    except ValueError:
        raise _FailedError(texts.INCOMPLETE) from None


def _denied(code: str) -> str:
    return texts.DENIED if code == "access_denied" else _refused(code)


def _refused(code: str) -> str:
    """The code is in Slack's form, or not said at all."""
    return texts.refused(code if _CODE.fullmatch(code) else "unknown_error")


def _shown(page: Page, status: int = 200) -> Answer:
    return status, [("content-type", "text/html; charset=utf-8")], page.html()


def _broken(reference: str) -> Answer:
    return _shown(failed_page(texts.broken(reference), _BEGIN), 500)

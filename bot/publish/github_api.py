"""GitHub's REST API: one request at a time, and what its refusals mean."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from bot.errors_publish import PublishError, Reason

Shape = TypeVar("Shape")
LIMIT_S = 30.0
"""How long an answer, or a part of one, may take to come."""
_CONNECT_S = 10.0
_HEADERS = {
    "Accept": "application/vnd.github+json",
    "X-GitHub-Api-Version": "2022-11-28",
    "User-Agent": "waymark",
}
_TOKEN = re.compile(r"[\x21-\x7e]+")
RAW = "application/vnd.github.raw+json"
_AFTER = timedelta(minutes=1)
"""How long GitHub asks to be left alone when it does not say how long."""
_MOST_SAID = 300
_REASONS: dict[int, Reason] = {
    httpx.codes.UNAUTHORIZED: Reason.UNAUTHORIZED,
    httpx.codes.FORBIDDEN: Reason.FORBIDDEN,
    httpx.codes.NOT_FOUND: Reason.NOT_FOUND,
    httpx.codes.GONE: Reason.NOT_FOUND,
    httpx.codes.REQUEST_TIMEOUT: Reason.TIMEOUT,
    httpx.codes.UNAVAILABLE_FOR_LEGAL_REASONS: Reason.FORBIDDEN,
}


class GithubApi:
    """The calls of one repository. Redirections are not followed: nobody else is to get the token."""

    def __init__(self, client: httpx.Client, token: str, owner: str, name: str) -> None:
        self.owner = owner
        self._client = client
        self._token = token
        self._at = f"/repos/{owner}/{name}"

    def get(self, path: str, accept: str | None = None, /, **query: str) -> httpx.Response:
        """Whatever the answer is but a rate limit, a redirection or a breakdown. Raises PublishError."""
        return self._send("GET", path, query, None, {"Accept": accept} if accept else {})

    def send(self, method: str, path: str, /, **body: object) -> httpx.Response:
        """As `get`, with a body."""
        return self._send(method, path, {}, body, {})

    def read(self, response: httpx.Response, shape: type[Shape]) -> Shape:
        """What a good answer says. Raises PublishError for one that is none, or says something else."""
        if not response.is_success:
            raise self.refusal(response)
        try:
            return TypeAdapter(shape).validate_json(response.content)
        except ValidationError:
            raise self._error(Reason.UNAVAILABLE, response, "not what GitHub answers") from None

    def refusal(self, response: httpx.Response, reason: Reason | None = None) -> PublishError:
        """What a refusal means, unless the caller knows better."""
        known = reason or _REASONS.get(response.status_code, Reason.REFUSED)
        return self._error(known, response, said(response))

    def _send(
        self, method: str, path: str, query: Mapping[str, str], body: object, headers: Mapping[str, str]
    ) -> httpx.Response:
        try:
            response = self._client.request(
                method, quote(self._at + path), params=query or None, json=body, headers=headers
            )
        except httpx.TimeoutException as error:
            raise PublishError(Reason.TIMEOUT, f"{method} {path}: {type(error).__name__}") from None
        except httpx.HTTPError as error:
            raise PublishError(Reason.UNREACHABLE, self._clean(f"{method} {path}: {error}")) from None
        self._refuse(response)
        return response

    def _refuse(self, response: httpx.Response) -> None:
        if response.is_redirect:
            raise self._error(Reason.MOVED, response, response.headers.get("location", ""))
        if response.is_server_error:
            raise self._error(Reason.UNAVAILABLE, response, said(response))
        after = _rate_limit(response)
        if after is not None:
            raise self._error(Reason.RATE_LIMITED, response, said(response), after)

    def _error(
        self, reason: Reason, response: httpx.Response, words: str, after: timedelta | None = None
    ) -> PublishError:
        asked = response.request
        detail = f"{asked.method} {asked.url.path}: {response.status_code} {words}"
        return PublishError(reason, self._clean(detail), retry_after=after)

    def _clean(self, text: str) -> str:
        """Whatever a server or a library repeats of what it was sent."""
        return text.replace(self._token, "…")[:_MOST_SAID]


@contextmanager
def opened_api(
    api_url: str, token: str, owner: str, repository: str, limit_s: float = LIMIT_S
) -> Iterator[GithubApi]:
    """Connections for one use. Paths are those behind /repos/owner/repository."""
    if _TOKEN.fullmatch(token) is None:
        raise PublishError(Reason.UNAUTHORIZED, "the token has letters that no token has")
    headers = {**_HEADERS, "Authorization": f"Bearer {token}"}
    times_out = httpx.Timeout(limit_s, connect=min(limit_s, _CONNECT_S))
    with httpx.Client(base_url=api_url, headers=headers, timeout=times_out) as client:
        yield GithubApi(client, token, owner, repository)


def said(response: httpx.Response) -> str:
    """GitHub's own words, with those about single fields."""
    try:
        body = response.json()
    except ValueError:
        return response.reason_phrase
    if not isinstance(body, dict):
        return response.reason_phrase
    errors = body.get("errors")
    fields = [
        str(each.get("message") or each.get("field") or each) if isinstance(each, dict) else str(each)
        for each in (errors if isinstance(errors, list) else [])
    ]
    return " ".join("; ".join([str(body.get("message", "")), *fields]).split())


def _rate_limit(response: httpx.Response) -> timedelta | None:
    """How long to wait, if this is a rate limit: the primary one, or one of those against bursts."""
    headers = response.headers
    if response.status_code not in {httpx.codes.FORBIDDEN, httpx.codes.TOO_MANY_REQUESTS}:
        return None
    if (seconds := _number(headers.get("retry-after"))) is not None:
        return timedelta(seconds=seconds)
    if headers.get("x-ratelimit-remaining") == "0":
        until, now = _number(headers.get("x-ratelimit-reset")), headers.get("date")
        if until is None or now is None:
            return _AFTER
        # By GitHub's own clock: this machine's may be wrong.
        return timedelta(seconds=max(1, until - parsedate_to_datetime(now).timestamp()))
    is_limit = response.status_code == httpx.codes.TOO_MANY_REQUESTS or "rate limit" in said(response)
    return _AFTER if is_limit else None


def _number(text: str | None) -> float | None:
    return float(text) if text is not None and text.isdecimal() else None

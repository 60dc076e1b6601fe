"""Calls of Slack's Web API from an event loop, over connections that are kept.

AsyncWebClient as it comes opens a session for each call; with one that is shared, five times as many messages
went out in a second.
"""

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.metrics import METERS
from bot.slack.accounts import Account
from bot.slack.outage import Outage
from bot.slack.refusals import is_shut_out

_log = logging.getLogger(__name__)

Answer = Mapping[str, Any]

_OK = 200
_TOO_MANY = 429
_SERVER_ERROR = 500
_VAIN = 3
"""Calls in a row: one that breaks off now and then is no outage."""
_RETRY_AFTER_S = 30
"""When Slack does not say."""
_UNCLEAR = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
""""Some aspect of the operation may have succeeded" (docs.slack.dev, chat.postMessage)."""


class NotConnectedError(SlackUnreachableError):
    """There was not even a connection, so nothing was done."""


def slack_outage() -> Outage:
    """For all callers of a sender."""
    return Outage(_log, "Slack", after=_VAIN)


class Caller:
    """Each call once: what broke off may have been done, and would be posted twice.

    `where`: as the log names the workspace. `shut_out` is called when Slack says that the token is not good
    any more.
    """

    def __init__(
        self, client: AsyncWebClient, outage: Outage, where: str, shut_out: Callable[[], None]
    ) -> None:
        self._client = client
        self._where = where
        self._shut_out = shut_out
        self.outage = outage
        self._access: dict[str, Outage] = {}

    def has_token(self, token: str) -> bool:
        return self._client.token == token

    def change_client(self, client: AsyncWebClient) -> None:
        """From the next call on, with another token."""
        self._client = client

    async def call(self, method: str, **arguments: object) -> Answer:
        """Raises SlackRefusedError: nothing was done. Raises SlackUnreachableError: nobody knows."""
        return _data(await self._answer(method, {"json": arguments}))

    async def ask(self, method: str, **parameters: object) -> Answer:
        """For methods that take no JSON. Raises as `call`."""
        return _data(await self._answer(method, {"params": parameters}))

    async def greet(self) -> tuple[Answer, Mapping[str, str]]:
        """auth.test, and the headers of its answer by their names in lower case. Raises as `call`."""
        response = await self._answer("auth.test", {})
        return _data(response), {str(name).lower(): str(value) for name, value in response.headers.items()}

    async def knock(self, method: str) -> Answer:
        """Without a word in the log, whatever comes of it: whoever calls says it. Raises as `call`."""
        return _data(await self._counted(method, {}))

    async def send_bytes(self, url: str, content: bytes) -> None:
        """To an address that Slack has given for a file's bytes. Raises SlackUnreachableError."""
        session = self._client.session
        if session is None:
            raise NotConnectedError("no session")
        try:
            async with session.post(url, data=content, allow_redirects=False) as response:
                status = response.status
        except ClientConnectorError as error:
            raise NotConnectedError(type(error).__name__) from None
        except (ClientError, OSError, TimeoutError) as error:
            raise SlackUnreachableError(type(error).__name__) from None
        if status != _OK:
            raise SlackUnreachableError(f"HTTP {status}")

    async def _answer(self, method: str, arguments: dict[str, Any]) -> AsyncSlackResponse:
        try:
            answer = await self._counted(method, arguments)
        except SlackUnreachableError as error:
            self.outage.went(error)
            raise
        except SlackRefusedError as error:
            self.outage.came()
            self._note_access(method, error)
            raise
        self.outage.came()
        self._note_access(method, None)
        return answer

    def _note_access(self, method: str, error: SlackRefusedError | None) -> None:
        """Whoever runs the bot reads it once, and once more when it is over: only they can mend it."""
        access = self._access.setdefault(method, Outage(_log, f"The bot's access to {method}{self._where}"))
        if error is not None and is_shut_out(error.code):
            access.went(error.code)
            self._shut_out()
        elif error is None:
            access.came()

    async def _counted(self, method: str, arguments: dict[str, Any]) -> AsyncSlackResponse:
        try:
            return await self._try(method, arguments)
        except SlackRefusedError as error:
            METERS.slack_failed(method, error.code)
            raise
        except SlackUnreachableError:
            METERS.slack_failed(method, "no_answer")
            raise

    async def _try(self, method: str, arguments: dict[str, Any]) -> AsyncSlackResponse:
        try:
            return await self._client.api_call(method, **arguments)
        except SlackApiError as error:
            raise _read_refusal(method, error) from None
        except ClientConnectorError as error:
            raise NotConnectedError(type(error).__name__) from None
        except (ClientError, SlackClientError, OSError, TimeoutError) as error:
            # The kind alone, here and above: an error may quote addresses, or what was said.
            raise SlackUnreachableError(type(error).__name__) from None
        except (AttributeError, ValueError) as error:
            # A page of plain text, or JSON that is no object, which slack_sdk does not expect.
            raise SlackUnreachableError(type(error).__name__) from None


@asynccontextmanager
async def open_session(*, connections: int, timeout_s: float) -> AsyncIterator[ClientSession]:
    """`timeout_s`: for one call."""
    async with ClientSession(
        connector=TCPConnector(limit=connections),
        timeout=ClientTimeout(total=timeout_s),
        cookie_jar=DummyCookieJar(),
    ) as session:
        yield session


@asynccontextmanager
async def open_caller(account: Account, *, connections: int, timeout_s: float) -> AsyncIterator[Caller]:
    """By one token. `timeout_s`: for one call."""
    async with open_session(connections=connections, timeout_s=timeout_s) as session:
        client = AsyncWebClient(account.token, account.api_url, session=session, retry_handlers=[])
        yield Caller(client, slack_outage(), "", lambda: None)


def _data(response: AsyncSlackResponse) -> Answer:
    data = response.data
    return data if isinstance(data, dict) else {}


def _read_refusal(method: str, error: SlackApiError) -> SlackRefusedError | SlackUnreachableError:
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    headers = {
        str(name).lower(): str(value) for name, value in (getattr(response, "headers", None) or {}).items()
    }
    data = getattr(response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == _TOO_MANY or code in {"ratelimited", "rate_limited"}:
        after = headers.get("retry-after", "")
        return SlackRefusedError(method, "ratelimited", int(after) if after.isdecimal() else _RETRY_AFTER_S)
    if not code or code in _UNCLEAR or not isinstance(status, int) or status >= _SERVER_ERROR:
        return SlackUnreachableError(f"HTTP {status} {code}".rstrip())
    return SlackRefusedError(method, code)

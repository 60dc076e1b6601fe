"""The sender's lines to workspaces: each with its token, and with what was learned there while sending."""

import asyncio
from dataclasses import dataclass

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.slack.accounts import Tokens
from bot.slack.calling import Caller
from bot.slack.chart_ladder import ChartLadder
from bot.slack.outage import Outage
from storage.delivery_claims import OPEN

_MOST_KEPT = 1_000
_MOST_REMEMBERED = 10_000


class DirectMessages:
    """Channels of direct messages, by person; a message is changed and looked for there alone."""

    def __init__(self) -> None:
        self._channels: dict[str, str] = {}

    async def channel_for(self, caller: Caller, channel_id: str) -> str:
        """The channel itself, or that of the person. Raises as `Caller.call`."""
        if not channel_id.startswith(("U", "W")):
            return channel_id
        if channel_id not in self._channels:
            answer = await caller.call(OPEN, users=channel_id)
            if len(self._channels) >= _MOST_REMEMBERED:
                self._channels.clear()
            self._channels[channel_id] = str(answer["channel"]["id"])
        return self._channels[channel_id]


@dataclass(frozen=True)
class Line:
    """To one workspace."""

    caller: Caller
    direct: DirectMessages
    ladder: ChartLadder


class Lines:
    """For the event loop of one sender. `outage`: of Slack, which is the same for all workspaces."""

    def __init__(self, tokens: Tokens, session: ClientSession, outage: Outage, clock: Clock) -> None:
        self._tokens = tokens
        self._session = session
        self._outage = outage
        self._clock = clock
        self._lines: dict[str, Line] = {}

    async def to(self, workspace_id: str) -> Line:
        """Raises NotInstalledError, SlackUnreachableError, UnreachableError."""
        if self._tokens.workspace_id is None:
            # It may have to be looked up, or another one to be asked for.
            token = await asyncio.to_thread(self._tokens.token_of, workspace_id)
        else:
            token = self._tokens.token_of(workspace_id)
        line = self._lines.get(workspace_id)
        if line is None:
            line = self._open(workspace_id, token)
        elif not line.caller.has_token(token):
            line.caller.change_client(self._client(token))
        return line

    def _open(self, workspace_id: str, token: str) -> Line:
        if len(self._lines) >= _MOST_KEPT:
            self._lines.clear()
        # Where there is one, nobody has to be told which.
        where = "" if self._tokens.workspace_id else f" in {workspace_id}"
        client, tokens = self._client(token), self._tokens
        caller = Caller(client, self._outage, where, lambda: tokens.forget(workspace_id))
        line = Line(caller, DirectMessages(), ChartLadder(self._clock))
        self._lines[workspace_id] = line
        return line

    def _client(self, token: str) -> AsyncWebClient:
        return AsyncWebClient(token, self._tokens.api_url, session=self._session, retry_handlers=[])

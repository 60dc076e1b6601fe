"""For whom an event is, in a channel that several workspaces share which all have the bot.

Slack sends it once ("No duplicated event triggering between shared channels", docs.slack.dev, "Understanding
Slack Connect"), and names one of the installations that see it, which need not be the one that is meant: not
to rely on the single party in authorizations is Slack's own advice ("Events API"). The whole list is given
for an app-level token alone. So it is read here from what is said and where:

- A mention is for whom it names: in each workspace the bot is somebody else.
- What is said in threads, who comes and goes, and another id of the channel are for all that have something
  to do with the channel. Each finds out for itself whether it is its business.

In an Enterprise Grid the workspaces of one organization share channels as well.
"""

import logging
import re
from typing import Any

from bot.slack.accounts import Identities
from bot.slack.gateway import Identity
from bot.slack.news import ChannelMovedRequest, MembershipRequest
from bot.slack.payload_origin import is_of_shared_channel
from bot.slack.payload_values import table_at
from bot.slack.payloads import read_payload
from bot.slack.requests import MessageRequest, Request, ThreadRequest
from bot.slack.trying import tried
from storage.addressees import list_knowing, list_with_bots
from storage.database import Database
from storage.errors import UnreachableError

_log = logging.getLogger(__name__)

_MENTIONED = re.compile(r"<@([A-Z0-9]{1,64})(?:\|[^<>]*)?>")
_MOST = 250
"""Workspaces that share a channel, as many as Slack lets, and people that are mentioned."""

_Shared = MessageRequest | ThreadRequest | MembershipRequest | ChannelMovedRequest


class Addressing:
    """Safe to use from many threads."""

    def __init__(self, database: Database, identities: Identities) -> None:
        self._database = database
        self._identities = identities

    def requests(self, body: dict[str, Any]) -> list[Request]:
        """One for each workspace that it is for. Raises BadPayloadError."""
        request = read_payload(body)
        if not isinstance(request, _Shared) or _is_for_one(body, request):
            return [request]
        return tried(_log, "event", lambda: self._found(body, request), lambda _: []) or [request]

    def _found(self, body: dict[str, Any], request: _Shared) -> list[Request]:
        try:
            return self._meant(body, request)
        except UnreachableError as error:
            # Whoever it is for finds the same, and says so.
            _log.warning("not known for whom an event is: %s", error)
            return []

    def _meant(self, body: dict[str, Any], request: _Shared) -> list[Request]:
        is_mention = isinstance(request, MessageRequest)
        mentioned = set(_MENTIONED.findall(str(table_at(body, "event").get("text") or ""))[:_MOST])
        with self._database.turns.taken(), self._database.read() as tx:
            known = list_with_bots(tx, mentioned) if is_mention else list_knowing(tx, request.channel_id)
        # By one token, the bot is the same whichever workspace is named.
        named = (request.workspace_id, *known[:_MOST])
        found = [bot for bot in map(self._identities.identity_of, named) if bot is not None]
        if is_mention:
            meant = [bot for bot in found if bot.bot_user_id in mentioned]
        else:
            meant = [bot for bot in found if bot.workspace_id in named]
        each = {bot.workspace_id: bot for bot in meant}.values()
        return [read_payload(_sent_for(body, bot, request)) for bot in each]


def _is_for_one(body: dict[str, Any], request: _Shared) -> bool:
    return not is_of_shared_channel(body) or getattr(request, "is_direct", False)


def _sent_for(body: dict[str, Any], bot: Identity, request: _Shared) -> dict[str, Any]:
    """As Slack would have sent it if it had chosen this installation."""
    sent = {**body, "authorizations": [{"team_id": bot.workspace_id, "user_id": bot.bot_user_id}]}
    if isinstance(request, MessageRequest) or (
        isinstance(request, ThreadRequest) and request.change == "said"
    ):
        # Were it sent for each of them after all, what was said would count once.
        sent["event_id"] = f"{request.channel_id}-{request.message_ts}"
    return sent

"""All calls from the bot to Slack."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from http.client import HTTPException
from typing import Any, Self

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.metrics import METERS
from bot.slack.refusals import BLOCKS_REFUSED, is_shut_out
from bot.slack.response_urls import is_address_of_slack, post_to, reason_in

_log = logging.getLogger(__name__)

_ASK_TIMEOUT_S = 1
"""Of the three seconds that there are for opening a form, or for an answer to somebody who is new."""

_CHANNELS = "public_channel,private_channel"

_RESPONSE_URL = "response_url"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, and where."""

    workspace_id: str
    workspace_name: str
    bot_id: str
    bot_user_id: str

    def identity_of(self, _workspace_id: str) -> Self:
        """As Identities: wherever it is, since it is in one workspace."""
        return self


class Responded(Enum):
    """What became of an answer to a click."""

    TAKEN = "Slack has it"
    BLOCKS_REFUSED = "not with these blocks"
    LOST = "refused, or never answered"


class Gateway:
    """Safe to use from many threads: slack_sdk opens a connection for each call.

    `shut_out` is called when Slack says that the token is not good any more. As Gateways, it is the one of
    whatever workspace.
    """

    def __init__(self, client: WebClient, shut_out: Callable[[], None] = lambda: None) -> None:
        self._client = client
        self._shut_out = shut_out
        self._impatient = WebClient(client.token, client.base_url, timeout=_ASK_TIMEOUT_S, retry_handlers=[])
        self._organization: tuple[str | None] | None = None

    def of(self, _workspace_id: str) -> Self:
        return self

    def is_served(self, _workspace_id: str) -> bool:
        return True

    def forget(self, _workspace_id: str) -> None:
        """There is nothing that could be out of date."""

    def is_shut_out(self) -> bool:
        """Whether Slack does not take the token any more. Raises as `identify`."""
        try:
            self._answer(self._impatient, "auth.test")
        except SlackRefusedError as error:
            if not is_shut_out(error.code):
                raise
            return True
        return False

    def identify(self) -> Identity:
        """auth.test. Raises SlackRefusedError or SlackUnreachableError."""
        found = self._answer(self._client, "auth.test")
        return Identity(
            workspace_id=found["team_id"],
            workspace_name=found.get("team") or found["team_id"],
            bot_id=found.get("bot_id") or "",
            bot_user_id=found["user_id"],
        )

    def find_organization(self) -> str | None:
        """That of the workspace, in an Enterprise Grid. Asked once. Raises as `identify`."""
        if self._organization is None:
            self._organization = (self._answer(self._impatient, "auth.test").get("enterprise_id") or None,)
        return self._organization[0]

    def list_channels(self) -> dict[str, str]:
        """Ids of channels by name, of private ones those with the bot. Raises as `identify`."""
        found: dict[str, str] = {}
        for page in self._pages("conversations.list", types=_CHANNELS, exclude_archived=True):
            found |= {channel["name"]: channel["id"] for channel in page["channels"]}
        return found

    def find_user(self, person_id: str) -> Mapping[str, object]:
        """Slack's user object. Raises SlackRefusedError or SlackUnreachableError."""
        found = self._answer(self._impatient, "users.info", user=person_id).get("user")
        return found if isinstance(found, dict) else {}

    def find_privacy(self, channel_id: str) -> bool:
        """Whether a channel is private; Slack refuses to tell of a private one that the bot is not in.

        Raises SlackRefusedError or SlackUnreachableError.
        """
        found = self._answer(self._impatient, "conversations.info", channel=channel_id).get("channel")
        # What is no public channel for certain counts as private.
        return not (isinstance(found, dict) and found.get("is_channel") and found.get("is_private") is False)

    def list_privacy(self) -> dict[str, bool]:
        """Whether each channel is private that the bot can know of. Raises as `find_privacy`."""
        pages = self._pages("conversations.list", types=_CHANNELS)
        return {each["id"]: bool(each.get("is_private")) for page in pages for each in page["channels"]}

    def list_members(self, channel_id: str) -> tuple[str, ...]:
        """Ids of all who are in a channel. Raises as `find_privacy`."""
        pages = self._pages("conversations.members", channel=channel_id)
        return tuple(id_ for page in pages for id_ in page["members"])

    def list_channels_of(self, person_id: str) -> tuple[str, ...]:
        """Ids of the channels that a person is in, of private ones those with the bot. Raises as before."""
        pages = self._pages("users.conversations", user=person_id, types=_CHANNELS)
        return tuple(each["id"] for page in pages for each in page["channels"])

    def list_people(self) -> dict[str, str]:
        """Ids of people by their real names. Raises SlackRefusedError or SlackUnreachableError."""
        found: dict[str, str] = {}
        for page in self._pages("users.list"):
            found |= {
                user.get("real_name") or user["name"]: user["id"]
                for user in page["members"]
                if not user.get("is_bot") and not user.get("deleted")
            }
        return found

    def find_permalink(self, channel_id: str, message_ts: str) -> str | None:
        """The address of a message; None if Slack does not tell, as where the bot is no member."""
        found = self._asked("chat.getPermalink", channel=channel_id, message_ts=message_ts)
        return str(found["permalink"]) if found else None

    def find_name(self, person_id: str) -> str | None:
        """What a person is called; None if Slack does not tell."""
        found = self._asked("users.info", user=person_id)
        user = found["user"] if found else {}
        return user.get("real_name") or user.get("name") or None

    def _asked(self, method: str, **parameters: object) -> SlackResponse | None:
        """An answer, if it comes while a person who waits for a form can still be shown it."""
        try:
            return self._call(self._impatient, method, params=parameters)
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.warning("%s: %s", method, error)
            return None

    def list_messages(self, channel_id: str, oldest: str, latest: str) -> Iterator[Mapping[str, Any]]:
        """Those of a channel itself between two timestamps, with their metadata; raises as `find_user`."""
        where = {"channel": channel_id, "oldest": oldest, "latest": latest}
        flags = {"inclusive": "true", "include_all_metadata": "true"}
        for page in self._pages("conversations.history", self._impatient, **where, **flags):
            yield from page["messages"]

    def _pages(
        self, method: str, client: WebClient | None = None, **parameters: object
    ) -> Iterator[SlackResponse]:
        cursor = ""
        while True:
            page = self._answer(client or self._client, method, limit=200, cursor=cursor, **parameters)
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _answer(self, client: WebClient, method: str, **parameters: object) -> SlackResponse:
        return self._call(client, method, params={k: v for k, v in parameters.items() if v != ""})

    def call(self, method: str, **arguments: object) -> None:
        """Any method, for its effect; once. Raises SlackRefusedError or SlackUnreachableError.

        Not tried again: what broke off may have been done, and would be posted twice.
        """
        self._send(method, arguments)

    def _send(self, method: str, arguments: dict[str, Any]) -> SlackResponse:
        return self._call(self._client, method, json=arguments)

    def publish_home(self, person_id: str, view: dict[str, Any], view_hash: str | None) -> str:
        """views.publish; what Slack calls this version of the person's home tab.

        With `view_hash`, only if that is the version that the person sees. Raises SlackRefusedError
        ("hash_conflict" if it is not) or SlackUnreachableError.
        """
        arguments: dict[str, Any] = {"user_id": person_id, "view": view}
        if view_hash:
            arguments["hash"] = view_hash
        found = self._send("views.publish", arguments)
        return str((found.get("view") or {}).get("hash") or "")

    def respond(self, response_url: str, body: dict[str, Any]) -> Responded:
        """Answer a click; whether Slack took it. A refusal is logged, since the person can click again.

        Only an address of Slack's is called, or one beside SLACK_API_URL.
        """
        if not is_address_of_slack(response_url, self._client.base_url):
            _log.warning("response_url is not an address of Slack's; not called")
            return Responded.LOST
        try:
            # Not tried again: what broke off may have been done, and would be posted twice.
            status, said = post_to(response_url, body)
        except (OSError, HTTPException, ValueError) as error:
            # The kind alone: an error may quote the address, and whoever knows that can write to the channel.
            METERS.slack_failed(_RESPONSE_URL, "no_answer")
            _log.warning("response_url did not answer: %s", type(error).__name__)
            return Responded.LOST
        # Slack refuses with 404, and some things (blocks that it does not like) with 200 and a word for it.
        if status != 200 or '"ok":false' in said.replace(" ", ""):  # noqa: PLR2004 - HTTP's OK
            METERS.slack_failed(_RESPONSE_URL, f"http_{status}")
            _log.warning("response_url refused: %s %s", status, reason_in(said))
            return Responded.BLOCKS_REFUSED if BLOCKS_REFUSED in said else Responded.LOST
        return Responded.TAKEN

    def _call(self, client: WebClient, method: str, **arguments: Any) -> SlackResponse:  # noqa: ANN401 - as api_call
        """Raises SlackRefusedError or SlackUnreachableError."""
        try:
            return client.api_call(method, **arguments)
        except SlackApiError as error:
            raise self._refused(method, error) from error
        except (OSError, HTTPException, SlackClientError) as error:
            METERS.slack_failed(method, "no_answer")
            raise SlackUnreachableError(str(error)) from error

    def _refused(self, method: str, error: SlackApiError) -> SlackRefusedError:
        response, code = error.response, str(error.response.get("error"))
        METERS.slack_failed(method, code)
        headers = response.headers if isinstance(response, SlackResponse) else {}
        after = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
        if is_shut_out(code):
            self._shut_out()
        return SlackRefusedError(method, code, int(after) if after.isdecimal() else None)

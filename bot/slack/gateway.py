"""All calls from the bot to Slack."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.errors import SlackRefusedError, SlackUnreachableError

_log = logging.getLogger(__name__)

# slack_sdk logs the address itself when a call fails; what is worth knowing is logged here.
_sdk_log = logging.getLogger(f"{__name__}.sdk")
_sdk_log.setLevel(logging.CRITICAL)

_RESPOND_TIMEOUT_S = 2
"""Slack waits three seconds for the answer to a click, and this call is a part of it."""
_ASK_TIMEOUT_S = 1
"""Of the three seconds that there are for opening a form."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, and where."""

    workspace_id: str
    workspace_name: str
    bot_id: str
    bot_user_id: str


class Gateway:
    """Safe to use from many threads: slack_sdk opens a connection for each call."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._impatient = WebClient(client.token, client.base_url, timeout=_ASK_TIMEOUT_S, retry_handlers=[])

    def identify(self) -> Identity:
        """auth.test. Raises SlackRefusedError or SlackUnreachableError."""
        found = self._call("auth.test")
        return Identity(
            workspace_id=found["team_id"],
            workspace_name=found.get("team") or found["team_id"],
            bot_id=found.get("bot_id") or "",
            bot_user_id=found["user_id"],
        )

    def list_channels(self) -> dict[str, str]:
        """Ids of the public channels by name. Raises SlackRefusedError or SlackUnreachableError."""
        found: dict[str, str] = {}
        for page in self._pages("conversations.list", exclude_archived=True):
            found |= {channel["name"]: channel["id"] for channel in page["channels"]}
        return found

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
            return self._impatient.api_call(method, params=parameters)
        except (OSError, HTTPException, SlackClientError) as error:
            _log.warning("%s: %s", method, error)
            return None

    def _pages(self, method: str, **parameters: object) -> Iterator[SlackResponse]:
        cursor = ""
        while True:
            page = self._call(method, limit=200, cursor=cursor, **parameters)
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _call(self, method: str, **parameters: object) -> SlackResponse:
        try:
            return self._client.api_call(method, params={k: v for k, v in parameters.items() if v != ""})
        except SlackApiError as error:
            raise SlackRefusedError(method, str(error.response.get("error"))) from error
        except (OSError, SlackClientError) as error:
            raise SlackUnreachableError(str(error)) from error

    def call(self, method: str, **arguments: object) -> None:
        """Any method, for its effect; once. Raises SlackRefusedError or SlackUnreachableError.

        Not tried again: what broke off may have been done, and would be posted twice.
        """
        try:
            self._client.api_call(method, json=arguments)
        except SlackApiError as error:
            raise SlackRefusedError(method, str(error.response.get("error"))) from error
        except (OSError, HTTPException, SlackClientError) as error:
            raise SlackUnreachableError(str(error)) from error

    def respond(self, response_url: str, body: dict[str, Any]) -> bool:
        """Answer a click; whether Slack took it. A refusal is logged, since the person can click again."""
        try:
            # Not tried again: what broke off may have been done, and would be posted twice.
            client = WebhookClient(response_url, _RESPOND_TIMEOUT_S, logger=_sdk_log, retry_handlers=[])
            answer = client.send_dict(body)
        except (OSError, HTTPException, ValueError, SlackClientError) as error:
            # The kind alone: an error may quote the address, and whoever knows that can write to the channel.
            _log.warning("response_url did not answer: %s", type(error).__name__)
            return False
        # Slack refuses with 404, and some things (blocks that it does not like) with 200 and a word for it.
        if answer.status_code != 200 or '"ok":false' in answer.body.replace(" ", ""):  # noqa: PLR2004 - HTTP's OK
            _log.warning("response_url refused: %s %.200s", answer.status_code, answer.body)
            return False
        return True

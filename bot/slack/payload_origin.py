"""In which workspace the bot is installed that a payload is for, whatever workspaces it names besides.

In a channel that organizations share, or the workspaces of one, a payload names several of them, and each
kind says in a place of its own where the bot is installed:

- An event in `authorizations`, which has one element. Its `team_id` outside may be that of whoever spoke, or
  of the channel's host (slackapi/java-slack-sdk#629, slackapi/bolt-python#1107). Where several of the
  workspaces have the bot, that is one of them and perhaps not the one that is meant: see addressing.py.
- A view in `app_installed_team_id`. `team` is the home of whoever fills it in (slackapi/bolt-js#1614).
- A click on a message in `team`; `user.team_id` is the home of whoever clicks (slackapi/java-slack-sdk#1041).
- A command in `team_id`. It comes, as a shortcut on a message does, only from people of the workspace where
  the bot is installed (docs.slack.dev, "Understanding Slack Connect": "Slash commands are not shared").

Bolt reads them in the same places (slack_bolt/request/internals.py). The app is installed in workspaces, and
not in a whole organization at once: `org_deploy_enabled` is false in manifest.json.
"""

from typing import Any

from bot.slack.payload_values import read_id, table_at


def workspace_of_event(body: dict[str, Any]) -> str:
    """Raises BadPayloadError."""
    return read_id(_authorization(body).get("team_id") or body.get("team_id"))


def is_of_shared_channel(body: dict[str, Any]) -> bool:
    """Whether an event may be seen by several workspaces: see addressing.py. Raises BadPayloadError."""
    return body.get("is_ext_shared_channel") is True or organization_of_event(body) is not None


def organization_of_event(body: dict[str, Any]) -> str | None:
    """The organization of which that workspace is one, in an Enterprise Grid. Raises BadPayloadError."""
    found = _authorization(body).get("enterprise_id")
    return read_id(found) if found else None


def workspace_of_interaction(body: dict[str, Any]) -> str:
    """Of a click, a form, a shortcut, a menu. Raises BadPayloadError."""
    installed_in = table_at(body, "view").get("app_installed_team_id")
    if installed_in:
        return read_id(installed_in)
    team = table_at(body, "team") or {"id": table_at(body, "user").get("team_id")}
    return read_id(team.get("id"))


def _authorization(body: dict[str, Any]) -> dict[str, Any]:
    found = body.get("authorizations")
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, dict) else {}

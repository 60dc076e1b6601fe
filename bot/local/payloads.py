"""What commands and interactions carry to the app, field by field as Slack sends them."""

from bot.local.ids import new_id
from bot.local.model import Channel, User
from bot.local.platform import Platform
from bot.local.shapes import Shape


def command_fields(
    platform: Platform, user: User, channel: Channel, command: str, text: str
) -> dict[str, str]:
    """The form of a slash command."""
    workspace = platform.workspace
    return {
        "token": platform.settings.verification_token,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.bot.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(platform, user.id, channel.id, None),
        "trigger_id": platform.triggers.issue(user.id, channel_id=channel.id),
    }


def interaction(
    platform: Platform,
    kind: str,
    user: User,
    *,
    view_id: str | None = None,
    channel_id: str | None = None,
    is_in_view: bool = False,
) -> Shape:
    """What all interactions have in common.

    `team` is the workspace where the app is installed; but in a view it is that of the person, who may be of
    another (github.com/slackapi/bolt-js/issues/1614, and java-slack-sdk/issues/1041 for a message).
    """
    workspace = platform.workspace
    team = {"id": workspace.team.id, "domain": workspace.team.domain}
    if is_in_view and user.is_external:
        team = {"id": user.team_id, "domain": user.team_name.lower().replace(" ", "-")}
    home = workspace.team_of(user.id)
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": home},
        "api_app_id": workspace.bot.app_id,
        "token": platform.settings.verification_token,
        "trigger_id": platform.triggers.issue(user.id, view_id, channel_id),
        "team": team,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(channel: Channel) -> str:
    """Slack does not tell an app the names of private places in commands and interactions."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def response_url(platform: Platform, user_id: str, channel_id: str, message_ts: str | None) -> str:
    """A new response URL, for what was done to a message or (without one) for a command."""
    secret = platform.response_urls.issue(user_id, channel_id, message_ts)
    kind = "actions" if message_ts else "commands"
    team_id = platform.workspace.team.id
    return f"{platform.workspace.url}hooks/{kind}/{team_id}/{new_id('R')}/{secret}"

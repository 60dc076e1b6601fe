"""People, channels, messages and views as Slack writes them in JSON."""

from typing import Any
from zoneinfo import ZoneInfo

from bot.local.model import SLACKBOT_ID, Channel, File, Message, User, View
from bot.local.workspace import Workspace

Shape = dict[str, Any]


def user_shape(workspace: Workspace, user: User) -> Shape:
    shape: Shape = {
        "id": user.id,
        "team_id": workspace.team_of(user.id),
        "name": user.name,
        "deleted": user.deleted,
        "profile": _profile(workspace, user),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if not user.deleted:
        # A deactivated account keeps its name and loses the rest.
        shape |= {
            "real_name": user.real_name,
            "color": "9f69e7",
            "tz": user.tz,
            "tz_label": user.tz.rpartition("/")[2].replace("_", " "),
            "tz_offset": _offset(workspace, user),
            "is_admin": user.is_admin,
            "is_owner": user.is_owner,
            "is_primary_owner": user.is_owner,
            "is_restricted": user.is_restricted,
            "is_ultra_restricted": user.is_ultra_restricted,
            "is_email_confirmed": not user.is_bot,
            "who_can_share_contact_card": "EVERYONE",
        }
    if user.organization_id:
        home = workspace.team_of(user.id)
        grid = {"id": user.id, "enterprise_id": user.organization_id, "teams": [home]}
        shape["enterprise_user"] = grid
    if user.is_external:
        # True only of those whom the app meets in no channel: that somebody is external is said nowhere else.
        shape["is_stranger"] = not workspace.share_channel(workspace.bot.user_id, user.id)
    return shape


def _profile(workspace: Workspace, user: User) -> Shape:
    ends = user.status_expiration
    has_status = not ends or ends > workspace.clock.now().timestamp()
    profile: Shape = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": "" if user.is_bot else user.name,
        "display_name_normalized": "" if user.is_bot else user.name,
        "title": user.title,
        "phone": "",
        "status_text": user.status_text if has_status else "",
        "status_emoji": user.status_emoji if has_status else "",
        "status_expiration": ends if has_status else 0,
        "team": workspace.team_of(user.id),
    }
    if not (user.is_bot or user.is_external or user.id == SLACKBOT_ID):
        profile["email"] = f"{user.name}@{workspace.team.domain}.example"
    if user.id == workspace.bot.user_id:
        profile |= {"api_app_id": workspace.bot.app_id, "bot_id": workspace.bot.bot_id, "always_active": True}
    return profile


def _offset(workspace: Workspace, user: User) -> int:
    offset = workspace.clock.now().astimezone(ZoneInfo(user.tz)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def channel_shape(workspace: Workspace, channel: Channel) -> Shape:
    if channel.is_im:
        return _direct_message_shape(workspace, channel)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": channel.name == "general",
        "is_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": False,
        "is_member": workspace.bot.user_id in channel.members,
        "created": channel.created,
        "creator": channel.creator,
        "context_team_id": workspace.team.id,
        "shared_team_ids": [workspace.team.id, *channel.connected_team_ids],
        "unlinked": 0,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": [],
    }


def _direct_message_shape(workspace: Workspace, channel: Channel) -> Shape:
    other = channel.other_member(workspace.bot.user_id)
    user = workspace.users.get(other)
    return {
        "id": channel.id,
        "created": channel.created,
        "is_im": True,
        "is_archived": channel.is_archived,
        "is_org_shared": False,
        "context_team_id": workspace.team.id,
        "user": other,
        "is_user_deleted": bool(user and user.deleted),
        "is_open": True,
        "priority": 0,
    }


def message_shape(workspace: Workspace, message: Message, *, with_metadata: bool = False) -> Shape:
    """The message as history and events carry it."""
    shape: Shape = {"type": "message"}
    if message.subtype:
        shape["subtype"] = message.subtype
    if message.subtype == "tombstone":
        shape["hidden"] = True
    shape |= {"user": message.user_id, "text": message.text, "ts": message.ts}
    shape["team"] = workspace.team_of(message.user_id)
    if message.bot_id:
        shape |= {
            "bot_id": message.bot_id,
            "app_id": workspace.bot.app_id,
            "bot_profile": bot_profile(workspace),
        }
    else:
        shape["client_msg_id"] = f"{message.ts}-{message.user_id}"
    for key in ("blocks", "attachments", "thread_ts"):
        if (value := getattr(message, key)) is not None:
            shape[key] = value
    if message.edited:
        shape["edited"] = {"user": message.user_id, "ts": message.edited_ts or message.ts}
    if message.files:
        shape |= {"files": [file_shape(file) for file in message.files], "upload": True}
    if message.reactions:
        shape["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    if with_metadata and message.metadata:
        shape["metadata"] = message.metadata
    _add_thread(workspace, message, shape)
    return shape


def _add_thread(workspace: Workspace, message: Message, shape: Shape) -> None:
    if message.is_reply:
        parent = workspace.find_message(message.channel_id, message.thread_ts or "")
        if parent:
            shape["parent_user_id"] = parent.user_id
            if message.subtype == "thread_broadcast":
                shape["root"] = message_shape(workspace, parent)
        return
    replies = workspace.thread(message.channel_id, message.ts)
    if replies:
        users = list(dict.fromkeys(reply.user_id for reply in replies))
        shape |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "reply_users": users[:5],
            "is_locked": False,
            "subscribed": False,
        }


def bot_profile(workspace: Workspace) -> Shape:
    bot = workspace.bot
    return {
        "id": bot.bot_id,
        "app_id": bot.app_id,
        "user_id": bot.user_id,
        "name": bot.name,
        "team_id": workspace.team.id,
        "deleted": False,
        "updated": 1_700_000_000,
    }


def file_shape(file: File) -> Shape:
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower() if "." in file.name else "text",
        "size": file.size,
        "user": file.user_id,
        "alt_txt": file.alt_text,
        "mode": "hosted",
        "is_external": False,
        "is_public": True,
    }


def view_shape(workspace: Workspace, view: View) -> Shape:
    """The view as views.* answers with it and interactions carry it."""
    shape: Shape = {
        "id": view.id,
        "team_id": workspace.team_of(view.user_id),
        "app_id": workspace.bot.app_id,
        "app_installed_team_id": workspace.team.id,
        "bot_id": workspace.bot.bot_id,
        "title": None,
        "submit": None,
        "close": None,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "submit_disabled": False,
    }
    shape |= view.body
    shape |= {
        "state": {"values": view.values},
        "hash": view.hash,
        "root_view_id": view.root_view_id,
        "previous_view_id": view.previous_view_id,
    }
    if view.type == "home":
        # Slack fills a home's title in, always with the same words.
        shape["title"] = {"type": "plain_text", "text": "View Title", "emoji": True}
    return shape

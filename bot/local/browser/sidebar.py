"""What stands at the side of the page: channels, direct messages, the app, and who one is."""

from dataclasses import dataclass

from bot.local.browser.messages import Person, show_person
from bot.local.browser.scene import Scene
from bot.local.model import SLACKBOT_ID, Channel, User
from bot.local.workspace import Workspace


@dataclass(frozen=True)
class Place:
    """A channel or a direct message in the side bar. `latest` is others' newest message in it."""

    id: str
    label: str
    url: str
    latest: str
    is_private: bool = False
    is_shared: bool = False
    """Another organization is in it, too."""
    is_muted: bool = False
    """One that the viewer is not in."""
    person: Person | None = None
    """In a direct message, the other one; without an `id` there is no such conversation yet."""


@dataclass(frozen=True)
class Sidebar:
    channels: list[Place]
    others: list[Place]
    """Public channels that the viewer could join."""
    direct: list[Place]
    apps: list[Place]


def visible_channels(workspace: Workspace, user_id: str) -> dict[str, Channel]:
    """The public channels, and what this person is in. Guests and external people see only the latter."""
    is_guest = workspace.users[user_id].is_restricted or workspace.users[user_id].is_external
    return {
        channel.id: channel
        for channel in workspace.channels.values()
        if user_id in channel.members or not (channel.is_private or channel.is_im or is_guest)
    }


def list_people(workspace: Workspace) -> list[User]:
    """Those whom one can be: people who are still here."""
    return [
        user
        for user in workspace.users.values()
        if not (user.is_bot or user.deleted or user.id == SLACKBOT_ID)
    ]


def show_sidebar(workspace: Workspace, scene: Scene) -> Sidebar:
    viewer = scene.viewer.id
    named = sorted((c for c in scene.channels.values() if not c.is_im), key=lambda channel: channel.name)
    channels = [_show_channel(workspace, channel, scene) for channel in named if viewer in channel.members]
    others = [
        _show_channel(workspace, channel, scene)
        for channel in named
        if viewer not in channel.members and not channel.is_archived
    ]
    open_ones = {c.other_member(viewer): c for c in scene.channels.values() if c.is_im}
    users = sorted(workspace.users.values(), key=lambda user: (user.id != viewer, user.real_name.casefold()))
    places = [
        _show_direct(workspace, user, open_ones.get(user.id), scene)
        for user in users
        if not user.deleted
        and (user.id != SLACKBOT_ID or user.id in open_ones)
        and workspace.share_channel(viewer, user.id)
    ]
    apps = [place for place in places if place.person and place.person.is_bot]
    return Sidebar(channels, others, [place for place in places if place not in apps], apps)


def role_of(user: User) -> str:
    """What sets somebody apart from other members; nothing for most."""
    if user.is_owner:
        return "Owner"
    if user.is_admin:
        return "Admin"
    if user.is_external:
        return user.team_name
    return "Guest" if user.is_restricted else ""


def shared_with(workspace: Workspace, channel: Channel, scene: Scene) -> str:
    """The names of the other organizations in a channel, as the viewer sees it; nothing for most."""
    members = [user for user in map(workspace.users.get, channel.members) if user]
    names = {user.team_name or workspace.team.name for user in members}
    own = scene.viewer.team_name or workspace.team.name
    return ", ".join(sorted(names - {own})) if channel.is_ext_shared else ""


def channel_label(channel: Channel, scene: Scene) -> str:
    """What a channel is called here: "#general", or whom one talks with."""
    return scene.user_name(channel.other_member(scene.viewer.id)) if channel.is_im else f"#{channel.name}"


def latest_from_others(workspace: Workspace, channel_id: str, user_id: str) -> str:
    # From the end, and no further than needed: the side bar asks for each channel whenever anything changes.
    for message in reversed(workspace.messages.get(channel_id, ())):
        is_seen = message.ephemeral_to in (None, user_id) and not message.is_reply
        if is_seen and message.user_id != user_id:
            return message.ts
    return ""


def latest_direct(workspace: Workspace) -> dict[str, dict[str, str]]:
    """For each person, their direct messages and the newest from others in each: who should be looked at."""
    latest: dict[str, dict[str, str]] = {user.id: {} for user in list_people(workspace)}
    for channel in workspace.channels.values():
        for user_id in channel.members if channel.is_im else ():
            if user_id in latest:
                latest[user_id][channel.id] = latest_from_others(workspace, channel.id, user_id)
    return latest


def _show_channel(workspace: Workspace, channel: Channel, scene: Scene) -> Place:
    return Place(
        channel.id,
        channel.name,
        scene.channel_url(channel.id),
        latest_from_others(workspace, channel.id, scene.viewer.id),
        is_private=channel.is_private,
        is_shared=channel.is_ext_shared,
        is_muted=channel.is_archived or scene.viewer.id not in channel.members,
    )


def _show_direct(workspace: Workspace, user: User, channel: Channel | None, scene: Scene) -> Place:
    person = show_person(user.id, scene)
    label = f"{person.name} (you)" if user.id == scene.viewer.id else person.name
    if channel is None:
        return Place("", label, "", "", person=person)
    latest = latest_from_others(workspace, channel.id, scene.viewer.id)
    return Place(channel.id, label, scene.channel_url(channel.id), latest, person=person)

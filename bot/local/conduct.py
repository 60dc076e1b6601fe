"""What people do with channels and with the workspace: come, go, invite, archive, deactivate, uninstall."""

import re

from bot.local import ids, leaving, membership, notices
from bot.local.model import Channel
from bot.local.platform import Platform
from bot.local.results import Result

_NAME = re.compile(r"[\w-]+")
_NAME_LENGTH = 80
_STATUS_LENGTH = 100
NO_CHANNEL = "There is no such channel."
NOT_ALLOWED = "You are not allowed to do that."
NOT_SHARED = "This channel is not shared with the organization of this person."


class ChannelConduct:
    """The part of `People` that concerns channels and membership."""

    platform: Platform

    def join(self, user_id: str, channel_id: str) -> Result:
        """Enter a public channel."""
        with self.platform.workspace.lock:
            channel = self._channel(channel_id)
            if channel is None or channel.is_private:
                return Result.failed(NO_CHANNEL)
            user = self.platform.workspace.users[user_id]
            if channel.is_archived or user.is_restricted or user.is_external:
                return Result.failed(NOT_ALLOWED)
            if user_id not in channel.members:
                membership.join(self.platform, channel, user_id)
            return Result(channel_id=channel_id)

    def leave(self, user_id: str, channel_id: str) -> Result:
        with self.platform.workspace.lock:
            channel = self._channel(channel_id)
            if channel is None or user_id not in channel.members:
                return Result.failed(NO_CHANNEL)
            membership.leave(self.platform, channel, user_id)
            return Result(channel_id=channel_id)

    def invite(self, user_id: str, channel_id: str, other_id: str) -> Result:
        """Bring somebody, or the bot, into a channel one is in."""
        with self.platform.workspace.lock:
            channel = self._channel(channel_id)
            other = self.platform.workspace.users.get(other_id)
            if channel is None or user_id not in channel.members:
                return Result.failed(NO_CHANNEL)
            is_guest_here = self.platform.workspace.users[user_id].is_external
            if other is None or other.deleted or channel.is_archived or is_guest_here:
                return Result.failed(NOT_ALLOWED)
            if not channel.admits(other):
                return Result.failed(NOT_SHARED)
            if other_id not in channel.members:
                membership.join(self.platform, channel, other_id, inviter=user_id)
            return Result(channel_id=channel_id)

    def remove(self, user_id: str, channel_id: str, other_id: str) -> Result:
        """Take somebody, or the bot, out of a channel one is in."""
        with self.platform.workspace.lock:
            channel = self._channel(channel_id)
            if channel is None or not {user_id, other_id} <= set(channel.members):
                return Result.failed(NO_CHANNEL)
            if self.platform.workspace.users[user_id].is_external:
                return Result.failed(NOT_ALLOWED)
            membership.leave(self.platform, channel, other_id)
            return Result(channel_id=channel_id)

    def archive(self, user_id: str, channel_id: str) -> Result:
        return self._set_archived(user_id, channel_id, archived=True)

    def unarchive(self, user_id: str, channel_id: str) -> Result:
        return self._set_archived(user_id, channel_id, archived=False)

    def share(self, user_id: str, channel_id: str, team_id: str) -> Result:
        """Share a channel with a workspace of another organization; the result has the id it has then."""
        with self.platform.workspace.lock:
            channel = self._channel(channel_id)
            if channel is None or user_id not in channel.members:
                return Result.failed(NO_CHANNEL)
            user = self.platform.workspace.users[user_id]
            is_shared = team_id in channel.connected_team_ids
            if user.is_restricted or user.is_external or channel.is_archived or is_shared:
                return Result.failed(NOT_ALLOWED)
            membership.share(self.platform, channel, team_id)
            return Result(channel_id=channel.id)

    def create_channel(self, user_id: str, name: str, *, is_private: bool = False) -> Result:
        """Make a channel with this person as its only member."""
        workspace = self.platform.workspace
        with workspace.changing():
            user = workspace.users[user_id]
            if user.is_restricted or user.is_external:
                return Result.failed(NOT_ALLOWED)
            if not _NAME.fullmatch(name) or name != name.lower() or len(name) > _NAME_LENGTH:
                return Result.failed("Names have lower-case letters, digits, dashes and underscores only.")
            if workspace.channel_named(name):
                return Result.failed("That name is already taken by a channel.")
            created = int(workspace.clock.now().timestamp())
            channel = Channel(
                ids.new_id("C"),
                name,
                is_private=is_private,
                creator=user_id,
                created=created,
                members=[user_id],
            )
            workspace.channels[channel.id] = channel
            return Result(channel_id=channel.id)

    def deactivate(self, user_id: str, other_id: str) -> Result:
        """An admin deactivates an account, which leaves all channels but the direct messages."""
        workspace = self.platform.workspace
        with workspace.changing():
            other = workspace.users.get(other_id)
            is_ours = other is not None and not other.is_external
            if other is None or not is_ours or other.is_bot or not workspace.users[user_id].is_admin:
                return Result.failed(NOT_ALLOWED)
            other.deleted = True
            for channel in workspace.channels_of(other_id):
                if not channel.is_im:
                    channel.members.remove(other_id)
            notices.user_changed(self.platform, other)
            return Result()

    def set_status(self, user_id: str, text: str, emoji: str = "", expiration: int = 0) -> Result:
        """What stands beside one's name: "Vacationing" and ":palm_tree:"; empty for nothing."""
        workspace = self.platform.workspace
        with workspace.changing():
            if len(text) > _STATUS_LENGTH:
                return Result.failed(f"A status has at most {_STATUS_LENGTH} characters.")
            user = workspace.users[user_id]
            user.status_text, user.status_emoji, user.status_expiration = text, emoji, expiration
            notices.user_changed(self.platform, user)
            return Result()

    def uninstall(self, user_id: str) -> Result:
        """An admin removes the app: its token is void from now on."""
        workspace = self.platform.workspace
        with workspace.changing():
            if not workspace.users[user_id].is_admin or not workspace.installed:
                return Result.failed(NOT_ALLOWED)
            leaving.uninstall(self.platform)
            return Result()

    def _set_archived(self, user_id: str, channel_id: str, *, archived: bool) -> Result:
        with self.platform.workspace.lock:
            channel = self._channel(channel_id)
            if channel is None or user_id not in channel.members:
                return Result.failed(NO_CHANNEL)
            if channel.name == "general" or self.platform.workspace.users[user_id].is_external:
                return Result.failed(NOT_ALLOWED)
            membership.archive(self.platform, channel, user_id, archived=archived)
            return Result(channel_id=channel_id)

    def _channel(self, channel_id: str) -> Channel | None:
        """The channel, if it is one that people come and go in."""
        channel = self.platform.workspace.channels.get(channel_id)
        return None if channel is None or channel.is_im else channel

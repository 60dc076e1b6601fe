"""What people do in the workspace: the one way in for the page in the browser and for tests.

Each method does what Slack's own program does for the person, waits for the app where Slack waits, and
returns a `Result`. When something did not work, `sentence` is what Slack shows the person.
A `choice` is what they picked or typed: a string, or a list of strings where several can be picked
(the option's value, a date "2026-05-04", a time "09:30", a user's or channel's id, text).
`answers` is what they filled in: block_id, then action_id, then a choice; what is left out keeps its
value.
"""

import mimetypes

from bot.local import commands, ids, messages, notices
from bot.local.conduct import ChannelConduct
from bot.local.content import Content
from bot.local.errors import SlackError
from bot.local.messages import Draft
from bot.local.model import Channel, File
from bot.local.own_commands import run_own
from bot.local.platform import Platform
from bot.local.pressing import NO_LONGER_THERE, Pressing
from bot.local.results import Result
from bot.local.typed import as_sent

NOT_IN_CHANNEL = "You are not in this channel."
TURNED_OFF = "Sending messages to this app has been turned off."


class People(ChannelConduct, Pressing):
    """Everybody's hands. A person, channel or message that does not exist is a failed result."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.workspace = platform.workspace

    # What is said

    def say(
        self,
        user_id: str,
        channel_id: str,
        text: str,
        thread_ts: str | None = None,
        *,
        broadcast: bool = False,
    ) -> Result:
        """Send what was typed. With a slash in front it is a command, unless a space stands before it."""
        if text.startswith("/"):
            return self.run_command(user_id, channel_id, text, thread_ts)
        draft = Draft(user_id, self._typed(user_id, text), thread_ts, broadcast)
        with self.workspace.lock:
            return self._refusal(user_id, channel_id, thread_ts) or self._post(channel_id, draft)

    def share_file(  # noqa: PLR0917  a file has a place and a comment
        self,
        user_id: str,
        channel_id: str,
        name: str,
        content: bytes,
        comment: str = "",
        thread_ts: str | None = None,
        *,
        broadcast: bool = False,
    ) -> Result:
        """Send a file, with what was typed beside it."""
        kind = mimetypes.guess_type(name)[0] or "text/plain"
        file = File(ids.new_id("F"), name, name, kind, len(content), content=content, user_id=user_id)
        draft = Draft(user_id, self._typed(user_id, comment), thread_ts, broadcast, files=(file,))
        with self.workspace.lock:
            refusal = self._refusal(user_id, channel_id, thread_ts)
            if refusal is None:
                self.workspace.files[file.id] = file
            return refusal or self._post(channel_id, draft)

    def run_command(self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Result:
        """Run "/project show jmte" and wait for the answer, which appears in the channel."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None or user_id not in channel.members:
            return Result.failed(NOT_IN_CHANNEL)
        if self._writes_to_a_closed_app(channel):
            return Result.failed(TURNED_OFF)
        own = None if thread_ts else run_own(self, user_id, channel_id, text)
        return own or commands.run(self.platform, user_id, channel_id, text, thread_ts)

    def edit(self, user_id: str, channel_id: str, ts: str, text: str) -> Result:
        with self.workspace.lock:
            message = self.workspace.find_message(channel_id, ts)
            if message is None or message.user_id != user_id or message.subtype in messages.SYSTEM_SUBTYPES:
                return Result.failed("You can edit your own messages only.")
            content = self._typed(user_id, text)
            if content.is_empty and not message.files:
                return Result.failed("A message cannot be empty. To take it away, delete it.")
            refusal = self._refusal(user_id, channel_id)
            if refusal is None and content.text != message.text:
                messages.replace_content(self.platform, message, content, mark_edited=True)
            return refusal or Result(ts=ts, channel_id=channel_id)

    def delete(self, user_id: str, channel_id: str, ts: str) -> Result:
        """Delete one's own message; admins delete any."""
        with self.workspace.lock:
            message = self.workspace.find_message(channel_id, ts)
            if message is None or message.ephemeral_to:
                return Result.failed(NO_LONGER_THERE)
            if message.user_id != user_id and not self.workspace.users[user_id].is_admin:
                return Result.failed("You can delete your own messages only.")
            messages.remove(self.platform, message)
            return Result()

    def dismiss(self, user_id: str, channel_id: str, ts: str) -> Result:
        """Make a message disappear that only this person sees."""
        with self.workspace.changing():
            message = self.workspace.find_message(channel_id, ts)
            if message is None or message.ephemeral_to != user_id:
                return Result.failed(NO_LONGER_THERE)
            self.workspace.remove_message(message)
            return Result()

    def react(self, user_id: str, channel_id: str, ts: str, name: str) -> Result:
        return self._react(user_id, channel_id, ts, name, adding=True)

    def unreact(self, user_id: str, channel_id: str, ts: str, name: str) -> Result:
        return self._react(user_id, channel_id, ts, name, adding=False)

    # Where people go

    def open_home(self, user_id: str, tab: str = "home") -> Result:
        """Look at the app: its home tab, or ("messages") the direct message with it."""
        with self.workspace.lock:
            channel = self.workspace.direct_message(self.workspace.bot.user_id, user_id)
            notices.home_opened(self.platform, user_id, channel, tab)
            view = self.workspace.home_view(user_id)
            return Result(channel_id=channel.id, view_id=view.id if view else None)

    def open_direct_message(self, user_id: str, other_id: str | None = None) -> Result:
        """The direct message with somebody; with the bot when nobody is named."""
        with self.workspace.lock:
            other = other_id or self.workspace.bot.user_id
            if other not in self.workspace.users or not self.workspace.share_channel(user_id, other):
                return Result.failed("There is nobody of that name.")
            return Result(channel_id=self.workspace.direct_message(other, user_id).id)

    def _typed(self, user_id: str, text: str) -> Content:
        return Content(as_sent(self.workspace, user_id, text.strip()))

    def _refusal(self, user_id: str, channel_id: str, thread_ts: str | None = None) -> Result | None:
        """Why this person cannot write here; None when they can."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None or user_id not in channel.members:
            return Result.failed(NOT_IN_CHANNEL)
        if channel.is_archived:
            return Result.failed("This channel has been archived.")
        if self._writes_to_a_closed_app(channel):
            return Result.failed(TURNED_OFF)
        if thread_ts and self.workspace.find_message(channel_id, thread_ts) is None:
            return Result.failed(NO_LONGER_THERE)
        return None

    def _post(self, channel_id: str, draft: Draft) -> Result:
        if draft.content.is_empty and not draft.files:
            return Result.failed("There is nothing to send.")
        channel = self.workspace.channels[channel_id]
        try:
            return Result(ts=messages.post(self.platform, channel, draft).ts, channel_id=channel_id)
        except SlackError as refusal:
            return Result.failed(refusal.code)

    def _react(self, user_id: str, channel_id: str, ts: str, name: str, *, adding: bool) -> Result:
        change = messages.add_reaction if adding else messages.remove_reaction
        with self.workspace.lock:
            message = self.workspace.find_message(channel_id, ts)
            if message is None or message.ephemeral_to:
                return Result.failed(NO_LONGER_THERE)
            try:
                change(self.platform, message, user_id, name)
            except SlackError as refusal:
                return Result.failed(refusal.code)
            return Result()

    def _writes_to_a_closed_app(self, channel: Channel) -> bool:
        """Whether this is the direct message with the app, and the app wants none."""
        home = self.platform.settings.app_home
        return (
            channel.is_im
            and self.workspace.bot.user_id in channel.members
            and (home.read_only or not home.messages)
        )

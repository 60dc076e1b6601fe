"""What people press and fill in: in messages, in modals, in the home tab, and the app's shortcuts."""

from bot.local import interactions, submissions, suggestions
from bot.local.interactions import Press
from bot.local.model import Message, View
from bot.local.platform import Platform
from bot.local.results import Answers, Choice, Result
from bot.local.workspace import Workspace

NO_LONGER_THERE = "This message is no longer there."
VIEW_CLOSED = "This view is no longer open."
NO_SHORTCUT = "This app has no such shortcut."


class Pressing:
    """The part of `People` that concerns blocks and shortcuts."""

    platform: Platform
    workspace: Workspace

    def press(  # noqa: PLR0917  a press has a place, a thing pressed, and what was chosen
        self,
        user_id: str,
        channel_id: str,
        message_ts: str,
        action_id: str,
        block_id: str | None = None,
        choice: Choice = None,
        answers: Answers | None = None,
    ) -> Result:
        """Press a button or choose something in a message."""
        message = self._seen(user_id, channel_id, message_ts)
        if message is None:
            return Result.failed(NO_LONGER_THERE)
        press = Press(action_id, block_id, choice, answers)
        return interactions.press_in_message(self.platform, self.workspace.users[user_id], message, press)

    def press_in_view(  # noqa: PLR0917  as press
        self,
        user_id: str,
        view_id: str,
        action_id: str,
        block_id: str | None = None,
        choice: Choice = None,
        answers: Answers | None = None,
    ) -> Result:
        """Press a button or choose something in a modal or in the home tab."""
        view = self._view(user_id, view_id)
        if view is None:
            return Result.failed(VIEW_CLOSED)
        press = Press(action_id, block_id, choice, answers)
        return interactions.press_in_view(self.platform, self.workspace.users[user_id], view, press)

    def suggest(  # noqa: PLR0917  as press
        self,
        user_id: str,
        view_id: str | None,
        action_id: str,
        block_id: str,
        query: str,
        channel_id: str | None = None,
        message_ts: str | None = None,
    ) -> Result:
        """Type into an external select of a view, or (without one) of a message; the options offered."""
        user = self.workspace.users[user_id]
        place: View | Message | None
        if view_id:
            place, missing = self._view(user_id, view_id), VIEW_CLOSED
        else:
            place, missing = self._seen(user_id, channel_id or "", message_ts or ""), NO_LONGER_THERE
        if place is None:
            return Result.failed(missing)
        return suggestions.suggest(self.platform, user, place, action_id, block_id, query)

    def submit_view(self, user_id: str, view_id: str, answers: Answers | None = None) -> Result:
        """Submit a modal. The result names the view that is open afterwards, or the errors by block_id."""
        view = self._view(user_id, view_id)
        if view is None or view.type != "modal":
            return Result.failed(VIEW_CLOSED)
        return submissions.submit(self.platform, self.workspace.users[user_id], view, answers or {})

    def close_view(self, user_id: str, view_id: str, *, clear: bool = False) -> Result:
        """Press "Cancel" (or the cross, with `clear`: all that is stacked goes)."""
        view = self._view(user_id, view_id)
        if view is None or view.type != "modal":
            return Result.failed(VIEW_CLOSED)
        return submissions.close(self.platform, self.workspace.users[user_id], view, cleared=clear)

    def run_shortcut(self, user_id: str, callback_id: str, channel_id: str | None = None) -> Result:
        """Run one of the app's global shortcuts, from wherever one is."""
        if not self._has_shortcut(user_id, "global", callback_id):
            return Result.failed(NO_SHORTCUT)
        user = self.workspace.users[user_id]
        return interactions.global_shortcut(self.platform, user, callback_id, channel_id)

    def run_message_shortcut(self, user_id: str, channel_id: str, ts: str, callback_id: str) -> Result:
        """Run one of the app's message shortcuts on a message. Slack has none for ephemeral messages."""
        if not self._has_shortcut(user_id, "message", callback_id):
            return Result.failed(NO_SHORTCUT)
        message = self._seen(user_id, channel_id, ts)
        if message is None or message.ephemeral_to:
            return Result.failed(NO_LONGER_THERE)
        user, channel = self.workspace.users[user_id], self.workspace.channels[channel_id]
        return interactions.message_shortcut(self.platform, user, channel, message, callback_id)

    def _has_shortcut(self, user_id: str, kind: str, callback_id: str) -> bool:
        """Shortcuts are for the people of the workspace where the app is installed, as its commands are."""
        shortcuts = self.platform.settings.shortcuts
        is_theirs = self.workspace.installed and not self.workspace.users[user_id].is_external
        return is_theirs and (kind, callback_id) in {(s.kind, s.callback_id) for s in shortcuts}

    def _seen(self, user_id: str, channel_id: str, ts: str) -> Message | None:
        """The message, if this person can see it."""
        channel = self.workspace.channels.get(channel_id)
        message = self.workspace.find_message(channel_id, ts)
        is_closed = channel is None or channel.is_private or self.workspace.users[user_id].is_external
        if channel is None or (is_closed and user_id not in channel.members):
            return None
        return message if message is not None and message.ephemeral_to in (None, user_id) else None

    def _view(self, user_id: str, view_id: str) -> View | None:
        view = self.workspace.views.get(view_id)
        return view if view is not None and view.user_id == user_id else None

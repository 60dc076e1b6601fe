"""The state of the workspace, safe to use from several threads.

Reading more than one value: `with workspace.lock:`. Changing: `with workspace.changing():`, which also
raises `version` and wakes those who wait for it. Never call out over the network inside either.
"""

import threading
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.local import ids
from bot.local.clock import LocalClock
from bot.local.model import Bot, Call, Channel, File, Message, Team, User, View

LOG_LENGTH = 2_000


class Workspace:
    """Everything Slack would remember about one workspace with one app in it."""

    def __init__(self, team: Team, bot: Bot, clock: LocalClock | None = None) -> None:
        self.team = team
        self.bot = bot
        self.clock = clock or LocalClock()
        self.url = f"https://{team.domain}.slack.com/"
        """Where links to messages lead: the server puts its own address here."""
        self.lock = threading.RLock()
        self.version = 0
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        """By channel, oldest first, as `add_message` keeps them; replies and ephemeral messages included."""
        self._replies: dict[tuple[str, str], list[Message]] = {}
        """By channel and thread, oldest first, without ephemeral ones: found without a search."""
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.modals: dict[str, list[str]] = {}
        """By user: the ids of the views on their screen, the visible one last."""
        self.homes: dict[str, str] = {}
        """By user: the id of the view in the app's home tab."""
        self.calls: deque[Call] = deque(maxlen=LOG_LENGTH)
        self.installed = True
        self.organization_id = ""
        """The organization that the workspace is one of, in an Enterprise Grid."""
        self._changed = threading.Condition(self.lock)
        self._last_ts = 0
        self.clock.on_move(self.touch)

    def touch(self) -> None:
        """Say that something changed which is not kept here, such as the time."""
        with self.changing():
            pass

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, and afterwards raise the version and wake those who wait.

        After an error nothing is said to have changed: refuse before you change anything.
        """
        with self.lock:
            yield
            self.version += 1
            self._changed.notify_all()

    def wait_for_change(self, version: int, timeout: float) -> int:
        """Wait until the version differs from `version`, `timeout` seconds at most; the version then."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, timeout)
            return self.version

    def new_ts(self) -> str:
        """A timestamp that no message has had yet."""
        with self.lock:
            self._last_ts = max(self._last_ts + 1, ids.microseconds(self.clock.now()))
            return ids.format_ts(self._last_ts)

    def timestamps_after(self, ts: str) -> None:
        """Give out only timestamps later than `ts` from now on."""
        with self.lock:
            self._last_ts = max(self._last_ts, ids.ts_number(ts) or 0)

    def user_named(self, name: str) -> User | None:
        """The person with this handle, with or without "@", upper or lower case."""
        wanted = name.removeprefix("@").lower()
        with self.lock:
            return next((user for user in self.users.values() if user.name.lower() == wanted), None)

    def team_of(self, user_id: str) -> str:
        """The id of the workspace that somebody is of."""
        user = self.users.get(user_id)
        return (user.team_id if user else "") or self.team.id

    def share_channel(self, user_id: str, other_id: str) -> bool:
        """Whether two can know of each other: an external person and others by a shared channel only."""
        both = {user_id, other_id}
        with self.lock:
            if len(both) == 1 or not any(self.users[id_].is_external for id_ in both if id_ in self.users):
                return True
            return any(both <= set(each.members) for each in self.channels.values() if not each.is_im)

    def channel_named(self, name: str) -> Channel | None:
        wanted = name.removeprefix("#").lower()
        with self.lock:
            return next((one for one in self.channels.values() if one.name == wanted and not one.is_im), None)

    def direct_message(self, user_id: str, other_id: str) -> Channel:
        """The direct message of these two, opened if there was none."""
        both = {user_id, other_id}
        with self.lock:
            for channel in self.channels.values():
                if channel.is_im and set(channel.members) == both:
                    return channel
            with self.changing():
                created = int(self.clock.now().timestamp())
                channel = Channel(ids.new_id("D"), "", is_private=True, is_im=True, created=created)
                channel.members = [user_id, other_id]
                self.channels[channel.id] = channel
                return channel

    def channels_of(self, user_id: str) -> list[Channel]:
        """What this person sees in the sidebar: the channels and direct messages they are in."""
        with self.lock:
            return [channel for channel in self.channels.values() if user_id in channel.members]

    def rename_id(self, channel: Channel, new_id: str) -> None:
        """The same channel by another id, with all that was said in it."""
        with self.changing():
            old_id, messages = channel.id, self.messages.pop(channel.id, [])
            del self.channels[old_id]
            channel.id = new_id
            self.channels[new_id] = channel
            for message in messages:
                message.channel_id = new_id
            self.messages[new_id] = messages
            for key in [key for key in self._replies if key[0] == old_id]:
                self._replies[new_id, key[1]] = self._replies.pop(key)

    def add_message(self, message: Message) -> None:
        """Put a message where its timestamp belongs."""
        with self.lock:
            insort(self.messages.setdefault(message.channel_id, []), message, key=_moment)
            if message.is_reply and not message.ephemeral_to:
                insort(self._replies.setdefault(_thread_of(message), []), message, key=_moment)

    def remove_message(self, message: Message) -> None:
        """Take away a message that is there."""
        with self.lock:
            self.messages[message.channel_id].remove(message)
            if message.is_reply and not message.ephemeral_to:
                self._replies[_thread_of(message)].remove(message)

    def find_message(self, channel_id: str, ts: str) -> Message | None:
        """The message with this timestamp, or None."""
        with self.lock:
            moment = ids.ts_number(ts)
            some = self.messages_between(channel_id, moment, moment) if moment is not None else []
            return some[0] if some and some[0].ts == ts else None

    def messages_between(
        self, channel_id: str, oldest: int | None = None, latest: int | None = None
    ) -> list[Message]:
        """The messages from `oldest` to `latest` (microseconds, both included), oldest first."""
        with self.lock:
            messages = self.messages.get(channel_id, [])
            start = 0 if oldest is None else bisect_left(messages, oldest, key=_moment)
            end = None if latest is None else bisect_left(messages, latest + 1, key=_moment)
            return messages[start:end]

    def messages_for(self, user_id: str, channel_id: str) -> list[Message]:
        """What this person sees in the channel, oldest first, replies included."""
        with self.lock:
            return [m for m in self.messages.get(channel_id, []) if m.ephemeral_to in (None, user_id)]

    def thread(self, channel_id: str, thread_ts: str) -> list[Message]:
        """The replies to a message, oldest first, without ephemeral ones."""
        with self.lock:
            return list(self._replies.get((channel_id, thread_ts), ()))

    def open_view(self, user_id: str) -> View | None:
        """The modal this person has in front of them."""
        with self.lock:
            stack = self.modals.get(user_id)
            return self.views[stack[-1]] if stack else None

    def home_view(self, user_id: str) -> View | None:
        with self.lock:
            view_id = self.homes.get(user_id)
            return self.views[view_id] if view_id else None

    def log(
        self,
        direction: str,
        name: str,
        *,
        ok: bool,
        error: str | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        """Write a request down in `calls`, the newest last."""
        with self.lock:
            self.calls.append(Call(self.clock.now(), direction, name, ok, error, dict(detail or {})))

    def count_calls(self, name: str, direction: str = "in") -> int:
        with self.lock:
            return sum(call.name == name and call.direction == direction for call in self.calls)


def _moment(message: Message) -> int:
    return ids.ts_number(message.ts) or 0


def _thread_of(message: Message) -> tuple[str, str]:
    return message.channel_id, message.thread_ts or ""

"""Trigger ids: what an app exchanges, once and soon, for the right to open a view."""

import re
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.local.clock import LocalClock
from bot.local.errors import SlackError

_FORM = re.compile(r"\d+\.\d+\.[0-9a-f]+")
_REMEMBERED = 1_000


@dataclass
class Trigger:
    """`view_id` is the modal in which the person acted, when they did; `channel_id` where they were then."""

    user_id: str
    view_id: str | None
    channel_id: str | None
    issued_at: datetime
    exchanged: bool = False


class Triggers:
    def __init__(self, clock: LocalClock, lifetime_s: float) -> None:
        self._clock = clock
        self._lifetime = timedelta(seconds=lifetime_s)
        self._lock = threading.Lock()
        self._triggers: dict[str, Trigger] = {}

    def issue(self, user_id: str, view_id: str | None = None, channel_id: str | None = None) -> str:
        with self._lock:
            trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
            self._triggers[trigger_id] = Trigger(user_id, view_id, channel_id, self._clock.now())
            while len(self._triggers) > _REMEMBERED:
                self._triggers.pop(next(iter(self._triggers)))
            return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """The trigger, which is used up by this; a refusal when it is too old, used or none of ours."""
        with self._lock:
            trigger = self._triggers.get(trigger_id)
            if trigger is None or not _FORM.fullmatch(trigger_id):
                raise SlackError("invalid_trigger_id")
            if trigger.exchanged:
                raise SlackError("exchanged_trigger_id")
            if self._clock.now() - trigger.issued_at > self._lifetime:
                raise SlackError("expired_trigger_id")
            trigger.exchanged = True
            return trigger

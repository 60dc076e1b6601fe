"""A Slack that is unkind all the time: every so often another thing goes wrong with what is sent."""

import random
import threading

from bot.local.server import LocalServer
from bot.local.unkind import Rule

POST, LOOK, CHANGE = "chat.postMessage", "conversations.history", "chat.update"

MISFORTUNES = (
    Rule(POST, drop="after", times=2),
    Rule(POST, drop="after", times=2),
    Rule(POST, drop="before", times=2),
    Rule(POST, status=500, times=2),
    Rule(POST, status=429, retry_after=1),
    Rule(POST, error="internal_error"),
    Rule(POST, delay=0.3, times=2),
    Rule(LOOK, status=500),
    Rule(LOOK, status=429, retry_after=1),
    Rule(LOOK, drop="before"),
    Rule(CHANGE, drop="after"),
)
_EVERY_S = 0.4
_AT_ONCE = 3


class UnkindDays:
    """with UnkindDays(slack, chance): …"""

    def __init__(self, slack: LocalServer, chance: random.Random) -> None:
        self._unkindness = slack.platform.unkindness
        self._chance = chance
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="unkind", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._unkindness.clear()

    def _work(self) -> None:
        while not self._over.wait(_EVERY_S):
            if len(self._unkindness.rules()) < _AT_ONCE:
                self._unkindness.add(self._chance.choice(MISFORTUNES))

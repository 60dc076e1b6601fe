"""What works by itself: the heartbeat, the sender of what it promises, the keepers of homes and changes."""

import threading
import time
from dataclasses import dataclass

from bot.jobs.heartbeat import Heartbeat
from bot.slack.change_keeper import ChangeKeeper
from bot.slack.home_keeper import HomeKeeper
from bot.slack.sender import Sender


@dataclass(frozen=True)
class Worker:
    """Any number of them may run on one database, each in a process of its own or beside `web`."""

    heartbeat: Heartbeat
    sender: Sender
    homes: HomeKeeper
    changes: ChangeKeeper

    def start(self) -> None:
        """Returns at once."""
        self.sender.start()
        self.heartbeat.start()

    def wake(self) -> None:
        """Something was promised, and committed. Returns at once."""
        self.sender.wake()

    def tick(self, seconds: float, ended: threading.Event) -> bool:
        """Do once what is due, and end: when it is done, after so many seconds, or as soon as `ended` is set.

        Whether all went well; what is away, or broken, is in the log.
        """
        until, broken = time.monotonic() + seconds, threading.Event()

        def do() -> None:
            if not self.heartbeat.beat_once():
                broken.set()
            if not self.sender.is_cut_off:
                self._settle(until)
            ended.set()

        self.sender.start()
        threading.Thread(target=do, name="tick", daemon=True).start()
        ended.wait(seconds)
        # Asked before it is told to stop, since what is asked for then is answered by nobody.
        is_cut_off = self.sender.is_cut_off
        self.stop()
        return not (is_cut_off or broken.is_set())

    def _settle(self, until: float) -> None:
        """Until nothing is due. What was done may show in reminders; what was sent, there and in homes."""
        for each in (self.changes, self.sender, self.changes, self.sender, self.homes):
            if not each.settle(max(0.0, until - time.monotonic())):
                return

    def stop(self) -> None:
        """Within ten seconds; what is not done by then, whoever runs next goes on with."""
        self.heartbeat.stop()
        ending = [
            threading.Thread(target=each.stop, daemon=True)
            for each in (self.sender, self.homes, self.changes)
        ]
        for thread in ending:
            thread.start()
        for thread in ending:
            thread.join()

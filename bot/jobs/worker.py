"""What works by itself: the heartbeat, the sender of what it promises, and the keeper of homes."""

from dataclasses import dataclass

from bot.jobs.heartbeat import Heartbeat
from bot.slack.home_keeper import HomeKeeper
from bot.slack.sender import Sender


@dataclass(frozen=True)
class Worker:
    """Any number of them may run on one database, each in a process of its own or beside `web`."""

    heartbeat: Heartbeat
    sender: Sender
    homes: HomeKeeper

    def start(self) -> None:
        """Returns at once."""
        self.sender.start()
        self.heartbeat.start()

    def wake(self) -> None:
        """Something was promised, and committed. Returns at once."""
        self.sender.wake()

    def stop(self) -> None:
        """Within ten seconds; what is not done by then, whoever runs next goes on with."""
        self.heartbeat.stop()
        self.sender.stop()
        self.homes.stop()

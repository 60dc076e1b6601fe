"""What works by itself, in the process of the test: jobs and sender, which begin when time first passes."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.app_publishing import create_publisher
from bot.jobs.table import JOBS
from bot.jobs.work import Work
from bot.settings import Settings
from bot.slack.outage import Outage
from bot.slack.sender import Sender
from tests.support.instances import Instances

_log = logging.getLogger(__name__)


class Works(Protocol):
    """What asks, reminds and sends."""

    def beat(self) -> None:
        """Every job runs once, by the time that it is now."""

    def settle(self, timeout_s: float) -> bool:
        """Wait until nothing that is promised is due; whether it came to that in time."""

    def held(self) -> AbstractContextManager[None]:
        """Meanwhile nothing is asked, reminded of or sent, as where the machine has no time for it."""


@dataclass
class OwnWorker:
    """The jobs are given to the instances in turn."""

    instances: Instances
    sender: Sender
    now: Callable[[], datetime]
    is_sending: bool = False

    def beat(self) -> None:
        if not self.is_sending:
            self.sender.start()
            self.is_sending = True
        for job in JOBS:
            by, away = self.instances.next(), Outage(_log, "The database")
            publisher = create_publisher(Settings(), by.database, self.now, self.sender.wake, by.changed)
            work = Work(by.database, self.now, self.sender.wake, away, by.changed, by.meeting.meet)
            job.run(replace(work, publish=publisher.publish_due))

    def held(self) -> AbstractContextManager[None]:
        assert not self.is_sending, "only before time has passed the first time"
        return nullcontext()

    def settle(self, timeout_s: float) -> bool:
        return not self.is_sending or self.sender.settle(timeout_s)

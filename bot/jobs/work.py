"""What every job is given, and how it goes through what is due: a batch at a time, each a transaction."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.slack.outage import Outage
from storage.database import Database, Tx
from storage.errors import UnreachableError

Batch = Callable[[Tx, datetime], int]
"""Does some of what is due; how many that were. Nothing is due any more when it gives 0."""


@dataclass(frozen=True)
class Work:
    """`wake`: called after each commit, since deliveries may have been promised. `meet`: see Meeting."""

    database: Database
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    outage: Outage
    meet: Callable[[], None] = lambda: None
    stopping: threading.Event = field(default_factory=threading.Event)

    def in_batches(self, do: Batch) -> None:
        """All that is due. While the database is away nothing is done: the next time it will be."""
        try:
            while not self.stopping.is_set():
                with self.database.write() as tx:
                    done = do(tx, self.clock())
                self.outage.came()
                if not done:
                    return
                self.wake()
        except UnreachableError as error:
            self.outage.went(error)

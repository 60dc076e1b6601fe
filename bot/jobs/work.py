"""What every job is given, and how it goes through what is due: a batch at a time, each a transaction."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot.slack.outage import Outage
from storage.database import Database, Tx
from storage.deadlocks import once_more
from storage.errors import UnreachableError
from storage.revisions import Changes, changes_by_workspace

Batch = Callable[[Tx, datetime], int]
"""Does some of what is due; how many that were. Nothing is due any more when it gives 0."""


@dataclass(frozen=True)
class Work:
    """`wake`: called after each commit, since deliveries may have been promised; `changed`: with what was.

    `meet`: see Meeting. `keep_tokens`: see Refresher; nothing where there is one token.
    `publish`: see Publisher; given what says that it is to end.
    """

    database: Database
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    outage: Outage
    changed: Callable[[str, Changes], None] = lambda _workspace_id, _changes: None
    meet: Callable[[], None] = lambda: None
    keep_tokens: Callable[[], None] = lambda: None
    publish: Callable[[threading.Event], None] = lambda _stopping: None
    stopping: threading.Event = field(default_factory=threading.Event)

    def in_batches(self, do: Batch, *, at_once: int = 1) -> None:
        """All that is due. While the database is away nothing is done: the next time it will be.

        `at_once`: so many batches at the same time, if what each claims is kept from the others, and where
        the database takes more than one writer.
        """
        if not self._has_done(do):
            return
        if at_once == 1 or self.database.is_sqlite:
            self._all(do)
            return
        with ThreadPoolExecutor(at_once, thread_name_prefix="batch") as pool:
            for worked in [pool.submit(self._all, do) for _ in range(at_once)]:
                worked.result()

    def _all(self, do: Batch) -> None:
        while self._has_done(do):
            pass

    def _has_done(self, do: Batch) -> bool:
        """Whether there was anything, and may be more."""
        if self.stopping.is_set():
            return False
        try:
            done = once_more(partial(self._batch, do))
        except UnreachableError as error:
            self.outage.went(error)
            return False
        self.outage.came()
        if done:
            self.wake()
        return done > 0

    def _batch(self, do: Batch) -> int:
        with self.database.write() as tx:
            done = do(tx, self.clock())
            changes = changes_by_workspace(tx)
        for workspace_id, changed in changes.items():
            self.changed(workspace_id, changed)
        return done

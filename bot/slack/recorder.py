"""Writes down what came of deliveries, however long the database takes."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.metrics import METERS
from bot.slack.kinds import Kinds
from bot.slack.outage import Outage
from bot.slack.results import Result, name_of, record_result
from storage.database import Database
from storage.deadlocks import once_more
from storage.deliveries import Delivery
from storage.errors import UnreachableError
from storage.revisions import Changes, changes_in

_log = logging.getLogger(__name__)


class Recorder:
    """`is_stopping`: what cannot be written down at once is left to whoever has the delivery next.

    `changed` is called after a commit, with what was changed where: a prompt that was refused stops those of
    its project.
    """

    def __init__(
        self,
        database: Database,
        kinds: Kinds,
        clock: Callable[[], datetime],
        database_away: Outage,
        changed: Callable[[str, Changes], None],
    ) -> None:
        self._database = database
        self._kinds = kinds
        self._clock = clock
        self._database_away = database_away
        self._changed = changed
        self.is_stopping = False

    async def record(self, delivery: Delivery, result: Result, lease_ends_at: float) -> None:
        """As often as it takes while the lease lasts; whoever has it then looks for the message."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                await asyncio.to_thread(once_more, partial(self._write_down, delivery, result))
            except UnreachableError as error:
                pause_s = self._database_away.went(error)
            else:
                self._database_away.came()
                METERS.tried(name_of(result))
                return
            if self.is_stopping or loop.time() + pause_s > lease_ends_at:
                return
            await asyncio.sleep(pause_s)

    def _write_down(self, delivery: Delivery, result: Result) -> None:
        now = self._clock()
        with self._database.write() as tx:
            held = record_result(tx, delivery, result, self._kinds.get(delivery.kind), now)
            changes = changes_in(tx)
        self._changed(delivery.workspace_id, changes)
        if not held:
            _log.info("delivery %s was somebody else's by then", delivery.key)

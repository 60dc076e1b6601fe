"""Takes deliveries to be sent, as many as there is room for."""

import secrets
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from storage.database import Database, Tx
from storage.deadlocks import once_more
from storage.deliveries import Delivery
from storage.delivery_claims import claim_deliveries, has_due, list_workspaces_due
from storage.errors import UnreachableError


@dataclass(frozen=True)
class Claimed:
    """`has_due`: there was something to be claimed, for us or for others. `away`: why nothing was."""

    claimed: tuple[Delivery, ...] = ()
    has_due: bool = False
    away: object = None

    @classmethod
    def broken(cls, reference: str) -> "Claimed":
        return cls(away=f"nothing can be claimed, see {reference}")


class Claimer:
    """Of one workspace, or of all that have the bot (`workspace_id` is None); each time with a lease.

    Of many, each gets its share of the room, however much waits in another.
    """

    def __init__(
        self,
        database: Database,
        workspace_id: str | None,
        clock: Callable[[], datetime],
        lease: timedelta,
        pace: timedelta,
    ) -> None:
        self._database = database
        self._workspace_id = workspace_id
        self._clock = clock
        self._lease = lease
        self._pace = pace
        self._last = ""

    def claim(self, room: int) -> Claimed:
        """Asks for leave to write only if something is due."""
        now = self._clock()
        try:
            with self._database.read() as tx:
                due = self._workspaces(tx, room, now)
            if not due:
                return Claimed()
            claimed = once_more(partial(self._take, due, room, now))
        except UnreachableError as error:
            return Claimed(away=error)
        self._last = due[-1]
        return Claimed(claimed, has_due=True)

    def _workspaces(self, tx: Tx, room: int, now: datetime) -> list[str]:
        """Those for which something can be sent, at most `room`, beginning after the last one of before."""
        if self._workspace_id is not None:
            return [self._workspace_id] if has_due(tx, self._workspace_id, now) else []
        known = list_workspaces_due(tx, now)
        after = bisect_right(known, self._last)
        found: list[str] = []
        for workspace_id in (*known[after:], *known[:after]):
            if len(found) == room:
                break
            if has_due(tx, workspace_id, now):
                found.append(workspace_id)
        return found

    def _take(self, due: list[str], room: int, now: datetime) -> tuple[Delivery, ...]:
        lease = secrets.token_hex(8)
        taken: list[Delivery] = []
        with self._database.write() as tx:
            for place, workspace_id in enumerate(due):
                # What one leaves free, those after it share.
                share = (room - len(taken)) // (len(due) - place)
                taken += claim_deliveries(
                    tx, workspace_id, now, share, lease, lasts=self._lease, pace=self._pace
                )
        return tuple(taken)

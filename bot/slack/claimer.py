"""Takes deliveries to be sent, as many as there is room for."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from storage.database import Database
from storage.deadlocks import once_more
from storage.deliveries import Delivery
from storage.delivery_claims import claim_deliveries, has_due
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
    """Of one workspace; each time with a lease of its own."""

    def __init__(
        self,
        database: Database,
        workspace_id: str,
        clock: Callable[[], datetime],
        lease: timedelta,
        pace: timedelta,
    ) -> None:
        self._database = database
        self._workspace_id = workspace_id
        self._clock = clock
        self._lease = lease
        self._pace = pace

    def claim(self, room: int) -> Claimed:
        """Asks for leave to write only if something is due."""
        now = self._clock()
        try:
            with self._database.read() as tx:
                if not has_due(tx, self._workspace_id, now):
                    return Claimed()
            claimed = once_more(partial(self._take, room, now))
        except UnreachableError as error:
            return Claimed(away=error)
        return Claimed(claimed, has_due=True)

    def _take(self, room: int, now: datetime) -> tuple[Delivery, ...]:
        with self._database.write() as tx:
            lease = secrets.token_hex(8)
            return claim_deliveries(
                tx, self._workspace_id, now, room, lease, lasts=self._lease, pace=self._pace
            )

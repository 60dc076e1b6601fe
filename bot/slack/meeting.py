"""Meets the people who own something and have never spoken to the bot: they were named in a page, say.

Before that nobody knows their zone, nor whether they are guests, so they could not be reminded of anything.
"""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.slack.directory import Directory
from storage.database import Database
from storage.people import list_unknown_owners
from storage.workspaces import list_served

_AT_ONCE = 20
"""People that Slack is asked about at a time: it takes some hundred such questions a minute."""
_WORKSPACES = 50
"""That are looked at at a time, where there are many."""
_AGAIN = timedelta(days=1)
"""Of whom Slack says nothing, it is asked again a day later."""


class Meeting:
    """For one thread. `meet` is called now and then."""

    def __init__(
        self,
        database: Database,
        workspace_id: str | None,
        directory: Directory,
        clock: Callable[[], datetime],
    ) -> None:
        """`workspace_id`: None for all that have the bot, some at a time."""
        self._database = database
        self._workspace_id = workspace_id
        self._directory = directory
        self._clock = clock
        self._asked: dict[tuple[str, str], datetime] = {}
        self._last = ""

    def meet(self) -> None:
        """Some of them. Raises UnreachableError."""
        now, left = self._clock(), _AT_ONCE
        self._asked = {who: at for who, at in self._asked.items() if now - at < _AGAIN}
        for workspace_id in self._workspaces():
            self._last = workspace_id
            with self._database.read() as tx:
                owners = list_unknown_owners(tx, workspace_id)
            unknown = [who for who in owners if (workspace_id, who) not in self._asked][:left]
            for who in unknown:
                self._asked[workspace_id, who] = now
                self._directory.learn_person(workspace_id, who)
            left -= len(unknown)
            if left == 0:
                return

    def _workspaces(self) -> tuple[str, ...]:
        """Those to look at, the one after the last that was looked at first."""
        if self._workspace_id is not None:
            return (self._workspace_id,)
        with self._database.read() as tx:
            served = list_served(tx)
        after = bisect_right(served, self._last)
        return (*served[after:], *served[:after])[:_WORKSPACES]

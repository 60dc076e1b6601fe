"""Meets the people who own something and have never spoken to the bot: they were named in a page, say.

Before that nobody knows their zone, nor whether they are guests, so they could not be reminded of anything.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.slack.directory import Directory
from storage.database import Database
from storage.people import list_unknown_owners

_AT_ONCE = 20
"""People that Slack is asked about at a time: it takes some hundred such questions a minute."""
_AGAIN = timedelta(days=1)
"""Of whom Slack says nothing, it is asked again a day later."""


class Meeting:
    """For one thread. `meet` is called now and then."""

    def __init__(
        self, database: Database, workspace_id: str, directory: Directory, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._workspace_id = workspace_id
        self._directory = directory
        self._clock = clock
        self._asked: dict[str, datetime] = {}

    def meet(self) -> None:
        """Some of them. Raises UnreachableError."""
        now = self._clock()
        self._asked = {who: at for who, at in self._asked.items() if now - at < _AGAIN}
        with self._database.read() as tx:
            owners = list_unknown_owners(tx, self._workspace_id)
        unknown = [who for who in owners if who not in self._asked]
        for who in unknown[:_AT_ONCE]:
            self._asked[who] = now
            self._directory.learn_person(self._workspace_id, who)

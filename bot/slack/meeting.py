"""Meets the people who own something and have never spoken to the bot: they were named in a page, say.

Before that nobody knows their zone, nor whether they are guests, so they could not be reminded of anything.
With many workspaces, which no start asks about, the channels of their projects are looked at, too.
"""

import logging
import secrets
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.directory import Directory
from storage.channels import list_unknown_channels
from storage.database import Database
from storage.installations import list_installed
from storage.people import list_unknown_owners

_log = logging.getLogger(__name__)

_AT_ONCE = 20
"""People that Slack is asked about at a time: it takes some hundred such questions a minute."""
_WORKSPACES = 50
"""That are looked at at a time, where there are many."""
_AGAIN = timedelta(days=1)
"""Of whom, or of what, Slack says nothing, it is asked again a day later."""


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
        self._last: str | None = None

    def meet(self) -> None:
        """Some of them. Raises UnreachableError."""
        now, left = self._clock(), _AT_ONCE
        self._asked = {each: at for each, at in self._asked.items() if now - at < _AGAIN}
        for workspace_id in self._workspaces():
            self._last = workspace_id
            with self._database.read() as tx:
                owners = list_unknown_owners(tx, workspace_id)
            unknown = _from_anywhere(self._not_asked(workspace_id, owners), left)
            for who in unknown:
                self._asked[workspace_id, who] = now
                self._directory.learn_person(workspace_id, who)
            if self._workspace_id is None:
                self._look_at_channels(workspace_id, now)
            left -= len(unknown)
            if left == 0:
                return

    def _look_at_channels(self, workspace_id: str, now: datetime) -> None:
        with self._database.read() as tx:
            channels = list_unknown_channels(tx, workspace_id, now - _AGAIN)
        unknown = self._not_asked(workspace_id, channels)
        if not unknown:
            return
        self._asked |= {(workspace_id, channel_id): now for channel_id in unknown}
        try:
            self._directory.learn_channels_of_projects(workspace_id)
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.warning("the channels of %s are not known: %s", workspace_id, error)

    def _not_asked(self, workspace_id: str, ids: Iterable[str]) -> list[str]:
        """Those of the ids that Slack was not asked about in the last day."""
        return [id_ for id_ in ids if (workspace_id, id_) not in self._asked]

    def _workspaces(self) -> tuple[str, ...]:
        """Those to look at, the one after the last that was looked at first."""
        if self._workspace_id is not None:
            return (self._workspace_id,)
        with self._database.read() as tx:
            found = list_installed(tx)
        if self._last is None:
            return tuple(_from_anywhere(found, _WORKSPACES))
        after = bisect_right(found, self._last)
        return (*found[after:], *found[:after])[:_WORKSPACES]


def _from_anywhere(ids: Sequence[str], limit: int) -> list[str]:
    """So many of them. A `tick` remembers nothing of the one before: it must not begin where that one did."""
    begin = secrets.randbelow(len(ids)) if len(ids) > limit else 0
    return [*ids[begin:], *ids[:begin]][:limit]

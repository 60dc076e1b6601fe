"""Publishes one person's home tab, if it reads otherwise than the one that was published last.

Several processes may do so at once. Slack takes a view only in place of the version that was named, and what
was published is written down only if nobody else has done so since: an older view never stays on top of a
newer one.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import orjson

from bot.errors import SlackRefusedError
from bot.services.homes import read_home
from bot.slack.accounts import Gateways
from bot.slack.effects import Message, View
from bot.slack.home_values import HomePlace
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.external import view_for_external
from bot.slack.requests import HomeRequest
from bot.slack.views.home import home_view, with_said
from storage import homes, people
from storage.database import Database
from storage.homes import Home
from storage.people import NO_ZONE
from storage.reminder_turns import find_turn

_log = logging.getLogger(__name__)

_ATTEMPTS = 4
"""Every failed one means that another process has just published the same home."""

_WITH_SAID = "+"
"""Behind the digest of a view that was published with something said on top, which is to go in the end."""


@dataclass(frozen=True, slots=True)
class Look:
    """Whose home to look at; `said` and `seen` as in PublishHome."""

    workspace_id: str
    person_id: str
    said: Message | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class _Drawn:
    home: Home
    view: View
    digest: str
    project_ids: frozenset[int]


class Publisher:
    """For one thread. Raises SlackRefusedError, SlackUnreachableError and what the database raises."""

    def __init__(self, database: Database, gateways: Gateways, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._gateways = gateways
        self._clock = clock

    def publish(self, look: Look) -> None:
        """Nothing happens where nobody has opened the home yet, or where it reads so already."""
        tried: str | None = None
        for _ in range(_ATTEMPTS):
            drawn = self._draw(look)
            if drawn is None or self._is_published(drawn, look):
                return
            # A version that Slack refused was never written down: whoever published it was stopped.
            named = drawn.home.view_hash if drawn.home.view_hash != tried else None
            view = drawn.view if look.said is None else with_said(drawn.view, look.said)
            try:
                gateway = self._gateways.of(look.workspace_id)
                view_hash = gateway.publish_home(look.person_id, view, named)
            except SlackRefusedError as error:
                if error.code != "hash_conflict":
                    raise
                tried = named
                continue
            if self._keep(look, drawn, view_hash):
                return
        _log.warning("the home of %s is being published by others", look.person_id)

    def _draw(self, look: Look) -> _Drawn | None:
        now = self._clock()
        with self._database.turns.taken(), self._database.read() as tx:
            home = homes.find_home(tx, look.workspace_id, look.person_id)
            if home is None:
                return None
            place = HomePlace.kept(home.place)
            person = people.find_person(tx, look.workspace_id, look.person_id)
            zone = person.zone if person else NO_ZONE
            is_external = person is not None and person.is_external
            request = HomeRequest(look.workspace_id, "", look.person_id, zone=zone, is_external=is_external)
            asker = asker_of(tx, request)
            record = read_home(tx, asker, place.workspace, now)
            turn = find_turn(tx, look.workspace_id, look.person_id)
            view = home_view(record, place, asker.zone, now, turn, is_external=asker.is_external)
            if asker.is_external:
                view = view_for_external(view)
        return _Drawn(home, view, hashlib.sha256(orjson.dumps(view)).hexdigest(), record.project_ids)

    def _is_published(self, drawn: _Drawn, look: Look) -> bool:
        if look.said is not None:
            return False
        if look.seen is None:
            return drawn.home.digest in {drawn.digest, drawn.digest + _WITH_SAID}
        return drawn.home.digest == drawn.digest and drawn.home.view_hash == look.seen

    def _keep(self, look: Look, drawn: _Drawn, view_hash: str) -> bool:
        with self._database.write() as tx:
            return homes.record_published(
                tx,
                look.workspace_id,
                drawn.home,
                digest=drawn.digest if look.said is None else drawn.digest + _WITH_SAID,
                view_hash=view_hash,
                project_ids=drawn.project_ids,
            )

"""Who is who, and who is in which channel: learned from Slack before a request's transaction begins.

A read makes no outgoing call but once, when a person is met for the first time, and for guests once a day:
nobody tells the bot when one leaves a channel that it is not in. All else is kept true by events
(bot/slack/interactions/directory.py), and looked at again before a change when it is older than a day.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar, get_args

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.errors_rights import UnknownPersonError
from bot.slack.accounts import Gateways
from bot.slack.gateway import Gateway
from bot.slack.interactions.asking import Asking
from bot.slack.named import channel_of, channels_in, people_in
from bot.slack.news import MembershipRequest, PersonRequest
from bot.slack.once_a_day import OnceADay
from bot.slack.person import is_from_elsewhere, is_guest_now, learn_status_of, person_from
from bot.slack.requests import HomeRequest, Request
from storage import channels, people
from storage.database import Database
from storage.digests import DigestKind, list_digests
from storage.people import Person
from storage.workspaces import lock_workspace

_log = logging.getLogger(__name__)

R = TypeVar("R", bound=Request)
T = TypeVar("T")

_OLD = timedelta(days=1)
_KEPT = timedelta(minutes=10)
"""How long a process remembers that it knows somebody, and their zone. What they see is asked each time."""
_MOST_KEPT = 10_000
_MOST_ASKED = 20
"""People and channels that one change can be about."""
_NOBODY = frozenset({"user_not_found", "user_not_visible"})

_ASKING = get_args(Asking)


@dataclass(frozen=True, slots=True)
class _Known:
    """`was_asked`: Slack was, just now, and need not be again, whether it has answered or not."""

    person: Person
    until: datetime
    was_asked: bool


class Directory:
    """Safe to use from many threads."""

    def __init__(self, database: Database, gateways: Gateways, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._gateways = gateways
        self._clock = clock
        self._known: dict[tuple[str, str], _Known] = {}
        self._unknown = OnceADay(_log, clock)
        self._lock = threading.Lock()

    def introduce(self, request: R, *, writes: bool) -> R:
        """The request with what is known of who makes it; all that it may be about is in the database then.

        Raises UnknownPersonError when Slack does not say who somebody is that was never met before.
        """
        if isinstance(request, _ASKING):
            # That a home was opened is written down, but changes nothing of a record.
            writes = writes and not isinstance(request, HomeRequest)
            person = self._meet(request.workspace_id, request.person_id, writes=writes)
            if person.is_external:
                self._learn_presence(request)
            elif writes:
                self._meet_named(request)
            return replace(request, zone=person.zone, is_external=person.is_external)
        if isinstance(request, PersonRequest):
            self._learn_of_guest(request)
        elif isinstance(request, MembershipRequest) and request.is_member:
            self._learn_channel_again(request.workspace_id, request.channel_id)
        return request

    def learn_channels_of_projects(self, workspace_id: str) -> tuple[str, ...]:
        """Those that Slack has not told of yet, at a start; the ids of those that it does not tell of.

        Raises SlackRefusedError or SlackUnreachableError.
        """
        with self._database.read() as tx:
            unknown = channels.list_unknown_channels(tx, workspace_id, self._clock() - _OLD)
        if not unknown:
            return ()
        privacy = self._gateways.of(workspace_id).list_privacy()
        with self._database.read() as tx:
            known = channels.list_privacy(tx, workspace_id)
        for channel_id in unknown:
            is_private = privacy.get(channel_id)
            # Of a public one that was public, nothing is to be written.
            if is_private or (is_private is not None and known.get(channel_id) is not is_private):
                self._save_channel(workspace_id, channel_id, is_private=is_private)
        with self._database.write() as tx:
            channels.record_refreshed(tx, workspace_id, self._clock())
            return channels.list_unknown_channels(tx, workspace_id)

    def _meet(self, workspace_id: str, person_id: str, *, writes: bool) -> Person:
        now, key = self._clock(), (workspace_id, person_id)
        known = self._known.get(key)
        if (
            known is not None
            and now < known.until
            and (known.was_asked or not self._is_to_be_asked(known.person, writes=writes))
        ):
            return known.person
        with self._database.read() as tx:
            person = people.find_person(tx, workspace_id, person_id)
        asks = person is None or self._is_to_be_asked(person, writes=writes)
        if asks:
            # Slack may be away, and then what it said last still holds.
            person = self.learn_person(workspace_id, person_id) or person
        if person is None:
            raise UnknownPersonError
        with self._lock:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[key] = _Known(person, now + _KEPT, asks)
        return person

    def _is_to_be_asked(self, person: Person, *, writes: bool) -> bool:
        return (writes or person.is_guest) and self._clock() - person.refreshed_at > _OLD

    def _meet_named(self, request: Asking) -> None:
        """People who are to be given something, and the channel that a project is to be tied to."""
        named = set(people_in(request))
        with self._database.read() as tx:
            known = people.list_known_ids(tx, request.workspace_id, named) if named else frozenset()
        for person_id in sorted(named - known)[:_MOST_ASKED]:
            self.learn_person(request.workspace_id, person_id)
        self._learn_channels(request.workspace_id, sorted(set(channels_in(request)))[:_MOST_ASKED])

    def learn_person(self, workspace_id: str, person_id: str) -> Person | None:
        """What Slack says of somebody, kept; None when it does not say."""
        user = self._asked(workspace_id, lambda gateway: gateway.find_user(person_id))
        # Of which organization this workspace is matters where somebody is of another workspace.
        is_from_here = not user or not is_from_elsewhere(workspace_id, user)
        organization_id = None if is_from_here else self._asked(workspace_id, Gateway.find_organization)
        person = user and person_from(workspace_id, user, self._clock(), organization_id)
        if not user or not person:
            return None
        is_in: tuple[str, ...] | None = ()
        if person.is_guest:
            is_in = self._asked(workspace_id, lambda gateway: gateway.list_channels_of(person_id))
        if person.is_external:
            is_in = self._channels_of_external(workspace_id, person_id, is_in or ())
        with self._database.write() as tx:
            people.save_person(tx, workspace_id, person)
            learn_status_of(tx, workspace_id, person_id, user)
            if person.is_guest and is_in is not None:
                channels.save_channels_of_person(tx, workspace_id, person_id, is_in)
        return person

    def _channels_of_external(
        self, workspace_id: str, person_id: str, told: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The channels of somebody of another organization: told of them by Slack, or by the channels.

        docs.slack.dev, "Understanding Slack Connect", promises only that `conversations.members` has them.
        """
        with self._database.read() as tx:
            known = channels.list_channels_of(tx, workspace_id, person_id)
        return (
            *told,
            *(each for each in known if each not in told and self._is_in(workspace_id, each, person_id)),
        )

    def _learn_presence(self, request: Asking) -> None:
        """Where somebody of another organization speaks, they are, or else the channel does not say so."""
        workspace_id, person_id = request.workspace_id, request.person_id
        channel_id = channel_of(request)
        if channel_id is None:
            return
        with self._database.read() as tx:
            is_known = channels.is_member(tx, workspace_id, channel_id, person_id)
        if not is_known and self._is_in(workspace_id, channel_id, person_id):
            with self._database.write() as tx:
                channels.join_channel(tx, workspace_id, channel_id, person_id)

    def _is_in(self, workspace_id: str, channel_id: str, person_id: str) -> bool:
        members = self._asked(workspace_id, lambda gateway: gateway.list_members(channel_id))
        return person_id in (members or ())

    def _learn_of_guest(self, request: PersonRequest) -> None:
        """Somebody who is a guest now, and was none, or is new: whose channels nobody has asked for."""
        if not is_guest_now(request.workspace_id, request.user):
            return
        with self._database.read() as tx:
            known = people.find_person(tx, request.workspace_id, request.person_id)
        if known is None or not known.is_guest:
            self.learn_person(request.workspace_id, request.person_id)

    def _learn_channels(self, workspace_id: str, channel_ids: Iterable[str]) -> None:
        for channel_id in channel_ids:
            with self._database.read() as tx:
                if channels.find_privacy(tx, workspace_id, channel_id) is not None:
                    continue
            is_private = self._asked(workspace_id, partial(Gateway.find_privacy, channel_id=channel_id))
            if is_private is not None:
                self._save_channel(workspace_id, channel_id, is_private=is_private)

    def _learn_channel_again(self, workspace_id: str, channel_id: str) -> None:
        """Somebody has joined a project's or a digest's channel; perhaps the bot, which was blind before.

        Slack has no event for a channel that becomes private, nor for what happens where the bot is not.
        """
        with self._database.read() as tx:
            is_of_project = channels.is_channel_of_project(tx, workspace_id, channel_id)
            if not is_of_project and not list_digests(tx, workspace_id, tuple(DigestKind), channel_id):
                return
            known = channels.find_privacy(tx, workspace_id, channel_id)
        is_private = self._asked(workspace_id, partial(Gateway.find_privacy, channel_id=channel_id))
        # Of a public one that was public, nothing is to be written.
        if is_private or (is_private is not None and known is not is_private):
            self._save_channel(workspace_id, channel_id, is_private=is_private)

    def _save_channel(self, workspace_id: str, channel_id: str, *, is_private: bool) -> None:
        members: tuple[str, ...] | None = ()
        if is_private:
            members = self._asked(workspace_id, lambda gateway: gateway.list_members(channel_id))
        if members is None:
            return
        with self._database.write() as tx:
            lock_workspace(tx, workspace_id)
            channels.save_channel(
                tx, workspace_id, channel_id, is_private=is_private, members=members, now=self._clock()
            )

    def _asked(self, workspace_id: str, ask: Callable[[Gateway], T]) -> T | None:
        """What Slack says by this workspace's token; None when it does not."""
        try:
            with self._database.turns.given_up():
                return ask(self._gateways.of(workspace_id))
        except (SlackRefusedError, SlackUnreachableError) as error:
            line = f"not known in {workspace_id}: {error}"
            # Records may name people whom Slack does not know: nothing is broken, and doctor says who.
            is_nobody = isinstance(error, SlackRefusedError) and error.code in _NOBODY
            self._unknown.say(line, line, logging.INFO if is_nobody else logging.WARNING)
            return None

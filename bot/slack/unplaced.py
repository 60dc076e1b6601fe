"""Replies to a prompt that stands in Slack, though it is not written down where.

Whoever sent it was killed before that, or Slack's answer was lost. So Slack is asked what the message is that
a thread hangs on, before the transaction, and in it that is written down first. Where Slack does not say, the
event is not taken, and Slack sends it again.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.errors import SlackRefusedError
from bot.slack.accounts import Gateways
from bot.slack.metadata import key_in, oldest_of
from bot.slack.refusals import PERMANENT
from bot.slack.requests import MessageRequest, ThreadRequest
from bot.slack.results import Found, record_result
from bot.slack.round_kinds import ROUND_KINDS
from storage.check_ins import PROMPT, find_check_in_at
from storage.database import Database, Tx
from storage.deliveries import Delivery
from storage.projects import lock_project
from storage.unplaced import find_unplaced, list_unplaced

_log = logging.getLogger(__name__)

Said = MessageRequest | ThreadRequest


class Lookout:
    """Safe to use from many threads."""

    def __init__(self, database: Database, gateways: Gateways) -> None:
        self._database = database
        self._gateways = gateways

    def seen(self, request: Said) -> Said:
        """With the prompts that it may answer, and where they stand.

        Raises SlackRefusedError, SlackUnreachableError: then nobody knows.
        """
        with self._database.read() as tx:
            wanted = {each.key: each for each in list_answerable(tx, request)}
        if not wanted:
            return request
        with self._database.turns.given_up():
            return replace(request, prompts=dict(self._look(request, wanted)))

    def _look(self, request: Said, wanted: dict[str, Delivery]) -> Iterator[tuple[str, str]]:
        if request.thread_ts is not None:
            oldest = latest = request.thread_ts
        else:
            oldest, latest = f"{min(oldest_of(each.created_at) for each in wanted.values()):.6f}", ""
        try:
            gateway = self._gateways.of(request.workspace_id)
            for message in gateway.list_messages(request.channel_id, oldest, latest):
                key = key_in(message)
                if key in wanted:
                    yield key, str(message["ts"])
        except SlackRefusedError as error:
            if error.code not in PERMANENT:
                raise
            _log.warning("a prompt cannot be looked for: %s", error)


def list_answerable(tx: Tx, request: Said) -> tuple[Delivery, ...]:
    """Prompts that it may be an answer to, if they stand; none where it answers one that is known."""
    workspace_id, thread_ts = request.workspace_id, request.thread_ts
    if thread_ts is None and not request.is_direct:
        return ()
    # A direct message goes to a person, until Slack has said what channel that is.
    found = list_unplaced(tx, workspace_id, PROMPT, {request.channel_id, request.person_id})
    if thread_ts is None:
        return found
    young = tuple(each for each in found if _may_be(each, thread_ts))
    is_known = young and find_check_in_at(tx, workspace_id, request.channel_id, thread_ts) is not None
    return () if is_known else young


def write_down(tx: Tx, request: Said, now: datetime) -> None:
    """Where the prompts stand that were seen, as if Slack's answer had come, unless that is known by now."""
    for key, message_ts in request.prompts.items():
        before = find_unplaced(tx, request.workspace_id, key)
        if before is None or before.project_id is None:
            continue
        lock_project(tx, request.workspace_id, before.project_id)
        delivery = find_unplaced(tx, request.workspace_id, key)
        if delivery is not None:
            record_result(tx, delivery, Found(request.channel_id, message_ts), ROUND_KINDS[PROMPT], now)


def _may_be(delivery: Delivery, message_ts: str) -> bool:
    """Whether a message is as young as that; threads that are older hang on something else."""
    try:
        return float(message_ts) >= oldest_of(delivery.created_at)
    except ValueError:
        return False

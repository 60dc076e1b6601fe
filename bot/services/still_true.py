"""Somebody says with one click that an outcome is still true, in four statements.

While a round is open, that is their reply, too: `rounds.hear_clicks` writes that down, after the click.
"""

import secrets
from datetime import datetime
from typing import NamedTuple

from bot.domain.rights import may_change
from bot.services import editing
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.values import said_value
from storage import history
from storage.database import Tx
from storage.history_records import SAID, ChangedItem
from storage.records import StatusUpdate, UpdateSource
from storage.still_true import Held, add_vouching, hold_outcome


class Vouched(NamedTuple):
    """What was vouched for, and by which act."""

    text: str
    act_id: str


def say_still_true(tx: Tx, asker: Asker, project_id: int, outcome_id: int, now: datetime) -> Vouched:
    """What was last said of it holds: how it stands stays, and it is fresh again.

    Raises GoneProjectError, NotAllowedError, ArchivedProjectError, GoneOutcomeError.
    """
    where = tx, asker.workspace_id
    held = hold_outcome(*where, project_id, outcome_id, asker.person_id)
    if held is None or not _may_change(held):
        return _step_by_step(tx, asker, project_id, outcome_id, now)
    said = _said_again(held.newest, outcome_id, asker.person_id, now)
    update_id = add_vouching(*where, said, project_id)
    by = history.By(asker.person_id, UpdateSource.BUTTON, secrets.token_hex(8), None, now)
    history.record_change(
        *where,
        project_id,
        by,
        item=ChangedItem.OUTCOME,
        item_id=outcome_id,
        field=SAID,
        before=said_value(held.newest),
        after=said_value(said.model_copy(update={"id": update_id})),
    )
    return Vouched(held.text, by.act_id)


def _may_change(held: Held) -> bool:
    stake = held.stake
    return stake.is_seen and may_change(
        is_full=stake.is_full,
        is_admin=stake.is_admin,
        is_on_team=stake.is_on_team,
        is_restricted=held.is_restricted,
        is_external=stake.is_external,
    )


def _said_again(newest: StatusUpdate | None, outcome_id: int, person_id: str, now: datetime) -> StatusUpdate:
    return StatusUpdate(
        id=0,
        outcome_id=outcome_id,
        status=newest.status if newest else None,
        note=newest.note if newest else "",
        value=newest.value if newest else None,
        said_by=person_id,
        source=UpdateSource.BUTTON,
        permalink=newest.permalink if newest else None,
        # Who clicks later says the later word, also when the clocks of two processes differ.
        said_at=max(now, newest.said_at) if newest else now,
    )


def _step_by_step(tx: Tx, asker: Asker, project_id: int, outcome_id: int, now: datetime) -> Vouched:
    """Where it may not be, or somebody else was at it: this says why, or reads anew."""
    act = Act.begin(tx, asker, project_id, UpdateSource.BUTTON, now)
    editing.require_open(act)
    outcome = editing.get_outcome_by_id(act, outcome_id)
    editing.vouch(act, outcome)
    return Vouched(outcome.text, act.id)

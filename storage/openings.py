"""Rounds as they are opened: many at once, each with the delivery of its prompt."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Insert, Select, and_, bindparam, insert, literal, select, update

from storage.bulk import is_among, listed, packed, rows_in
from storage.check_in_tables import check_ins, deliveries
from storage.check_ins import PROMPT, CheckInState, prompt_key
from storage.database import Tx
from storage.deliveries import delivery_values
from storage.types import UtcDateTime


class Opening(NamedTuple):
    """A round to be opened; `asks`: the channel, or the person, that its prompt is sent to."""

    workspace_id: str
    project_id: int
    due_at: datetime
    closes_at: datetime
    next_step_at: datetime
    asks: str
    begun_by: str | None = None


_GIVEN = ("workspace_id", "project_id", "due_at", "begun_by", "closes_at", "next_step_at", "prompt")
_ROUNDS = tuple(check_ins.c[name] for name in _GIVEN)
_PROMPTS = (check_ins.c.project_id, check_ins.c.due_at, deliveries.c.channel_id)


def open_check_in(tx: Tx, opening: Opening, now: datetime) -> int:
    """A single one, as `open_check_ins`; its id."""
    open_check_ins(tx, [opening], now)
    mine = check_ins.c.project_id == opening.project_id, check_ins.c.due_at == opening.due_at
    id_: int = tx.execute(select(check_ins.c.id).where(*mine)).scalar_one()
    return id_


def open_check_ins(tx: Tx, openings: Sequence[Opening], now: datetime) -> None:
    """Each with the delivery of its prompt: all or none of them.

    A project has one round for each instant that it is due at: the database refuses a second one.
    """
    if not openings:
        return
    rows = [
        {**each._asdict(), "channel_id": each.asks, "prompt": prompt_key(each.project_id, each.due_at)}
        for each in openings
    ]
    kind = tx.dialect.name
    tx.execute(_insert_rounds(kind), {"rounds": packed(tx, _ROUNDS, rows), "now": now})
    tx.execute(_insert_prompts(kind), {"prompts": packed(tx, _PROMPTS, rows), "now": now})


@lru_cache(maxsize=4)
def _insert_rounds(kind: str) -> Insert:
    given = rows_in(kind, "rounds", _ROUNDS)
    values = {name: given.c[name] for name in _GIVEN}
    values |= {"state": literal(CheckInState.OPEN.value), "opened_at": bindparam("now", type_=UtcDateTime)}
    return insert(check_ins).from_select(list(values), select(*values.values()))


@lru_cache(maxsize=4)
def _insert_prompts(kind: str) -> Insert:
    """Of rounds that are there already: their ids are theirs to know."""
    given = rows_in(kind, "prompts", _PROMPTS)
    is_its = and_(check_ins.c.project_id == given.c.project_id, check_ins.c.due_at == given.c.due_at)
    of_round: dict[str, Any] = {
        "workspace_id": check_ins.c.workspace_id,
        "key": check_ins.c.prompt,
        "channel_id": given.c.channel_id,
        "project_id": check_ins.c.project_id,
        "check_in_id": check_ins.c.id,
    }
    now: Any = bindparam("now", type_=UtcDateTime)
    values = delivery_values("", "", PROMPT, "", now) | of_round
    chosen = [value if name in of_round or value is now else literal(value) for name, value in values.items()]
    return insert(deliveries).from_select(list(values), select(*chosen).join_from(given, check_ins, is_its))


def list_known_rounds(
    tx: Tx, project_ids: Collection[int], since: datetime
) -> frozenset[tuple[int, datetime]]:
    """Rounds of these projects that were due since then, whatever became of them: project and instant."""
    rows = tx.execute(_known(tx.dialect.name), {"projects": listed(tx, project_ids), "since": since})
    return frozenset((project_id, due_at) for project_id, due_at in rows)


@lru_cache(maxsize=4)
def _known(kind: str) -> Select[Any]:
    return select(check_ins.c.project_id, check_ins.c.due_at).where(
        is_among(kind, check_ins.c.project_id, "projects"),
        check_ins.c.due_at >= bindparam("since", type_=UtcDateTime),
    )


def close_earlier(tx: Tx, project_ids: Sequence[int], now: datetime) -> None:
    """Rounds of these projects that are still open are to be closed now: another one begins."""
    if not project_ids:
        return
    open_ = tx.execute(_open_of(tx.dialect.name), {"projects": listed(tx, project_ids)}).scalars().all()
    if open_:
        tx.execute(update(check_ins).where(check_ins.c.id.in_(open_)).values(closes_at=now, next_step_at=now))


@lru_cache(maxsize=4)
def _open_of(kind: str) -> Select[Any]:
    return select(check_ins.c.id).where(
        is_among(kind, check_ins.c.project_id, "projects"), check_ins.c.state == CheckInState.OPEN.value
    )


def record_missed(
    tx: Tx, workspace_id: str, project_id: int, due_at: datetime, *, closes_at: datetime, now: datetime
) -> None:
    """A round that nobody was asked in, since the bot was down for as long as it would have been open."""
    values = {
        "workspace_id": workspace_id,
        "project_id": project_id,
        "due_at": due_at,
        "state": CheckInState.MISSED.value,
        "prompt": "",
        "opened_at": now,
        "closes_at": closes_at,
        "closed_at": now,
    }
    tx.execute(insert(check_ins).values(values))

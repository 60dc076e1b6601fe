"""Rounds: one check-in of one project. It is opened, people are asked and answer, and it is closed."""

from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import func, select, update

from storage.check_in_tables import check_in_people, check_ins, deliveries
from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import Record
from storage.serving import is_served


class CheckInState(StrEnum):
    """`MISSED`: nobody was asked, since until its end the bot was down, or Slack did not take its prompt."""

    OPEN = "open"
    CLOSED = "closed"
    SKIPPED = "skipped"
    MISSED = "missed"


class CheckIn(Record):
    """One round. `prompt` is the key of the delivery that asks.

    `channel_id` and `message_ts` say where that stands; None before Slack has it. `begun_by`: who asked for
    the round out of turn. `next_step_at`: when the reminder, its end, or the end of a snooze is due.
    `moved_by`: who snoozed or skipped it.
    """

    id: int
    workspace_id: str
    project_id: int
    due_at: AwareDatetime
    begun_by: str | None
    state: CheckInState
    opened_at: AwareDatetime
    closes_at: AwareDatetime
    next_step_at: AwareDatetime | None
    has_reminded: bool
    prompt: str
    channel_id: str | None
    message_ts: str | None
    snoozed_until: AwareDatetime | None
    moved_by: str | None
    closed_at: AwareDatetime | None


_COLUMNS = tuple(check_ins.c[name] for name in CheckIn.model_fields)
PROMPT = "prompt"


def prompt_key(project_id: int, at: datetime) -> str:
    """The key of the delivery that asks a project at that instant."""
    return f"{PROMPT}:{project_id}:{_stamp(at)}"


@lru_cache(maxsize=64)
def _stamp(at: datetime) -> str:
    # Many are asked at the same instant.
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


def list_last_due(
    tx: Tx, workspace_id: str, since: datetime, project_id: int | None = None
) -> dict[int, datetime]:
    """When the last round of each project was due, since then; of one of them, or of the whole workspace.

    Rounds that somebody asked for out of turn do not count.
    """
    of_one = [] if project_id is None else [check_ins.c.project_id == project_id]
    rows = tx.execute(
        select(check_ins.c.project_id, func.max(check_ins.c.due_at))
        .where(
            check_ins.c.workspace_id == workspace_id,
            check_ins.c.due_at >= since,
            check_ins.c.begun_by.is_(None),
            *of_one,
        )
        .group_by(check_ins.c.project_id)
    )
    return {row[0]: row[1] for row in rows}


def find_check_in(tx: Tx, workspace_id: str, check_in_id: int) -> CheckIn | None:
    return _one(tx, check_ins.c.workspace_id == workspace_id, check_ins.c.id == check_in_id)


def get_check_in(tx: Tx, workspace_id: str, check_in_id: int) -> CheckIn:
    """Raises NotFoundError."""
    check_in = find_check_in(tx, workspace_id, check_in_id)
    if check_in is None:
        raise NotFoundError("check-in", check_in_id)
    return check_in


def lock_check_in(tx: Tx, workspace_id: str, check_in_id: int) -> CheckIn:
    """As it is now, kept so until the end of the transaction. After `lock_project`. Raises NotFoundError."""
    statement = select(*_COLUMNS).where(
        check_ins.c.workspace_id == workspace_id, check_ins.c.id == check_in_id
    )
    row = tx.execute(statement.with_for_update(key_share=True)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("check-in", check_in_id)
    return CheckIn.model_validate(dict(row))


def find_check_in_at(tx: Tx, workspace_id: str, channel_id: str, message_ts: str) -> CheckIn | None:
    """The round that this message asks for, or asked for before it was snoozed."""
    of_message = select(deliveries.c.check_in_id).where(
        deliveries.c.workspace_id == workspace_id,
        deliveries.c.posted_in == channel_id,
        deliveries.c.message_ts == message_ts,
        deliveries.c.kind == PROMPT,
    )
    its_id = of_message.limit(1).scalar_subquery()
    return _one(tx, check_ins.c.workspace_id == workspace_id, check_ins.c.id == its_id)


def find_open_check_in(tx: Tx, workspace_id: str, project_id: int) -> CheckIn | None:
    """The newest of the project's rounds that is open."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(
            check_ins.c.workspace_id == workspace_id,
            check_ins.c.project_id == project_id,
            check_ins.c.state == CheckInState.OPEN.value,
        )
        .order_by(check_ins.c.due_at.desc(), check_ins.c.id.desc())
        .limit(1)
    ).mappings()
    return next((CheckIn.model_validate(dict(row)) for row in rows), None)


def list_check_ins(tx: Tx, workspace_id: str, project_id: int, limit: int) -> tuple[CheckIn, ...]:
    """The project's rounds, the newest first."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(check_ins.c.workspace_id == workspace_id, check_ins.c.project_id == project_id)
        .order_by(check_ins.c.due_at.desc(), check_ins.c.id.desc())
        .limit(limit)
    ).mappings()
    return tuple(CheckIn.model_validate(dict(row)) for row in rows)


def list_open_check_ins_of(tx: Tx, workspace_id: str, person_id: str) -> tuple[CheckIn, ...]:
    """Open rounds in which this person is asked, or has answered; the newest first."""
    rows = tx.execute(
        select(*_COLUMNS)
        .join_from(check_in_people, check_ins, check_ins.c.id == check_in_people.c.check_in_id)
        .where(
            check_in_people.c.workspace_id == workspace_id,
            check_in_people.c.person_id == person_id,
            check_ins.c.state == CheckInState.OPEN.value,
        )
        .order_by(check_ins.c.due_at.desc(), check_ins.c.id.desc())
    ).mappings()
    return tuple(CheckIn.model_validate(dict(row)) for row in rows)


def change_check_in(tx: Tx, workspace_id: str, check_in_id: int, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    """Set the named columns. Raises NotFoundError."""
    mine = (check_ins.c.workspace_id == workspace_id, check_ins.c.id == check_in_id)
    if tx.execute(update(check_ins).where(*mine).values(**changes)).rowcount == 0:
        raise NotFoundError("check-in", check_in_id)


def claim_steps(tx: Tx, now: datetime, limit: int) -> tuple[CheckIn, ...]:
    """At most `limit` rounds whose reminder or end is due, of all workspaces, kept from other processes.

    Whoever claims them gives each another `next_step_at`, in the same transaction.
    """
    rows = tx.execute(
        select(*_COLUMNS)
        .where(check_ins.c.next_step_at <= now, is_served(check_ins.c.workspace_id))
        .order_by(check_ins.c.next_step_at, check_ins.c.id)
        .limit(limit)
        .with_for_update(key_share=True, skip_locked=True)
    ).mappings()
    return tuple(CheckIn.model_validate(dict(row)) for row in rows)


def _one(tx: Tx, *where: Any) -> CheckIn | None:  # noqa: ANN401 - conditions
    row = tx.execute(select(*_COLUMNS).where(*where)).mappings().one_or_none()
    return None if row is None else CheckIn.model_validate(dict(row))

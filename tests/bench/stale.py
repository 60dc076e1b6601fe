"""Staleness over very many outcomes: what is due is found and bundled, in batches, as the heartbeat does."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select

from bot.services.reminding import remind_due, take_turns
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.migrate import migrate
from storage.reminder_tables import reminder_lines
from storage.slack_tables import people
from storage.tables import outcomes, projects
from tests.bench.filling import WORKSPACE
from tests.bench.report import Goal
from tests.support.make import make_workspace
from tests.support.rounds import project_values
from tests.support.statements import recorded_statements

_BATCH = 5_000
_OUTCOMES = 10
"""Of a project, and of a person."""
_AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
"""09:00 on a Monday, where everybody is."""
_FEW = 1_000


@dataclass(frozen=True)
class Bundled:
    """`statements`: of one batch of turns."""

    outcomes: int
    messages: int
    seconds: float
    statements: int

    @property
    def per_second(self) -> float:
        return self.outcomes / self.seconds


@dataclass(frozen=True)
class StaleReport:
    database: str
    few: Bundled
    many: Bundled
    goals: tuple[Goal, ...]

    def lines(self) -> list[str]:
        lines = [f"{self.database}: stale outcomes, found and bundled into messages at the same hour"]
        lines += [
            f"{each.outcomes:9,} stale outcomes in {each.messages:7,} messages "
            f"{each.per_second:8,.0f} a second, {each.statements} statements for a batch"
            for each in (self.few, self.many)
        ]
        width = max(len(goal.what) for goal in self.goals)
        return [*lines, "", *(goal.line(width) for goal in self.goals)]


def run_stale(title: str, new_database: Callable[[], str], count: int) -> StaleReport:
    """`count` outcomes that are stale, of a tenth as many people and projects."""
    few, many = (_bundle(new_database(), each) for each in (_FEW, count))
    goals = (
        Goal(f"statements for a batch with {count:,} beside {_FEW:,}", many.statements / few.statements, 1),
        Goal(
            "time for an outcome among many, beside one among few",
            few.per_second / many.per_second,
            2,
            decides=False,
        ),
    )
    return StaleReport(title, few, many, goals)


def _bundle(address: str, count: int) -> Bundled:
    with closing(Database(address)) as database:
        _fill(database, count)
        now = _AT - timedelta(hours=1)
        with database.write() as tx:
            take_turns(tx, now)
        _all_due(database, now)
        statements = 0
        began = time.perf_counter()
        done = 1
        while done:
            with database.write() as tx, recorded_statements() as seen:
                done = remind_due(tx, _AT)
            statements = max(statements, len(seen))
        seconds = time.perf_counter() - began
        with database.read() as tx:
            lines, messages = (
                tx.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (reminder_lines, deliveries)
            )
    if lines != count:
        raise RuntimeError(f"of {count} stale outcomes {lines} are on a message")
    return Bundled(count, messages, seconds, statements)


def _all_due(database: Database, now: datetime) -> None:
    done = 1
    while done:
        with database.write() as tx:
            done = remind_due(tx, now)


def _fill(database: Database, count: int) -> None:
    migrate(database)
    stale_at, long_ago = _AT - timedelta(days=1), _AT - timedelta(days=29)
    owners = count // _OUTCOMES
    with database.write() as tx:
        make_workspace(tx, WORKSPACE)
        for start in range(0, owners, _BATCH):
            ids = range(start, min(start + _BATCH, owners))
            who = [{"id": f"U{n:07}", "name": f"P{n}"} for n in ids]
            of = {"workspace_id": WORKSPACE, "zone": "UTC", "is_admin": False, "is_guest": False}
            of |= {"is_deleted": False, "refreshed_at": long_ago}
            tx.execute(insert(people), [of | each for each in who])
            rows = [project_values(WORKSPACE, n, f"C{n:07}", long_ago) | {"id": n + 1} for n in ids]
            tx.execute(insert(projects), [row | {"channel_id": None} for row in rows])
        for start in range(0, count, _BATCH):
            stale = [
                {
                    "workspace_id": WORKSPACE,
                    "project_id": n // _OUTCOMES + 1,
                    "position": n % _OUTCOMES,
                    "level": 0,
                    "text": f"Outcome {n}",
                    # Spread over projects, as people's are.
                    "owner_id": f"U{n * 7 % owners:07}",
                    "vouched_at": long_ago,
                    "turns_stale_at": stale_at,
                    "is_open": True,
                    "project_state": "active",
                    "created_at": long_ago,
                    "updated_at": long_ago,
                }
                for n in range(start, min(start + _BATCH, count))
            ]
            tx.execute(insert(outcomes), stale)
    if not database.is_sqlite:
        with database.read() as tx:
            tx.exec_driver_sql("VACUUM ANALYZE")

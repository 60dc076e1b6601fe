"""The digest of many projects with a week of updates: composed, from the records to the messages.

Each is measured in a process of its own, which prints how long it took and how many statements it asked.
"""

import json
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert

from bot import clock
from bot.slack.every_kind import KINDS
from bot.slack.kinds import Ready
from storage import tables
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.deliveries import Delivery, delivery_values
from storage.digest_tables import editions
from storage.migrate import migrate
from storage.records import OutcomeStatus
from tests.bench.filling import WORKSPACE
from tests.support.environment import child_environment
from tests.support.make import make_workspace
from tests.support.rounds import project_values
from tests.support.statements import recorded_statements

PLACE = "C0DIGEST"
_OUTCOMES = 5
_SPOKEN_OF = 2
"""Of each project, in the week."""
_FAMILY = 10
"""Projects below one parent."""
_STATUSES = tuple(status.value for status in OutcomeStatus)
_ONCE_S = 2.0
_LEAST = 5


@dataclass(frozen=True)
class Composed:
    """`statements` and `messages` of one digest; `seconds`: the median of `times`."""

    projects: int
    seconds: float
    times: int
    statements: int
    messages: int

    @property
    def per_second(self) -> float:
        return 1 / self.seconds


def fill_week(address: str, count: int) -> None:
    """So many projects of five outcomes, of which two were spoken of in the week, and a digest of it."""
    now = clock.now()
    with closing(Database(address)) as database:
        migrate(database)
        with database.write() as tx:
            make_workspace(tx, WORKSPACE)
            ids = range(1, count + 1)
            of = [project_values(WORKSPACE, n, PLACE, now) | {"id": n} for n in ids]
            of = [row | {"parent_id": None if n % _FAMILY == 1 else n - (n - 1) % _FAMILY}
                  for n, row in zip(ids, of, strict=True)]  # fmt: skip
            tx.execute(insert(tables.projects), of)
            places = [(n, position) for n in ids for position in range(_OUTCOMES)]
            tx.execute(insert(tables.outcomes), [_outcome(n, position, now) for n, position in places])
            said = [each for n, position in places for each in _said(n, position, now)]
            tx.execute(insert(tables.status_updates), said)
            period = {"due_at": now, "since": now - timedelta(days=7), "until": now}
            edition = {"id": 1, "workspace_id": WORKSPACE, "kind": "digest", "place": PLACE}
            tx.execute(insert(editions).values(**edition, **period))
            tx.execute(
                insert(deliveries).values(delivery_values(WORKSPACE, "edition:1:0", "digest", PLACE, now))
            )
        if not database.is_sqlite:
            with database.read() as tx:
                tx.exec_driver_sql("VACUUM ANALYZE")


def _outcome(project_id: int, position: int, now: datetime) -> dict[str, object]:
    return {
        "id": project_id * _OUTCOMES + position,
        "workspace_id": WORKSPACE,
        "project_id": project_id,
        "position": position,
        "level": 0,
        "text": "Half of all new pages are first drafted by people outside the team",
        "is_open": True,
        "project_state": "active",
        "vouched_at": now - timedelta(days=2),
        "turns_stale_at": now + timedelta(days=26),
        "created_at": now,
        "updated_at": now,
    }


def _said(project_id: int, position: int, now: datetime) -> list[dict[str, object]]:
    """What everybody said weeks ago, and for the first two outcomes something in the week."""
    return [
        {
            "workspace_id": WORKSPACE,
            "project_id": project_id,
            "outcome_id": project_id * _OUTCOMES + position,
            "status": _STATUSES[(project_id + position + days) % 3],
            "note": "The first reader gave up at the storage chapter",
            "said_by": "U0BENCH",
            "source": "reply",
            "said_at": now - timedelta(days=days),
        }
        for days in ((20, 2) if position < _SPOKEN_OF else (20,))
    ]


def measure(address: str, count: int) -> Composed:
    """In a process of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.digest", address, str(count)],
        env=child_environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Composed(**json.loads(said.stdout))


def _compose(database: Database, part: int) -> bool:
    """Draw a part of the digest as the sender does; whether there is one."""
    now = clock.now()
    delivery = Delivery(
        id=1, workspace_id=WORKSPACE, key=f"edition:1:{part}", kind="digest", project_id=None,
        check_in_id=None, channel_id=PLACE, is_wanted=True, lease="bench", attempts=0, version=1,
        is_unsure=False, posted_in=None, message_ts=None, refused_since=None, created_at=now,
    )  # fmt: skip
    kind = KINDS["digest" if part == 0 else "digest_details"]
    with database.read() as tx:
        return isinstance(kind.draw(tx, delivery, now), Ready)


def main(address: str, count: str) -> None:
    taken: list[float] = []
    with closing(Database(address)) as database:
        with recorded_statements() as statements:
            if not _compose(database, 0):
                raise RuntimeError("the digest is not to be sent")
        until = time.perf_counter() + _ONCE_S
        while len(taken) < _LEAST or time.perf_counter() < until:
            began = time.perf_counter()
            _compose(database, 0)
            taken.append(time.perf_counter() - began)
        with database.write() as tx:
            tx.execute(editions.update().values(posted_in=PLACE, message_ts="1.0"))
        messages = 1
        while _compose(database, messages):
            messages += 1
    figures = {"projects": int(count), "times": len(taken), "seconds": sorted(taken)[len(taken) // 2]}
    print(json.dumps(figures | {"statements": len(statements), "messages": messages}))


if __name__ == "__main__":
    main(*sys.argv[1:])

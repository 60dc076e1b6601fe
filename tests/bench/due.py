"""Many projects due in the same minute: opened in batches, as the heartbeat does, beside APScheduler's store.

Each is measured in a process of its own, which prints how long it took and the most memory that it had.
"""

import json
import logging
import resource
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, timedelta
from importlib import import_module
from pathlib import Path

from sqlalchemy import func, insert, select

from bot import clock
from storage.check_in_tables import check_ins, deliveries, schedules
from storage.database import Database
from storage.engines import BRIEF
from storage.migrate import migrate
from storage.tables import projects
from tests.bench.filling import WORKSPACE
from tests.support.environment import child_environment
from tests.support.make import make_workspace
from tests.support.rounds import CADENCE, project_values

_BATCH = 5_000
_KILOBYTE = 1024
_ran = 0
_all_ran = threading.Event()


@dataclass(frozen=True)
class Taken:
    """What one measurement came to. `peak_mb`: the most memory that its process had."""

    count: int
    seconds: float
    peak_mb: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


def fill_due(address: str, count: int) -> None:
    """A workspace of so many projects, each with a channel, all due by now."""
    with closing(Database(address)) as database:
        migrate(database)
        due_at = clock.now() - timedelta(minutes=1)
        with database.write() as tx:
            make_workspace(tx, WORKSPACE)
            for start in range(1, count + 1, _BATCH):
                ids = range(start, min(start + _BATCH, count + 1))
                rows = [project_values(WORKSPACE, n, f"C{n:07}", due_at) | {"id": n} for n in ids]
                tx.execute(insert(projects), rows)
                due = {"workspace_id": WORKSPACE, "cadence": CADENCE, "next_at": due_at}
                tx.execute(insert(schedules), [due | {"project_id": n} for n in ids])
        if not database.is_sqlite:
            with database.read() as tx:
                tx.exec_driver_sql("VACUUM ANALYZE")


def measure(what: str, address: str, count: int) -> Taken:
    """In a process of its own. `what`: "open", or "jobstore"."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.due", what, address, str(count)],
        env=child_environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Taken(**json.loads(said.stdout))


def _open(address: str, count: int) -> float:
    """Claimed, opened, and handed to delivery: how many seconds it took."""
    from bot.jobs.prompt_check_ins import prompt_check_ins  # noqa: PLC0415 - the other must not carry it
    from bot.jobs.work import Work  # noqa: PLC0415 - as above
    from bot.slack.outage import Outage  # noqa: PLC0415 - as above

    with closing(Database(address, BRIEF)) as database:
        away = Outage(logging.getLogger(__name__), "The database")
        began = time.perf_counter()
        prompt_check_ins(Work(database, clock.now, _nobody_sends, away))
        taken = time.perf_counter() - began
        with database.read() as tx:
            made = [
                tx.execute(select(func.count()).select_from(t)).scalar_one() for t in (check_ins, deliveries)
            ]
    if made != [count, count]:
        raise RuntimeError(f"of {count} projects {made} rounds and deliveries were made")
    return taken


def _nobody_sends() -> None:
    """What is promised stands in the database, which is as far as is measured."""


def _run_jobs(address: str, count: int) -> float:
    """As many weekly jobs in APScheduler's SQLAlchemyJobStore: from its start until each has run once."""
    from apscheduler.jobstores.sqlalchemy import (  # type: ignore[import-untyped]  # noqa: PLC0415 - as above; APScheduler 3 has no types
        SQLAlchemyJobStore,
    )
    from apscheduler.schedulers.background import (  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
        BackgroundScheduler,
    )

    url = Database(address).url.render_as_string(hide_password=False)
    scheduler = BackgroundScheduler(timezone=UTC, jobstores={"default": SQLAlchemyJobStore(url)})
    scheduler.start(paused=True)
    due_at = clock.now()
    for number in range(count):
        scheduler.add_job(
            count_one,
            "interval",
            weeks=1,
            args=(count,),
            id=str(number),
            next_run_time=due_at,
            misfire_grace_time=None,
            coalesce=True,
        )
    began = time.perf_counter()
    scheduler.resume()
    _all_ran.wait()
    # The last of them is written back after it was begun.
    scheduler.pause()
    taken = time.perf_counter() - began
    scheduler.shutdown()
    return taken


def count_one(count: int) -> None:
    global _ran  # noqa: PLW0603 - a job is a function of a module, and has nowhere else to count
    _ran += 1
    if _ran >= count:
        _all_ran.set()


def main(what: str, address: str, count: str) -> None:
    seconds = {"open": _open, "jobstore": _run_jobs}[what](address, int(count))
    print(json.dumps({"count": int(count), "seconds": seconds, "peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage, which on Linux begins with what the process had that started this one.
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / _KILOBYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTE**2


if __name__ == "__main__":
    # APScheduler finds a job's function by the name of its module, which is not this one's while it is run.
    due_module = import_module("tests.bench.due")
    due_module.main(*sys.argv[1:])

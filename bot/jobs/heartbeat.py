"""The heartbeat: runs each job every so many seconds, in memory. What is due stands in the database.

Not with APScheduler's job stores: these must not be shared by processes.
"""

import logging
from collections.abc import Iterable
from datetime import UTC
from functools import partial

from apscheduler.executors.pool import (  # type: ignore[import-untyped]  # APScheduler 3 has no types
    ThreadPoolExecutor,
)
from apscheduler.schedulers.background import (  # type: ignore[import-untyped]  # as above
    BackgroundScheduler,
)

from bot import clock
from bot.jobs.table import Job
from bot.jobs.work import Work
from bot.slack.trying import tried

_log = logging.getLogger(__name__)

# A job that is still running is passed over, which is how it should be and not worth a line each time.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


class Heartbeat:
    """Each job runs once at the start, then every so many seconds, and never twice at the same time."""

    def __init__(self, jobs: Iterable[Job], work: Work) -> None:
        self._work = work
        self._jobs = jobs = tuple(jobs)
        pool = ThreadPoolExecutor(max(1, len(jobs)))
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": pool})
        for job in jobs:
            self._scheduler.add_job(
                partial(_run, job, work),
                "interval",
                seconds=job.every_s,
                id=job.name,
                name=job.name,
                coalesce=True,
                max_instances=1,
                # However late, as after the machine was asleep: it looks for what is due by then.
                misfire_grace_time=None,
                next_run_time=clock.now(),
            )

    def start(self) -> None:
        self._scheduler.start()

    def beat_once(self) -> bool:
        """Each job once, one after the other; whether none of them broke."""
        went_well = [_run(job, self._work) for job in self._jobs]
        return all(went_well)

    def stop(self) -> None:
        """Returns at once; a job that is running ends after the batch that it is at."""
        self._work.stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _run(job: Job, work: Work) -> bool:
    """Whether it went well. Whatever goes wrong in it, it runs again the next time, and so do the others."""

    def run() -> bool:
        job.run(work)
        return True

    return tried(_log, f"job {job.name}", run, lambda _: False)

"""What many projects due at once come to on one database, beside APScheduler's store in the same run."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.due import Taken, fill_due, measure
from tests.bench.report import Goal

_FEW = 1_000
_TIMES = 20


@dataclass(frozen=True)
class DueReport:
    """`jobs`: fewer than there are projects, since a rate is compared, and they take so long."""

    database: str
    few: Taken
    many: Taken
    jobs: Taken
    goals: tuple[Goal, ...]

    def lines(self) -> list[str]:
        lines = [f"{self.database}: due in the same minute, a process of its own for each"]
        for name, taken in (
            ("projects opened", self.few),
            ("projects opened", self.many),
            ("jobs in APScheduler's SQLAlchemyJobStore", self.jobs),
        ):
            lines.append(
                f"{taken.count:9,} {name:42} {taken.per_second:8,.0f} a second, "
                f"{taken.peak_mb:4.0f} MB at most"
            )
        return [*lines, "", *(goal.line(max(len(each.what) for each in self.goals)) for goal in self.goals)]


def run_due(title: str, new_database: Callable[[], str], projects: int, jobs: int) -> DueReport:
    """Claimed, opened, and handed to delivery, with every round and every delivery in the database."""

    def opened(count: int) -> Taken:
        address = new_database()
        fill_due(address, count)
        return measure("open", address, count)

    few, many = opened(_FEW), opened(projects)
    stored = measure("jobstore", new_database(), jobs)
    goals = (
        Goal(
            f"{_TIMES} times the jobs of APScheduler's store a second, beside the projects opened",
            _TIMES * stored.per_second / many.per_second,
            1,
            decides=False,
        ),
        Goal(f"memory for {projects:,} beside {_FEW:,}", many.peak_mb / few.peak_mb, 1.2),
    )
    return DueReport(title, few, many, stored, goals)

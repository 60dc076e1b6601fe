"""What the digest of many projects comes to on one database, beside that of few."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.digest import Composed, fill_week, measure
from tests.bench.report import Goal

_FEW, _MANY = 100, 1_000
_STATEMENTS = 12
"""Five of them are for its two charts."""
_SECONDS = 1.0


@dataclass(frozen=True)
class DigestReport:
    database: str
    few: Composed
    many: Composed
    goals: tuple[Goal, ...]

    def lines(self) -> list[str]:
        lines = [f"{self.database}: the digest of a week, a process of its own for each"]
        lines += [
            f"{each.projects:9,} projects: {each.per_second:6.1f} a second ({each.seconds * 1000:,.0f} ms), "
            f"{each.statements} statements, {each.messages} messages"
            for each in (self.few, self.many)
        ]
        return [*lines, "", *(goal.line(max(len(each.what) for each in self.goals)) for goal in self.goals)]


def run_digest(title: str, new_database: Callable[[], str]) -> DigestReport:
    """Read, and drawn whole; two outcomes of each project were spoken of in the week."""

    def composed(count: int) -> Composed:
        address = new_database()
        fill_week(address, count)
        return measure(address, count)

    few, many = composed(_FEW), composed(_MANY)
    goals = (
        Goal(f"the digest of {_MANY:,} projects: statements", many.statements, _STATEMENTS),
        Goal(f"statements beside those of {_FEW:,} projects", many.statements / few.statements, 1),
        Goal(f"the digest of {_MANY:,} projects: seconds", many.seconds, _SECONDS, decides=False),
    )
    return DigestReport(title, few, many, goals)

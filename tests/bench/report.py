"""The figures as a table, and what they say of the goals."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from tests.bench.measure import Figures


@dataclass(frozen=True)
class Goal:
    """`value` must not be above `limit`. Only those that `decides` fail a run that checks."""

    what: str
    value: float
    limit: float
    decides: bool = True

    @property
    def is_reached(self) -> bool:
        return self.value <= self.limit

    def line(self, width: int) -> str:
        sign = "✓" if self.is_reached else "✗"
        note = "" if self.decides else "  (not decisive)"
        return f"{sign} {self.what:{width}}  {self.value:6.2f}  at most {self.limit:g}{note}"


@dataclass(frozen=True)
class Starts:
    """Seconds from the start of a process to its first answer. `libraries`: those of the bot, and no bot."""

    bot: float
    bolt: float
    libraries: float


@dataclass(frozen=True)
class Report:
    """What one database came to."""

    database: str
    figures: tuple[Figures, ...]
    starts: Starts
    goals: tuple[Goal, ...]

    def lines(self) -> list[str]:
        width = max(len(each.name) for each in self.figures)
        lines = [
            f"{self.database}",
            f"{'':{width}}  conns  requests/s   p50 ms   p99 ms   CPU ms",
        ]
        lines += [
            f"{each.name:{width}}  {each.connections:5}  {each.requests_s:10,.0f}  {each.p50_ms:7.2f}"
            f"  {each.p99_ms:7.2f}  {each.cpu_ms:7.3f}"
            for each in self.figures
        ]
        lines.append(
            f"first answer after: bot {self.starts.bot:.2f} s, bare Bolt {self.starts.bolt:.2f} s, "
            f"libraries alone {self.starts.libraries:.2f} s"
        )
        lines.append("")
        width = max(len(each.what) for each in self.goals)
        return lines + [each.line(width) for each in self.goals]


class AnyReport(Protocol):
    """A dataclass that can be printed."""

    @property
    def goals(self) -> tuple[Goal, ...]: ...

    def lines(self) -> list[str]: ...


def write_json(file: Path, reports: Sequence[AnyReport]) -> None:
    shaped = [
        asdict(cast("Any", report)) | {"goals": [asdict(g) | {"reached": g.is_reached} for g in report.goals]}
        for report in reports
    ]
    file.write_text(json.dumps(shaped, indent=2, ensure_ascii=False) + "\n")

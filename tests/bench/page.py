"""A page of very many projects: read into the records, written back with one change, and kept."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.pages import read_page
from bot.pages.page_style import PageStyle
from bot.services.importing import PageImport
from bot.services.page_writing import keep_page, write_page
from storage import outcomes, pages
from storage.database import Database, Tx
from storage.migrate import migrate
from tests.bench.report import Goal
from tests.support.make import make_workspace

_NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
_WORKSPACE = "T0BENCH"
_FEW = 1_000
_PROJECT = """\
(projects:work-{number})=
## Work {number}

What the work with number {number} is about.

### Strategic goal

Be the best of all works that have number {number}.

### Key outcomes

- The first thing of {number} is done
- The second thing of {number} is done
- The third thing of {number} is done

### Project information

- Board: [board {number}](https://board.example.org/{number})

### Team

Ana Silva, Bo Chen

"""


@dataclass(frozen=True)
class Written:
    """Seconds that each step took."""

    projects: int
    import_s: float
    write_s: float
    keep_s: float
    again_s: float

    @property
    def all_s(self) -> float:
        return self.import_s + self.write_s + self.keep_s


@dataclass(frozen=True)
class PageReport:
    database: str
    few: Written
    many: Written
    goals: tuple[Goal, ...]

    def lines(self) -> list[str]:
        lines = [f"{self.database}: a page imported, written with one change, kept, and imported again"]
        lines += [
            f"{each.projects:7,} projects: import {each.import_s:6.2f} s, write {each.write_s:6.2f} s, "
            f"keep {each.keep_s:6.2f} s, import of the same {each.again_s:6.2f} s"
            for each in (self.few, self.many)
        ]
        width = max(len(goal.what) for goal in self.goals)
        return [*lines, "", *(goal.line(width) for goal in self.goals)]


def run_page(title: str, new_database: Callable[[], str], count: int) -> PageReport:
    """`count` projects beside a thousand."""
    few, many = (_publish(new_database(), each) for each in (_FEW, count))
    per_project = {
        "import": (many.import_s / many.projects, few.import_s / few.projects),
        "write": (many.write_s / many.projects, few.write_s / few.projects),
        "keep": (many.keep_s / many.projects, few.keep_s / few.projects),
    }
    goals = tuple(
        Goal(f"{step}: time for a project among {count:,}, beside one among {_FEW:,}", of_many / of_few, 1.5)
        for step, (of_many, of_few) in per_project.items()
    )
    return PageReport(title, few, many, goals)


def _publish(address: str, count: int) -> Written:
    text = "# Work\n\n" + "".join(_PROJECT.format(number=number) for number in range(count))
    with closing(Database(address)) as database:
        migrate(database)
        with database.write() as tx:
            make_workspace(tx, _WORKSPACE)
        import_s = _timed(database, lambda tx: _import(tx, text))
        page_id = _change_one(database)
        written: list[str] = []
        write_s = _timed(
            database, lambda tx: written.append(write_page(tx, _WORKSPACE, page_id, PageStyle(), _NOW))
        )
        if len(written[0].splitlines()) != len(text.splitlines()) or written[0] == text:
            raise RuntimeError
        keep_s = _timed(database, lambda tx: keep_page(tx, _WORKSPACE, page_id, written[0], _NOW))
        again_s = _timed(database, lambda tx: _import(tx, written[0]))
    return Written(count, import_s, write_s, keep_s, again_s)


def _change_one(database: Database) -> int:
    """One outcome, in chat; the page's id."""
    with database.write() as tx:
        (page_id,) = pages.list_page_names(tx, _WORKSPACE)
        places = pages.list_places(tx, _WORKSPACE, page_id)
        first = next(place for place in places if place.item == "outcome")
        outcomes.change_outcome(tx, _WORKSPACE, first.item_id or 0, _NOW, text="Done otherwise")
        return page_id


def _import(tx: Tx, text: str) -> None:
    PageImport(tx, _WORKSPACE, "page.md", read_page(text), _NOW).run()


def _timed(database: Database, step: Callable[[Tx], object]) -> float:
    start = time.perf_counter()
    with database.write() as tx:
        step(tx)
    return time.perf_counter() - start

"""`python -m tests.bench`: measure, print, and with --check say by the exit code whether the goals hold."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from tests.bench.digest_report import run_digest
from tests.bench.due_report import run_due
from tests.bench.filling import fill
from tests.bench.load import Generator, generator
from tests.bench.mixed import run_load
from tests.bench.page import run_page
from tests.bench.report import AnyReport, Report, write_json
from tests.bench.stale import run_stale
from tests.bench.suite import Effort, Filled, run
from tests.support import environment
from tests.support.postgres import find_server

_FEW = 100
_MANY = 100_000
_PAGE = 10_000
"""Projects on a page."""
_JOBS, _QUICK_JOBS = 5_000, 500
_THOROUGH = Effort(rounds=12, seconds=0.4, starts=7)
_QUICK = Effort(rounds=3, seconds=0.2, starts=3)


def main() -> int:
    """0, or 1 when --check is given and a goal that decides is missed."""
    options = _options()
    databases = {"SQLite": _sqlite, **({"PostgreSQL": _postgres} if options.postgres else {})}
    reports: list[AnyReport] = []
    for title, addresses in databases.items():
        if options.only in {None, "show"}:
            with generator() as load, addresses() as new:
                reports.append(_report(title, (new(), new()), load, options))
        if options.only in {None, "digest"}:
            with addresses() as new:
                print(f"{title}: composing digests ...", file=sys.stderr)
                reports.append(run_digest(title, new))
        if options.only in {None, "stale"}:
            with addresses() as new:
                print(f"{title}: bundling {options.projects:,} stale outcomes ...", file=sys.stderr)
                reports.append(run_stale(title, new, options.projects))
        if options.only in {None, "page"}:
            with addresses() as new:
                print(f"{title}: publishing a page ...", file=sys.stderr)
                reports.append(run_page(title, new, _PAGE // 5 if options.quick else _PAGE))
        if options.only in {None, "load"}:
            processes = (1,) if title == "SQLite" else (1, 2)
            with generator() as load, addresses() as new:
                print(f"{title}: loading ...", file=sys.stderr)
                reports.append(run_load(title, new, processes, load, 10 if options.quick else 60))
        if options.only in {None, "due"}:
            with addresses() as new:
                print(f"{title}: opening {options.projects:,} check-ins ...", file=sys.stderr)
                reports.append(run_due(title, new, options.projects, _QUICK_JOBS if options.quick else _JOBS))
    for report in reports:
        print("\n".join(report.lines()), end="\n\n")
    if options.json:
        write_json(options.json, reports)
    missed = [goal for report in reports for goal in report.goals if goal.decides and not goal.is_reached]
    return 1 if options.check and missed else 0


@contextmanager
def _sqlite() -> Iterator[Callable[[], str]]:
    """Addresses of new databases, as many as are asked for."""
    numbers = count(1)
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        yield lambda: f"sqlite:///{folder}/{next(numbers)}.db"


@contextmanager
def _postgres() -> Iterator[Callable[[], str]]:
    with find_server(environment.postgres_url(), is_durable=True) as server:
        if server is None:
            sys.exit("There is no PostgreSQL here: install it, or set TEST_POSTGRES_URL.")
        with ExitStack() as databases:
            yield lambda: databases.enter_context(server.new_database())


def _report(title: str, addresses: tuple[str, str], load: Generator, options: argparse.Namespace) -> Report:
    few, many = addresses
    print(f"{title}: filling {options.projects:,} projects ...", file=sys.stderr)
    fill(few, _FEW)
    names = fill(many, options.projects)
    print(f"{title}: measuring ...", file=sys.stderr)
    return run(title, Filled(few, many, names), load, _QUICK if options.quick else _THOROUGH)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a rough answer in a fraction of the time")
    parser.add_argument("--postgres", action="store_true", help="the same on PostgreSQL too")
    parser.add_argument(
        "--projects", type=int, default=_MANY, help="in the large database; default: %(default)s"
    )
    parser.add_argument(
        "--only",
        choices=["show", "due", "digest", "stale", "page", "load"],
        help="answers, check-ins, digests, reminders, a page, or all kinds of requests at once; default: all",
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 when a goal is missed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

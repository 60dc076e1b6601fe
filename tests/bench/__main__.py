"""`python -m tests.bench`: measure, print, and with --check say by the exit code whether the goals hold."""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.filling import fill
from tests.bench.load import Generator, generator
from tests.bench.report import Report, write_json
from tests.bench.suite import Effort, Filled, run
from tests.support import environment
from tests.support.postgres import find_server

_FEW = 100
_MANY = 100_000


def main() -> int:
    """0, or 1 when --check is given and a goal that decides is missed."""
    options = _options()
    effort = Effort(3, 0.2, 3) if options.quick else Effort(12, 0.4, 7)
    reports = []
    with generator() as load:
        reports.append(_sqlite(load, effort, options.projects))
        if options.postgres:
            reports.append(_postgres(load, effort, options.projects))
    for report in reports:
        print("\n".join(report.lines()), end="\n\n")
    if options.json:
        write_json(options.json, reports)
    missed = [goal for report in reports for goal in report.goals if goal.decides and not goal.is_reached]
    return 1 if options.check and missed else 0


def _sqlite(load: Generator, effort: Effort, projects: int) -> Report:
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        return _filled("SQLite", f"sqlite:///{folder}/few.db", f"sqlite:///{folder}/many.db", load, effort, projects)


def _postgres(load: Generator, effort: Effort, projects: int) -> Report:
    with ExitStack() as stack:
        server = stack.enter_context(find_server(environment.postgres_url()))
        if server is None:
            sys.exit("There is no PostgreSQL here: install it, or set TEST_POSTGRES_URL.")
        few, many = (stack.enter_context(server.new_database()) for _ in range(2))
        return _filled("PostgreSQL", few, many, load, effort, projects)


def _filled(title: str, few: str, many: str, load: Generator, effort: Effort, projects: int) -> Report:
    print(f"{title}: filling {projects:,} projects ...", file=sys.stderr)
    fill(few, _FEW)
    names = fill(many, projects)
    print(f"{title}: measuring ...", file=sys.stderr)
    return run(title, Filled(few, many, names), load, effort)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a rough answer in a fraction of the time")
    parser.add_argument("--postgres", action="store_true", help="the same on PostgreSQL too")
    parser.add_argument("--projects", type=int, default=_MANY, help="in the large database; default: %(default)s")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a goal is missed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.torture`: the ordeal for longer, or again with a seed; or another (--siege, --publish)."""

import argparse
import subprocess
import sys
import tempfile
from contextlib import ExitStack

from tests.support import environment
from tests.support.postgres import find_server
from tests.torture.ordeal import Plan, run
from tests.torture.siege import Siege
from tests.torture.siege import run as run_siege

_SIEGE_S = 60


def main() -> int:
    """0 when nothing was lost and nothing stood twice, each time."""
    options = _options()
    if options.publish:
        return _publish()
    with ExitStack() as stack:
        if options.siege:
            for _ in range(options.times or 1):
                _besiege(options, stack)
            return 0
        for number in range(options.times or 3):
            for name in options.databases:
                plan = _plan(options, workers=2 if name == "postgresql" else 1)
                print(f"{name}, seed {plan.seed} ...", file=sys.stderr, flush=True)
                outcome = run(plan, _new_database(name, stack, number))
                print(
                    f"{name}: {outcome.took_s:.0f} s, {outcome.standing.total()} messages for "
                    f"{outcome.expected} prompts, {plan.deaths} deaths, "
                    f"{outcome.deaths_while_at_work} of them with work left",
                    flush=True,
                )
                outcome.require_good()
    return 0


def _publish() -> int:
    """Whoever publishes is killed at every step, before and after it."""
    tests = ("tests/publish/test_killed.py", "tests/publishing/test_killed.py")
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", *tests]
    return subprocess.run(
        command, check=False, env=environment.child_environment(WAYMARK_TEST_KILLS="1")
    ).returncode


def _besiege(options: argparse.Namespace, stack: ExitStack) -> None:
    given = {"deaths": options.deaths or _SIEGE_S, "within_s": options.within}
    plan = Siege.by_chance(**given) if options.seed is None else Siege(seed=options.seed, **given)
    print(f"siege, seed {plan.seed} ...", file=sys.stderr, flush=True)
    outcome = run_siege(plan, _new_database("postgresql", stack, 0))
    print("\n".join(outcome.lines()), flush=True)
    outcome.require_good()


def _plan(options: argparse.Namespace, workers: int) -> Plan:
    given = {
        "deaths": options.deaths or 200,
        "projects": options.projects,
        "channels": options.channels,
        "within_s": options.within,
    }
    if options.seed is None:
        return Plan.by_chance(workers, **given)
    return Plan(workers, seed=options.seed, **given)


def _new_database(name: str, stack: ExitStack, number: int) -> str:
    if name == "sqlite":
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="waymark-torture-"))
        return f"sqlite:///{folder}/{number}.db"
    server = stack.enter_context(find_server(environment.postgres_url()))
    if server is None:
        sys.exit("There is no PostgreSQL here: install it, or set TEST_POSTGRES_URL.")
    return stack.enter_context(server.new_database())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument(
        "--siege",
        action="store_true",
        help="3 web and 3 worker processes on PostgreSQL, in use, and each second one of each kind dies",
    )
    parser.add_argument(
        "--publish", action="store_true", help="who publishes is killed at every step, before and after it"
    )
    parser.add_argument("--times", type=int, help="default: 3, or 1 siege")
    parser.add_argument("--deaths", type=int, help="of workers, each time: 200; of each kind in a siege: 60")
    parser.add_argument("--projects", type=int, default=2000, help="default: %(default)s")
    parser.add_argument("--channels", type=int, default=100, help="default: %(default)s")
    parser.add_argument("--within", type=float, default=900, help="seconds for each; default: %(default)s")
    parser.add_argument("--seed", type=int, help="of a run that failed; default: another each time")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], help="default: both")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

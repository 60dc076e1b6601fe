"""`python -m tests.torture`: the ordeal for longer, or again with a seed."""

import argparse
import sys
import tempfile
from contextlib import ExitStack

from tests.support import environment
from tests.support.postgres import find_server
from tests.torture.ordeal import Plan, run


def main() -> int:
    """0 when every prompt stood once, each time."""
    options = _options()
    with ExitStack() as stack:
        for number in range(options.times):
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


def _plan(options: argparse.Namespace, workers: int) -> Plan:
    given = {
        "deaths": options.deaths,
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
    parser.add_argument("--times", type=int, default=3, help="default: %(default)s")
    parser.add_argument("--deaths", type=int, default=200, help="of workers, each time; default: %(default)s")
    parser.add_argument("--projects", type=int, default=2000, help="default: %(default)s")
    parser.add_argument("--channels", type=int, default=100, help="default: %(default)s")
    parser.add_argument("--within", type=float, default=900, help="seconds for each; default: %(default)s")
    parser.add_argument("--seed", type=int, help="of a run that failed; default: another each time")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], help="default: both")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

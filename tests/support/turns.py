"""Which tests have their turn one after the other, when several run at a time.

Slack waits three seconds, in the tests as well: two browsers, or two crowds of processes, are too much for a
machine of two processors. Not with pytest-xdist's own groups, which pytest 9.2 does not let it see.
"""

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # pytest-xdist has no types

CROWDED = (
    "tests/browser/",
    "tests/cli/test_trial.py",
    "tests/jobs/test_told_to_end.py",
    "tests/local_browser/",
    "tests/scenarios/test_home_processes.py",
    "tests/scenarios/test_postgres_stopped.py",
    "tests/scenarios/test_three_of_each.py",
    "tests/services/test_many_writers.py",
    "tests/torture/",
)
"""What fills a machine by itself: a browser, or many processes."""


class Turns(LoadScopeScheduling):  # type: ignore[misc]  # as above
    """Each test goes to whoever is free, but all that are crowded to one, which begins with them."""

    def _split_scope(self, nodeid: str) -> str:
        return "crowded" if nodeid.startswith(CROWDED) else nodeid

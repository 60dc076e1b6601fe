"""What `make many` leaves out of the scenarios, by which rule and why; it is counted, and said at the end.

A pytest plugin. Each test that speaks to the bot is run against three real processes of each kind, but for

- the twin on SQLite of a test that is run on PostgreSQL: processes on several machines share no file;
- what never asks for that bot: parts by themselves, and programs that the test starts on its own;
- what is marked `one_process`, with the reason in the mark: it looks into what one process has of its own.
"""

from collections import Counter

import pytest

_BOTS = frozenset({"bot", "lite", "standing", "table_bot"})
TWIN = "twins on SQLite of tests that are run"
PART = "tests of a part by itself, or of a bot that they start on their own: these processes are not asked"
_KEY = "left_out"


def why_left_out(item: pytest.Item) -> str | None:
    """None for what is run."""
    given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if given.get("database_url") == "sqlite":
        return TWIN
    mark = item.get_closest_marker("one_process")
    if mark is not None:
        return str(mark.args[0])
    fixtures = item.fixturenames if isinstance(item, pytest.Function) else ()
    return None if _BOTS.intersection(fixtures) else PART


class _LeftOut:
    """How many, by why; with pytest-xdist each of its workers collects all, and one of them tells."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        found = [(item, why_left_out(item)) for item in items]
        self.reasons = Counter(why for _, why in found if why is not None)
        items[:] = [item for item, why in found if why is None]
        config.hook.pytest_deselected(items=[item for item, why in found if why is not None])

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        told = getattr(session.config, "workeroutput", None)
        if told is not None:
            told[_KEY] = dict(self.reasons)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self.reasons = Counter(getattr(node, "workeroutput", {}).get(_KEY, {})) or self.reasons

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        run = sum(len(terminalreporter.stats.get(each, ())) for each in ("passed", "failed"))
        terminalreporter.section("three web and three worker processes")
        terminalreporter.line(f"{run} run, {self.reasons.total()} left out:")
        for why, many in self.reasons.most_common():
            terminalreporter.line(f"  {many}: {why}")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_LeftOut(), "waymark-left-out")

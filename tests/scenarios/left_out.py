"""What `make many` leaves out of the scenarios, by which rule and why; it is counted, and said at the end.

A pytest plugin. Each test that speaks to the bot is run against three real processes of each kind, but for

- the twin on SQLite of a test that is run on PostgreSQL: processes on several machines share no file;
- what never asks for that bot: parts by themselves, and programs that the test starts on its own;
- what is marked `one_process` or `in_process`, with the reason in the mark: it looks at what is in the test's
  own process.
"""

from collections import Counter

import pytest

_BOTS = frozenset({"bot", "lite", "lite_database", "standing", "table_bot"})
_MARKS = ("one_process", "in_process")
TWIN = "the same on SQLite, which processes on several machines do not share"
_KEY = "left_out"


def why_left_out(item: pytest.Item) -> str | None:
    """None for what is run."""
    if not isinstance(item, pytest.Function):
        return None
    if hasattr(item, "callspec") and item.callspec.params.get("database_url") == "sqlite":
        return TWIN
    for name in _MARKS:
        if (mark := item.get_closest_marker(name)) is not None:
            return f"{item.path.name}: {mark.args[0]}"
    if _BOTS.intersection(item.fixturenames):
        return None
    about = (item.module.__doc__ or "").partition("\n")[0]
    return f"{item.path.name}: asks a part by itself, or a bot of its own: {about}"


class _LeftOut:
    """How many, by why; with pytest-xdist each of its workers collects all, and the last to end tells."""

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
        twins = self.reasons.pop(TWIN, 0)
        terminalreporter.section("three web and three worker processes")
        terminalreporter.line(f"{run} run; {twins} are {TWIN}; {self.reasons.total()} left out:")
        for why, many in sorted(self.reasons.items()):
            terminalreporter.line(f"{many:5}  {why}")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_LeftOut(), "waymark-left-out")

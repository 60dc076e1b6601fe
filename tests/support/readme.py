"""The parts of README.md that are made from the code, between `<!-- NAME -->` and `<!-- /NAME -->`."""

from pathlib import Path

from pydantic import SecretStr

from bot.domain.freshness import Freshness
from bot.settings import Settings
from bot.slack.commands.mistakes import MISTAKES
from bot.slack.registry import COMMANDS
from bot.texts import FRESHNESS
from storage.records import DUE_AFTER_DAYS, EVERY_DAYS, STALE_AFTER_DAYS

ROOT = Path(__file__).parents[2]


def command_table() -> str:
    """Every command, from the registry."""
    rows = [
        f"| `{_cell(command.form)}` | {_cell(command.summary)} | {_wrong(command.name)} |"
        for command in COMMANDS.values()
    ]
    return "\n".join(["| command | what it does | what may go wrong |", "|---|---|---|", *rows])


def _wrong(name: str) -> str:
    """What is typed, and what is said of it."""
    return "<br>".join(f"`{_cell(each.line)}`: {_in_html(each.said)}" for each in MISTAKES[name])


def _in_html(mrkdwn: str) -> str:
    return _cell(mrkdwn).replace("\n", "<br>")


def settings_table() -> str:
    """Every setting, from its class."""
    rows = [
        f"| `{name.upper()}` | {_default(field.default)} | {_cell(field.description or '')} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| setting | default | what it is |", "|---|---|---|", *rows])


def freshness_table() -> str:
    """What outcomes are called by how long ago somebody vouched for them."""
    means = {
        Freshness.FRESH: f"somebody vouched for it in the last {_weeks(DUE_AFTER_DAYS)}",
        Freshness.DUE: f"nobody did for {_weeks(DUE_AFTER_DAYS)}",
        Freshness.STALE: f"nobody did for {_weeks(STALE_AFTER_DAYS)}",
        Freshness.NEVER: "nobody ever did",
    }
    rows = [f"| {FRESHNESS[each]} | {means[each]} |" for each in Freshness]
    return "\n".join(["| freshness | means |", "|---|---|", *rows])


def _weeks(days: int) -> str:
    """With the cadence of a project that has none of its own."""
    return {2: "two weeks", 4: "four weeks"}[(EVERY_DAYS + days) // 7]


def between_marks(text: str, name: str) -> str:
    """What stands there now."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    assert text.count(begin) == text.count(end) == 1, f"README.md needs {begin} and {end}, once each"
    return text.partition(begin)[2].partition(end)[0].strip()


def _default(value: object) -> str:
    return "" if value is None or isinstance(value, SecretStr) else f"`{value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

"""What is said of when outcomes are due and stale, of a project's own status, and of a goal that holds."""

from collections.abc import Callable
from typing import assert_never

from bot.errors_freshness import (
    AnyFreshnessError,
    ImpossibleThresholdsError,
    NoGoalError,
    UnknownWholeStatusError,
)

FRESHNESS_CHANGED = "✏️ When it is due and stale is changed."
FRESHNESS_USUAL = "✏️ When it is due and stale follows the others again."
STATUS_SAID = "✏️ That is how the project stands as a whole, until its owner says otherwise."
STATUS_FOLLOWS = "✏️ The project stands as its worst open outcome again."
GOAL_HOLDS = "🎯 The goal still holds: it counts as looked at today."
AS_A_WHOLE = "as a whole"
WORKSPACE_CHANGED = "✏️ That holds for every project that says nothing else."
HOW_TO_SET = (
    "Days count from the next check-in after somebody's last word. `/project freshness PROJECT [N] "
    "due DAYS stale DAYS` sets them for a project or one outcome, `usual` takes them back; "
    "`/project settings freshness due DAYS stale DAYS` for all."
)


def goal_confirmed(age: str, *, is_old: bool) -> str:
    return f"🌫️ Last confirmed {age}. Does it still hold?" if is_old else f"Confirmed {age}"


def goal_unconfirmed(age: str) -> str:
    return f"🌫️ Written down {age}, and not confirmed since. Does it still hold?"


def after_days(due_days: int, stale_days: int) -> str:
    return f"due {_days(due_days)} after the last word, stale after {_days(stale_days)}"


def beyond(due_after_days: int, stale_after_days: int) -> str:
    return f"due {_days(due_after_days)} and stale {_days(stale_after_days)} past the check-in"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def sentence(error: AnyFreshnessError, show: Callable[[str], str]) -> str:
    """What went wrong and what would be right. `show` escapes what was typed."""
    match error:
        case ImpossibleThresholdsError():
            return (
                f"🔎 Due after {_days(error.due_after_days)} and stale after {_days(error.stale_after_days)} "
                "cannot be: something is due first and stale later, and stale within "
                f"{error.most} days. For example: `due 7 stale 21`. Nothing was changed."
            )
        case NoGoalError():
            return (
                f"🔎 `{show(error.slug)}` has no goal yet that could still hold. "
                f"`/project goal {show(error.slug)} TEXT` writes one down."
            )
        case UnknownWholeStatusError():
            return (
                f"🔎 “{show(error.typed)}” is no status of a whole project. There are `on track`, `at risk`, "
                "`off track`, `done` and `dropped`, without more words: "
                f"`/project status {show(error.slug)} at risk`. "
                "With `usual` it stands as its worst open outcome."
            )
        case _:
            assert_never(error)

"""When outcomes are due and stale, how a project stands by its owner's word, and whether its goal holds."""

from bot.domain.threshold_words import MOST_DAYS, is_possible
from bot.errors_freshness import ImpossibleThresholdsError, NoGoalError
from bot.services.changing import Act
from bot.services.rights import require_may_speak_for
from bot.services.values import THRESHOLDS, thresholds_value
from storage.history_records import ChangedItem
from storage.records import Outcome, OutcomeStatus, Thresholds


def set_thresholds(act: Act, outcome: Outcome | None, thresholds: Thresholds | None) -> None:
    """Of an outcome, or of the whole project; None: those of the whole that it is a part of.

    Raises ImpossibleThresholdsError.
    """
    if thresholds is not None:
        require_possible(thresholds)
    value = thresholds_value(thresholds)
    if outcome is None:
        act.change_project(THRESHOLDS, value)
    else:
        act.change_outcome(outcome, THRESHOLDS, value)


def require_possible(thresholds: Thresholds) -> None:
    """Raises ImpossibleThresholdsError."""
    if not is_possible(thresholds):
        raise ImpossibleThresholdsError(thresholds.due_after_days, thresholds.stale_after_days, MOST_DAYS)


def set_own_status(act: Act, status: OutcomeStatus | None) -> None:
    """What the owner says of the whole; None: as the worst open outcome. Raises NotAllowedError."""
    require_may_speak_for(act.tx, act.asker, act.project)
    act.change_project("own_status", None if status is None else status.value)


def confirm_goal(act: Act) -> None:
    """Somebody says that the goal still holds. Raises NoGoalError."""
    if not act.project.goal:
        raise NoGoalError(act.project.slug)
    before = act.project.goal_confirmed_at
    act.set(
        ChangedItem.PROJECT,
        None,
        "goal_confirmed_at",
        None if before is None else before.isoformat(),
        act.now.isoformat(),
    )

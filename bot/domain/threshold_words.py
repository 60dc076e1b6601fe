"""How people say after how many days something is due, and stale: `due 10 stale 30`. Pure."""

import re

from storage.records import Thresholds

MOST_DAYS = 365
USUAL = frozenset({"usual", "default", "none", "reset", "-"})
_DAYS = r"(\d{1,6})(?:\s*d(?:ays?)?)?"
_SAID = re.compile(
    rf"(?:due(?: after)?\s+)?{_DAYS}[\s,;]+(?:and\s+)?(?:stale(?: after)?\s+)?{_DAYS}", re.IGNORECASE
)


def parse_thresholds(words: str) -> Thresholds | None:
    """None for what says no two numbers of days. Whether an outcome could have them: see `is_possible`."""
    match = _SAID.fullmatch(words.strip().rstrip("."))
    if match is None:
        return None
    return Thresholds.model_construct(due_after_days=int(match[1]), stale_after_days=int(match[2]))


def is_possible(thresholds: Thresholds) -> bool:
    """Something is due before it is stale, and stale within a year."""
    return thresholds.due_after_days < thresholds.stale_after_days <= MOST_DAYS

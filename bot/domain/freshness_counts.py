"""How many of a project's open outcomes are how fresh. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.freshness import Freshness, Standing, freshness_of


def count_freshness(standings: Iterable[Standing], now: datetime) -> Mapping[Freshness, int]:
    """What is done or dropped needs nobody's word any more, and is left out."""
    return Counter(freshness_of(each, now) for each in standings if each.is_open)

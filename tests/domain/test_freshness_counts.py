"""How fresh a project's open outcomes are."""

from datetime import timedelta

from bot.domain.freshness import Freshness
from bot.domain.freshness_counts import count_freshness
from storage.records import OutcomeStatus, Standing
from tests.support.make import NOW


def test_open_outcomes_are_counted_by_how_fresh_they_are() -> None:
    standings = [
        Standing(OutcomeStatus.ON_TRACK, NOW, 14, 28),
        Standing(OutcomeStatus.AT_RISK, NOW - timedelta(days=40), 14, 28),
        Standing(None, None, 14, 28),
        Standing(OutcomeStatus.DONE, NOW - timedelta(days=40), 14, 28),
        Standing(OutcomeStatus.DROPPED, None, 14, 28),
    ]

    assert count_freshness(standings, NOW) == {Freshness.FRESH: 1, Freshness.STALE: 1, Freshness.NEVER: 1}

"""How fresh a project's open outcomes are."""

from datetime import timedelta

from bot.domain.freshness import Freshness
from bot.domain.freshness_counts import count_freshness
from storage.records import OutcomeStatus, Standing
from tests.support.make import NOW


def test_open_outcomes_are_counted_by_how_fresh_they_are() -> None:
    standings = [
        Standing(OutcomeStatus.ON_TRACK, NOW),
        Standing(OutcomeStatus.AT_RISK, NOW - timedelta(days=40)),
        Standing(None, None),
        Standing(OutcomeStatus.DONE, NOW - timedelta(days=40)),
        Standing(OutcomeStatus.DROPPED, None),
    ]

    assert count_freshness(standings, NOW) == {Freshness.FRESH: 1, Freshness.STALE: 1, Freshness.NEVER: 1}

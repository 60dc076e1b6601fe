"""How long a trigger id is good for."""

from datetime import timedelta

import pytest

from bot.local.clock import LocalClock
from bot.local.errors import SlackError
from bot.local.triggers import Triggers


@pytest.mark.parametrize("lifetime_s", [3.0, 30.0])
def test_a_trigger_is_good_for_as_long_as_the_workspace_is_patient(lifetime_s: float) -> None:
    clock = LocalClock()
    triggers = Triggers(clock, lifetime_s)
    soon, late = triggers.issue("UANA"), triggers.issue("UANA")

    clock.move(timedelta(seconds=lifetime_s - 1))
    assert triggers.exchange(soon).user_id == "UANA"
    clock.move(timedelta(seconds=2))
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.exchange(late)

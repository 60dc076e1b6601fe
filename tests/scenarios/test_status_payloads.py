"""What Slack's payloads say of a status, in whatever form it comes."""

from datetime import UTC, datetime

import pytest

from bot.slack.person import StatusSaid, status_from

AWAY = {"status_text": "Vacationing", "status_emoji": ":palm_tree:", "status_expiration": 0}
ENDS = datetime(2026, 5, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (AWAY, StatusSaid(is_away=True, until=None)),
        (AWAY | {"status_expiration": int(ENDS.timestamp())}, StatusSaid(is_away=True, until=ENDS)),
        (AWAY | {"status_text": "", "status_emoji": ""}, StatusSaid(is_away=False, until=None)),
        # The end of a status that is none of being away does not matter.
        (
            {"status_text": "Lunch", "status_expiration": int(ENDS.timestamp())},
            StatusSaid(is_away=False, until=None),
        ),
        # What is odd counts as not said.
        (AWAY | {"status_expiration": 10**18}, StatusSaid(is_away=True, until=None)),
        (AWAY | {"status_expiration": -1}, StatusSaid(is_away=True, until=None)),
        (AWAY | {"status_expiration": "soon"}, StatusSaid(is_away=True, until=None)),
        ({"status_text": None, "status_emoji": None}, StatusSaid(is_away=False, until=None)),
        ({"status_text": ["OOO"]}, StatusSaid(is_away=False, until=None)),
        ({"real_name": "Sofia"}, None),
        ("a profile", None),
        (None, None),
    ],
)
def test_a_status_is_read_from_the_profile(profile: object, said: StatusSaid | None) -> None:
    assert status_from({"id": "U0SOFIA", "profile": profile}) == said

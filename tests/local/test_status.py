"""What stands beside somebody's name, and who hears of it."""

from bot.local.seed import MATEO

from .conftest import Slack


def profile(slack: Slack) -> dict[str, object]:
    user = slack.client.users_info(user=MATEO)["user"]
    found: dict[str, object] = user["profile"]
    return {name: value for name, value in found.items() if name.startswith("status_")}


def test_a_status_is_in_the_profile(slack: Slack) -> None:
    assert slack.people.set_status(MATEO, "Vacationing", ":palm_tree:").ok

    expected = {"status_text": "Vacationing", "status_emoji": ":palm_tree:", "status_expiration": 0}
    assert profile(slack) == expected


def test_a_status_ends_by_itself(slack: Slack) -> None:
    ends = int(slack.workspace.clock.now().timestamp()) + 3600
    slack.people.set_status(MATEO, "Lunch", "", ends)
    assert profile(slack)["status_expiration"] == ends

    slack.move(hours=2)

    assert profile(slack) == {"status_text": "", "status_emoji": "", "status_expiration": 0}


def test_a_status_that_is_too_long_is_refused(slack: Slack) -> None:
    assert not slack.people.set_status(MATEO, "x" * 101).ok
    assert profile(slack)["status_text"] == ""

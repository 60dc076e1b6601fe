"""manifest.json, from which a Slack app is made, asks for what the code needs, and for nothing else."""

import json

from bot.slack.oauth import SCOPES
from bot.slack.payload_events import EVENTS
from bot.web.installing import REDIRECT
from tests.support.bot import MANIFEST

ANNOUNCED = json.loads(MANIFEST.read_text(encoding="utf-8"))


def test_it_asks_for_the_scopes_of_an_installation() -> None:
    assert ANNOUNCED["oauth_config"]["scopes"] == {"bot": list(SCOPES)}


def test_slack_sends_people_back_to_where_they_are_waited_for() -> None:
    (address,) = ANNOUNCED["oauth_config"]["redirect_urls"]
    assert address.endswith(REDIRECT)
    assert address.removesuffix(REDIRECT) in ANNOUNCED["settings"]["interactivity"]["request_url"]


def test_every_event_that_is_asked_for_is_read_and_every_other_way_round() -> None:
    asked = ANNOUNCED["settings"]["event_subscriptions"]["bot_events"]
    assert asked == sorted(asked)
    assert {name.partition(".")[0] for name in asked} == EVENTS


def test_it_is_not_for_whole_organizations() -> None:
    assert ANNOUNCED["settings"]["org_deploy_enabled"] is False

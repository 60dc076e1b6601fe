"""By one token, in a channel that another workspace shares which has installed the bot by other hands."""

import json

import pytest

from bot.local.seed import BOT, JONAS, NEIGHBOURS, TIDE_GAUGES
from storage.channels import is_member
from tests.scenarios.records import add
from tests.support import signing
from tests.support.asking import prompts
from tests.support.bot import SECRET, WORKSPACE, Bot
from tests.support.make import make_channel


@pytest.fixture
def gauges(lite: Bot) -> Bot:
    """It is asked in the shared channel, by now."""
    with lite.database.write() as tx:
        make_channel(tx, TIDE_GAUGES, WORKSPACE)
    add(lite, slug="gauges", channel_id=TIDE_GAUGES, owner_id=JONAS, outcomes=("The gauge stands",))
    lite.command("schedule gauges weekly mon 09:30 UTC")
    lite.command("checkin gauges")
    lite.tick(minutes=1)
    return lite


def send(bot: Bot, **event: str) -> int:
    """The status of the answer to an event for which Slack has chosen the neighbours' installation."""
    body = {
        "type": "event_callback",
        "team_id": NEIGHBOURS.id,
        "event_id": f"Ev0{event['type']}",
        "event": {"channel": TIDE_GAUGES, "channel_type": "channel", "user": JONAS, **event},
        "authorizations": [{"team_id": NEIGHBOURS.id, "user_id": "U0THEIRBOT1", "is_bot": True}],
        "is_ext_shared_channel": True,
    }
    sent = json.dumps(body).encode()
    answer = signing.call(bot.app, sent, signing.signed(SECRET, sent), CONTENT_TYPE=signing.JSON)
    bot.settle()
    return answer.status


def test_a_reply_to_its_check_in_is_not_lost(gauges: Bot) -> None:
    (prompt,) = prompts(gauges, TIDE_GAUGES, JONAS)
    assert "Done" not in gauges.command("show gauges", person=JONAS)["text"]

    assert send(gauges, type="message", text="1 done", ts="1777887000.0001", thread_ts=prompt.ts) == 200

    assert "Done" in gauges.command("show gauges", person=JONAS)["text"]


def test_a_mention_of_its_bot_is_answered(gauges: Bot) -> None:
    before = len(gauges.seen(TIDE_GAUGES, JONAS))

    text = f"<@{BOT.user_id}> show gauges"
    assert send(gauges, type="app_mention", text=text, ts="1777887000.0002") == 200

    (answer,) = gauges.seen(TIDE_GAUGES, JONAS)[before:]
    assert "The gauge stands" in answer.text


def test_who_comes_is_known(gauges: Bot) -> None:
    assert send(gauges, type="member_joined_channel", user="U0THIRD0001") == 200

    with gauges.database.read() as tx:
        assert is_member(tx, WORKSPACE, TIDE_GAUGES, "U0THIRD0001")

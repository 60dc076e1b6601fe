"""Reminders: who gets one when, what each line does, and how they become fewer."""

from datetime import UTC, datetime, timedelta

from bot.local.model import Message
from bot.local.seed import JMTE, SOFIA
from storage.outcomes import change_outcome, list_outcomes
from storage.records import OutcomeStatus, Project
from tests.scenarios.records import add
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, say

TUESDAY = datetime(2026, 5, 5, 7, 0, tzinfo=UTC)
"""09:00 in Stockholm, where Sofia is."""


def add_stale(bot: Bot, count: int = 3, owner_id: str | None = SOFIA, **given: object) -> Project:
    """A project whose outcomes nobody has looked at for 40 days."""
    values: dict[str, object] = {"slug": "hubs", "name": "Hubs", "channel_id": JMTE, "owner_id": "U0WANJIRU01"}
    project = add(bot, outcomes=[f"Outcome {n}" for n in range(1, count + 1)], **{**values, **given})
    with bot.database.write() as tx:
        for each in list_outcomes(tx, WORKSPACE, project.id):
            change_outcome(tx, WORKSPACE, each.id, NOW, owner_id=owner_id)
            say(tx, each, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, ago=timedelta(days=40), note="So far so good")
    return project


def go_to(bot: Bot, at: datetime) -> None:
    """Time passes to then."""
    bot.now.at = at
    bot.tick()


def reminders(bot: Bot, person: str = SOFIA) -> list[Message]:
    return [each for each in bot.seen(bot.direct(person), person) if each.text.startswith(("⏰", "✅"))]


def test_x(lite: Bot) -> None:
    add_stale(lite)
    lite.tick()
    assert reminders(lite) == []
    go_to(lite, TUESDAY - timedelta(seconds=1))
    assert reminders(lite) == []
    go_to(lite, TUESDAY)
    (one,) = reminders(lite)
    print(one.text)
    lite.press(one, "Still true", person=SOFIA)
    lite.settle()
    print(lite.last_message(one.channel_id, SOFIA).text)
    (one,) = reminders(lite)
    print(one.text)
    lite.press(one, "Not mine", person=SOFIA)
    lite.settle()
    (one,) = reminders(lite)
    print(one.text)
    lite.press(one, "Still true", person=SOFIA)
    lite.settle()
    (one,) = reminders(lite)
    print(one.text)
    for n in range(1, 40):
        go_to(lite, TUESDAY + timedelta(hours=6*n))
    for each in lite.seen(JMTE): print(each.text)
    for each in reminders(lite, "U0WANJIRU01"): print(each.text)
    assert False

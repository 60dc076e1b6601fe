"""Stale outcomes, and the reminders that come of them, as scenarios need them."""

from datetime import UTC, datetime, timedelta

from bot.local.model import Message
from bot.local.seed import JMTE, SOFIA, WANJIRU
from bot.slack import ids
from storage.outcomes import change_outcome, list_outcomes
from storage.records import Outcome, OutcomeStatus, Project
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, make_project, say

TUESDAY = datetime(2026, 5, 5, 7, 0, tzinfo=UTC)
"""09:00 in Stockholm, where Sofia is."""
WEDNESDAY_NAIROBI = datetime(2026, 5, 6, 6, 0, tzinfo=UTC)
"""09:00 in Nairobi, where Wanjiru is, a day later."""
OLD = timedelta(days=40)


def add_stale(
    bot: Bot,
    count: int = 3,
    *,
    owner_id: str | None = SOFIA,
    project_owner_id: str | None = WANJIRU,
    channel_id: str | None = JMTE,
    ago: timedelta | None = OLD,
    slug: str = "hubs",
) -> Project:
    """A project whose outcomes nobody has looked at for so long; None: not since they were written down."""
    texts = [f"Aim {number} of {slug}" for number in range(1, count + 1)]
    with bot.database.write() as tx:
        project = make_project(
            tx,
            WORKSPACE,
            slug=slug,
            name=slug.capitalize(),
            owner_id=project_owner_id,
            channel_id=channel_id,
            outcomes=texts,
        )
        for each in list_outcomes(tx, WORKSPACE, project.id):
            change_outcome(tx, WORKSPACE, each.id, NOW, owner_id=owner_id)
            if ago is not None:
                say(tx, each, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, ago=ago, note="So far so good")
    return project


def outcomes_of(bot: Bot, project: Project) -> tuple[Outcome, ...]:
    with bot.database.read() as tx:
        return list_outcomes(tx, WORKSPACE, project.id)


def go_to(bot: Bot, at: datetime) -> None:
    """Time passes to then; the jobs run, and what they promise is sent."""
    bot.now.at = at
    bot.tick()


def reminders(bot: Bot, person: str = SOFIA) -> list[Message]:
    """Those that the person has had, the oldest first, each as it stands now."""
    found = bot.seen(bot.direct(person), person)
    return [each for each in found if each.text.startswith(("⏰", "✅", "🍂 What"))]


def channel_lines(bot: Bot, channel: str = JMTE) -> list[Message]:
    return [each for each in bot.seen(channel) if "not been looked at for long" in each.text]


def choose(bot: Bot, message: Message, action: str, number: int, *, person: str = SOFIA) -> None:
    """Choose the option with this number from the menu whose action id begins so."""
    menus = [
        element
        for block in message.blocks or ()
        for element in block.get("elements", ())
        if element.get("action_id", "").startswith(f"{ids.REMINDER}:{action}")
    ]
    value = menus[0]["options"][number]["value"]
    result = bot.people.press(person, message.channel_id, message.ts, menus[0]["action_id"], choice=value)
    assert result.ok, result.sentence
    bot.tick()

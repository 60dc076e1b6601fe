"""Projects that check in, and their prompts, as scenarios need them."""

from datetime import datetime

from bot.local.model import Message
from storage import check_ins, schedules
from storage.check_ins import CheckIn
from storage.records import Project
from storage.schedules import Schedule
from tests.support.bot import CHANNEL, PERSON, WORKSPACE, Bot

MONDAY = "schedule jmte weekly mon 09:30 UTC"


def prompts(bot: Bot, channel: str = CHANNEL, person: str = PERSON) -> list[Message]:
    """Those that stand there, the oldest first."""
    return [each for each in bot.seen(channel, person) if "how do things stand?" in each.text]


def in_thread(bot: Bot, prompt: Message, containing: str = "") -> list[Message]:
    """What the bot has said below a prompt, but for what only one person sees."""
    return [
        each
        for each in bot.seen(prompt.channel_id)
        if each.thread_ts == prompt.ts and each.ts != prompt.ts and containing in each.text
    ]


def again(bot: Bot, message: Message) -> Message:
    """The same message, as it stands now."""
    return next(each for each in bot.seen(message.channel_id) if each.ts == message.ts)


def schedule_of(bot: Bot, project: Project) -> Schedule:
    with bot.database.read() as tx:
        return schedules.find_schedule(tx, WORKSPACE, project.id)


def next_at(bot: Bot, project: Project) -> datetime | None:
    return schedule_of(bot, project).next_at


def rounds_of(bot: Bot, project: Project) -> tuple[CheckIn, ...]:
    """The newest first."""
    with bot.database.read() as tx:
        return check_ins.list_check_ins(tx, WORKSPACE, project.id, 50)


def press_more(bot: Bot, prompt: Message, label: str, *, person: str = PERSON) -> None:
    """Choose from the menu below a prompt."""
    menus = [
        element
        for block in again(bot, prompt).blocks or []
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "overflow"
    ]
    value = next(o["value"] for o in menus[0]["options"] if o["text"]["text"] == label)
    result = bot.people.press(person, prompt.channel_id, prompt.ts, menus[0]["action_id"], choice=value)
    assert result.ok, result.sentence
    bot.settle()

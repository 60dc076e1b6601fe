"""Digests, briefs and weeks as they stand in the channels and direct messages of scenarios."""

from datetime import timedelta

from bot.local.model import Message
from bot.local.seed import GENERAL
from storage.digests import Digest, DigestKind, list_digests
from tests.support.bot import PERSON, WORKSPACE, Bot

IN_GENERAL = f"<#{GENERAL}|general>"
FRIDAY = timedelta(days=4, hours=5, minutes=30)
"""From NOW, a Monday at 09:30, to Friday at 15:00, in UTC."""


def set_of(bot: Bot) -> list[Digest]:
    with bot.database.read() as tx:
        return list(list_digests(tx, WORKSPACE, tuple(DigestKind)))


def first_in(bot: Bot, channel: str, person: str = PERSON) -> list[Message]:
    """Messages that stand in no thread."""
    return [each for each in bot.seen(channel, person) if each.thread_ts in {None, each.ts}]


def below(bot: Bot, message: Message, person: str = PERSON) -> list[Message]:
    return [
        each
        for each in bot.seen(message.channel_id, person)
        if each.thread_ts == message.ts and each.ts != message.ts
    ]


def whole(bot: Bot, message: Message, person: str = PERSON) -> str:
    return "\n".join(each.text for each in (message, *below(bot, message, person)))


def in_direct(bot: Bot, person: str = PERSON) -> list[Message]:
    return first_in(bot, bot.direct(person), person)


def weeks_of(bot: Bot, person: str) -> list[Message]:
    """Somebody's own weeks: reminders come to them, too."""
    return [each for each in in_direct(bot, person) if "`/project mine off`" in each.text]

"""A workspace of which the bot has learned that its Slack draws charts; and what its answers show."""

from typing import Any

from bot.local.model import Message
from bot.local.seed import JMTE
from tests.support.bot import Bot


def post_a_chart(bot: Bot) -> None:
    """From which the bot learns whether Slack draws it."""
    assert "on its way" in bot.command("chart jmte", channel=JMTE)["text"]
    bot.tick(minutes=2)


def types(shown: Message | dict[str, Any]) -> list[str]:
    blocks = shown.blocks if isinstance(shown, Message) else shown["blocks"]
    return [block["type"] for block in blocks or ()]

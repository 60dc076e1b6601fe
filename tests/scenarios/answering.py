"""A round that is open in the channel of a project, and the people who answer it."""

from dataclasses import dataclass
from typing import Any

from bot.local.model import Message
from bot.local.seed import JMTE, SOFIA
from storage.check_in_people import list_people
from storage.check_ins import CheckIn, find_check_in_at
from storage.records import Project
from storage.replies import Reply, find_reply_at
from tests.scenarios.records import add_jmte
from tests.support.bot import CHANNEL, WORKSPACE, Bot


@dataclass
class Round:
    """The round of JMTE: three are asked, its owner Sofía, Mateo and Haruki."""

    bot: Bot
    project: Project
    ts: str
    channel: str = CHANNEL

    def say(self, text: str, person: str = SOFIA) -> str:
        """In the thread; the message's timestamp."""
        return self.bot.say(text, thread_ts=self.ts, person=person, channel=self.channel)

    def edit(self, ts: str, text: str, person: str = SOFIA) -> None:
        result = self.bot.people.edit(person, self.channel, ts, text)
        assert result.ok, result.sentence
        self.bot.settle()

    def delete(self, ts: str, person: str = SOFIA) -> None:
        result = self.bot.people.delete(person, self.channel, ts)
        assert result.ok, result.sentence
        self.bot.settle()

    def press(self, message: Message, label: str, person: str = SOFIA) -> None:
        """The first button with this label, or that begins with it."""
        shown = [button for block in message.blocks or [] for button in _buttons(block)]
        button = next(each for each in shown if each["text"]["text"].startswith(label))
        result = self.bot.people.press(person, message.channel_id, message.ts, button["action_id"])
        assert result.ok, result.sentence
        self.bot.settle()

    @property
    def prompt(self) -> str:
        """What the prompt says now."""
        self.bot.tick()
        return next(each.text for each in self.bot.seen(self.channel) if each.ts == self.ts)

    def told(self, person: str = SOFIA) -> list[Message]:
        """What the bot has said to this person alone in the thread."""
        seen = self.bot.seen(self.channel, person)
        return [each for each in seen if each.ephemeral_to == person and each.thread_ts == self.ts]

    def mark(self, ts: str) -> list[str]:
        """The marks on a message."""
        message = self.bot.slack.workspace.find_message(self.channel, ts)
        assert message is not None
        return list(message.reactions)

    def outcomes(self) -> str:
        return str(self.bot.command("outcomes jmte")["text"])

    def kept(self, ts: str) -> Reply | None:
        with self.bot.database.read() as tx:
            return find_reply_at(tx, WORKSPACE, self.channel, ts)

    def check_in(self) -> CheckIn:
        with self.bot.database.read() as tx:
            found = find_check_in_at(tx, WORKSPACE, self.channel, self.ts)
        assert found is not None
        return found

    def heard(self) -> set[str]:
        """Who has answered."""
        with self.bot.database.read() as tx:
            people = list_people(tx, WORKSPACE, self.check_in().id)
        return {each.person_id for each in people if each.answered_at is not None}


def begin_round(bot: Bot) -> Round:
    project = add_jmte(bot)
    bot.type_command("checkin jmte")
    bot.tick()
    return Round(bot, project, prompt_in(bot, JMTE).ts)


def prompt_in(bot: Bot, channel: str, person: str = SOFIA) -> Message:
    return next(each for each in reversed(bot.seen(channel, person)) if "how do things stand?" in each.text)


def _buttons(block: dict[str, Any]) -> list[dict[str, Any]]:
    elements = block.get("elements") or [block.get("accessory")]
    return [each for each in elements if isinstance(each, dict) and each.get("type") == "button"]

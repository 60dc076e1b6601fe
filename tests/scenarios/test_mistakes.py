"""What help and the README say of each command's mistakes is what is said when somebody makes them."""

import pytest

from bot.slack.commands.mistakes import MISTAKES
from bot.slack.registry import COMMANDS
from storage.records import ProjectState
from tests.scenarios.records import add, add_jmte
from tests.support.bot import Bot
from tests.support.dumps import dump

LINES = [(each.line, each.said) for mistakes in MISTAKES.values() for each in mistakes]


def test_every_command_has_its_mistakes_or_none_to_make() -> None:
    assert set(MISTAKES) == set(COMMANDS)
    assert {name for name, mistakes in MISTAKES.items() if not mistakes} == {"overview", "stale"}


@pytest.mark.parametrize(("line", "said"), LINES)
def test_each_mistake_is_answered_as_help_says(lite: Bot, line: str, said: str) -> None:
    add_jmte(lite)
    add(lite, slug="old-reef", name="Old reef", state=ProjectState.ARCHIVED)
    before = dump(lite.database)

    answer = lite.command(line)

    assert said in answer["text"]
    assert dump(lite.database) == before


def test_help_on_a_command_shows_its_mistakes(lite: Bot) -> None:
    text = lite.command("help update")["text"]

    assert "/project update [PROJECT] [N] [STATUS] [NOTE]" in text
    assert "*For example*" in text
    assert "*What may go wrong*\n• `/project update jmte 9 done`\n🔎 “9” is no outcome of" in text

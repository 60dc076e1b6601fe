"""With one token, too: a workspace that removes the bot is left alone, and has all back with a start."""

import pytest
from pydantic import SecretStr

from bot.app import prepare
from bot.local.seed import SOFIA, STEWARDS, WANJIRU
from bot.settings import Settings
from storage.workspaces import is_uninstalled
from tests.scenarios.records import add
from tests.support.bot import SECRET, WORKSPACE, Bot


def is_gone(bot: Bot) -> bool:
    with bot.database.read() as tx:
        return is_uninstalled(tx, WORKSPACE)


def start_again(bot: Bot) -> None:
    """With the token of a new installation."""
    with bot.slack.workspace.changing():
        bot.slack.workspace.installed = True
    prepare(
        Settings(
            slack_bot_token=SecretStr(bot.slack.platform.tokens.give(ends=False).token),
            slack_signing_secret=SecretStr(SECRET),
            slack_api_url=bot.slack.api_url,
            database_url=bot.database.url.render_as_string(hide_password=False),
        )
    )


@pytest.mark.in_process("while the bot is removed, a process of its own does not begin")
def test_it_is_left_alone_until_the_bot_is_started_with_a_new_installation(bot: Bot) -> None:
    add(bot, slug="reef", name="Reef", channel_id=STEWARDS, outcomes=("Counted",), owner_id=WANJIRU)
    assert bot.people.uninstall(WANJIRU).ok
    bot.settle()
    assert is_gone(bot)
    calls = len(bot.calls_in())
    bot.tick(days=8)
    assert len(bot.calls_in()) == calls

    start_again(bot)

    assert not is_gone(bot)
    assert "Counted" in bot.command("show reef", channel=STEWARDS)["text"]


def test_who_left_a_private_channel_meanwhile_sees_its_projects_no_more(bot: Bot) -> None:
    add(bot, slug="reef", name="Secret reef")
    assert "Secret reef" in bot.command("channel reef <#C0STEWARDS1>")["text"]
    assert "Secret reef" in bot.command("show reef", person=SOFIA)["text"]
    assert bot.people.uninstall(WANJIRU).ok
    bot.settle()
    assert bot.people.leave(SOFIA, STEWARDS).ok
    bot.settle()

    start_again(bot)

    assert "Secret reef" not in bot.command("show reef", person=SOFIA)["text"]
    assert "Secret reef" in bot.command("show reef")["text"]

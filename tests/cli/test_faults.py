"""The one line for whoever runs the bot."""

import pytest
from pydantic import SecretStr

from bot.cli_faults import sentence_for
from bot.errors import SlackRefusedError
from bot.settings import Settings
from bot.slack.accounts import NotInstalledError

ONE = Settings(slack_bot_token=SecretStr("xoxb-one"))
MANY = Settings(slack_client_id="1.2", public_url="https://waymark.example.org")


@pytest.mark.parametrize("settings", [ONE, None], ids=["one token", "settings that cannot be read"])
def test_a_token_that_slack_refuses_is_that_of_the_settings(settings: Settings | None) -> None:
    said = sentence_for(SlackRefusedError("auth.test", "invalid_auth"), settings)

    assert said == "Slack refused auth.test: invalid_auth. Is SLACK_BOT_TOKEN this app's bot token?"


@pytest.mark.parametrize(
    "error", [SlackRefusedError("auth.test", "token_revoked"), NotInstalledError("T0HERE")]
)
def test_where_workspaces_install_the_bot_it_is_to_be_installed_again(error: SlackRefusedError) -> None:
    said = sentence_for(error, MANY) or ""

    assert said.startswith(f"Slack refused {error.method}: {error.code}. ")
    assert said.endswith("https://waymark.example.org/slack/install")
    assert "SLACK_BOT_TOKEN" not in said

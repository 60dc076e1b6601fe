"""What nobody is to read: in the file, in what is printed, in the log. And keys that come and go."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import prepare_to_serve
from bot.app_many import create_access, prepare_many, with_installing
from bot.settings import Settings, SettingsError
from bot.slack.accounts import NotInstalledError
from bot.web.answers import not_found
from storage.database import Database
from storage.keys import new_key
from storage.slack_tables import slack_installations
from tests.support.installed import (
    CLIENT_ID,
    CLIENT_SECRET,
    FIRST,
    KEY,
    Many,
    running_many,
    settings_for,
)


def secrets_of(many: Many) -> list[str]:
    """The token, the refresh token, and what the bot is told in its settings."""
    token = many.access.tokens.token_of(FIRST)
    refresh_tokens = list(many.slack.platform.tokens._refresh_tokens)  # noqa: SLF001 - Slack's own secret
    assert token.startswith("xoxe.xoxb-")
    assert refresh_tokens
    return [token, *refresh_tokens, CLIENT_SECRET, KEY]


def test_nothing_secret_stands_in_the_file_of_the_database(sqlite_database: Database, tmp_path: Path) -> None:
    with running_many(sqlite_database, rotates=True) as many:
        many.install(FIRST)
        many.tick(hours=11)
        secret = secrets_of(many)
    files = [file for file in tmp_path.iterdir() if file.name.startswith("waymark.db")]
    content = b"".join(file.read_bytes() for file in files)

    assert FIRST.encode() in content
    assert [each for each in secret if each.encode() in content] == []


def test_nothing_secret_is_printed_or_logged(rotating: Many, caplog: pytest.LogCaptureFixture) -> None:
    many = rotating
    for name in ("bot", "storage"):
        caplog.set_level(logging.DEBUG, logger=name)
    done = many.install(FIRST)
    many.type_command(FIRST, "create Reef")
    many.tick(hours=11)
    secret = secrets_of(many)
    installations = many.access.tokens
    shown = [
        repr(many.settings),
        repr(many.access),
        repr(vars(installations)),
        repr(many.slack.settings.oauth),
        repr(list(many.workspaces[FIRST].calls)),
        done.text,
        caplog.text,
    ]

    assert f"installed in {FIRST}" in caplog.text
    assert [(each, text) for each in secret for text in shown if each in text] == []


def test_a_key_is_replaced_while_the_bot_runs_on(database: Database) -> None:
    new = new_key()
    with running_many(database) as many:
        many.install(FIRST)
        url, api_url = many.url, many.slack.api_url
        token = many.access.tokens.token_of(FIRST)

        for key in (f"{new},{KEY}", new):
            settings = settings_for(url, api_url, database, key)
            prepare_many(settings)
            access = create_access(settings, database, many.now)
            assert access.tokens.token_of(FIRST) == token
            # What a worker does now and then.
            access.keep_tokens()


def test_without_the_key_the_bot_does_not_start_and_says_why(database: Database) -> None:
    with running_many(database) as many:
        many.install(FIRST)
        settings = settings_for(many.url, many.slack.api_url, database, new_key())

    with pytest.raises(SettingsError) as raised:
        prepare_to_serve(settings)

    (problem,) = raised.value.problems
    assert problem == "WAYMARK_KEYS lacks the key of the tokens of 1 workspace: put it behind the others."


def test_a_token_that_cannot_be_read_is_none(many: Many, caplog: pytest.LogCaptureFixture) -> None:
    many.install(FIRST)
    with many.database.write() as tx:
        tx.execute(slack_installations.update().values(bot_token="gAAAAAmade-up"))
    access = create_access(many.settings, many.database, many.now)

    with pytest.raises(NotInstalledError):
        access.tokens.token_of(FIRST)
    assert f"the token of {FIRST} cannot be decrypted: see WAYMARK_KEYS" in caplog.text


def test_that_a_token_cannot_be_read_is_said_once_and_again_a_day_later_or_after_it_could(
    many: Many, caplog: pytest.LogCaptureFixture
) -> None:
    many.install(FIRST)
    good = many.row(FIRST).bot_token
    access = create_access(many.settings, many.database, many.now)

    def lines_after(bot_token: str, *, times: int = 1, **later: float) -> int:
        caplog.clear()
        with many.database.write() as tx:
            tx.execute(slack_installations.update().values(bot_token=bot_token))
        for _ in range(times):
            # What is known is forgotten in the meantime.
            many.now.at += timedelta(minutes=1, **later)
            access.gateways.is_served(FIRST)
        return caplog.text.count("cannot be decrypted")

    assert lines_after("gAAAAAmade-up", times=30) == 1
    assert lines_after("gAAAAAmade-up", days=1) == 1
    assert lines_after(good) == 0
    assert lines_after("gAAAAAmade-up", times=2) == 1


GOOD = {
    "slack_client_id": CLIENT_ID,
    "slack_client_secret": SecretStr(CLIENT_SECRET),
    "slack_signing_secret": SecretStr("s"),
    "waymark_keys": SecretStr(KEY),
    "public_url": "https://waymark.example.org",
}


BOTH = (
    "SLACK_BOT_TOKEN and SLACK_CLIENT_ID cannot both be set: the token is for its workspace alone, the "
    "client id for all that install Waymark. Leave one of them out."
)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"slack_client_id": ""}, "SLACK_CLIENT_ID is not set."),
        ({"slack_client_secret": SecretStr(" ")}, "SLACK_CLIENT_SECRET is not set."),
        ({"slack_signing_secret": SecretStr("")}, "SLACK_SIGNING_SECRET is not set."),
        ({"waymark_keys": SecretStr("")}, "WAYMARK_KEYS is not set."),
        ({"public_url": ""}, "PUBLIC_URL is not set."),
        ({"slack_bot_token": SecretStr("xoxb-1")}, BOTH),
        (
            {"waymark_keys": SecretStr("made-up")},
            "WAYMARK_KEYS is no key: make one with python -m bot key.",
        ),
        (
            {"waymark_keys": SecretStr(f"{KEY},made-up")},
            "WAYMARK_KEYS has no key at place 2 of 2: make one with python -m bot key.",
        ),
    ],
)
def test_each_wrong_combination_has_its_sentence(
    sqlite_url: str, change: dict[str, object], problem: str
) -> None:
    settings = Settings.model_validate({**GOOD, "database_url": sqlite_url, **change})

    with pytest.raises(SettingsError) as raised:
        prepare_to_serve(settings)

    assert raised.value.problems == [problem]


def test_an_address_in_capitals_is_one_with_tls_all_the_same(many: Many) -> None:
    settings = Settings.model_validate({**GOOD, "public_url": "HTTPS://Waymark.Example.org/"})
    pages = with_installing(not_found, settings, many.database, many.now, lambda _: None)
    sent: list[tuple[str, str]] = []
    environ = {"PATH_INFO": "/slack/install", "REQUEST_METHOD": "GET", "QUERY_STRING": "begin=1"}

    list(pages(environ, lambda _status, headers, *_: sent.extend(headers)))  # type: ignore[arg-type]  # nobody writes

    (cookie,) = [value for name, value in sent if name == "set-cookie"]
    name, *flags = cookie.split("; ")
    assert name.startswith("__Host-")
    assert "Secure" in flags

import json
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local.manifest import Manifest, read_manifest
from bot.local.seed import BOT, MATEO, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import AppHome, Shortcut, SlashCommand

from .conftest import TOKEN, Slack, settings_for
from .receiver import Receiver

FULL = {
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "shortcuts": [
            {"name": "Update", "type": "global", "callback_id": "update", "description": "Say how it stands"},
            {"name": "Save", "type": "message", "callback_id": "save", "description": "Keep it"},
        ],
        "slash_commands": [
            {"command": "/project", "description": "Projects", "usage_hint": "show", "should_escape": True},
            {"command": "/raw", "description": "As typed"},
        ],
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_mention", "message.im"]}},
}
HOME = {"type": "home", "blocks": [{"type": "divider"}]}


def test_a_manifest_is_read_whole() -> None:
    assert read_manifest(FULL) == Manifest(
        commands=(
            SlashCommand("/project", "Projects", "show", should_escape=True),
            SlashCommand("/raw", "As typed", should_escape=False),
        ),
        shortcuts=(
            Shortcut("update", "Update", "Say how it stands", "global"),
            Shortcut("save", "Save", "Keep it", "message"),
        ),
        event_subscriptions=("app_mention", "message.im"),
        app_home=AppHome(home=True, messages=True, read_only=False),
    )


def test_what_a_manifest_leaves_out_is_off() -> None:
    nothing = read_manifest({"display_information": {"name": "Small"}})
    assert nothing == Manifest(app_home=AppHome(home=False, messages=True, read_only=True))


def test_a_manifest_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(FULL), encoding="utf-8")
    assert read_manifest(file) == read_manifest(FULL)


def test_a_command_that_asks_for_nothing_else_gets_what_was_typed(app: Receiver) -> None:
    with LocalServer(seeded_workspace(), settings_for(app, commands=read_manifest(FULL).commands)) as server:
        general = next(iter(server.workspace.channels))
        server.people.say(MATEO, general, "/raw ask @mateo in #general <at> https://e.org")
    assert app.received[0].form["text"] == "ask @mateo in #general &lt;at&gt; https://e.org"


def test_an_app_without_a_home_cannot_publish_one(app: Receiver) -> None:
    settings = settings_for(app, app_home=AppHome(home=False, messages=False))
    with LocalServer(seeded_workspace(), settings) as server:
        client = WebClient(TOKEN, base_url=server.api_url)
        with pytest.raises(SlackApiError, match="not_enabled"):
            client.views_publish(user_id=MATEO, view=HOME)
        with pytest.raises(SlackApiError, match="messages_tab_disabled"):
            client.chat_postMessage(channel=MATEO, text="hello")


def test_nobody_writes_to_an_app_that_reads_nothing(app: Receiver) -> None:
    with LocalServer(seeded_workspace(), settings_for(app, app_home=AppHome(read_only=True))) as server:
        channel = server.workspace.direct_message(BOT.user_id, MATEO).id
        for text in ("hello", "/project list"):
            sentence = server.people.say(MATEO, channel, text).sentence
            assert sentence == "Sending messages to this app has been turned off."
        assert WebClient(TOKEN, base_url=server.api_url).chat_postMessage(channel=MATEO, text="hello")["ok"]


def test_the_home_tab_tells_that_it_was_opened(slack: Slack) -> None:
    slack.people.open_home(MATEO)
    view = slack.client.views_publish(user_id=MATEO, view=HOME)["view"]
    slack.people.open_home(MATEO)
    slack.people.open_home(MATEO, "messages")
    opened = [event for event in slack.events() if event["type"] == "app_home_opened"]
    opened.sort(key=lambda event: event["event_ts"])
    assert [event["tab"] for event in opened] == ["home", "home", "messages"]
    assert ["view" in event for event in opened] == [False, True, False]
    assert (opened[1]["view"]["id"], opened[1]["view"]["hash"]) == (view["id"], view["hash"])
    assert {event["channel"] for event in opened} == {slack.people.open_direct_message(MATEO).channel_id}

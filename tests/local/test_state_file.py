import json
from pathlib import Path

import pytest

from bot.local.seed import JMTE, MATEO, seeded_workspace
from bot.local.server import LocalServer
from bot.local.state_file import UnreadableStateError, load, load_or_seed, save

from .conftest import Slack, settings_for
from .receiver import Receiver


def test_all_comes_back(slack: Slack, tmp_path: Path) -> None:
    first = slack.people.say(MATEO, JMTE, "héllo \ud800").ts or ""
    slack.client.files_upload_v2(filename="a.bin", content=b"\x00\xff", channel=JMTE, thread_ts=first)
    slack.people.react(MATEO, JMTE, first, "tada")
    slack.client.views_publish(user_id=MATEO, view={"type": "home", "blocks": [{"type": "divider"}]})
    slack.move(days=3)
    path = tmp_path / "deep" / "state.json"
    save(slack.workspace, path)
    loaded = load(path)
    assert loaded.users == slack.workspace.users
    assert loaded.channels == slack.workspace.channels
    assert loaded.messages == slack.workspace.messages
    assert loaded.files == slack.workspace.files
    assert loaded.home_view(MATEO) == slack.workspace.home_view(MATEO)
    assert loaded.clock.offset == slack.workspace.clock.offset
    assert loaded.new_ts() > slack.last_message(JMTE).ts
    assert [file.name for file in path.parent.iterdir()] == ["state.json"]


def test_the_server_keeps_the_state(app: Receiver, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with LocalServer(seeded_workspace(), settings_for(app, state_file=path)) as server:
        server.people.say(MATEO, JMTE, "remember this")
    assert load_or_seed(path).messages[JMTE][-1].text == "remember this"
    assert load_or_seed(tmp_path / "other.json").messages[JMTE][-1].text != "remember this"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 99}', '{"format": 1}'])
def test_refuses_another_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(text)
    with pytest.raises(UnreadableStateError, match=r"state\.json"):
        load(path)
    assert path.read_text() == text


def test_keeps_the_old_file_when_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    workspace = seeded_workspace()
    save(workspace, path)
    before = json.loads(path.read_text())
    workspace.users[MATEO].title = object()  # type: ignore[assignment]  # something that JSON cannot hold
    with pytest.raises(TypeError):
        save(workspace, path)
    assert json.loads(path.read_text()) == before
    assert list(tmp_path.iterdir()) == [path]

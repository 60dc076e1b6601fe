"""`python -m bot manifest`: one manifest, for both ways to be reached."""

import json
from typing import Any

import pytest

from bot.cli_import import InputError
from bot.cli_manifest import MANIFEST, PLACEHOLDER, manifest
from bot.local.manifest import read_manifest
from tests.cli.conftest import Folder

WRITTEN = MANIFEST.read_text(encoding="utf-8")


def leaves(part: Any, path: str = "") -> dict[str, Any]:
    """Every value of a JSON document by where it stands."""
    if isinstance(part, dict):
        return {k: v for name, value in part.items() for k, v in leaves(value, f"{path}/{name}").items()}
    if isinstance(part, list):
        return {k: v for n, value in enumerate(part) for k, v in leaves(value, f"{path}/{n}").items()}
    return {path: part}


def test_for_socket_mode_it_is_the_same_app_without_an_address() -> None:
    both, made = leaves(json.loads(WRITTEN)), leaves(manifest())

    gone = {path: value for path, value in both.items() if path not in made}
    changed = {path: value for path, value in made.items() if both.get(path) != value}
    assert gone
    assert all(str(value).startswith(PLACEHOLDER) for value in gone.values())
    assert changed == {"/settings/socket_mode_enabled": True}
    assert not any(str(value).startswith("http") for value in made.values())


def test_for_socket_mode_it_understands_and_hears_the_same() -> None:
    assert read_manifest(manifest()) == read_manifest(MANIFEST)
    settings = manifest()["settings"]
    assert settings["interactivity"] == {"is_enabled": True}
    assert "request_url" not in settings["event_subscriptions"]


def test_for_http_all_of_its_addresses_are_yours() -> None:
    made = json.dumps(manifest("https://bot.team.org/waymark/"))

    assert PLACEHOLDER not in made
    assert made.count("https://bot.team.org/waymark/") == WRITTEN.count(PLACEHOLDER)
    assert manifest("https://bot.team.org")["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize("url", ["http://bot.team.org", "bot.team.org", "https://", "https://a.org/?b=1"])
def test_what_slack_cannot_reach_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="is no address for Slack"):
        manifest(url)


def test_it_prints_what_is_to_be_pasted(empty_folder: Folder) -> None:
    done = empty_folder.bot("manifest")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == manifest()

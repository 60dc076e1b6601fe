"""`python -m bot manifest`: what Slack makes the app from, ready to be pasted.

`manifest.json` is for HTTP, at an address that nobody has. From it come the one for Socket Mode, which has no
address at all, and the one for an address of yours.
"""

import argparse
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.cli_import import InputError
from bot.settings import Settings

MANIFEST = Path(__file__).parents[1] / "manifest.json"
PLACEHOLDER = "https://waymark.example.org"

Fields = dict[str, Any]


def run_manifest(options: argparse.Namespace, _settings: Settings) -> None:
    print(json.dumps(manifest(options.url), indent=2, ensure_ascii=False))


def manifest(url: str | None = None) -> Fields:
    """For Socket Mode, or for HTTP at this address. Raises InputError for one that Slack does not take."""
    written = MANIFEST.read_text(encoding="utf-8")
    if url is not None:
        at: Fields = json.loads(written.replace(PLACEHOLDER, _address(url)))
        return at
    fields: Fields = _without_addresses(json.loads(written))
    fields["settings"]["socket_mode_enabled"] = True
    return fields


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise InputError(
            f"{url} is no address for Slack's requests: it takes one like https://waymark.your.org"
        )
    return url.rstrip("/")


def _without_addresses(part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """The same without what begins with PLACEHOLDER, and without lists that hold nothing else."""
    if isinstance(part, dict):
        kept = {name: _without_addresses(value) for name, value in part.items() if not _is_address(value)}
        return {name: value for name, value in kept.items() if value or not part[name]}
    if isinstance(part, list):
        return [_without_addresses(value) for value in part if not _is_address(value)]
    return part


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(PLACEHOLDER)

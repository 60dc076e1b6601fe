"""What the workspace learns of an app from its manifest, as Slack does when the app is made from one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.local.settings import AppHome, Shortcut, SlashCommand


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The app's commands, shortcuts, tabs, and the events and scopes that it asks for."""

    commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    event_subscriptions: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    app_home: AppHome = field(default_factory=AppHome)


def read_manifest(source: Path | Mapping[str, Any]) -> Manifest:
    """The manifest in this file, or the one that was read already. What it leaves out is off, as in Slack."""
    fields = json.loads(source.read_text(encoding="utf-8")) if isinstance(source, Path) else source
    features, settings = _part(fields, "features"), _part(fields, "settings")
    return Manifest(
        commands=tuple(_command(each) for each in _list(features, "slash_commands")),
        shortcuts=tuple(_shortcut(each) for each in _list(features, "shortcuts")),
        event_subscriptions=tuple(_list(_part(settings, "event_subscriptions"), "bot_events")),
        scopes=tuple(_list(_part(_part(fields, "oauth_config"), "scopes"), "bot")),
        app_home=_app_home(_part(features, "app_home")),
    )


def _command(fields: Mapping[str, Any]) -> SlashCommand:
    return SlashCommand(
        name=fields["command"],
        description=fields.get("description", ""),
        usage_hint=fields.get("usage_hint", ""),
        should_escape=fields.get("should_escape", False),
    )


def _shortcut(fields: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        callback_id=fields["callback_id"],
        name=fields["name"],
        description=fields.get("description", ""),
        kind=fields["type"],
    )


def _app_home(fields: Mapping[str, Any]) -> AppHome:
    """Left out, an app has no home tab, and a messages tab that people cannot write in."""
    return AppHome(
        home=fields.get("home_tab_enabled", False),
        messages=fields.get("messages_tab_enabled", True),
        read_only=fields.get("messages_tab_read_only_enabled", True),
    )


def _part(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return fields.get(name) or {}


def _list(fields: Mapping[str, Any], name: str) -> Sequence[Any]:
    return fields.get(name) or []

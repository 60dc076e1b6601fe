"""reactions.*: emoji on messages."""

import re

from bot.local import access, messages
from bot.local.api.arguments import Arguments
from bot.local.errors import SlackError
from bot.local.ids import ts_number
from bot.local.model import Message
from bot.local.platform import Platform
from bot.local.shapes import Shape

# Slack knows its emoji by name and never takes the colons.
NAME = re.compile(r"[a-z0-9_+'\-]{1,100}(::skin-tone-[2-6])?")


def add(platform: Platform, arguments: Arguments) -> Shape:
    name = _name(arguments)
    with platform.workspace.lock:
        message = _message(platform, arguments)
        messages.add_reaction(platform, message, platform.workspace.bot.user_id, name)
        return {}


def remove(platform: Platform, arguments: Arguments) -> Shape:
    name = _name(arguments)
    with platform.workspace.lock:
        message = _message(platform, arguments)
        messages.remove_reaction(platform, message, platform.workspace.bot.user_id, name)
        return {}


def _name(arguments: Arguments) -> str:
    name = arguments.text("name")
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


def _message(platform: Platform, arguments: Arguments) -> Message:
    channel_id, ts = arguments.text("channel"), arguments.text("timestamp")
    if not channel_id or not ts:
        raise SlackError("no_item_specified")
    if ts_number(ts) is None:
        raise SlackError("bad_timestamp")
    channel = access.open_channel(platform.workspace, channel_id)
    return access.kept_message(platform.workspace, channel, ts)

"""apps.connections.open: an address for Socket Mode."""

from bot.local.api.arguments import Arguments
from bot.local.platform import Platform
from bot.local.shapes import Shape


def open_connection(platform: Platform, _: Arguments) -> Shape:
    return {"url": platform.sockets.open()}

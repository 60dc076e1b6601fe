"""Which handler answers a request, and whether it writes. By dictionary: more handlers cost nothing.

To add an interaction: write its handler in a module of this folder, and its row in that module's table
(BUTTONS, SUBMISSIONS, SHORTCUTS, MENUS). The ids stand in `bot/slack/ids.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.errors import OutdatedButtonError
from bot.slack import ids
from bot.slack.answers import Answers
from bot.slack.effects import Effect
from bot.slack.interactions import buttons, home, slash, spoken
from bot.slack.requests import (
    ButtonRequest,
    CommandRequest,
    HomeRequest,
    MessageRequest,
    Request,
)
from storage.database import Tx

Handle = Callable[[Tx, Any, datetime], Effect]
"""From a request of its kind to what is to happen. Raises a BotError, and has then changed nothing."""


@dataclass(frozen=True, slots=True)
class Route:
    """`takes_turns`: the handler itself takes a turn (see `Database.turn`), where it needs one."""

    handle: Handle
    writes: Callable[[Any], bool]
    takes_turns: bool = False


def route_of(request: Request, answers: Answers) -> Route:
    """Raises OutdatedButtonError for what no handler of this version answers."""
    match request:
        case CommandRequest():
            return Route(partial(slash.on_command, answers), slash.writes, takes_turns=True)
        case ButtonRequest():
            return _named(buttons.BUTTONS, ids.name_of(request.action_id), buttons.writes)
        case HomeRequest():
            return Route(home.on_home, lambda _request: True)
        case MessageRequest():
            return Route(spoken.on_message, spoken.writes)
        case _:
            raise OutdatedButtonError


def _named(handlers: dict[str, Handle], name: str, writes: Callable[[Any], bool]) -> Route:
    handle = handlers.get(name)
    if handle is None:
        raise OutdatedButtonError
    return Route(handle, writes)

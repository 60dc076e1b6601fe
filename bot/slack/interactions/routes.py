"""Which handler answers a request, and whether it writes. By dictionary: more handlers cost nothing.

To add an interaction: write its handler in a module of this folder, and its row in that module's table
(BUTTONS, SUBMISSIONS, SHORTCUTS, MENUS). The ids stand in `bot/slack/ids.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.errors import OutdatedButtonError, OutdatedFormError
from bot.errors_base import BotError
from bot.slack import ids
from bot.slack.answers import Answers
from bot.slack.effects import Effect
from bot.slack.interactions import buttons, directory, home, leaving, replies, slash, spoken
from bot.slack.interactions.menus import MENUS
from bot.slack.interactions.shortcuts import SHORTCUTS
from bot.slack.interactions.submitting import SUBMISSIONS
from bot.slack.requests import (
    ButtonRequest,
    CommandRequest,
    GoneRequest,
    HomeRequest,
    MembershipRequest,
    MessageRequest,
    MessageShortcutRequest,
    OptionsRequest,
    PersonRequest,
    Request,
    ShortcutRequest,
    SubmitRequest,
    ThreadRequest,
)
from storage.database import Tx

Handle = Callable[[Tx, Any, datetime], Effect]
"""From a request of its kind to what is to happen. Raises a BotError, and has then changed nothing."""


@dataclass(frozen=True, slots=True)
class Route:
    """`concerns`: whether it is the bot's business at all; what is not is left alone, and nothing written."""

    handle: Handle
    writes: Callable[[Any], bool]
    concerns: Callable[[Tx, Any], bool] | None = None


def route_of(request: Request, answers: Answers) -> Route:  # noqa: C901, PLR0911 - a case a kind of request
    """Raises OutdatedButtonError for what no handler of this version answers."""
    match request:
        case CommandRequest():
            return Route(partial(slash.on_command, answers), slash.writes)
        case ButtonRequest():
            return _named(buttons.BUTTONS, ids.name_of(request.action_id), buttons.writes)
        case HomeRequest():
            return Route(home.on_home, lambda _request: True)
        case SubmitRequest():
            # A form of a kind that this version has no longer.
            return _named(SUBMISSIONS, request.view.callback_id, _always, OutdatedFormError)
        case ShortcutRequest() | MessageShortcutRequest():
            return _named(SHORTCUTS, request.callback_id, _never)
        case OptionsRequest():
            return _named(MENUS, ids.name_of(request.action_id), _never)
        case MessageRequest():
            return Route(spoken.on_message, spoken.writes)
        case ThreadRequest():
            return Route(replies.on_thread, _always, replies.concerns)
        case PersonRequest():
            return Route(directory.on_person, _always)
        case MembershipRequest():
            return Route(directory.on_membership, _always)
        case GoneRequest():
            return Route(leaving.on_gone, _always)
        case _:
            raise OutdatedButtonError


def _always(_request: object) -> bool:
    return True


def _never(_request: object) -> bool:
    return False


def _named(
    handlers: Mapping[str, Handle],
    name: str,
    writes: Callable[[Any], bool],
    otherwise: type[BotError] = OutdatedButtonError,
) -> Route:
    handle = handlers.get(name)
    if handle is None:
        raise otherwise
    return Route(handle, writes)

"""Which handler answers a request, and whether it writes. By dictionary: more handlers cost nothing.

To add an interaction: write its handler in a module of this folder, and its row in that module's table
(BUTTONS, SUBMISSIONS, SHORTCUTS, MENUS). The ids stand in `bot/slack/ids.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from bot.slack.news import ChannelMovedRequest, GoneRequest, MembershipRequest, PersonRequest
from bot.slack.requests import (
    ButtonRequest,
    CommandRequest,
    HomeRequest,
    MessageRequest,
    MessageShortcutRequest,
    OptionsRequest,
    Request,
    ShortcutRequest,
    SubmitRequest,
    ThreadRequest,
)
from storage.database import Tx

Handle = Callable[[Tx, Any, datetime], Effect]
"""From a request of its kind to what is to happen. Raises a BotError, and has then changed nothing."""


_NEWS: dict[type, Handle] = {
    PersonRequest: directory.on_person,
    MembershipRequest: directory.on_membership,
    ChannelMovedRequest: directory.on_channel_moved,
    GoneRequest: leaving.on_gone,
}


def _always(_request: object) -> bool:
    return True


def _never(_request: object) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Route:
    """`concerns`: whether it is the bot's business at all; what is not is left alone, and nothing written.

    `is_harmless`: whether twice would be as once.
    """

    handle: Handle
    writes: Callable[[Any], bool]
    concerns: Callable[[Tx, Any], bool] | None = None
    is_heard: Callable[[Any], bool] = _never
    is_harmless: Callable[[Any], bool] = _never

    def acts(self, request: object) -> bool:
        """Whether it changes something or is heard by others."""
        return self.writes(request) or self.is_heard(request)

    def counts_once(self, request: object) -> bool:
        """Whether to do it twice would be once too often."""
        return self.acts(request) and not self.is_harmless(request)


def route_of(request: Request, answers: Answers) -> Route:  # noqa: PLR0911 - a case a kind of request
    """Raises OutdatedButtonError for what no handler of this version answers."""
    match request:
        case CommandRequest():
            return Route(partial(slash.on_command, answers), slash.writes)
        case ButtonRequest():
            named = _named(buttons.BUTTONS, ids.name_of(request.action_id), buttons.writes)
            return replace(named, is_heard=buttons.is_heard, is_harmless=buttons.may_come_twice)
        case HomeRequest():
            return Route(home.on_home, lambda _request: True)
        case SubmitRequest():
            # A form of a kind that this version has no longer.
            named = _named(SUBMISSIONS, request.view.callback_id, _always, OutdatedFormError)
            # Of a form, what is in it counts once, however it comes: see bot/slack/once.py.
            return replace(named, is_harmless=_always)
        case ShortcutRequest() | MessageShortcutRequest():
            return _named(SHORTCUTS, request.callback_id, _never)
        case OptionsRequest():
            return _named(MENUS, ids.name_of(request.action_id), _never)
        case MessageRequest():
            return Route(spoken.on_message, spoken.writes)
        case ThreadRequest():
            return Route(replies.on_thread, _always, replies.concerns)
        case PersonRequest() | MembershipRequest() | ChannelMovedRequest() | GoneRequest():
            return Route(_NEWS[type(request)], _always)
        case _:
            raise OutdatedButtonError


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

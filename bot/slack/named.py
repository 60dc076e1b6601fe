"""Which people and channels a request names: in what was said, or chosen."""

import re
from collections.abc import Iterator

from bot.slack.interactions.asking import Asking
from bot.slack.requests import ButtonRequest, CommandRequest, MessageRequest, SubmitRequest, ThreadRequest

_PERSON = re.compile(r"<@([UW][A-Z0-9]{2,})(?:\|[^<>]*)?>")
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]{2,})(?:\|[^<>]*)?>")
_PERSON_ID = re.compile(r"[UW][A-Z0-9]{5,}")
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{5,}")


def channel_of(request: Asking) -> str | None:
    """The channel in which it was made; None for a direct message, and for what is made in none."""
    found: str | None = getattr(request, "channel_id", None)
    return found if found is not None and _CHANNEL_ID.fullmatch(found) else None


def people_in(request: Asking) -> Iterator[str]:
    yield from (each for text in _texts_of(request) for each in _PERSON.findall(text))
    yield from (value for value in _values_of(request) if _PERSON_ID.fullmatch(value))


def channels_in(request: Asking) -> Iterator[str]:
    yield from (each for text in _texts_of(request) for each in _CHANNEL.findall(text))
    yield from (value for value in _values_of(request) if _CHANNEL_ID.fullmatch(value))


def _texts_of(request: Asking) -> Iterator[str]:
    if isinstance(request, (CommandRequest, MessageRequest, ThreadRequest)):
        yield request.text


def _values_of(request: Asking) -> Iterator[str]:
    """What was chosen in a form, or from a menu."""
    if isinstance(request, ButtonRequest):
        yield request.value
    if isinstance(request, SubmitRequest):
        for value in request.view.values.values():
            yield from (value,) if isinstance(value, str) else value or ()

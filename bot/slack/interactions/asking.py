"""Who asks, from any request."""

from bot.services.asking import Asker
from bot.slack.requests import (
    ButtonRequest,
    CommandRequest,
    HomeRequest,
    MessageRequest,
    MessageShortcutRequest,
    OptionsRequest,
    ShortcutRequest,
    SubmitRequest,
    ThreadRequest,
)
from storage.database import Tx

Asking = (
    CommandRequest
    | ButtonRequest
    | SubmitRequest
    | ShortcutRequest
    | MessageShortcutRequest
    | OptionsRequest
    | MessageRequest
    | ThreadRequest
    | HomeRequest
)


NOWHERE = "nowhere"
"""In place of a channel that others read and nobody knows: no project is private to it."""


def asker_of(_tx: Tx, request: Asking) -> Asker:
    """The person of the request, and the channel that they are in, if it was made in one.

    What is said to the bot in a channel is answered there, for all to read.
    """
    channel_id: str | None = getattr(request, "channel_id", None)
    is_public = isinstance(request, MessageRequest) and not request.is_direct
    heard_in = channel_id if is_public and channel_id else ""
    return Asker(
        request.workspace_id, request.person_id, channel_id, request.zone, heard_in, request.is_external
    )

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
    | HomeRequest
)


def asker_of(_tx: Tx, request: Asking) -> Asker:
    """The person of the request, and the channel that they are in, if it was made in one."""
    return Asker(request.workspace_id, request.person_id, getattr(request, "channel_id", None))

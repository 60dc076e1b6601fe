"""The workspace has removed the bot: nothing is done there any more, and nothing is forgotten yet."""

from datetime import datetime

from bot.slack.effects import Effect, Nothing
from bot.slack.news import GoneRequest
from storage.database import Tx
from storage.workspaces import mark_uninstalled


def on_gone(tx: Tx, request: GoneRequest, now: datetime) -> Effect:
    """From the commit on, whatever process claims something passes this workspace over."""
    if request.is_certain:
        mark_uninstalled(tx, request.workspace_id, request.at, now)
    return Nothing()

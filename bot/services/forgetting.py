"""What is kept of a workspace that has removed the bot, and for how long: all of it, for 30 days."""

import logging
from datetime import datetime, timedelta

from storage.database import Tx
from storage.removal import remove_workspace
from storage.workspaces import claim_forgotten

_log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""Whoever installs the bot again before that has all of it back."""


def remove_forgotten(tx: Tx, now: datetime) -> int:
    """One workspace whose time is over, with all its rows; how many that were."""
    workspace_id = claim_forgotten(tx, now - KEPT)
    if workspace_id is None:
        return 0
    remove_workspace(tx, workspace_id)
    _log.warning("%s has removed the bot %d days ago: its records are deleted", workspace_id, KEPT.days)
    return 1

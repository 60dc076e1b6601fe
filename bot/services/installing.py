"""A workspace gets the bot, for the first time or again."""

from datetime import datetime, timedelta

from storage.channels import doubt_all
from storage.database import Tx
from storage.workspaces import ensure_workspace, is_uninstalled, mark_installed

_LONG_AGO = timedelta(days=7)


def take_up(tx: Tx, workspace_id: str, name: str, now: datetime, *, may_claim: bool) -> None:
    """Made if need be, else as it was when it removed the bot; `may_claim` as of `ensure_workspace`.

    Who sees what is asked anew: meanwhile nobody told who left a private channel, or became a guest.
    """
    ensure_workspace(tx, workspace_id, _on_one_line(name) or workspace_id, now, may_claim=may_claim)
    if is_uninstalled(tx, workspace_id):
        doubt_all(tx, workspace_id, now - _LONG_AGO)
    mark_installed(tx, workspace_id, now)


def _on_one_line(name: str) -> str:
    """As it can be printed, and typed where it is asked for: whoever installs the bot has chosen it."""
    return " ".join("".join(each if each.isprintable() else " " for each in name).split())

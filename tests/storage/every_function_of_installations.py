"""The functions of storage that are about installations: a part of every_function.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from storage import channels, installations, removal, workspaces
from storage.database import Tx
from storage.installations import Installation, Refreshing
from storage.keys import Keys, new_key
from tests.support.make import NOW

KEYS = Keys([new_key()])
LASTS = timedelta(seconds=30)
SOON = NOW + timedelta(hours=1)

Ask = Callable[[Tx, str, Any], Any]
"""With `Theirs` of every_function.py."""


def installation_of(workspace_id: str, **given: Any) -> Installation:
    """By somebody of the workspace; the token ends in an hour, if not given otherwise."""
    values = {
        "app_id": "A0WAYMARK",
        "bot_id": "B0WAYMARK",
        "bot_user_id": "U0WAYMARK",
        "scopes": "chat:write,commands",
        "user_id": f"U0{workspace_id}",
        "token": SecretStr(f"xoxe.xoxb-{workspace_id}"),
        "refresh_token": SecretStr(f"xoxe-{workspace_id}"),
        "expires_at": SOON,
    }
    return Installation.model_validate(values | given)


class Installed:
    """The bot is installed, and somebody is refreshing its token."""

    def __init__(self, tx: Tx, workspace_id: str) -> None:
        installations.save_installation(tx, workspace_id, installation_of(workspace_id), KEYS)
        refreshing = installations.claim_refresh(
            tx, workspace_id, KEYS, NOW, before=SOON + LASTS, lasts=LASTS
        )
        assert refreshing is not None
        self.refreshing: Refreshing = refreshing


READS: dict[str, Ask] = {
    "installations.find_installation": lambda tx, w, _: installations.find_installation(tx, w, KEYS),
}

WRITES: dict[str, Ask] = {
    "channels.doubt_all": lambda tx, w, _: channels.doubt_all(tx, w, NOW - timedelta(days=7)),
    "installations.save_installation": lambda tx, w, _: installations.save_installation(
        tx, w, installation_of(w), KEYS
    ),
    "installations.claim_refresh": lambda tx, w, _: installations.claim_refresh(
        tx, w, KEYS, NOW + timedelta(minutes=5), before=SOON + LASTS, lasts=LASTS
    ),
    "installations.record_refreshed": lambda tx, w, t: installations.record_refreshed(
        tx,
        w,
        t.installed.refreshing,
        KEYS,
        token=SecretStr("xoxe.xoxb-2"),
        refresh_token=SecretStr("xoxe-2"),
        expires_at=SOON,
    ),
    "removal.remove_workspace": lambda tx, w, _: removal.remove_workspace(tx, w),
    "workspaces.mark_installed": lambda tx, w, _: workspaces.mark_installed(tx, w, NOW),
    "workspaces.mark_uninstalled": lambda tx, w, _: workspaces.mark_uninstalled(tx, w, NOW, NOW),
}

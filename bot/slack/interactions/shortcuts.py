"""Slack's shortcuts: from anywhere, and on a message."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.errors_rights import NotAllowedError
from bot.services.asking import Asker
from bot.services.finding import find_own_project
from bot.services.revising import LONGEST, Shown
from bot.services.rights import require_may_change
from bot.slack.effects import Effect, OpenView, Origin
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.forms import choose
from bot.slack.memos import Memo
from bot.slack.reading_messages import readable
from bot.slack.requests import MessageShortcutRequest, ShortcutRequest
from storage.database import Tx
from storage.records import Project


def on_update_outcome(tx: Tx, request: ShortcutRequest, _now: datetime) -> Effect:
    """The same form as `/project update`; nobody says from where it is opened."""
    memo = Memo(vouches=True)
    return OpenView(choose(tx, asker_of(tx, request), "update", memo, Shown({"note": ""})))


def on_save_update(tx: Tx, request: MessageShortcutRequest, _now: datetime) -> Effect:
    """A message's words as an update of an outcome, with the way back to the message."""
    asker = asker_of(tx, request)
    project = _own_project(tx, asker)
    note = readable(request.text, request.names)
    memo = Memo(
        project_id=project.id if project else None,
        permalink=request.permalink,
        author_id=request.author_id,
        is_cut=len(note) > LONGEST,
    ).coming_from(Origin(request.channel_id, request.response_url))
    shown = Shown({"note": _cut(note)})
    return OpenView(choose(tx, asker, "save", memo, shown))


def _own_project(tx: Tx, asker: Asker) -> Project | None:
    """The channel's, if the person may change it: to save the message to another is open to them."""
    project = find_own_project(tx, asker)
    if project is None:
        return None
    try:
        require_may_change(tx, asker, project)
    except NotAllowedError:
        return None
    return project


def _cut(note: str) -> str:
    """At most as long as a field takes, ending with a word and the sign that there was more."""
    if len(note) <= LONGEST:
        return note
    kept = note[: LONGEST - 2]
    at = max(kept.rfind(" "), kept.rfind("\n"))
    return f"{kept[: at if at > LONGEST // 2 else None].rstrip()} …"


SHORTCUTS: dict[str, Callable[[Tx, Any, datetime], Effect]] = {
    "update_outcome": on_update_outcome,
    "save_update": on_save_update,
}
"""What answers a shortcut, by its callback_id in manifest.json."""

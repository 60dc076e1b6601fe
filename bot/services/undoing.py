"""Taking an act back: all that it changed becomes what it was before, if nobody has changed it since."""

from datetime import datetime

from bot.errors import (
    AlreadyUndoneError,
    ChangedSinceError,
    GoneProjectError,
    NothingToUndoError,
    RingError,
)
from bot.services.asking import Asker
from bot.services.changing import REACHING, Act
from bot.services.family import require_no_ring
from bot.services.naming import named_to, require_free
from bot.services.ordering import as_value, ids_in, is_in_order, reordered, without_number
from bot.services.rights import require_may_restrict
from bot.services.values import current_value
from storage import history, projects
from storage.database import Tx
from storage.history_records import ORDER, WHOLE, Change, ChangedItem
from storage.records import ProjectState, UpdateSource


def undo(tx: Tx, asker: Asker, act_id: str | None, source: UpdateSource, now: datetime) -> Act:
    """Take back an act of this person's, by default the last; taking back an undoing does it again.

    Nothing is deleted: it is an act of its own. Raises NothingToUndoError, AlreadyUndoneError,
    ChangedSinceError, NameTakenError when an alias that was removed is somebody else's by now, and RingError
    when the parent that it had is a part of it by now; NotAllowedError, GoneProjectError.
    """
    where = tx, asker.workspace_id
    act_id = act_id or history.find_last_act(*where, asker.own_sight)
    changes = _own_changes(tx, asker, act_id) if act_id else ()
    if not changes or changes[0].person_id != asker.person_id:
        raise NothingToUndoError
    is_redo = changes[0].undoes is not None
    act = Act.begin(
        tx,
        asker,
        changes[0].project_id,
        source,
        now,
        undoes=None if is_redo else act_id,
        reaches_others=any(map(_reaches_others, changes)),
    )
    # Asked again behind the lock: two clicks may come at once.
    if act_id and history.is_undone(*where, act_id):
        raise AlreadyUndoneError
    # An act may say two things of one value, as a reply that was put right: the last is what stands.
    last = {(change.item, change.item_id, change.field): change for change in changes}
    for change in last.values():
        _require_unchanged(act, change)
    for change in reversed(changes):
        _revert(act, change)
    return act


def _own_changes(tx: Tx, asker: Asker, act_id: str) -> tuple[Change, ...]:
    """What the histories of other projects say of the act follows from these."""
    found = history.list_changes_of_act(tx, asker.workspace_id, act_id)
    return tuple(change for change in found if change.item is not ChangedItem.CHILD)


def _reaches_others(change: Change) -> bool:
    is_of_project = change.item is ChangedItem.PROJECT
    return change.item is ChangedItem.ALIAS or (is_of_project and change.field in {WHOLE, *REACHING})


def _require_unchanged(act: Act, change: Change) -> None:
    if _is_as_then(act, change):
        return
    newer = history.find_newer_change(act.tx, act.asker.workspace_id, change, of_item=change.field == WHOLE)
    raise ChangedSinceError(act.project.slug, newer.person_id if newer else None)


def _is_as_then(act: Act, change: Change) -> bool:
    if change.field == ORDER:
        return is_in_order([outcome.id for outcome in act.outcomes], ids_in(change.after))
    now = current_value(act.tx, act.project, change.item, change.item_id, change.field)
    return now == without_number(change.after)


def _revert(act: Act, change: Change) -> None:
    if change.field == ORDER:
        now = [outcome.id for outcome in act.outcomes]
        wanted = reordered(now, ids_in(change.before))
        act.set(change.item, change.item_id, ORDER, as_value(now), as_value(wanted))
        return
    if change.item is ChangedItem.PROJECT and change.field == WHOLE:
        # A project that was made is not unmade: somebody may have a link to it.
        act.change_project("state", ProjectState.ARCHIVED.value)
        return
    is_name = change.item is ChangedItem.ALIAS or (change.item, change.field) == (ChangedItem.PROJECT, "slug")
    if is_name and change.before is not None:
        require_free(act.tx, act.asker, str(change.before))
    if change.field == "parent_id" and change.before is not None:
        _require_no_ring(act, int(str(change.before)))
    if change.field == "is_restricted":
        require_may_restrict(act.tx, act.asker, act.project)
    act.set(change.item, change.item_id, change.field, change.after, change.before)


def _require_no_ring(act: Act, parent_id: int) -> None:
    """Raises RingError, and GoneProjectError in place of one that would name what the person does not see."""
    parent = projects.get_project(act.tx, act.asker.workspace_id, parent_id)
    try:
        require_no_ring(act.tx, act.asker.workspace_id, act.project, parent)
    except RingError as error:
        if named_to(act.tx, act.asker, parent) is None:
            raise GoneProjectError from error
        raise

"""An answer to what was changed on a page and in chat: an act of whoever clicks, like any other."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import JsonValue

from bot.domain.merging import merge_order
from bot.errors import GoneProjectError
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.family import require_no_ring
from bot.services.import_target import STATUS
from bot.services.import_values import record_value
from bot.services.naming import named_to
from bot.services.ordering import as_value
from bot.services.page_questions import look_again, renew
from bot.services.standing import understand
from bot.services.values import link_value, member_value, outcome_value
from storage import (
    links,
    members,
    outcomes,
    page_conflicts,
    project_parts,
    projects,
    publication_looks,
)
from storage.database import Tx
from storage.history_records import ORDER, WHOLE, ChangedItem
from storage.page_conflicts import ConflictState, PageConflict
from storage.records import Outcome, ProjectState, UpdateSource
from storage.sight import EVERYTHING

_TEXTS = {"name", "summary", "goal"}


class Answered(NamedTuple):
    """`conflict` as it is now. `is_mine`: this click decided it.

    If it is still open, it had changed since the person saw it: they are asked anew.
    """

    act: Act
    conflict: PageConflict
    is_mine: bool


def answer(
    tx: Tx, asker: Asker, conflict_id: int, version: int, now: datetime, *, takes_page: bool
) -> Answered:
    """Decide it once; whoever comes later learns how it was decided.

    Whoever may change the project may. Raises NotAllowedError, OnlyMembersError, GoneProjectError; RingError.
    """
    conflict = _get(tx, asker, conflict_id)
    act = Act.begin(tx, asker, conflict.project_id, UpdateSource.BUTTON, now, reaches_others=True)
    # Asked again behind the lock: two clicks may come at once, or a reading of the page.
    conflict = _get(tx, asker, conflict_id)
    if conflict.state is not ConflictState.OPEN:
        return Answered(act, conflict, is_mine=False)
    if conflict.version != version or record_value(tx, act.project, conflict) != conflict.in_record:
        return Answered(act, look_again(tx, conflict, now), is_mine=False)
    if takes_page:
        _take(act, conflict)
    state = ConflictState.TAKEN if takes_page else ConflictState.KEPT
    page_conflicts.answer_conflict(*act.where, conflict_id, state, by=asker.person_id, now=now)
    renew(*act.where, conflict, now)
    # What was kept changes the page alone.
    publication_looks.look_at_page(*act.where, conflict.page_id, now)
    return Answered(act, _get(tx, asker, conflict_id), is_mine=True)


def _get(tx: Tx, asker: Asker, conflict_id: int) -> PageConflict:
    """Raises GoneProjectError: what was forgotten with its project, or is of another workspace."""
    found = page_conflicts.find_conflict(tx, asker.workspace_id, conflict_id)
    if found is None:
        raise GoneProjectError
    return found


def _take(act: Act, conflict: PageConflict) -> None:
    """The record is to say what the page says."""
    if conflict.item in _TEXTS:
        act.change_project(conflict.item, conflict.on_page or "")
    elif conflict.item == "parent":
        _take_parent(act, conflict.on_page or "")
    elif conflict.item == "project":
        act.change_project("state", ProjectState.ARCHIVED.value)
    elif conflict.item == "outcomes":
        _take_order(act, conflict)
    elif conflict.item == "outcome":
        _take_outcome(act, conflict.item_id or 0, conflict.on_page)
    elif conflict.item == STATUS:
        _take_status(act, conflict.item_id or 0, conflict.on_page or "")
    else:
        _take_part(act, ChangedItem(conflict.item), conflict.item_id or 0, conflict.on_page)


def _take_parent(act: Act, slug: str) -> None:
    """Raises RingError, and GoneProjectError for a parent that is not there or not seen."""
    if not slug:
        act.change_project("parent_id", None)
        return
    parent = projects.find_project_by_slug(*act.where, slug)
    parent = parent or projects.find_project_by_alias(*act.where, slug)
    if parent is None or named_to(act.tx, act.asker, parent) is None:
        raise GoneProjectError
    require_no_ring(*act.where, act.project, parent)
    act.change_project("parent_id", parent.id)


def _take_order(act: Act, conflict: PageConflict) -> None:
    now = [each.id for each in act.outcomes]
    was, here = json.loads(conflict.base or "[]"), json.loads(conflict.on_page or "[]")
    after = merge_order(now, was, here)
    act.set(ChangedItem.OUTCOME, None, ORDER, as_value(now), as_value(after))


def _take_outcome(act: Act, outcome_id: int, text: str | None) -> None:
    found = next((each for each in act.outcomes if each.id == outcome_id), None)
    if text is None:
        if found is not None:
            act.set(ChangedItem.OUTCOME, outcome_id, WHOLE, outcome_value(found), None)
    elif found is not None:
        act.change_outcome(found, "text", text)
    else:
        _tell_of_return(act, _bring_back(act, outcome_id, text=text))


def _bring_back(act: Act, outcome_id: int, **columns: Any) -> Outcome:  # noqa: ANN401 - columns differ in type
    """People took it off the record; it comes back with all that was said of it."""
    outcomes.change_outcome(*act.where, outcome_id, act.now, removed_at=None, **columns)
    return _outcome(act, outcome_id)


def _tell_of_return(act: Act, back: Outcome) -> None:
    act.set(ChangedItem.OUTCOME, back.id, WHOLE, None, outcome_value(back))


def _outcome(act: Act, outcome_id: int) -> Outcome:
    return next(each for each in act.outcomes if each.id == outcome_id)


def _take_status(act: Act, outcome_id: int, words: str) -> None:
    """From now on: what was said in chat was said before."""
    is_off = outcome_id not in {each.id for each in act.outcomes}
    outcome = _bring_back(act, outcome_id) if is_off else _outcome(act, outcome_id)
    standing = understand(words, act.now.date())
    if standing is not None:
        act.say(outcome, standing.status, standing.note, None, source=UpdateSource.EDIT)
    if is_off:
        # With what is said of it now, so that both can be taken back at once.
        _tell_of_return(act, _outcome(act, outcome_id))


def _take_part(act: Act, item: ChangedItem, part_id: int, on_page: str | None) -> None:
    """A link or a member."""
    was = _part_value(act, item, part_id)
    if on_page is None:
        act.set(item, part_id, WHOLE, was, None)
        return
    columns = _columns(item, on_page)
    if was is not None:
        for name, value in columns.items():
            act.set(item, part_id, name, was[name], value)
        return
    if item is ChangedItem.LINK:
        links.change_link(*act.where, part_id, removed_at=None, **columns)
    else:
        members.change_member(*act.where, part_id, removed_at=None, **columns)
    back = _part_value(act, item, part_id)
    if back is None and item is ChangedItem.LINK:
        part_id = links.add_link(*act.where, act.project.id, **columns)
    elif back is None:
        part_id = members.add_member(*act.where, act.project.id, **columns)
    act.set(item, part_id, WHOLE, None, _part_value(act, item, part_id))


def _columns(item: ChangedItem, on_page: str) -> dict[str, Any]:
    names = ("url", "label", "lead") if item is ChangedItem.LINK else ("name", "role")
    return dict(zip(names, json.loads(on_page), strict=True))


def _part_value(act: Act, item: ChangedItem, part_id: int) -> dict[str, JsonValue] | None:
    parts = project_parts.get_parts(*act.where, EVERYTHING, act.project.id)
    if item is ChangedItem.LINK:
        return next((link_value(each) for each in parts.links if each.id == part_id), None)
    return next((member_value(each) for each in parts.members if each.id == part_id), None)

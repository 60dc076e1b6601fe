"""Outcomes, from a page into the record."""

from collections.abc import Sequence
from typing import Any

from bot.domain.merging import Merge, match_items, merge, merge_order
from bot.pages.values import PageOutcome, PageProject
from bot.services.import_report import ChangeKind
from bot.services.import_target import Target
from storage import outcomes
from storage.pages import Place
from storage.records import Outcome, OutcomeStatus, UpdateSource
from storage.status_updates import record_status_update

GONE_NOTE = "No longer on the page"
BACK_NOTE = "Back on the page"


def import_outcomes(
    target: Target, page: PageProject, record: tuple[Outcome, ...], old: Sequence[Place]
) -> None:
    known = {outcome.id: outcome for outcome in record}
    removed = outcomes.list_removed(target.tx, target.workspace_id, target.project_id)
    old = [
        place for place in old if place.item == "outcome" and place.item_id in known.keys() | removed.keys()
    ]
    matching = match_items([place.value for place in old], [outcome.text for outcome in page.outcomes])
    spare = _spare(record, {place.item_id for place in old})
    ids: list[int] = []
    for item, old_index in zip(page.outcomes, matching.old_of_new, strict=True):
        if old_index is not None:
            base = old[old_index]
            item_id = base.item_id or 0
            if item_id in removed:
                _keep_removed(target, item, base.value)
                target.place("outcome", item_id, item.text, item.place)
                continue
            _merge_outcome(target, item, known[item_id], base.value)
            ids.append(item_id)
        elif spare.get(item.text):
            outcome = spare[item.text].pop(0)
            _take_back(target, item, outcome)
            ids.append(outcome.id)
        else:
            ids.append(_add_outcome(target, item, len(ids)))
        target.place("outcome", ids[-1], item.text, item.place)
    for index in matching.gone:
        if old[index].item_id in known:
            _drop(target, known[old[index].item_id or 0], old[index].value)
    _order_outcomes(target, record, [place.item_id or 0 for place in old if place.item_id in known], ids)


def _spare(record: Sequence[Outcome], on_page: set[int | None]) -> dict[str, list[Outcome]]:
    """Outcomes that were not on the page last time, by their text."""
    spare: dict[str, list[Outcome]] = {}
    for outcome in record:
        if outcome.id not in on_page:
            spare.setdefault(outcome.text, []).append(outcome)
    return spare


def _keep_removed(target: Target, item: PageOutcome, base: str) -> None:
    """What people in chat took off the record stays off it; that it was edited is worth knowing."""
    if item.text != base:
        target.note(ChangeKind.KEPT, "outcome", "", item.text)


def _merge_outcome(target: Target, item: PageOutcome, outcome: Outcome, base: str) -> None:
    changes: dict[str, Any] = {}
    match merge(base, item.text, outcome.text):
        case Merge.TAKE:
            changes["text"] = item.text
            target.note(ChangeKind.CHANGED, f"outcome {outcome.number}", outcome.text, item.text)
        case Merge.CONFLICT:
            target.note(ChangeKind.KEPT, f"outcome {outcome.number}", outcome.text, item.text)
        case Merge.KEEP:
            pass
    if changes:
        outcomes.change_outcome(target.tx, target.workspace_id, outcome.id, target.now, **changes)
    _nest(target, item, outcome)


def _nest(target: Target, item: PageOutcome, outcome: Outcome) -> None:
    """How deeply it is nested is for the page to say."""
    if item.level != outcome.level:
        outcomes.change_outcome(target.tx, target.workspace_id, outcome.id, target.now, level=item.level)
        target.note(ChangeKind.MOVED, f"outcome {outcome.number}", after=item.text)


def _take_back(target: Target, item: PageOutcome, outcome: Outcome) -> None:
    """An outcome that people wrote, or that had been dropped since it was gone from the page."""
    _nest(target, item, outcome)
    newest = outcome.newest
    if newest is not None and newest.source is UpdateSource.PAGE and newest.status is OutcomeStatus.DROPPED:
        _record(target, outcome, None, BACK_NOTE)
        target.note(ChangeKind.RESTORED, f"outcome {outcome.number}", after=outcome.text)


def _add_outcome(target: Target, item: PageOutcome, position: int) -> int:
    target.note(ChangeKind.ADDED, "outcome", after=item.text)
    return outcomes.add_outcome(
        target.tx,
        target.workspace_id,
        target.project_id,
        position=position,
        level=item.level,
        text=item.text,
        now=target.now,
    )


def is_said(outcome: Outcome, base: str | None) -> bool:
    """Whether people in chat had a part in it. `base` is its text on the page, None when it was not there."""
    if outcome.owner_id or outcome.due_on or outcome.metric:
        return True
    if outcome.newest is not None and outcome.newest.source is not UpdateSource.PAGE:
        return True
    # Only what was on the page can have been dropped since it is gone from there.
    return outcome.newest is None if base is None else outcome.text != base


def _drop(target: Target, outcome: Outcome, base: str) -> None:
    item = f"outcome {outcome.number}"
    if is_said(outcome, base):
        target.note(ChangeKind.KEPT_REMOVED, item, outcome.text)
    elif outcome.status is not OutcomeStatus.DROPPED:
        _record(target, outcome, OutcomeStatus.DROPPED, GONE_NOTE)
        target.note(ChangeKind.REMOVED, item, outcome.text)


def _record(target: Target, outcome: Outcome, status: OutcomeStatus | None, note: str) -> None:
    record_status_update(
        target.tx,
        target.workspace_id,
        outcome,
        status=status,
        note=note,
        said_at=target.now,
        source=UpdateSource.PAGE,
    )


def _order_outcomes(target: Target, record: Sequence[Outcome], old: list[int], new: list[int]) -> None:
    before = [outcome.id for outcome in record]
    after = merge_order(before, old, new)
    if after == before or not before:
        return
    outcomes.order_outcomes(target.tx, target.workspace_id, after)
    recorded = set(before)
    if [key for key in after if key in recorded] != before:
        target.note(ChangeKind.MOVED, "outcomes")

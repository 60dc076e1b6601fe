"""Outcomes, from a page into the record."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.domain.merging import Merge, match_items, merge, merge_order
from bot.pages.values import PageOutcome, PageProject
from bot.services.import_report import ChangeKind
from bot.services.import_target import Difference, Target
from storage import outcomes
from storage.pages import Place
from storage.records import Outcome, OutcomeStatus, UpdateSource
from storage.status_updates import record_status_update

GONE_NOTE = "No longer on the page"
BACK_NOTE = "Back on the page"
_ORDER = "their order"


class FoundOutcomes(NamedTuple):
    """Which outcomes those on a page are, by their ids, and which of them were not there before."""

    all_: list[int]
    added: set[int]


def import_outcomes(
    target: Target, page: PageProject, record: tuple[Outcome, ...], old: Sequence[Place]
) -> FoundOutcomes:
    known = {outcome.id: outcome for outcome in record}
    removed = outcomes.list_removed(target.tx, target.workspace_id, target.project_id)
    old = [
        place
        for place in (*old, *target.missing("outcome"))
        if place.item == "outcome" and place.item_id in known.keys() | removed.keys()
    ]
    matching = match_items([place.value for place in old], [outcome.text for outcome in page.outcomes])
    matched = {old[index].item_id for index in matching.old_of_new if index is not None}
    spare = _spare(record, matched | {place.item_id for place in old if place.id})
    ids: list[int] = []
    found = FoundOutcomes([], set())
    for item, old_index in zip(page.outcomes, matching.old_of_new, strict=True):
        if old_index is not None:
            base = old[old_index]
            item_id = base.item_id or 0
            if item_id in removed:
                _keep_removed(target, item, base)
                target.place("outcome", item_id, item.text, item.place)
                found.all_.append(item_id)
                continue
            _merge_outcome(target, item, known[item_id], base.value)
            ids.append(item_id)
        elif spare.get(item.text):
            outcome = spare[item.text].pop(0)
            _take_back(target, item, outcome)
            ids.append(outcome.id)
        else:
            ids.append(_add_outcome(target, item, len(ids)))
            found.added.add(ids[-1])
        found.all_.append(ids[-1])
        target.place("outcome", ids[-1], item.text, item.place)
    for index in matching.gone:
        if old[index].item_id in known.keys() - set(ids):
            _drop(target, known[old[index].item_id or 0], old[index].value)
    _order_outcomes(target, record, [place.item_id or 0 for place in old if place.item_id in known], ids)
    return found


def _spare(record: Sequence[Outcome], on_page: set[int | None]) -> dict[str, list[Outcome]]:
    """Outcomes that were not on the page last time, by their text."""
    spare: dict[str, list[Outcome]] = {}
    for outcome in record:
        if outcome.id not in on_page:
            spare.setdefault(outcome.text, []).append(outcome)
    return spare


def _keep_removed(target: Target, item: PageOutcome, old: Place) -> None:
    """What people in chat took off the record stays off it; that it was edited is worth knowing."""
    base = target.base("outcome", old.item_id, old.value)
    if item.text != base:
        found = Difference(("outcome", old.item_id), base, item.text, None)
        target.differ(ChangeKind.KEPT, "outcome", found, "", item.text)


def _merge_outcome(target: Target, item: PageOutcome, outcome: Outcome, last: str) -> None:
    changes: dict[str, Any] = {}
    base = target.base("outcome", outcome.id, last)
    match merge(base, item.text, outcome.text):
        case Merge.TAKE:
            changes["text"] = item.text
            target.note(ChangeKind.CHANGED, f"outcome {outcome.number}", outcome.text, item.text)
        case Merge.CONFLICT:
            found = Difference(("outcome", outcome.id), base, item.text, outcome.text)
            target.differ(ChangeKind.KEPT, f"outcome {outcome.number}", found, outcome.text, item.text)
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


def _drop(target: Target, outcome: Outcome, last: str) -> None:
    item, base = f"outcome {outcome.number}", target.base("outcome", outcome.id, last)
    if is_said(outcome, base):
        found = Difference(("outcome", outcome.id), base, None, outcome.text)
        target.differ(ChangeKind.KEPT_REMOVED, item, found, outcome.text)
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
    old = _keep_order(target, before, old, new)
    after = merge_order(before, old, new)
    if after == before or not before:
        return
    outcomes.order_outcomes(target.tx, target.workspace_id, after)
    recorded = set(before)
    if [key for key in after if key in recorded] != before:
        target.note(ChangeKind.MOVED, "outcomes")


def _keep_order(target: Target, record: list[int], last: list[int], new: list[int]) -> list[int]:
    """The page's earlier order; the one that it has now, where people in chat have another since."""
    base = target.base("outcomes", None, None)
    old = last if base is None else json.loads(base)
    both = set(old) & set(new) & set(record)
    was, here, said = ([id_ for id_ in order if id_ in both] for order in (old, new, record))
    if was == here or said in (was, here):
        return old
    values = (json.dumps(order) for order in (was, here, said))
    target.differ(ChangeKind.KEPT, "outcomes", Difference(("outcomes", None), *values), _ORDER)
    return here

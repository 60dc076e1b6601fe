"""Marks of how outcomes stand, which publishing sets and people edit by hand: into the record, as updates.

A mark that was changed is what its author says of the outcome. One that is gone says nothing, and comes back
when the page is published; one that says no status stays as it is, and is noted.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import cached_property

from bot.pages.marks import is_no_status, mark_behind, standing_words, words_of
from bot.pages.values import NoteKind, PageNote, PageOutcome, PageProject
from bot.services import rounds
from bot.services.import_report import ChangeKind
from bot.services.import_target import STATUS, Difference, Target
from bot.services.standing import (
    Standing,
    is_readable,
    said_at,
    understand,
    words_of_outcome,
    zone_of_pages,
)
from storage import outcomes
from storage.pages import Page, Place
from storage.records import Outcome, UpdateSource
from storage.status_updates import record_status_update

_NOTHING_SAID = standing_words(None, None)


def marks_said(old: Sequence[Place], page: Page | None) -> dict[int, str]:
    """What the page last said of how outcomes stand, by their ids. `old`: places on this page, or another."""
    mine = [place for place in old if page is not None and place.page_id == page.id and place.item_id]
    found = {place.item_id or 0: place.value for place in mine if place.item == STATUS}
    for place in mine:
        # Pages that were published before marks had places of their own.
        if place.item == "outcome" and place.line and page is not None and place.item_id not in found:
            mark = mark_behind(page.text, place.end)
            found |= {} if mark is None else {place.item_id or 0: words_of(mark)}
    return found


def mark_to_keep(item: PageOutcome, text: str, last: str | None, today: date) -> str | None:
    """What the next edit of the mark is compared with: what it says, if it says anything."""
    words = words_of(item.mark.of(text)) if item.mark else ""
    return words if words and (words == last or is_readable(words, today)) else last


def import_statuses(
    target: Target,
    page: PageProject,
    text: str,
    ids: Sequence[int],
    *,
    last: Mapping[int, str],
    added: Collection[int],
) -> list[PageNote]:
    """`ids`: of the outcomes of the page. `last`: as `marks_said`. `added`: by this edit of a known page."""
    if not any(item.mark for item in page.outcomes) and not last:
        return []
    return _Statuses(target, text, last, added).run(page, ids)


@dataclass
class _Statuses:
    target: Target
    text: str
    last: Mapping[int, str]
    added: Collection[int]

    @cached_property
    def zone(self) -> tzinfo:
        return zone_of_pages(self.target.tx, self.target.workspace_id)

    @property
    def today(self) -> date:
        """By which days in words are read; those in figures are the same by any."""
        return self.target.now.date()

    @cached_property
    def record(self) -> dict[int, Outcome]:
        return {each.id: each for each in outcomes.list_outcomes(*self.target.where)}

    def run(self, page: PageProject, ids: Sequence[int]) -> list[PageNote]:
        notes: list[PageNote] = []
        for item, id_ in zip(page.outcomes, ids, strict=True):
            last = _NOTHING_SAID if id_ in self.added else self.last.get(id_)
            words = words_of(item.mark.of(self.text)) if item.mark else ""
            kept = mark_to_keep(item, self.text, last, self.today)
            if kept is not None:
                self.target.place(STATUS, id_, kept, item.mark or item.place)
            base = self.target.base(STATUS, id_, last)
            if not words or base is None or words == base or is_no_status(words):
                continue
            standing = understand(words, self.today)
            if standing is None:
                line = item.place.line
                notes.append(PageNote(line, line, NoteKind.MARK, words))
            elif standing != understand(base, self.today):
                self._merge(id_, words, standing, base)
        return notes

    def _merge(self, id_: int, words: str, standing: Standing, base: str) -> None:
        outcome = self.record.get(id_)
        said = words_of_outcome(outcome, self.zone) if outcome else None
        called = f"status of outcome {outcome.number}" if outcome else STATUS
        if outcome is not None and said == base:
            self._say(outcome, standing, base)
            self.target.note(ChangeKind.CHANGED, called, base, words)
        elif outcome is None or outcome.status is not standing.status:
            found = Difference((STATUS, id_), base, words, said)
            self.target.differ(ChangeKind.KEPT, called, found, said or "", words)

    def _say(self, outcome: Outcome, standing: Standing, base: str) -> None:
        target, author = self.target, self.target.author
        record_status_update(
            target.tx,
            target.workspace_id,
            outcome,
            status=standing.status,
            note=standing.note,
            said_by=author.person_id if author else None,
            said_at=said_at(standing, base, outcome, target.now, self.zone),
            source=UpdateSource.EDIT,
        )
        if author is not None and author.person_id is not None:
            rounds.record_heard(*target.where, author.person_id, target.now)
        else:
            rounds.renew_open(*target.where, target.now)

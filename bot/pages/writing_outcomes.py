"""Key outcomes: the lists of a project as they become, each outcome's lines moved as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from bot.pages.list_items import NEW, Item, joined, moved_to, numbered
from bot.pages.sheet import Sheet
from bot.pages.values import GroupKind, PageGroup, PageOutcome
from bot.pages.wanted import Plan, WantedOutcome
from bot.pages.writing_values import is_same, value_text

_Part = list[tuple[PageOutcome, int | None]]
_Wanted = dict[int, WantedOutcome]


def outcome_words(wanted: WantedOutcome, marker: str, column: str, eol: str) -> str | None:
    """Marker, text and mark of a new outcome; None for one that no page can say."""
    lead = f"{marker} " if marker else ""
    text = value_text(GroupKind.OUTCOMES, wanted.text, indent=column + " " * len(lead), eol=eol)
    return None if text is None else f"{lead}{text}{_behind(wanted.mark)}"


def _behind(mark: str) -> str:
    return f" {mark}" if mark else ""


def write_outcomes(sheet: Sheet, plan: Plan) -> _Wanted:
    """Edit all lists that there are; what is left over has none to stand in."""
    on_page = {key for key in plan.outcomes if key is not None}
    new = {key: outcome for key, outcome in plan.wanted.outcomes.items() if key not in on_page}
    groups = [group for group in plan.page.groups if group.kind is GroupKind.OUTCOMES]
    parts = [part for group in groups if (part := _in_group(plan, group))]
    for number, part in enumerate(parts):
        wanted = _wanted_here(plan, part, new, is_first=number == 0)
        _List(sheet, part, wanted, may_move="outcomes" not in plan.held).write()
    return {} if parts else new


def _in_group(plan: Plan, group: PageGroup) -> _Part:
    start, end = group.place.start, group.place.end
    return [
        (outcome, key)
        for outcome, key in zip(plan.page.outcomes, plan.outcomes, strict=True)
        if start <= outcome.place.start < end
    ]


def _wanted_here(plan: Plan, part: _Part, new: _Wanted, *, is_first: bool) -> _Wanted:
    """Those on this list, and the new ones that follow one of them."""
    here = {key for _, key in part}
    found: _Wanted = {}
    is_here = is_first
    for key, outcome in plan.wanted.outcomes.items():
        if key not in new:
            is_here = key in here
        if is_here:
            found[key] = outcome
    return found


class _List:
    """One list (or paragraphs, an outcome each) in one group."""

    def __init__(self, sheet: Sheet, part: _Part, wanted: _Wanted, *, may_move: bool) -> None:
        self._sheet, self._text, self._eol = sheet, sheet.text, sheet.eol
        self._part, self._wanted, self._may_move = part, wanted, may_move
        self._starts = [self._start(outcome) for outcome, _ in part]
        self._end = max(outcome.item.end for outcome, _ in part)
        # "- - a" has two markers on a line, which cannot be taken apart.
        self._is_regular = all(not outcome.prefix.strip() for outcome, _ in part[1:])
        self._old = list(self._items())

    def write(self) -> None:
        items = self._arranged(self._kept()) if self._is_regular else self._old
        start = self._starts[0]
        if items:
            is_loose = not self._old[0].marker or any(
                item.after and not item.after.strip() for item in self._old[:-1]
            )
            self._sheet.replace(start, self._end, joined(items, self._old, self._eol, is_loose=is_loose))
        elif self._text[self._sheet.start_of_line(start) : start].strip():
            self._sheet.replace(start, self._end, f"TBD{self._eol}")  # a definition has to say something
        else:
            self._sheet.remove_lines(self._sheet.start_of_line(start), self._end)

    def _start(self, outcome: PageOutcome) -> int:
        if not outcome.marker:
            return outcome.place.start
        return outcome.item.start + (0 if outcome.prefix.strip() else len(outcome.prefix))

    def _items(self) -> Iterator[Item]:
        """The outcomes as they stand there, with their new words."""
        ends = [*(self._line_of(start) for start in self._starts[1:]), self._end]
        for number, (outcome, key) in enumerate(self._part):
            start, stop = self._starts[number], ends[number]
            end = min(outcome.item.end, stop)
            words = self._edited(outcome, None if key is None else self._wanted.get(key), start, end)
            column, after = self._sheet.column_of(start), self._text[end:stop]
            yield Item(key, number, outcome.level, column, outcome.marker, words, after)

    def _line_of(self, start: int) -> int:
        return self._sheet.start_of_line(start) if self._is_regular else start

    def _edited(self, outcome: PageOutcome, wanted: WantedOutcome | None, start: int, end: int) -> str:
        if wanted is None:
            return self._text[start:end]
        place, mark = outcome.place, outcome.mark
        words = place.of(self._text)
        if not is_same(wanted.text, outcome.text):
            indent = self._sheet.column_of(place.start - (len(outcome.box) + 1 if outcome.box else 0))
            kind = GroupKind.OUTCOMES
            words = value_text(kind, wanted.text, indent=indent, eol=self._eol, like=words) or words
        said = mark.of(self._text) if mark else ""
        said = said if " ".join(said.split()) == wanted.mark else _behind(wanted.mark)
        behind = mark.end if mark else place.end
        return f"{self._text[start : place.start]}{words}{said}{self._text[behind:end]}"

    def _kept(self) -> list[Item]:
        """Without those that are off the record, but for one that others stay below."""
        kept: list[Item] = []
        level, prose = -1, ""
        for item in reversed(self._old):
            is_gone = item.key is not None and item.key not in self._wanted
            if is_gone and level <= item.level:
                prose = item.after + prose if item.after.strip() else prose
                continue
            kept.append(replace(item, key=None if is_gone else item.key, after=item.after + prose))
            level, prose = item.level, ""
        return kept[::-1]

    def _arranged(self, kept: list[Item]) -> list[Item]:
        """In the order of the record, with what is new; what has no record stays behind its neighbour."""
        by_key = {item.key: item for item in kept if item.key is not None}
        order = [key for key in self._wanted if key in by_key] if self._may_move else list(by_key)
        behind: dict[int | None, list[Item | int]] = {}
        last: int | None = None
        for item in kept:
            last = last if item.key is None else item.key
            behind.setdefault(last, []).extend([item] if item.key is None else [])
        last = None
        for key in self._wanted:
            last = key if key in by_key else last
            behind.setdefault(last, []).extend([] if key in by_key else [key])
        found: list[Item] = []
        for at in (None, *order):
            if at is not None:
                found.append(self._levelled(by_key[at], found))
            for each in self._in_turn(behind.get(at, ())):
                found += [each] if isinstance(each, Item) else self._new(each, found)
        return numbered(found, self._old)

    def _in_turn(self, behind: Sequence[Item | int]) -> list[Item | int]:
        """New ones do not come between what is off the record and those that keep it on the page."""
        gone = next((each for each in behind if isinstance(each, Item) and self._is_gone(each)), None)
        if gone is None:
            return list(behind)
        above = [each for each in behind if isinstance(each, int) and self._wanted[each].level <= gone.level]
        at = behind.index(gone)
        return [*behind[:at], *above, *(each for each in behind[at:] if each not in above)]

    def _is_gone(self, item: Item) -> bool:
        return item.number != NEW and self._part[item.number][1] is not None

    def _levelled(self, item: Item, before: Sequence[Item]) -> Item:
        """Below what it belongs to, its lines as far in as that takes."""
        wanted = self._wanted[item.key] if item.key is not None else None
        deepest = before[-1].level + 1 if before else 0
        level = min(wanted.level if wanted else item.level, deepest)
        if level == item.level or not self._may_move:
            return item
        return moved_to(item, level, self._place_for(level, before)[0])

    def _place_for(self, level: int, before: Sequence[Item]) -> tuple[str, str]:
        """Where the marker of an item of this level stands, and what it is."""
        found = next((item for item in chain(reversed(before), self._old) if item.level == level), None)
        if found is not None:
            return found.column, found.marker
        above = next((item for item in reversed(before) if item.level == level - 1), self._old[0])
        marker = self._sheet.patterns.bullet if above.marker[:-1].isdigit() else above.marker
        return above.column + " " * (len(above.marker) + 1), marker

    def _new(self, key: int, before: Sequence[Item]) -> list[Item]:
        """None for words that no page can say."""
        wanted = self._wanted[key]
        level = min(wanted.level, before[-1].level + 1 if before else 0)
        column, marker = self._place_for(level, before)
        words = outcome_words(wanted, marker, column, self._eol)
        return [] if words is None else [Item(key, NEW, level, column, marker, words + self._eol)]

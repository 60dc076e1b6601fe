"""What the lines of a reply do to outcomes, what became of them, and how all of it is taken back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from pydantic import JsonValue

from bot.domain.replies import Asked, Line, Unclear, Understood
from bot.domain.reply_grammar import parse_reply
from bot.domain.status_words import Said
from bot.services import editing
from bot.services.changing import Act
from bot.services.values import OVERTAKEN, said_value
from storage import history, status_updates
from storage.database import Tx
from storage.history_records import SAID, ChangedItem
from storage.records import Outcome, OutcomeStatus, StatusUpdate
from storage.terms import without_links

_MOST_OF_ONE = 5
"""Lines of one reply about one outcome."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """An update that an act wrote: said in it, or taken back in it and said in another of the same reply.

    `before`: what had been said of the outcome.
    """

    outcome_id: int
    update_id: int
    value: Mapping[str, JsonValue]
    before: Mapping[str, JsonValue]
    is_said: bool


def lines_of_reply(text: str, outcomes: Sequence[Outcome], said: Sequence[Wrote] = ()) -> tuple[Line, ...]:
    """`text` as people read it. `said`: what was written of it, if it was: it is read as it was then."""
    was_open: dict[int, bool] = {}
    for wrote in said:
        status = wrote.before.get("status")
        was_open.setdefault(wrote.outcome_id, not status or OutcomeStatus(str(status)).is_open)
    asked = [
        Asked(
            each.number,
            without_links(each.text),
            each.metric is not None,
            was_open.get(each.id, each.is_open),
        )
        for each in outcomes
    ]
    return parse_reply(as_from_slack(text), asked)


def as_from_slack(text: str) -> str:
    """The rules read texts as Slack writes them: a bracket that was typed is no link."""
    return escape(text, quote=False)


def say_lines(act: Act, lines: Sequence[Line], overtaken: Mapping[int, StatusUpdate]) -> None:
    """Every line that is clear is written down. `overtaken`: updates that are put right in their place."""
    numbers = {each.number: each.id for each in act.outcomes}
    for line in _clear(lines):
        id_ = numbers[line.number]
        say_line(act, id_, line.said, overtaken.get(id_))


def _clear(lines: Sequence[Line]) -> list[Understood]:
    """Those that are written down: of many about one outcome the last, so that nobody waits for thousands."""
    kept: list[Understood] = []
    count: Counter[int] = Counter()
    for line in reversed(lines):
        if isinstance(line, Understood) and count[line.number] < _MOST_OF_ONE:
            count[line.number] += 1
            kept.append(line)
    return kept[::-1]


def say_line(act: Act, outcome_id: int, said: Said, instead: StatusUpdate | None = None) -> None:
    """Raises GoneOutcomeError, and NoMetricError for a number alone.

    What is longer than a note may be is said in full in the thread, and kept so; the note is its beginning.
    """
    # Read anew: two lines may be about one outcome.
    outcome = editing.get_outcome_by_id(act, outcome_id)
    if outcome.metric is None and said.status is not None:
        said = replace(said, value=None)
    editing.say(act, outcome, replace(said, note=shortened(said.note)), instead=instead)


def shortened(note: str) -> str:
    limit = editing.LONGEST_TEXT
    return note if len(note) <= limit else note[: limit - 1].rstrip() + "…"


def take_back(act: Act, act_id: str | None) -> dict[int, StatusUpdate]:
    """All that the act wrote; of what somebody has spoken after, the update, by the outcome's id."""
    overtaken: dict[int, StatusUpdate] = {}
    for wrote in reversed(list_written(act.tx, act.asker.workspace_id, act_id)):
        where = act.tx, act.asker.workspace_id
        update = status_updates.find_update(*where, wrote.update_id)
        outcome = next((each for each in act.outcomes if each.id == wrote.outcome_id), None)
        if update is None or outcome is None:
            continue
        is_newest = outcome.newest is not None and outcome.newest.id == update.id
        before: JsonValue = said_value(update)
        if is_newest:
            after = said_value(status_updates.find_update_before(*where, update))
        else:
            overtaken[outcome.id] = update
            before, after = {**wrote.value, OVERTAKEN: True}, None
        act.set(ChangedItem.OUTCOME, outcome.id, SAID, before, after)
    return overtaken


def list_written(tx: Tx, workspace_id: str, act_id: str | None) -> tuple[Wrote, ...]:
    """In the order in which it was written."""
    return () if act_id is None else tuple(_written(tx, workspace_id, act_id))


def _written(tx: Tx, workspace_id: str, act_id: str) -> Iterator[Wrote]:
    for change in history.list_changes_of_act(tx, workspace_id, act_id):
        if change.field != SAID or change.item_id is None:
            continue
        before, after = _as_value(change.before), _as_value(change.after)
        old, new = (int(str(value.get("id", 0))) for value in (before, after))
        value = after if new > old else before
        yield Wrote(change.item_id, max(old, new), value, before, is_said=new > old)


def _as_value(value: JsonValue) -> dict[str, JsonValue]:
    return value if isinstance(value, dict) else {}


def settled_lines(lines: Sequence[Line], said: Sequence[Wrote]) -> dict[int, int]:
    """Which unclear lines were said of which outcome, by a click: those after the ones that were clear."""
    clear = len(_clear(lines))
    found: dict[int, int] = {}
    for wrote in said[clear:]:
        for number, line in enumerate(lines):
            if number not in found and isinstance(line, Unclear) and _is_what(line.said, wrote):
                found[number] = wrote.outcome_id
                break
    return found


def _is_what(said: Said, wrote: Wrote) -> bool:
    is_same_note = wrote.value.get("note") == shortened(said.note)
    return is_same_note and (said.status is None or said.status.value == wrote.value.get("status"))

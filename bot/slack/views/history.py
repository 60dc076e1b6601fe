"""The history of a project: who changed what, when, from what to what."""

from collections.abc import Callable
from datetime import date, datetime

from pydantic import JsonValue

from bot import texts, texts_changes
from bot.domain.cadence import cadence_in_words
from bot.domain.cadence_words import stored_cadence
from bot.services.reading import HistoryPage
from bot.services.values import OVERTAKEN, THRESHOLDS
from bot.slack.mrkdwn import escape
from bot.slack.views.layout import Part, briefly, context, section
from bot.slack.views.outcomes import day_and_month, instant
from bot.slack.views.sheet import Sheet
from storage.history_records import ORDER, SAID, WHOLE, Change, ChangedItem
from storage.records import OutcomeStatus, ProjectState

_SHOWN = 300
"""Characters of a text that are shown; "…" says where there is more."""
_NOTHING = "nothing"
_NOBODY = "nobody"

_NAMES = {
    "owner_id": "owner",
    "channel_id": "channel",
    "due_on": "due",
    "parent_id": "parent",
    "is_restricted": "changed by",
    "cadence": "check-in",
    "skipped_at": "left out",
    "paused_until": "paused until",
    "agreed_by": "asked by direct message",
    "own_status": "status as a whole",
    "goal_confirmed_at": "goal confirmed",
    THRESHOLDS: "due and stale after",
}
FIELD_NAMES = {
    **_NAMES,
    SAID: "status",
    "due_on": "target date",
    "parent_id": "parent project",
    "is_restricted": "access",
}
"""What the fields of records are called in sentences."""


def history_sheet(top: list[Part], found: HistoryPage) -> Sheet:
    """Newest first; outcomes by the numbers that they have now."""
    if not found.total:
        return Sheet(top, section(texts_changes.NO_HISTORY))
    body: list[Part] = []
    for change in found.rows:
        body += [*section(_line(change, found)), *context(_who_and_when(change))]
    return Sheet(top, body, page=found.page, total_pages=found.pages)


def _who_and_when(change: Change) -> str:
    """What a page says, nobody does, unless it is known who edited it."""
    at = f"{change.changed_at:%Y-%m-%d %H:%M} UTC"
    when = f"<!date^{int(change.changed_at.timestamp())}^{{date_short_pretty}} at {{time}}|{at}>"
    took_back = ["↩️ took back"] if change.undoes else []
    by = f"<@{change.person_id}>" if change.person_id else briefly(change.author or "", _SHOWN)
    who = [by] if by else []
    return " · ".join([*took_back, *who, when, texts_changes.THROUGH[change.source]])


def _line(change: Change, found: HistoryPage) -> str:
    if change.field == WHOLE:
        value = change.before if change.after is None else change.after
        what = f"*{_name_of_whole(change, found)}*"
        return f"{what} {'removed' if change.after is None else 'added'}: {_whole(value)}"
    what = f"*{_name(change, found)}*"
    if change.field == ORDER:
        return f"{what} {_moved(change)}"
    before, after = (_value(change, value, found) for value in (change.before, change.after))
    if change.field == SAID:
        return f"{what} {_said_anew(change, before, after)}"
    if change.field in {"text", "goal", "summary", "name"}:
        label = "" if change.field == "text" else f" {change.field}"
        return f"{what}{label}\n{before}\n→ {after}"
    return f"{what} {_NAMES.get(change.field, change.field)}: {before} → {after}"


def _name_of_whole(change: Change, found: HistoryPage) -> str:
    """What was added or removed; its text is said with it."""
    if change.item is ChangedItem.OUTCOME and change.item_id not in found.numbers:
        return "Outcome"
    return _name(change, found)


def _name(change: Change, found: HistoryPage) -> str:
    if change.item is ChangedItem.CHILD:
        return "Sub-project"
    if change.item is not ChangedItem.OUTCOME:
        return change.item.value.capitalize() + ("s" if change.field == ORDER else "")
    if change.item_id is None:
        return "Outcomes"
    number = found.numbers.get(change.item_id)
    if number is not None:
        return f"Outcome {number}"
    text = found.removed.get(change.item_id)
    return f"{_quoted(text)}, off the record now:" if text else "An outcome that is off the record now:"


def _moved(change: Change) -> str:
    """From one number to another, or all of them."""
    before, after = (value if isinstance(value, list) else [] for value in (change.before, change.after))
    if change.item_id in before and change.item_id in after:
        return f"moved: number {before.index(change.item_id) + 1} → {after.index(change.item_id) + 1}"
    return "in another order"


def _whole(value: JsonValue) -> str:
    if not isinstance(value, dict):
        return _quoted(value)
    named = next((value[key] for key in ("text", "url", "name", "slug") if value.get(key)), None)
    return f"<@{value['user_id']}>" if value.get("user_id") else _quoted(named)


def _value(change: Change, value: JsonValue, found: HistoryPage) -> str:
    if change.field == "parent_id" and value is not None:
        return _quoted(found.parents.get(int(str(value)), "another project"))
    return value_in_words(change.field, value)


def value_in_words(name: str, value: JsonValue) -> str:
    """A value of a field, as mrkdwn."""
    if value is None or value == "":
        return _NOBODY if name == "owner_id" else _NOTHING
    draw = _DRAWN.get(name, _quoted)
    return draw(value)


def _is_still_true(change: Change) -> bool:
    """Said again, as it was before: only the update is another."""
    before, after = (
        {**value, "id": 0} if isinstance(value, dict) else None for value in (change.before, change.after)
    )
    return before is not None and before == after


def _said_anew(change: Change, before: str, after: str) -> str:
    if _is_still_true(change):
        return f"is still true: {after}"
    if _is_overtaken(change.before):
        return f"no longer counts: {before}, which something else had followed"
    if _is_overtaken(change.after):
        return f"corrected: {after}, which something else had followed"
    return f"{before} → {after}"


def _is_overtaken(value: JsonValue) -> bool:
    """Something else was said since, and stands."""
    return isinstance(value, dict) and value.get(OVERTAKEN) is True


def _said(value: JsonValue) -> str:
    if not isinstance(value, dict):
        return _NOTHING
    status = value.get("status")
    words = [texts.STATUS[OutcomeStatus(str(status))] if status else texts.NO_STATUS]
    number = value.get("value")
    if isinstance(number, int | float):
        words.append(f"{number:g}")
    if value.get("note"):
        words.append(_quoted(value["note"]))
    return " ".join(words)


def _quoted(value: JsonValue) -> str:
    return f"“{briefly(str(value), _SHOWN)}”"


def _metric(value: JsonValue) -> str:
    if not isinstance(value, list):
        return _NOTHING
    start, target, unit = value
    return escape(f"{float(str(start)):g} to {float(str(target)):g} {unit}".strip())


def _thresholds(value: JsonValue) -> str:
    return " and ".join(f"{days} days" for days in value) if isinstance(value, list) else _NOTHING


_DRAWN: dict[str, Callable[[JsonValue], str]] = {
    "owner_id": lambda value: f"<@{value}>",
    "channel_id": lambda value: f"<#{value}>",
    "state": lambda value: texts.STATE[ProjectState(str(value))],
    "level": str,
    "is_restricted": lambda value: "its team" if value else "everybody",
    "due_on": lambda value: day_and_month(date.fromisoformat(str(value))),
    SAID: _said,
    "metric": _metric,
    "cadence": lambda value: escape(cadence_in_words(stored_cadence(str(value)))),
    "skipped_at": lambda value: instant(datetime.fromisoformat(str(value))),
    "paused_until": lambda value: day_and_month(date.fromisoformat(str(value))),
    "agreed_by": lambda value: f"<@{value}>",
    "own_status": lambda value: texts.STATUS[OutcomeStatus(str(value))],
    "goal_confirmed_at": lambda value: instant(datetime.fromisoformat(str(value))),
    THRESHOLDS: _thresholds,
}

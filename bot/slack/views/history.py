"""The history of a project: who changed what, when, from what to what."""

from collections.abc import Callable, Sequence

from pydantic import JsonValue

from bot import texts, texts_changes
from bot.services.reading import HistoryPage
from bot.slack.mrkdwn import escape, plain
from bot.slack.views.layout import Part, context, section, shorten
from bot.slack.views.sheet import Sheet
from storage.project_lists import COUNT_LIMIT
from storage.records import SAID, WHOLE, Change, ChangedItem, Outcome, OutcomeStatus, ProjectState

_SHOWN = 300
"""Characters of a text that are shown; "…" says where there is more."""
_NOTHING = "nothing"

_NAMES = {"owner_id": "owner", "channel_id": "channel", "due_on": "due", "parent_id": "parent"}
FIELD_NAMES = {
    **_NAMES,
    SAID: "status",
    "due_on": "target date",
    "parent_id": "parent project",
}
"""What the fields of records are called in sentences."""


def history_sheet(top: list[Part], found: HistoryPage, outcomes: Sequence[Outcome]) -> Sheet:
    """Newest first; outcomes by the numbers that they have now."""
    if not found.total:
        return Sheet(top, section(texts_changes.NO_HISTORY))
    numbers = {outcome.id: outcome.number for outcome in outcomes}
    body: list[Part] = []
    for change in found.rows:
        body += [*section(_line(change, numbers)), *context(_who_and_when(change))]
    return Sheet(top, body, page=found.page, total_pages=found.pages, goes_on=found.total > COUNT_LIMIT)


def _who_and_when(change: Change) -> str:
    who = f"<@{change.person_id}>" if change.person_id else "the page"
    at = f"{change.changed_at:%Y-%m-%d %H:%M} UTC"
    when = f"<!date^{int(change.changed_at.timestamp())}^{{date_short_pretty}} at {{time}}|{at}>"
    return " · ".join([who, when, *(["took back"] if change.undoes else [])])


def _line(change: Change, numbers: dict[int, int]) -> str:
    what = f"*{_name(change, numbers)}*"
    if change.field == WHOLE:
        value = change.before if change.after is None else change.after
        return f"{what} {'removed' if change.after is None else 'added'}: {_whole(value)}"
    before, after = (value_in_words(change.field, value) for value in (change.before, change.after))
    if change.field == SAID and _is_still_true(change):
        return f"{what} is still true: {after}"
    if change.field == "text":
        return f"{what}\n{before}\n→ {after}"
    if change.field in {"goal", "summary", "name"}:
        return f"{what} {change.field}\n{before}\n→ {after}"
    label = "" if change.field == SAID else f" {_NAMES.get(change.field, change.field)}:"
    return f"{what}{label} {before} → {after}"


def _name(change: Change, numbers: dict[int, int]) -> str:
    if change.item is not ChangedItem.OUTCOME:
        return change.item.value.capitalize()
    number = numbers.get(change.item_id or 0)
    return f"Outcome {number}" if number else "An outcome that is off the record"


def _whole(value: JsonValue) -> str:
    if not isinstance(value, dict):
        return _quoted(value)
    named = next((value[key] for key in ("text", "url", "slug", "name") if value.get(key)), None)
    return f"<@{value['user_id']}>" if value.get("user_id") else _quoted(named)


def value_in_words(name: str, value: JsonValue) -> str:
    """A value of a field, as mrkdwn."""
    if value is None or value == "":
        return _NOTHING
    draw = _DRAWN.get(name, _quoted)
    return draw(value)


def _is_still_true(change: Change) -> bool:
    """Said again, as it was before: only the update is another."""
    before, after = (
        {**value, "id": 0} if isinstance(value, dict) else None for value in (change.before, change.after)
    )
    return before is not None and before == after


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
    return f"“{escape(shorten(plain(str(value)), _SHOWN))}”"


def _metric(value: JsonValue) -> str:
    return escape("{} to {} {}".format(*value).strip()) if isinstance(value, list) else _NOTHING


_DRAWN: dict[str, Callable[[JsonValue], str]] = {
    "owner_id": lambda value: f"<@{value}>",
    "channel_id": lambda value: f"<#{value}>",
    "state": lambda value: texts.STATE[ProjectState(str(value))],
    "position": str,
    SAID: _said,
    "metric": _metric,
}

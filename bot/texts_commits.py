"""What a commit of a page says: who changed what. See `bot.texts`.

It is read by everybody who reads the page's history: names of people and projects, and no words of theirs.
"""

import re
from collections.abc import Sequence

from pydantic import JsonValue

from storage.history_records import ORDER, SAID, WHOLE, ChangedItem
from storage.publication_changes import PublicChange

_FIRST_LINE = 71
_NAME = 40
_LINES = 100
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029@#<>`]+")
"""A name must not begin another line, nor be a mention or an issue where the history is read."""
FIRST = "Publish the projects"
AGAIN = "Bring the projects up to date"
SOMEBODY = "somebody"


def commit_message(changes: Sequence[PublicChange], *, is_first: bool) -> str:
    """A line in short, and if that does not say it all, a line for each change."""
    lines = _lines(changes)
    if not lines:
        return FIRST if is_first else AGAIN
    said = [f"{line} ({by})" for line, by in lines]
    if len(said) == 1 and len(said[0]) <= _FIRST_LINE:
        return said[0]
    more = [f"… and {len(said) - _LINES} more"] if len(said) > _LINES else []
    return "\n".join([_in_short(lines, changes), "", *said[:_LINES], *more])


def _in_short(lines: Sequence[tuple[str, str]], changes: Sequence[PublicChange]) -> str:
    slugs = dict.fromkeys(_plain(each.slug) for each in changes)
    where = next(iter(slugs)) if len(slugs) == 1 else f"{len(slugs)} projects"
    begun = f"{where}: {len(lines)} change{'' if len(lines) == 1 else 's'} by "
    names = list(dict.fromkeys(by for _, by in lines))
    for count in range(len(names), 0, -1):
        left = len(names) - count
        said = begun + ", ".join(names[:count]) + (f" and {left} more" if left else "")
        if len(said) <= _FIRST_LINE:
            return said
    return f"{begun}{len(names)} people" if len(begun) < _FIRST_LINE - 15 else AGAIN


def _lines(changes: Sequence[PublicChange]) -> list[tuple[str, str]]:
    """What came of them, each with who said so last; what is as it was before is not told."""
    first: dict[tuple[object, ...], JsonValue] = {}
    last: dict[tuple[object, ...], PublicChange] = {}
    for each in changes:
        change = each.change
        key = (change.project_id, change.item, change.item_id, change.field)
        first.setdefault(key, change.before)
        last.pop(key, None)
        last[key] = each
    found: dict[str, str] = {}
    for at, each in last.items():
        words = _words(each)
        is_as_before = each.change.field != SAID and first[at] == each.change.after
        if words is not None and not is_as_before:
            found[f"{_plain(each.slug)}: {words}"] = _plain(each.by or "") or SOMEBODY
    return list(found.items())


def _plain(name: str) -> str:
    return " ".join(_NOT_IN_A_NAME.sub(" ", name).split())[:_NAME]


def _words(told: PublicChange) -> str | None:
    """None for what stands on no page."""
    change = told.change
    match change.item:
        case ChangedItem.PROJECT:
            return _of_project(change.field, change.after)
        case ChangedItem.OUTCOME:
            return _of_outcome(told)
        case ChangedItem.LINK | ChangedItem.MEMBER:
            what = change.item.value
            if change.field != WHOLE:
                return f"{what}s changed"
            return f"a {what} {'removed' if change.after is None else 'added'}"
        case _:
            return None


_STATES = {
    "active": "going on again",
    "paused": "paused",
    "completed": "completed",
    "archived": "archived",
}
_FIELDS = {
    "name": "renamed",
    "slug": "renamed",
    "goal": "goal reworded",
    "summary": "summary reworded",
    "owner_id": "another owner",
    "parent_id": "another parent project",
    "goal_confirmed_at": "goal still true",
}


def _of_project(field: str, after: JsonValue) -> str | None:
    if field == WHOLE:
        return "removed" if after is None else "added"
    if field == "state":
        return _STATES.get(str(after))
    if field == "own_status":
        return f"{_status(after)} as a whole" if after else "no status of its own"
    return _FIELDS.get(field)


_OF_OUTCOME = {"text": "reworded", "owner_id": "has another owner", "due_on": "has another target date"}


def _of_outcome(told: PublicChange) -> str | None:
    change = told.change
    if change.field == ORDER:
        return "outcomes in another order"
    what = f"outcome {told.number}" if told.number else "an outcome that is off the page now"
    if change.field == WHOLE:
        return f"{what} added" if told.number else "an outcome removed"
    if change.field != SAID:
        words = _OF_OUTCOME.get(change.field) or ("measured anew" if change.field == "metric" else None)
        return words and f"{what} {words}"
    before, after = (
        value.get("status") if isinstance(value, dict) else None for value in (change.before, change.after)
    )
    if after is None:
        return f"{what} has a new note" if isinstance(change.after, dict) else f"{what} without status"
    return f"{what} {'still ' if before == after else ''}{_status(after)}"


def _status(value: JsonValue) -> str:
    return str(value).replace("_", " ")

"""What is said of pages that are published: where they go, and why one does not. See `bot.texts`.

What a commit says is read by everybody who reads the page's history: names of people and projects, no more.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import JsonValue

from bot.errors_publish import Reason
from storage.publication_changes import PublicChange
from storage.records import ORDER, SAID, WHOLE, ChangedItem

_FIRST_LINE = 71
_NAME = 40
_LINES = 100
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029@#<>`]+")
"""A name must not begin another line, nor be a mention or an issue where the history is read."""
FIRST = "Publish the projects"
AGAIN = "Bring the projects up to date"
SOMEBODY = "somebody"


class Why(NamedTuple):
    """`what` goes on after "since"; `mend` is the way to put it right."""

    what: str
    mend: str


WHY: Mapping[str, Why] = {
    Reason.BAD_ADDRESS: Why("its address is none", "Remove it, and add it with the right address."),
    Reason.NO_TOKEN: Why(
        "GITHUB_TOKEN is not set", "Set it for every process of Waymark's, and start these again."
    ),
    Reason.OUTSIDE: Why("its path leads out of the folder", "Remove the link that leads there."),
    Reason.NO_FOLDER: Why("the folder is not there", "Make the folder, or bring it back."),
    Reason.NOT_A_FILE: Why("what stands there is no file", "Move it away, or publish under another name."),
    Reason.NO_PERMISSION: Why(
        "Waymark may not write there", "Let the user that Waymark runs as write to the folder and the file."
    ),
    Reason.DISK_FULL: Why("the disk is full", "Make room on it."),
    Reason.FAILED: Why("writing it failed", "The log of the worker says more."),
    Reason.NO_GIT: Why("git is not installed", "Install git where Waymark runs."),
    Reason.NOT_A_CHECKOUT: Why("the folder is no git checkout", "Clone the repository there."),
    Reason.OTHER_BRANCH: Why(
        "the checkout is on another branch", "Check the branch out that the page belongs to."
    ),
    Reason.DIVERGED: Why(
        "the checkout and its remote have gone apart", "Merge or rebase there by hand, and push."
    ),
    Reason.CONFLICT: Why("git finds a conflict", "Resolve it there by hand."),
    Reason.UNAUTHORIZED: Why("GitHub does not know the token", "Set GITHUB_TOKEN anew, and start again."),
    Reason.FORBIDDEN: Why(
        "the token may not do this", "Give it read and write access to contents and pull requests."
    ),
    Reason.PROTECTED: Why("the branch is protected", "Publish by pull request, without `!direct`."),
    Reason.NOT_FOUND: Why(
        "there is no such repository or branch, or the token does not see it",
        "Look at the address, and at what the token may read.",
    ),
    Reason.MOVED: Why("the repository has moved", "Remove it, and add it with the new address."),
    Reason.REFUSED: Why("the push or the request was refused", "The reason given is below."),
    Reason.EMPTY: Why("the repository is empty", "Make a first commit there."),
    Reason.RATE_LIMITED: Why("GitHub wants to be left alone for a while", "It is tried again by itself."),
    Reason.BUSY: Why("somebody else is at work there", "It is tried again by itself."),
    Reason.TIMEOUT: Why("it took too long", "It is tried again by itself."),
    Reason.UNREACHABLE: Why("it cannot be reached", "Look at the network of the machine."),
    Reason.UNAVAILABLE: Why("GitHub is not available", "It is tried again by itself."),
    Reason.EDITED: Why("it is edited all the time", "It is tried again by itself."),
    "occupied": Why(
        "something else stands there already",
        "If it is the page, import it as it stands, and publish that page there; else choose another place.",
    ),
    "gone": Why(
        "the page was taken away",
        "Put it back, or have it written anew: `python -m bot publish now --again`.",
    ),
    "unreadable": Why(
        "somebody has edited it so that it cannot be read",
        "Put the page right by hand, or take the edit back.",
    ),
    "template": Why(
        "its template cannot be used", "Mend the template; remove it, and add it again with that."
    ),
    "broken": Why("of a mistake in Waymark", "The log of the worker has the reference."),
}
"""By why it failed."""
HOLDS = "The records, and all that is said of them, are kept."
GOES_ON = (
    "Once it is mended it goes on by itself within a day, or at once: `python -m bot publish now --again`."
)
WHY_TOLD = "You are told once, as an admin. `/project publish` says how it stands."
TITLE = "Where the pages go"
NONE = (
    "No page is published. Whoever runs Waymark sets where one goes, on the server: "
    "`python -m bot publish add`."
)
ON_THE_SERVER = "Places are set on the server alone: `python -m bot publish`."
READ_IT = "read it"
PUBLISH_NOW = "Publish now"
ASKED = "🚀 It is published within seconds."
NONE_TO_PUBLISH = "There is no page to publish."
ONLY_PUBLIC = "Projects of private channels are never published."


def stopped(address: str, because: str, detail: str, *, is_lasting: bool) -> str:
    """`address` and `detail` are escaped."""
    why = WHY.get(because, Why("of something unforeseen", "The log of the worker says more."))
    still = "is not published any more" if is_lasting else "could not be published for an hour"
    more = f" ({detail})" if detail else ""
    return f"⚠️ `{address}`: the page {still}, since {why.what}{more}. {why.mend}"


def goes_on_again(address: str) -> str:
    """`address` is escaped."""
    return f"✅ `{address}`: the page is published again."


def stands(address: str, published: str | None) -> str:
    """`address` is escaped; `published` is when, in words."""
    return f"`{address}`\n{f'Published {published}' if published else 'Not published yet'}"


def waiting(count: int) -> str:
    if count == 0:
        return "nothing waits"
    return f"{count:,} change{'' if count == 1 else 's'} wait{'s' if count == 1 else ''}"


def failing(because: str, *, is_lasting: bool) -> str:
    why = WHY.get(because)
    what = why.what if why else "of something unforeseen"
    return f"⚠️ {'stopped' if is_lasting else 'not yet'}, since {what}"


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

"""What is said in forms, and of what was typed into one. See `bot.texts`."""

from collections.abc import Callable
from typing import assert_never

from bot.errors import (
    AnyFormError,
    BadLineError,
    GoneOutcomeError,
    MissingTextError,
    NoDistanceError,
    NotANumberError,
    OutdatedFormError,
    PersonLeftError,
)

TITLE = {
    "project": "Edit project",
    "outcome": "Outcome",
    "add": "New outcome",
    "update": "Update an outcome",
    "save": "Save as status update",
    "create": "New project",
    "schedule": "Check-ins",
    "snooze": "Snooze an outcome",
    "assign": "Who looks after it?",
}
"""At most 24 characters, as Slack allows for a title."""
LABEL = {
    "rhythm": "How often",
    "weekday": "On",
    "at": "At",
    "zone": "Time zone",
    "name": "Name",
    "slug": "Slug",
    "summary": "Summary",
    "goal": "Strategic goal",
    "owner_id": "Owner",
    "channel_id": "Channel",
    "state": "State",
    "parent_id": "Parent project",
    "aliases": "Aliases",
    "links": "Links",
    "members": "Team",
    "text": "Outcome",
    "status": "Status",
    "note": "Note",
    "value": "Value now",
    "due_on": "Target date",
    "start": "Measured from",
    "target": "Measured to",
    "unit": "Measured in",
    "project_id": "Project",
    "outcome_id": "Outcome",
    "until": "Until",
}
HINT = {
    "slug": "What people type to mean the project.",
    "aliases": "More names that find the project, with commas between them.",
    "links": "One a line: what it is, and then its address. New ones go to the end.",
    "channel_id": "In its own channel, the project's name may be left out.",
    "vouches": "Save without a change to say that it still stands as it does.",
    "note": "What happened, in a sentence that somebody outside the team would understand.",
    "value": "From {start} to {target}. Per cent of the way are understood, too: 75%.",
    "unit": "Such as weeks, labs or %.",
    "name_new": "Its slug is made of it.",
}
FORM_FROM_BUTTON = "📝 Slack opens a form only from a button:"
OPEN_FORM = "Open the form"
NO_OUTCOMES_TO_UPDATE = "This project has no outcomes yet. `/project outcome add {slug} TEXT` adds one."
CHOOSE_PROJECT = "Choose a project, and its outcomes are here to choose from."
WRITTEN_IN_PAGE = "On the team without an account in Slack, and kept: {names}."
NOTE_SHORTENED = (
    "The message was longer than the {limit:,} characters that a note holds, so its end is left out; "
    "the link to it has the whole."
)
NOTE_CUT = (
    "The message was longer than the {limit:,} characters that a note holds, so its end is left out. "
    "Slack gave no link to it."
)
LINK_KEPT = "A link to the message is kept with it."
NO_PARENT = "No parent"
MEANWHILE = (
    "⚠️ *Somebody was faster.* What you typed is still here, and nothing is saved yet. "
    "Save again, and yours is what counts."
)

SAVED_ALREADY = (
    "✅ This is saved, just as you sent it the first time; only the answer did not reach you. "
    "You can close this."
)

_TOO_LONG = {
    "name": ("The name is", "The page that it came from can change it."),
    "summary": ("The summary is", "The page that it came from can change it."),
    "goal": ("The goal is", "`/project goal {slug} TEXT` writes another."),
    "text": ("The text is", "`/project outcome edit {slug} {number} TEXT` writes another."),
    "links": ("The links are", "`/project link add {slug} ADDRESS` and `link remove {slug} N` change them."),
    "aliases": (
        "The aliases are",
        "`/project alias add {slug} NAME` and `alias remove {slug} NAME` change them.",
    ),
    "members": (
        "The team is",
        "`/project member add {slug} @people` and `member remove {slug} @people` change it.",
    ),
}


def too_long(field: str, slug: str, number: int | None = None) -> str:
    """Why a field is not in the form, and how to change it all the same. `slug` is escaped."""
    what, how = _TOO_LONG[field]
    how = how.format(slug=slug, number=number)
    return f"✂️ {what} longer than a form of Slack's can hold: not in here, and left as it was. {how}"


def edited(name: str) -> str:
    """`name` is escaped."""
    return f"✏️ {name} is changed."


def still_true(number: int, person_id: str) -> str:
    return f"🌿 Outcome {number} is still true, says <@{person_id}>."


def all_still_true(count: int, person_id: str) -> str:
    if count == 1:
        return f"🌿 The open outcome is still true, says <@{person_id}>."
    return f"🌿 All {count:,} open outcomes are still true, says <@{person_id}>."


def too_many(characters: int, limit: int) -> str:
    return f"{characters:,} characters; at most {limit:,} can be kept."


def plain_sentence(words: str) -> str:
    """A sentence for where Slack draws nothing: at a field."""
    for mark in ("🔎 ", "🍂 "):
        words = words.removeprefix(mark)
    return words.replace("`", "").replace("\n", " ")


def sentence(error: AnyFormError, show: Callable[[str], str]) -> str:  # noqa: PLR0911 - a case an error
    """What went wrong and what would be right. `show` escapes what was typed."""
    match error:
        case PersonLeftError(is_bot=True):
            return "🔎 That is an app, and apps look after nothing. Who else?"
        case PersonLeftError():
            return "🔎 That person has left the workspace. Who else?"
        case BadLineError(line=line, typed=typed):
            return f"🔎 Line {line} has no address at its end: “{show(typed)}”. One begins with `https://`."
        case NotANumberError(typed=""):
            return "🔎 A number is missing here."
        case NotANumberError(typed=typed):
            return f"🔎 “{show(typed)}” is no number. One looks like `41`, `2.5` or `1,000`."
        case NoDistanceError():
            return "🔎 It would begin where it ends. What is it to reach?"
        case MissingTextError():
            return "🔎 This cannot be empty."
        case GoneOutcomeError():
            return (
                "🍂 That outcome is off the record by now. "
                f"`/project outcomes {show(error.slug)}` shows those that there are."
            )
        case OutdatedFormError():
            return (
                "🍂 That form is from before an upgrade, so it cannot be saved. Nothing was changed. "
                "What you typed is still in it, to be copied; open it anew."
            )
        case _ as unreachable:
            assert_never(unreachable)

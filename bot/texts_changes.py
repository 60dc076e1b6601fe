"""What is said of a change that was made. See `bot.texts`."""

from datetime import date

from storage.records import UpdateSource

UNCHANGED = "👌 It says so already."
UNDONE = "↩️ Taken back."
REDONE = "↪️ Done again."
GOAL = "✏️ The goal is changed."
STATE = {
    "pause": "⏸️ Paused: it stays in the lists, and `resume` takes it up again.",
    "resume": "▶️ Going on again.",
    "complete": "🏁 Completed.",
    "archive": "📦 Archived: out of the lists, and `restore` brings it back.",
    "restore": "▶️ Restored.",
}
TEAM = "✏️ The team is changed."
CHANNEL = "✏️ The channel is changed."
PARENT = "✏️ A part of *{parent}* now."
"""`parent` is escaped."""
NO_PARENT = "✏️ Not a part of another project now."
HISTORY = "what was changed, newest first"
NO_HISTORY = "Nothing has been changed yet."
THROUGH = {
    UpdateSource.COMMAND: "by command",
    UpdateSource.BUTTON: "by button",
    UpdateSource.MODAL: "in a form",
    UpdateSource.REPLY: "by reply",
    UpdateSource.SHORTCUT: "by shortcut",
    UpdateSource.PAGE: "from the page",
    UpdateSource.EDIT: "by hand on the page",
}
"""What a change came through."""


def created(slug: str, *, is_mine: bool, has_goal: bool = False) -> str:
    """`slug` is escaped."""
    owned = ", and you own it" if is_mine else ""
    steps = ["outcome add"] if has_goal else ["goal", "outcome add"]
    return f"🌱 A new project{owned}. Next: {', '.join(f'`/project {step} {slug} TEXT`' for step in steps)}."


def outcome_said(number: int) -> str:
    return f"✏️ Outcome {number} is updated."


def outcome_measured(number: int, way: str | None) -> str:
    """`way` is escaped; None where it is no longer measured."""
    return f"✏️ Outcome {number} is {f'measured from {way}' if way else 'not measured'} now."


def outcome_added(number: int) -> str:
    return f"✏️ Outcome {number} is added."


def outcome_changed(number: int) -> str:
    return f"✏️ Outcome {number} is reworded."


def outcome_moved(before: int, after: int) -> str:
    return f"✏️ Outcome {before} is number {after} now."


def outcome_dropped(number: int, count: int) -> str:
    parts = "" if count == 1 else f" with the {count - 1} below it" if count > 1 else ""
    return f"✏️ Outcome {number} is off the record{parts}. The history keeps it."


def owned(what: str, person_id: str | None) -> str:
    return f"✏️ {what} is <@{person_id}>'s now." if person_id else f"✏️ {what} is nobody's now."


def day_in_words(day: date) -> str:
    """With its weekday, so that a slip is seen."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def due(number: int, day: date | None) -> str:
    return (
        f"✏️ Outcome {number} is due on {day_in_words(day)}."
        if day
        else f"✏️ Outcome {number} has no date now."
    )


def part_changed(what: str, *, is_added: bool) -> str:
    """`what` is escaped."""
    return f"✏️ {what} is {'added' if is_added else 'taken off the record. The history keeps it'}."


def still_here(typed: str) -> str:
    """`typed` is escaped."""
    return f"Nothing is lost. You wrote:\n{typed}"


def to_say_again(command: str, rest: str) -> str:
    """What was to be written, for whoever has to name the project first. `rest` is escaped."""
    return f"Nothing is lost. With the project's name in it: `/project {command} PROJECT {rest}`"

"""Every sentence that a person reads in Slack, except the names on buttons, which stand in the views.

Sentences are mrkdwn: whatever a person typed is escaped by the caller's `show` function.
"""

from collections.abc import Callable
from typing import assert_never

from bot.domain.freshness import Freshness
from bot.errors import (
    AmbiguousProjectError,
    AnyBotError,
    ChannelWithoutProjectError,
    GoneProjectError,
    MissingProjectError,
    MissingWordsError,
    OutdatedButtonError,
    UnknownCommandError,
    UnknownListError,
    UnknownProjectError,
)
from storage.records import OutcomeStatus, ProjectState

STATUS = {
    OutcomeStatus.ON_TRACK: "🟢 On track",
    OutcomeStatus.AT_RISK: "🟡 At risk",
    OutcomeStatus.OFF_TRACK: "🔴 Off track",
    OutcomeStatus.DONE: "✅ Done",
    OutcomeStatus.DROPPED: "⚪ Dropped",
}
STATUS_WORD = {
    OutcomeStatus.ON_TRACK: "on track",
    OutcomeStatus.AT_RISK: "at risk",
    OutcomeStatus.OFF_TRACK: "off track",
    OutcomeStatus.DONE: "done",
    OutcomeStatus.DROPPED: "dropped",
}
NO_STATUS = "⚪ No status yet"

STATE = {
    ProjectState.ACTIVE: "Active",
    ProjectState.PAUSED: "Paused",
    ProjectState.COMPLETED: "Completed",
    ProjectState.ARCHIVED: "Archived",
}

FRESHNESS = {
    Freshness.FRESH: "fresh",
    Freshness.DUE: "due for a look",
    Freshness.STALE: "stale",
    Freshness.NEVER: "never checked",
}

NO_GOAL = "_No goal is written down yet._"
NO_OUTCOMES = "_No outcomes are written down yet._"
NO_LINKS = "_No links are written down yet._"
NO_CHECK_IN = "No check-in is planned."

LIST_TITLE = {
    "": "Projects",
    "mine": "My projects",
    "stale": "Projects that need a look",
    "all": "All projects",
    "archived": "Archived projects",
}
LIST_EMPTY = {
    "": "No projects yet. `python -m bot import PAGE` reads them from a page.",
    "mine": "You own none of the projects here, and none of their outcomes. `/project list` shows them all.",
    "stale": "Nothing is stale: somebody has vouched for every open outcome in the last four weeks.",
    "all": "No projects yet. `python -m bot import PAGE` reads them from a page.",
    "archived": "No project is archived.",
}

PRODUCT = "Waymark keeps your team's project records true: goals, outcomes and where to find more."
INTERNAL_ERROR = (
    "⚠️ Waymark could not answer that, through no fault of yours. Nothing was changed. "
    "Try again; if it keeps happening, give whoever runs it this reference: `{reference}`."
)
DATABASE_AWAY = (
    "⚠️ Waymark cannot reach its database just now. Nothing was changed and nothing is lost. "
    "Try again in a minute."
)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 outcome`, `2 outcomes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sentence(error: AnyBotError, show: Callable[[str], str]) -> str:  # noqa: C901, PLR0911 - a case an error
    """What went wrong and what would be right. `show` escapes what was typed."""
    match error:
        case UnknownCommandError():
            return _unknown_command(error, show)
        case MissingProjectError(of_channel=()):
            return (
                "Which project? This channel belongs to none, so name one: "
                f"`/project {error.command} PROJECT`. `/project list` shows what there is."
            )
        case MissingProjectError():
            return "Which project? This channel belongs to several:"
        case UnknownProjectError():
            return _unknown_project(error, show)
        case ChannelWithoutProjectError():
            return (
                f"<#{error.channel_id}> belongs to no project. Name one instead: "
                f"`/project {error.command} PROJECT`. `/project list` shows what there is."
            )
        case AmbiguousProjectError(has_more=True):
            return f"“{show(error.typed)}” could be many projects. Type more of it, or pick one of the first:"
        case AmbiguousProjectError():
            return f"“{show(error.typed)}” could be any of these. Which one?"
        case MissingWordsError():
            return "Search for what? For example: `/project search docs`."
        case UnknownListError():
            return _unknown_list(error, show)
        case GoneProjectError():
            return "That project is no longer there. `/project list` shows what is."
        case OutdatedButtonError():
            return "That button is from an older message and no longer works. `/project` starts afresh."
        case _ as unreachable:
            assert_never(unreachable)


def _unknown_command(error: UnknownCommandError, show: Callable[[str], str]) -> str:
    typed = show(error.typed)
    if error.project is not None:
        return f"There is no command “{typed}”, but there is a project. Show it?"
    if error.nearest is not None:
        return f"There is no command “{typed}”. Did you mean `/project {error.nearest}`?"
    return f"There is no command “{typed}”. `/project help` lists them."


def _unknown_project(error: UnknownProjectError, show: Callable[[str], str]) -> str:
    said = f"No project is called “{show(error.typed)}”."
    if error.nearest:
        return f"{said} Did you mean one of these?"
    return f"{said} `/project list` shows what there is, `/project search WORDS` looks through the texts."


def _unknown_list(error: UnknownListError, show: Callable[[str], str]) -> str:
    said = f"There is no list “{show(error.typed)}”."
    if error.nearest:
        return f"{said} Did you mean `/project list {error.nearest}`?"
    return f"{said} There are `list`, `list mine`, `list stale`, `list all` and `list archived`."

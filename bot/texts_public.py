"""What the public page says, and what is said of it in chat. See `bot.texts`."""

from datetime import date, datetime
from itertools import starmap

from bot.domain.chart import number_in_words
from bot.domain.freshness import Freshness
from storage.records import Metric, OutcomeStatus, ProjectState

STATUS: dict[OutcomeStatus | None, str] = {
    OutcomeStatus.ON_TRACK: "On track",
    OutcomeStatus.AT_RISK: "At risk",
    OutcomeStatus.OFF_TRACK: "Off track",
    OutcomeStatus.DONE: "Done",
    OutcomeStatus.DROPPED: "Dropped",
    None: "No status yet",
}
STATUS_MARK: dict[OutcomeStatus | None, str] = {
    OutcomeStatus.ON_TRACK: "●",
    OutcomeStatus.AT_RISK: "▲",
    OutcomeStatus.OFF_TRACK: "◆",
    OutcomeStatus.DONE: "✓",
    OutcomeStatus.DROPPED: "✕",
    None: "○",
}
"""Beside the word, so that neither a colour nor a shape says it alone."""
FRESHNESS = {
    Freshness.FRESH: "Fresh",
    Freshness.DUE: "Due for a check",
    Freshness.STALE: "Stale",
    Freshness.NEVER: "Never checked",
}
STATE = {
    ProjectState.ACTIVE: "",
    ProjectState.PAUSED: "Paused",
    ProjectState.COMPLETED: "Completed",
    ProjectState.ARCHIVED: "Archived",
}

PROJECTS = "Projects"
GOAL, OUTCOMES, LINKS, PEOPLE, PARTS = "Goal", "Key outcomes", "Links", "People", "Parts"
UPDATES, CHARTS, NUMBERS = "Updates", "The last twelve weeks", "The numbers"
ALL_PROJECTS = "All projects"
FEED, CALENDAR, JSON = "Feed of updates", "Calendar", "JSON"
NEWER, OLDER = "Previous page", "Next page"
SKIP = "Skip to the projects"
ON_THIS_PAGE = "Of the projects on this page:"
EMPTY = "There is nothing to read here yet: no project is public."
NO_OUTCOMES = "No outcomes yet."
NO_UPDATES = "Nobody has said anything yet."
WHAT_IS_FRESHNESS = (
    "Each outcome says when somebody on the team last vouched for it. Fresh: lately. Due for a check: not "
    "for a while. Stale: not for so long that it may not hold any more."
)
BY_WAYMARK = "Kept by Waymark, which asks the team how things stand."

NOT_FOUND = "There is no such page"
NOT_FOUND_LEAD = (
    "Nothing is published at this address. It may have been moved, renamed or taken down, or there is a slip "
    "in the address."
)
AWAY = "Back in a moment"
AWAY_LEAD = "The page cannot be made just now. Nothing is lost; please try again in a minute."


def page_title(workspace: str) -> str:
    return f"{workspace}: projects" if workspace else PROJECTS


def many_projects(count: int) -> str:
    return "1 project" if count == 1 else f"{count:,} projects"


def page_of(page: int, pages: int) -> str:
    """With how the others are looked at in chat."""
    other = page + 1 if page < pages else 1
    how = f"`/project page {other}` shows page {other}, `/project page PROJECT` any project"
    return f"Page {page:,} of {pages:,}: {how}."


def day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def moment(at: datetime) -> str:
    """In UTC, which it says."""
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def checked(on: date | None) -> str:
    return "never checked" if on is None else f"last checked {day(on)}"


def how_fresh(freshness: Freshness, count: int, of: int) -> str:
    """Of a project: `All 3 fresh`, `1 of 4 stale`."""
    word = FRESHNESS[freshness]
    if count == of:
        return word if of == 1 else f"All {of} {word.lower()}"
    return f"{count} of {of} {word.lower()}"


def looked_after(name: str) -> str:
    return f"looked after by {name}"


def due(on: date, *, is_overdue: bool) -> str:
    return f"was due {day(on)}" if is_overdue else f"due {day(on)}"


def metric(of: Metric, value: float | None) -> str:
    """`8 of 52 weeks`."""
    now = of.start if value is None else value
    return f"{number_in_words(now)} of {number_in_words(of.target)} {of.unit}".rstrip()


def value(of: float, unit: str) -> str:
    return f"{number_in_words(of)} {unit}".rstrip()


def status_with(status: OutcomeStatus | None, *, is_faded: bool) -> str:
    """A stale status is the last word, and no more."""
    return f"last said: {STATUS[status].lower()}" if is_faded else STATUS[status]


def part_of(name: str) -> str:
    return f"Part of {name}"


def next_check_in(at: datetime) -> str:
    return f"Next check-in {moment(at)}"


def tally(counts: dict[OutcomeStatus | None, int]) -> str:
    """`2 on track, 1 at risk`."""
    return ", ".join(starmap(_counted, counts.items())) or NO_OUTCOMES


def _counted(status: OutcomeStatus | None, count: int) -> str:
    return f"{count} {STATUS[status].lower()}" if status else f"{count} without a status"


def fresh_tally(counts: dict[Freshness, int]) -> str:
    return ", ".join(f"{count} {FRESHNESS[each].lower()}" for each, count in counts.items())


def update_title(project: str, status: OutcomeStatus | None, said: str) -> str:
    """Of an entry of the feed. `said`: a value in words, or ""."""
    what = ", ".join(part for part in (STATUS[status] if status else "", said) if part)
    return f"{project}: {what}" if what else f"{project}: an update"


def check_in_of(project: str) -> str:
    return f"Check-in: {project}"


def due_of(project: str, outcome: str) -> str:
    return f"Due: {outcome} ({project})"


# In chat.

SHOWS = (
    "the workspace's name, and the names, goals, outcomes, links, dates, metrics and statuses of all public "
    "projects, how fresh they are, and when the next check-in is"
)
NEVER = (
    "Projects of private channels, archived projects, channels and Slack's ids never appear. Texts are shown "
    "as they are written on the records, names in them too, without mentions."
)
IS_OFF = "The public page is off: nobody outside of this workspace sees anything."
HOW_ON = (
    "An admin switches it on with `/project settings page on`; `with names` names owners, the team and who "
    "said what, `with notes` shows the words beside a status: "
    "`/project settings page on with names and notes`."
)
HOW_OFF = "`/project settings page off` takes everything down at once."
PREVIEW = "What everybody sees"
PREVIEW_OFF = "What everybody would see"
GUESTS = "What it would show is for full members of the workspace to look at, while it is off."
SET_OFF = "🔒 The public page is off now: its addresses answer as if they had never been there."
SETTING_OFF = "off"
UNKNOWN_PLACE = (
    "at `/projects` of wherever Waymark is reached over HTTP; the setting PUBLIC_URL says where that is"
)
PREVIEW_EMPTY = "No project is public."


def updates(count: int, most: int) -> str:
    """What is in the feed."""
    if count == 0:
        return "no update yet"
    if count >= most:
        return f"the newest {most:,} updates"
    return "1 update" if count == 1 else f"{count:,} updates"


def days(due: int, check_ins: int) -> str:
    """What is in the calendar."""
    dates = "1 target date" if due == 1 else f"{due:,} target dates"
    return f"{dates} and {'1 check-in' if check_ins == 1 else f'{check_ins:,} check-ins'}"


def is_beside(said: str, planned: str, *, feed: str, calendar: str) -> str:
    """`feed`, `calendar`: their addresses, to be clicked."""
    return f"Beside it are a feed with {said}: {feed}, and a calendar with {planned}: {calendar}."


def would_be_beside(said: str, planned: str) -> str:
    return f"Beside it there would be a feed with {said}, and a calendar with {planned}."


def not_public(slug: str) -> str:
    """`slug` is escaped."""
    return (
        f"🔒 `{slug}` is not on the public page: it is archived, or of a private channel. Nobody outside "
        "sees that there is such a project."
    )


def extras(*, with_names: bool, with_notes: bool) -> str:
    """`with names and notes`, or ""."""
    words = [word for word, is_with in (("names", with_names), ("notes", with_notes)) if is_with]
    return f"with {' and '.join(words)}" if words else ""


def shown(*, with_names: bool, with_notes: bool) -> str:
    """What everybody may read, in a sentence."""
    names = "who owns and does what, by name" if with_names else ""
    notes = "the words that people wrote beside a status, in check-ins too" if with_notes else ""
    more = ", and ".join(part for part in (names, notes) if part)
    without = " and no ".join(
        word for word, is_with in (("names of people", with_names), ("notes", with_notes)) if not is_with
    )
    said = f"It shows {SHOWS}" + (f"; also {more}" if more else "")
    return f"{said}. {f'No {without}. ' if without else ''}{NEVER}"


def set_on(where: str, *, with_names: bool, with_notes: bool) -> str:
    """`where`: an address, or words."""
    what = shown(with_names=with_names, with_notes=with_notes)
    return f"🌍 The public page is on now, for everybody: {where}. {what} {HOW_OFF}"


def is_on(where: str, *, with_names: bool, with_notes: bool) -> str:
    """As `set_on`."""
    return f"🌍 The public page is on: {where}. {shown(with_names=with_names, with_notes=with_notes)}"


def setting_on(where: str, *, with_names: bool, with_notes: bool) -> str:
    """For the list of settings."""
    return f"on {extras(with_names=with_names, with_notes=with_notes)}".rstrip() + f", {where}"

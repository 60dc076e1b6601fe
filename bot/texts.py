"""What a person reads in Slack: the sentences, and the words for states.

Headings, labels of facts and the names on buttons stand in the views that draw them.

Sentences are mrkdwn: whatever a person typed is escaped by the caller's `show` function.
"""

from collections.abc import Callable
from datetime import date

from bot import (
    texts_change_errors,
    texts_charts,
    texts_check_in_errors,
    texts_digest_errors,
    texts_export,
    texts_freshness,
    texts_quiet,
    texts_rights,
)
from bot.domain.freshness import Freshness
from bot.errors import (
    AmbiguousProjectError,
    AnyBotError,
    ChannelWithoutProjectError,
    GoneProjectError,
    MissingProjectError,
    MissingWordsError,
    NotYetError,
    OutdatedButtonError,
    UnknownCommandError,
    UnknownListError,
    UnknownProjectError,
)
from bot.errors_charts import AnyChartError
from bot.errors_check_ins import AnyCheckInError
from bot.errors_digests import AnyDigestError
from bot.errors_export import AnyExportError
from bot.errors_freshness import AnyFreshnessError
from bot.errors_quiet import AnyQuietError
from bot.errors_rights import AnyRightsError
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
FADED_MARK = "🌫️"
FADED = {status: f"{FADED_MARK} _{words.split(maxsplit=1)[1]}_" for status, words in STATUS.items()}
"""A status that is too old to be taken for what holds now: no colour, and said as of then."""
NO_STATUS = "⚪ No status yet"
NOBODY_SAID = "Nobody has said anything of it yet."
NEVER_CHECKED = "⚪ Never checked"

STATE = {
    ProjectState.ACTIVE: "Active",
    ProjectState.PAUSED: "Paused",
    ProjectState.COMPLETED: "Completed",
    ProjectState.ARCHIVED: "Archived",
}

FRESHNESS = {
    Freshness.FRESH: "fresh",
    Freshness.DUE: "due for a check",
    Freshness.STALE: "stale",
    Freshness.NEVER: "never checked",
}
ALL_FRESH = "outcomes all fresh"

NO_GOAL = "_No goal is written down yet._"
NO_OUTCOMES = "_No outcomes are written down yet._"
NO_LINKS = "_No links are written down yet._"
NO_CHECK_IN = "No check-in is planned."

LIST_TITLE = {
    "": "Projects",
    "mine": "My projects",
    "stale": "Stale projects",
    "all": "All projects",
    "archived": "Archived projects",
}
_NONE_YET = "No projects yet. Whoever runs Waymark can read them from a page: `python -m bot import PAGE`."
LIST_EMPTY = {
    "": _NONE_YET,
    "mine": "No project here is yours, and no outcome of one. `/project list` shows them all.",
    "stale": "Nothing is stale: somebody has vouched for every open outcome in time. 🌿",
    "all": _NONE_YET,
    "archived": "No project is archived.",
}
LIST_GOES_ON = "There are more than these. `/project search WORDS` finds the others."
SEARCH_IS_PARTIAL = "These words are so common that not every project was looked through. Add a rarer one."

PRODUCT = "Waymark keeps your team's project records true: goals, outcomes and where to find more."
HOW_TO_GO_ON = (
    "*How to go on*\n"
    "• `/project show PROJECT`: the goal, the outcomes, where to find more\n"
    "• `/project update PROJECT N STATUS`: how an outcome stands, or a form for it\n"
    "• `/project edit PROJECT`, `/project create`: a record in a form, and a new one\n"
    "• `/project search WORDS`: by any word in a record\n"
    "• `/project help`: everything else"
)
WHAT_PROJECT_MEANS = (
    "`PROJECT` is a slug, an alias, a name, or any part of one that only one project has: `jmte` finds "
    "`jmte-pangeo`. In a channel that belongs to a project it may be left out."
)

INTERNAL_ERROR = (
    "⚠️ Waymark could not answer that, through no fault of yours. Nothing was changed. "
    "Try again; if it keeps happening, say `{reference}` to whoever runs Waymark."
)
SENT_TWICE = (
    "🔁 This very request has come before, and was done then, so it was not done again. "
    "If you want it once more, type it once more."
)
NO_FORM = (
    "⚠️ The form could not be opened: Slack waits three seconds for it, no longer. Nothing was changed. "
    "Try again, or type it: `/project help` shows how. If it keeps happening, say `{reference}` to "
    "whoever runs Waymark."
)
DATABASE_AWAY = (
    "⚠️ Waymark cannot reach its database just now. Nothing was changed and nothing is lost. "
    "Try again in a minute; if it goes on, say `{reference}` to whoever runs Waymark."
)


def cannot_write_in(channel_id: str) -> str:
    return (
        f"Waymark cannot write in <#{channel_id}>, so here is the answer. "
        "To have it there, invite Waymark to the channel: `/invite @Waymark`."
    )


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 outcome`, `2 outcomes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def how_many(total: str, mine: str | None, stale: str) -> str:
    """The overview's sentence; `mine` is None where others read it too."""
    facts = [f"*{total}* {'project is' if total == '1' else 'projects are'} going on"]
    if mine is not None:
        facts.append(f"*{mine}* {'is' if mine == '1' else 'are'} yours")
    facts.append(f"*{stale}* {'is' if stale == '1' else 'are'} stale")
    return f"{', '.join(facts[:-1])} and {facts[-1]}."


def as_it_was(on: date) -> str:
    return f"🕰️ *As it was on {on.day} {on:%B %Y}*"


def nothing_found(words: str) -> str:
    """`words` are escaped."""
    return f"🔎 No project says “{words}”. Fewer words find more; `/project list` shows them all."


def no_help_for(asked: str, nearest: str | None) -> str:
    """`asked` is escaped."""
    said = f"There is no command “{asked}”."
    return f"{said} Did you mean `/project help {nearest}`?" if nearest else f"{said} These there are:"


def sentence(error: AnyBotError, show: Callable[[str], str]) -> str:  # noqa: C901, PLR0911, PLR0912 - a case an error
    """What went wrong and what would be right. `show` escapes what was typed."""
    if isinstance(error, AnyQuietError):
        return texts_quiet.sentence(error, show)
    if isinstance(error, AnyRightsError):
        return texts_rights.sentence(error, show)
    if isinstance(error, AnyChartError):
        return texts_charts.sentence(error, show)
    if isinstance(error, AnyCheckInError):
        return texts_check_in_errors.sentence(error, show)
    if isinstance(error, AnyDigestError):
        return texts_digest_errors.sentence(error, show)
    if isinstance(error, AnyExportError):
        return texts_export.sentence(error, show)
    if isinstance(error, AnyFreshnessError):
        return texts_freshness.sentence(error, show)
    match error:
        case UnknownCommandError():
            return _unknown_command(error, show)
        case MissingProjectError(of_channel=()):
            return (
                "🔎 Which project? This channel belongs to none, so name one: "
                f"`/project {error.command} PROJECT`. `/project list` shows what there is."
            )
        case MissingProjectError():
            return "🔎 Which project? This channel belongs to several:"
        case UnknownProjectError():
            return _unknown_project(error, show)
        case ChannelWithoutProjectError():
            return (
                f"🔎 <#{error.channel_id}> belongs to no project. Name one instead: "
                f"`/project {error.command} PROJECT`. `/project list` shows what there is."
            )
        case AmbiguousProjectError(has_more=True):
            return f"🔎 “{show(error.typed)}” could be many projects. Type more of it, or pick one of these:"
        case AmbiguousProjectError():
            return f"🔎 “{show(error.typed)}” could be any of these. Which one?"
        case MissingWordsError():
            return "🔎 Search for what? For example: `/project search docs`."
        case UnknownListError():
            return _unknown_list(error, show)
        case GoneProjectError():
            return "🍂 That project is no longer there. `/project list` shows what is."
        case NotYetError():
            at = int(error.began_at.timestamp())
            began = f"<!date^{at}^{{date_long}}|{error.began_at:%Y-%m-%d}>"
            return f"🔎 `{show(error.slug)}` begins on {began}: before that, Waymark knows nothing of it."
        case OutdatedButtonError():
            return "🍂 That button is from an older message and no longer works. `/project` starts afresh."
        case _:
            return texts_change_errors.sentence(error, show)


def _unknown_command(error: UnknownCommandError, show: Callable[[str], str]) -> str:
    typed = show(error.typed)
    if error.project is not None:
        return f"🔎 “{typed}” is no command, but a project. Show it?"
    if error.nearest is not None:
        line = f"/project {error.nearest} {error.rest}".rstrip()
        # A backtick would end the code that it stands in.
        return f"🔎 There is no command “{typed}”. Did you mean `{show(line.replace('`', chr(39)))}`?"
    return f"🔎 There is no command “{typed}”. `/project help` lists what there is."


def _unknown_project(error: UnknownProjectError, show: Callable[[str], str]) -> str:
    said = f"🔎 No project is called “{show(error.typed)}”."
    if len(error.nearest) == 1:
        return f"{said} Did you mean this one?"
    if error.nearest:
        return f"{said} Did you mean one of these?"
    return f"{said} `/project list` shows what there is, `/project search WORDS` looks through the texts."


def _unknown_list(error: UnknownListError, show: Callable[[str], str]) -> str:
    said = f"🔎 There is no list “{show(error.typed)}”."
    if error.nearest:
        return f"{said} Did you mean `/project list {error.nearest}`?"
    return f"{said} There are `list`, `list mine`, `list stale`, `list all` and `list archived`."

"""What is said of a change that could not be made: what was wrong, what would be right. See `bot.texts`."""

from collections.abc import Callable
from typing import assert_never

from bot import texts_forms
from bot.errors import (
    AlreadyUndoneError,
    AnyChangeError,
    AnyTypedError,
    ArchivedProjectError,
    ChangedSinceError,
    IncompleteCommandError,
    NameTakenError,
    NoMetricError,
    NothingToUndoError,
    NotUnderstoodError,
    RingError,
    SurplusWordsError,
    TextTooLongError,
    UnclearDateError,
    UnknownOutcomeError,
    UnknownPartError,
    UnknownStatusError,
    WrongDateError,
)
from bot.texts_changes import day_in_words

_MOST_KNOWN = 20
"""Links or aliases that a slip is answered with: Slack cuts what is too long for it."""
_STATUSES = "`on track`, `at risk`, `off track`, `done` or `dropped`, their first letters or a mark like 🟢"

_NOT_UNDERSTOOD = {
    "name": "has no letters or digits, so nobody could type it. Another name?",
    "person": "is nobody Slack knows. Type `@` and choose a person, or `me`, or `nobody`.",
    "address": "is no address. One begins with `https://`.",
    "date": (
        "is no day that Waymark knows. Write it as `2026-12-24`, `24 Dec`, `next friday`, `in 3 weeks` "
        "or `end of march`, without a time."
    ),
}


def sentence(error: AnyChangeError, show: Callable[[str], str]) -> str:  # noqa: C901, PLR0911 - a case an error
    """What went wrong and what would be right. `show` escapes what was typed."""
    if isinstance(error, AnyTypedError):
        return _of_typed(error, show)
    match error:
        case UnknownOutcomeError():
            return _unknown_outcome(error, show)
        case NoMetricError():
            slug = show(error.slug)
            return (
                f"🔎 Outcome {error.number} of `{slug}` is not measured, so {show(error.typed)} says nothing "
                f"of it yet. A status does: `/project update {slug} {error.number} on track`."
            )
        case NameTakenError():
            return _name_taken(error, show)
        case RingError():
            return _ring(error, show)
        case UnknownPartError():
            return _unknown_part(error, show)
        case ArchivedProjectError():
            return (
                f"🔎 `{show(error.slug)}` is archived, so nothing was changed. "
                f"`/project restore {show(error.slug)}` brings it back."
            )
        case NothingToUndoError():
            return (
                "🍂 There is nothing of yours to take back. `/project history PROJECT` shows what was done."
            )
        case AlreadyUndoneError():
            return "🍂 That is taken back already. `/project history PROJECT` shows what was changed."
        case ChangedSinceError():
            return _changed_since(error, show)
        case _:
            return texts_forms.sentence(error, show)


def _of_typed(error: AnyTypedError, show: Callable[[str], str]) -> str:  # noqa: PLR0911 - a case an error
    match error:
        case IncompleteCommandError():
            return (
                f"🔎 That needs more words: `/project {show(error.usage)}`. "
                f"For example: `/project {error.example}`."
            )
        case SurplusWordsError():
            return (
                f"🔎 “{show(error.typed)}” is more than `/project {show(error.usage)}` takes, "
                "so nothing was changed."
            )
        case UnknownStatusError():
            return _unknown_status(error, show)
        case TextTooLongError():
            return (
                f"🔎 That text has {len(error.typed):,} characters; at most {error.limit:,} can be kept. "
                "Nothing was changed. Here it is, to be shortened:"
            )
        case NotUnderstoodError():
            return f"🔎 “{show(error.typed)}” {_NOT_UNDERSTOOD[error.kind]}"
        case UnclearDateError():
            return _unclear_date(error, show)
        case WrongDateError(is_past=True):
            return f"🔎 {day_in_words(error.day)} is past. A date is today or later."
        case WrongDateError():
            return f"🔎 {day_in_words(error.day)} is still to come, so nobody knows how things stand then."
        case _:
            assert_never(error)


def _unknown_outcome(error: UnknownOutcomeError, show: Callable[[str], str]) -> str:
    slug, typed = show(error.slug), show(error.typed)
    if error.count == 0:
        return f"🔎 `{slug}` has no outcomes yet. `/project outcome add {slug} TEXT` adds one."
    there_are = "it has one, number 1" if error.count == 1 else f"they are numbered 1 to {error.count}"
    said = f"“{typed}” is no outcome of `{slug}`" if typed else f"Which outcome of `{slug}`"
    return f"🔎 {said}: {there_are}. `/project outcomes {slug}` shows them."


def _unknown_status(error: UnknownStatusError, show: Callable[[str], str]) -> str:
    typed = show(error.typed)
    return (
        f"🔎 “{typed}” begins with no status. There are {_STATUSES}; a number, if it is measured. "
        f"With one before it: `/project {show(error.line)} on track: {typed}`."
    )


def _unclear_date(error: UnclearDateError, show: Callable[[str], str]) -> str:
    said = " or ".join(f"`{day.isoformat()}` ({day_in_words(day)})" for day in error.readings)
    if len(error.readings) == 1:
        return f"🔎 “{show(error.typed)}” names another weekday than that of the date: {said}. Which one?"
    return f"🔎 “{show(error.typed)}” could be {said}. Type the one that you mean."


def _name_taken(error: NameTakenError, show: Callable[[str], str]) -> str:
    if error.owner is None:
        return f"🔎 “{show(error.typed)}” cannot be a name here. Another one?"
    return f"🔎 “{show(error.typed)}” is taken: it already finds `{show(error.owner.slug)}`. Another name?"


def _ring(error: RingError, show: Callable[[str], str]) -> str:
    if error.slug == error.parent:
        return f"🔎 `{show(error.slug)}` cannot be a part of itself. Another project?"
    parent = show(error.parent)
    return (
        f"🔎 `{parent}` is itself a part of `{show(error.slug)}`, so that would make a ring. "
        f"`/project parent {parent} none` takes it out first."
    )


def _unknown_part(error: UnknownPartError, show: Callable[[str], str]) -> str:
    slug = show(error.slug)
    if not error.known:
        return f"🔎 `{slug}` has no {'aliases' if error.kind == 'alias' else 'links'}."
    lines = [f"• {show(name)}" for name in error.known[:_MOST_KNOWN]]
    if len(error.known) > _MOST_KNOWN:
        command = "links" if error.kind == "link" else "edit"
        lines.append(f"and {len(error.known) - _MOST_KNOWN:,} more: `/project {command} {slug}` shows them.")
    return f"🔎 `{slug}` has no one {error.kind} “{show(error.typed)}”. It has:\n" + "\n".join(lines)


def _changed_since(error: ChangedSinceError, show: Callable[[str], str]) -> str:
    who = f"<@{error.person_id}> has" if error.person_id else "somebody, or the page, has"
    return (
        f"🍂 That cannot be taken back any more: {who} changed the same thing since. "
        f"`/project history {show(error.slug)}` shows what it was."
    )

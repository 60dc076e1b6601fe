"""Whether somebody is away, by which word, and until when."""

from bot import texts_quiet
from bot.slack import ids
from bot.slack.queries import Query
from bot.slack.views.layout import Part, button, context, section
from bot.slack.views.sheet import Sheet
from storage.settings import Absence


def away_sheet(found: Absence, *, of_person: str | None = None) -> Sheet:
    """`of_person`: whose it is, where others read it too; else it is the reader's own."""
    who = "You are" if of_person is None else f"<@{of_person}> is"
    parts: list[Part] = []
    if found.until is not None:
        parts += section(texts_quiet.away_by_word(who, found.until))
    if found.by_status:
        parts += section(texts_quiet.away_by_status(who, found.status_until))
    if parts:
        parts += section(texts_quiet.what_away_means(who))
    else:
        parts += section(texts_quiet.not_away(who))
    buttons = [button("I am back", ids.BACK, Query(name="away").encode())] if found.until else []
    return Sheet([], [*parts, *context(texts_quiet.HOW_TO_BE_AWAY)], buttons)

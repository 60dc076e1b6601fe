"""How an outcome stands as a page says it (bot/pages/marks.py), read as what somebody has said."""

import re
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from bot.domain.days import end_of_day, parse_day, zone_of
from bot.domain.status_words import parse_said
from bot.pages.marks import day_of, is_no_status, pieces_of, standing_words
from bot.pages.outcomes import with_known_words
from bot.pages.values import Page
from storage.database import Tx
from storage.pages import Place
from storage.people import NO_ZONE
from storage.records import Outcome, OutcomeStatus
from storage.settings import get_settings

_LOOKS_LIKE_A_DAY = re.compile(r"\d{1,2}\.? \w+\.? \d{4}|\d{4}-\d{1,2}-\d{1,2}")


class Standing(NamedTuple):
    """`said_on` is None where no day is written, or none that there is."""

    status: OutcomeStatus
    said_on: date | None
    note: str


def understand(words: str, today: date) -> Standing | None:
    """What a mark says; None for one that says no status. Whatever is no day is a note."""
    if is_no_status(words):
        return None
    first, *rest = pieces_of(words)
    said = parse_said(first, is_measured=False)
    if said is None or said.status is None or said.value is not None:
        return None
    days = [day_of(piece) or parse_day(piece, today, "past") for piece in rest]
    said_on = next((day for day in days if day is not None), None)
    notes = [
        piece
        for piece, day in zip(rest, days, strict=True)
        if day is None and not _LOOKS_LIKE_A_DAY.fullmatch(piece)
    ]
    return Standing(said.status, said_on, " · ".join(each for each in (said.note, *notes) if each))


def is_readable(words: str, today: date) -> bool:
    """Whether a mark says a status, or that there is none."""
    return is_no_status(words) or understand(words, today) is not None


def with_known_marks(page: Page, places: Iterable[Place], now: datetime) -> Page:
    """As `with_known_words`; `places`: of this page, as it was read last."""
    texts = {place.value for place in places if place.item == "outcome"}
    return with_known_words(page, texts, lambda words: is_readable(words, now.date()))


def is_same_status(one: str, other: str, today: date) -> bool:
    """Whether two marks say the same status, of whatever day."""
    found = [understand(words, today) for words in (one, other)]
    return (found[0] and found[0].status) is (found[1] and found[1].status)


def said_at(standing: Standing, base: str | None, outcome: Outcome, now: datetime, zone: tzinfo) -> datetime:
    """When that was said: on the day that is written, or else now.

    A day in the future is none, nor one before that of `base`, what was last published. It is never before
    what is known to have been said.
    """
    today = now.astimezone(zone).date()
    since = understand(base, today) if base else None
    day = standing.said_on
    is_past = day is not None and day < today
    if day is None or not is_past or (since and since.said_on and day < since.said_on):
        at = now
    else:
        at = end_of_day(day, zone)
    return at if outcome.newest is None else max(at, outcome.newest.said_at)


def words_of_outcome(outcome: Outcome, zone: tzinfo) -> str:
    """How it stands, as a mark says it."""
    newest = outcome.newest
    return standing_words(outcome.status, newest.said_at.astimezone(zone).date() if newest else None)


def zone_of_pages(tx: Tx, workspace_id: str) -> tzinfo:
    """The zone in which pages of the workspace say days."""
    return zone_of(get_settings(tx, workspace_id).zone or NO_ZONE)

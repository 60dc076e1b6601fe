"""`list`, `stale`, `search`: several projects."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.command_line import words_in
from bot.domain.nearest import nearest_word
from bot.errors import MissingWordsError, OutdatedButtonError, UnknownListError
from bot.services import reading
from bot.services.asking import Asker
from bot.services.reading import ProjectList
from bot.slack.commands.command import Asked, Typed
from bot.slack.queries import Query
from bot.slack.views import lists as views
from bot.slack.views.sheet import Sheet
from storage.database import Tx
from storage.terms import fold

_WORDS = 200
"""Characters of a search that are looked at; a longer one is somebody's paste."""


def ask_list(_tx: Tx, _asker: Asker, typed: Typed, _now: datetime) -> Asked:
    which = words_in(typed.rest).lower()
    if which and which not in reading.LISTS:
        raise UnknownListError(which, nearest_word(which, reading.LISTS))
    return Asked(Query(name="list", words=which))


def ask_stale(_tx: Tx, _asker: Asker, _typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="list", words="stale"))


def answer_list(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    query = asked.query
    if query.words and query.words not in reading.LISTS:
        raise OutdatedButtonError
    found = _last_if_past(
        lambda page: reading.read_list(tx, asker, query.words, page, now, of_person=query.person_id),
        query.page,
    )
    return views.list_sheet(found, query.words, now, of_person=query.person_id)


def ask_search(_tx: Tx, _asker: Asker, typed: Typed, _now: datetime) -> Asked:
    words = words_in(typed.rest)[:_WORDS]
    if not fold(words):
        raise MissingWordsError
    return Asked(Query(name="search", words=words))


def answer_search(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    query = asked.query
    found = _last_if_past(lambda page: reading.read_search(tx, asker, query.words, page), query.page)
    return views.search_sheet(found, query.words, now)


def _last_if_past(read: Callable[[int], ProjectList], page: int) -> ProjectList:
    """That page; the last one when the list has become shorter since its button was drawn."""
    found = read(page)
    if page and not found.rows:
        # A search without a row cannot tell how many there are.
        return read(found.pages - 1)
    return found

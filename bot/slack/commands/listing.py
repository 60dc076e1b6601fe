"""`list`, `stale`, `search`: several projects."""

from datetime import datetime

from bot.domain.command_line import words_in
from bot.domain.nearest import nearest_word
from bot.errors import MissingWordsError, UnknownListError
from bot.services import reading
from bot.services.asking import Asker
from bot.slack.commands.command import Asked, Typed
from bot.slack.queries import Query
from bot.slack.views import lists as views
from bot.slack.views.sheet import Sheet
from storage.database import Tx
from storage.terms import fold

_WORDS = 200
"""Characters of a search that are looked at; a longer one is somebody's paste."""


def ask_list(_tx: Tx, _asker: Asker, typed: Typed) -> Asked:
    which = words_in(typed.rest).lower()
    if which and which not in reading.LISTS:
        raise UnknownListError(which, nearest_word(which, reading.LISTS))
    return Asked(Query(name="list", words=which))


def ask_stale(_tx: Tx, _asker: Asker, _typed: Typed) -> Asked:
    return Asked(Query(name="list", words="stale"))


def answer_list(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    query = asked.query
    return views.list_sheet(reading.read_list(tx, asker, query.words, query.page, now), query.words, now)


def ask_search(_tx: Tx, _asker: Asker, typed: Typed) -> Asked:
    words = words_in(typed.rest)[:_WORDS]
    if not fold(words):
        raise MissingWordsError
    return Asked(Query(name="search", words=words))


def answer_search(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    query = asked.query
    return views.search_sheet(reading.read_search(tx, asker, query.words, query.page), query.words, now)

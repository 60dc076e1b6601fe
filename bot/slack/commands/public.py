"""`page`: whether the public page is on, where it is, and what everybody reads there."""

from datetime import datetime

from bot.domain.command_line import words_in
from bot.services.asking import Asker
from bot.services.public_reading import read_public_list, read_public_project
from bot.services.public_setting import may_look, read_public_page
from bot.services.public_telling import count_beside
from bot.slack.commands import projects
from bot.slack.commands.command import Asked, Typed
from bot.slack.queries import Query
from bot.slack.views import public as views
from bot.slack.views.sheet import Sheet
from storage.database import Tx

PAGE_USAGE = "[PROJECT | N]"
PAGE_EXAMPLES = ("page", "page 2", "page jmte")
_MOST_DIGITS = 3
"""Of the number of a page; whatever is longer, as a year is, may be a project."""


def ask_page(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Asked:
    """Without a project the page itself, also in a channel that belongs to one."""
    words = words_in(typed.rest).strip()
    if not words or _is_number(words):
        return Asked(Query(name="page", words=words))
    return projects.ask(tx, asker, typed, now)


def answer_page(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    """Read by what makes the page itself, so that it says the same."""
    page = read_public_page(tx, asker.workspace_id)
    if not may_look(tx, asker, page):
        return views.page_sheet(page, None)
    if asked.query.project_id is None:
        # Messages are divided otherwise than pages: all of one of these, a message at a time.
        found = read_public_list(tx, page, _number_in(asked.query.words), now)
        found = found or read_public_list(tx, page, 1, now)
        return views.page_sheet(page, found, count_beside(tx, page, now))
    project = projects.get_project(tx, asker, asked)
    return views.project_sheet(page, project.slug, read_public_project(tx, page, project.slug, now))


def _number_in(words: str) -> int:
    """Which of the pages, from 1; a button may carry anything."""
    return int(words) if _is_number(words) else 1


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS

"""`page`: whether the public page is on, where it is, and what everybody reads there."""

from datetime import datetime

from bot.domain.command_line import clean, words_in
from bot.errors import UnknownProjectError
from bot.services.asking import Asker
from bot.services.public_reading import read_public_list, read_public_project
from bot.services.publishing_page import may_look, read_public_page
from bot.slack.commands.command import Asked, Typed
from bot.slack.queries import Query
from bot.slack.views import public as views
from bot.slack.views.sheet import Sheet
from storage.database import Tx

PAGE_USAGE = "[PROJECT]"
PAGE_EXAMPLES = ("page", "page jmte")
_WORDS = 200


def ask_page(_tx: Tx, _asker: Asker, typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="page", words=clean(words_in(typed.rest))[:_WORDS].lower()))


def answer_page(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    """Read by what makes the page itself, so that it says the same. Raises UnknownProjectError."""
    page, name = read_public_page(tx, asker.workspace_id), asked.query.words
    if not may_look(tx, asker, page):
        return views.page_sheet(page, None)
    if name:
        project = read_public_project(tx, page, name, now)
        if project is None:
            # Of one that is not public nothing is said, not even to those who see it.
            raise UnknownProjectError("page", name, ())
        return views.project_sheet(page, project)
    # Messages are divided otherwise than pages: all of the first of these, a message at a time.
    return views.page_sheet(page, read_public_list(tx, page, 1, now))

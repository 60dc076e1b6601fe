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

PAGE_USAGE = "[PROJECT]"
PAGE_EXAMPLES = ("page", "page jmte")


def ask_page(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Asked:
    """Without a project all of it, also in a channel that belongs to one."""
    return projects.ask(tx, asker, typed, now) if words_in(typed.rest) else Asked(Query(name="page"))


def answer_page(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    """Read by what makes the page itself, so that it says the same."""
    page = read_public_page(tx, asker.workspace_id)
    if not may_look(tx, asker, page):
        return views.page_sheet(page, None)
    if asked.query.project_id is None:
        # Messages are divided otherwise than pages: all of the first of these, a message at a time.
        beside = count_beside(tx, page, now)
        return views.page_sheet(page, read_public_list(tx, page, 1, now), beside)
    project = projects.get_project(tx, asker, asked)
    return views.project_sheet(page, project.slug, read_public_project(tx, page, project.slug, now))

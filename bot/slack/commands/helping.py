"""`/project` alone, and `help`."""

from datetime import datetime

from bot.domain.command_line import words_in
from bot.services import reading
from bot.services.asking import Asker
from bot.slack.commands.command import Asked, Typed
from bot.slack.queries import Query
from bot.slack.views import help as views
from bot.slack.views.sheet import Sheet
from storage.database import Tx
from storage.project_lists import COUNT_LIMIT


def ask_overview(_tx: Tx, _asker: Asker, _typed: Typed) -> Asked:
    return Asked(Query(name="overview"))


def answer_overview(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    is_shared = asked.query.person_id is not None
    total = reading.count_list(tx, asker, "", now)
    # Whether a project is stale is seen from its outcomes, and a greeting does not go through very many.
    is_countable = total <= COUNT_LIMIT
    return views.overview_sheet(
        total=total,
        mine=None if is_shared else reading.count_list(tx, asker, "mine", now),
        stale=reading.count_list(tx, asker, "stale", now) if is_countable else None,
    )


def ask_help(_tx: Tx, _asker: Asker, typed: Typed) -> Asked:
    return Asked(Query(name="help", words=words_in(typed.rest).lower()[:100]))


def answer_help(_tx: Tx, _asker: Asker, asked: Asked, _now: datetime) -> Sheet:
    # The registry has a row for `help` itself, so it cannot be imported before it is built.
    from bot.slack.registry import COMMANDS  # noqa: PLC0415

    return views.help_sheet(COMMANDS, asked.query.words)

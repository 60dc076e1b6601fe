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


def ask_overview(_tx: Tx, _asker: Asker, _typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="overview"))


def answer_overview(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    is_shared = asked.query.person_id is not None
    return views.overview_sheet(
        total=reading.count_list(tx, asker, "", now),
        mine=None if is_shared else reading.count_list(tx, asker, "mine", now),
        stale=reading.count_list(tx, asker, "stale", now),
    )


def ask_help(_tx: Tx, _asker: Asker, typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="help", words=words_in(typed.rest).lower()[:100]))


def answer_help(_tx: Tx, _asker: Asker, asked: Asked, _now: datetime) -> Sheet:
    # The registry has a row for `help` itself, so it cannot be imported before it is built.
    from bot.slack.commands.mistakes import MISTAKES  # noqa: PLC0415 - only help needs them
    from bot.slack.registry import COMMANDS, GROUPS  # noqa: PLC0415 - it imports this module

    return views.help_sheet(COMMANDS, GROUPS, MISTAKES, asked.query.words)

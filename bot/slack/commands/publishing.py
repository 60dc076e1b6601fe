"""`publish`: where the pages go; and `now`, for admins."""

from datetime import datetime

from bot import texts_publishing
from bot.domain.command_line import clean, unquote, words_in
from bot.errors import SurplusWordsError
from bot.services.asking import Asker
from bot.services.publishing_status import PUBLISH, publish_all_now, read_placing
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.queries import Query
from bot.slack.views.publishing import publishing_sheet
from bot.slack.views.sheet import Sheet
from storage.database import Tx

PUBLISH_USAGE = "[now]"
PUBLISH_EXAMPLES = ("publish", "publish now")


def is_written(typed: Typed) -> bool:
    return bool(clean(typed.raw))


def ask_publish(_tx: Tx, _asker: Asker, _typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="publish"))


def answer_publish(tx: Tx, asker: Asker, _asked: Asked, _now: datetime) -> Sheet:
    return publishing_sheet(read_placing(tx, asker))


def publish(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    if unquote(clean(typed.raw)).lower() != "now":
        raise SurplusWordsError(PUBLISH, words_in(typed.rest))
    return publish_now(tx, asker, now)


def publish_now(tx: Tx, asker: Asker, now: datetime) -> Written:
    """Also what a button does."""
    count = publish_all_now(tx, asker, now)
    said = texts_publishing.ASKED if count else texts_publishing.NONE_TO_PUBLISH
    return Written(Query(name="publish"), None, said)

"""Clicks on the bot's buttons: each carries the whole of its question."""

from datetime import datetime

from bot.services.asking import Asker
from bot.slack import ids
from bot.slack.commands.command import Asked
from bot.slack.effects import Effect, Nothing, Reply, Where
from bot.slack.payloads import ButtonRequest
from bot.slack.queries import Query
from bot.slack.registry import COMMANDS
from bot.slack.views.sheet import draw
from storage.database import Tx


def on_open(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """What the query asks for, in place of a message that only this person sees."""
    query = Query.decode(request.value)
    where = Where.REPLACE if request.is_ephemeral else Where.EPHEMERAL
    return Reply(draw(COMMANDS[query.name].answer(tx, _asker(request), Asked(query), now), query), where)


def on_share(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """The same answer, as of now, for everybody in the channel."""
    query = Query.decode(request.value).of_person(request.person_id)
    sheet = COMMANDS[query.name].answer(tx, _asker(request), Asked(query), now)
    return Reply(draw(sheet, query, shared_by=request.person_id), Where.CHANNEL)


def on_link(_tx: Tx, _request: ButtonRequest, _now: datetime) -> Effect:
    return Nothing()


BUTTONS = {ids.OPEN: on_open, ids.SHARE: on_share, ids.LINK: on_link}
"""What answers a click, by the name in the button's action id."""


def _asker(request: ButtonRequest) -> Asker:
    return Asker(request.workspace_id, request.person_id, request.channel_id)

"""The kind of deliveries that bring somebody a file of records, by direct message.

The file comes with its words in one message, which is Slack's own and carries no key. So it is looked for by
the file's name, which no other has, before it is shared: what broke off after that is not sent twice.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot import texts_export
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.services.export_asking import EXPORT, ExportWish
from bot.services.export_sending import ExportedFile, write_export
from bot.slack.chart_ladder import NO_FILES
from bot.slack.kinds import Asking, Drawn, Kind, Ready, Unneeded
from bot.slack.looking_up import has_file
from bot.slack.mrkdwn import escape
from bot.slack.uploading import share_file
from bot.slack.views.layout import message, section
from storage.database import Tx
from storage.deliveries import Delivery

if TYPE_CHECKING:
    from bot.slack.calling import Caller

_PATIENT = 3
"""Tries in which the address that Slack has given for the bytes may not answer."""
OPEN = "conversations.open"


def _draw(tx: Tx, delivery: Delivery, now: datetime) -> Asking | Unneeded:
    file = write_export(tx, delivery.workspace_id, ExportWish.of(delivery.key), now)
    if file is None:
        return Unneeded()
    return Asking(lambda caller, _clock: _bring(caller, delivery, file))


async def _bring(caller: "Caller", delivery: Delivery, file: ExportedFile) -> Callable[[Tx, datetime], Drawn]:
    """Nothing is left to be said where the file is there; else why it is not."""
    opened = await caller.call(OPEN, users=delivery.channel_id)
    channel_id = str(opened["channel"]["id"])
    if await has_file(caller, channel_id, file.name, delivery.created_at):
        return _said_all
    comment = texts_export.here_it_is(file.projects, file.file_format.value)
    if file.unmoved:
        comment = f"{comment}\n{texts_export.unmoved([f'`{escape(slug)}`' for slug in file.unmoved])}"
    try:
        await share_file(caller, channel_id, file.name, file.content, comment)
    except SlackRefusedError as error:
        if error.code not in NO_FILES:
            raise
        return _instead(file, error.code)
    except SlackUnreachableError:
        if delivery.attempts < _PATIENT:
            raise
        return _instead(file, "")
    return _said_all


def _said_all(_tx: Tx, _now: datetime) -> Drawn:
    return Unneeded()


def _instead(file: ExportedFile, code: str) -> Callable[[Tx, datetime], Drawn]:
    said = message(section(texts_export.no_files(file.file_format.value, code)))
    return lambda _tx, _now: Ready(said)


EXPORT_KINDS = {EXPORT: Kind(_draw)}

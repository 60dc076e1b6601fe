"""A file of records that somebody asks for in chat is promised. `bot.services.export_sending` makes it."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, Self

from bot.errors_export import NothingToExportError, TooManyToExportError
from bot.services.asking import ONCE_IN, Asker
from bot.services.export_formats import ExportFormat
from bot.services.export_reading import Selection, list_selected
from bot.services.rights import require_may_send_to
from storage.database import Tx
from storage.deliveries import promise_delivery
from storage.records import Project
from storage.sight import of_place

EXPORT = "export"
"""The kind of deliveries that bring somebody a file of records."""
MOST_PROJECTS = 5_000
"""In a file that is sent: it has to be written and uploaded within one try."""


class ExportWish(NamedTuple):
    """What somebody has asked for: what the key of its delivery says."""

    file_format: ExportFormat
    project_id: int | None
    person_id: str
    minute: int

    @property
    def key(self) -> str:
        return ":".join((EXPORT, *(str(part or 0) for part in self)))

    @classmethod
    def of(cls, key: str) -> Self:
        _, file_format, project_id, person_id, minute = key.split(":")
        return cls(ExportFormat(file_format), int(project_id) or None, person_id, int(minute))

    def selection(self, workspace_id: str) -> Selection:
        """What the person may be told alone, private projects of their own channels among it."""
        selection = Selection(workspace_id, of_place(self.person_id), with_private=True)
        return replace(selection, project_id=self.project_id)


def ask_for_export(
    tx: Tx, asker: Asker, file_format: ExportFormat, project: Project | None, now: datetime
) -> bool:
    """It will come by direct message. Whether it is new: not asked for just now.

    Raises NothingToExportError, TooManyToExportError; OnlyMembersError for somebody of another organization,
    who gets nothing by direct message.
    """
    require_may_send_to(tx, asker, asker.person_id)
    minute = int(now.timestamp() // ONCE_IN.total_seconds())
    wish = ExportWish(file_format, project.id if project else None, asker.person_id, minute)
    count = len(list_selected(tx, wish.selection(asker.workspace_id)))
    if count == 0:
        raise NothingToExportError
    if count > MOST_PROJECTS:
        raise TooManyToExportError(MOST_PROJECTS)
    where = tx, asker.workspace_id
    return promise_delivery(*where, wish.key, EXPORT, channel_id=asker.person_id, now=now)

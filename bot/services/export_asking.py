"""A file of records that somebody asks for in chat: promised, and sent to them alone."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, Self

from bot.errors_export import NothingToExportError, TooManyToExportError
from bot.pages.page_style import PageStyle
from bot.services.asking import ONCE_IN, Asker
from bot.services.export_reading import Selection, list_selected
from bot.services.exporting import ExportFormat, export_pieces
from bot.services.page_choosing import find_page_to_send
from bot.services.page_writing import write_page
from bot.services.rights import require_may_send_to
from storage.database import Tx
from storage.deliveries import promise_delivery
from storage.projects import find_seen_project
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


class ExportedFile(NamedTuple):
    """`name` is another one for each file that somebody asks for, so that it is known again."""

    name: str
    content: bytes
    projects: int
    file_format: ExportFormat


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


def write_export(tx: Tx, workspace_id: str, wish: ExportWish, now: datetime) -> ExportedFile | None:
    """The file as the records are now; None where the person sees nothing of it any more."""
    selection = wish.selection(workspace_id)
    name = "projects"
    if wish.project_id is not None:
        project = find_seen_project(tx, workspace_id, of_place(wish.person_id), wish.project_id)
        if project is None:
            return None
        name = project.slug
    count = len(list_selected(tx, selection))
    if count == 0:
        return None
    content = _content(tx, selection, wish.file_format, now)
    minute = datetime.fromtimestamp(wish.minute * ONCE_IN.total_seconds(), tz=now.tzinfo)
    stamp = f"{minute:%Y-%m-%d-%H%M}"
    kind = "page." if wish.file_format is ExportFormat.MYST else ""
    return ExportedFile(f"{name}-{stamp}.{kind}{wish.file_format.ending}", content, count, wish.file_format)


def _content(tx: Tx, selection: Selection, file_format: ExportFormat, now: datetime) -> bytes:
    page_id = find_page_to_send(tx, selection) if file_format is ExportFormat.MYST else None
    if page_id is not None:
        return write_page(tx, selection.workspace_id, page_id, PageStyle(), now).encode()
    return b"".join(export_pieces(tx, selection, file_format, PageStyle(), now))

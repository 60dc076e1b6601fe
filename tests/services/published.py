"""A team whose page is published: what the tests of writing arrange and look at."""

import difflib
from dataclasses import dataclass
from datetime import timedelta

from bot.pages.page_style import PageStyle
from bot.services.page_writing import Held, keep_page, write_page
from storage import pages
from storage.archived import Archived
from tests.services.team import Team
from tests.support.make import NOW

PLAIN = PageStyle()
WITH_STATUS = PageStyle(with_status=True)
MARKED = PageStyle(archived=Archived.MARKED)


@dataclass
class Publisher(Team):
    """Writes and keeps the page of a team."""

    def page_id(self, name: str = "page.md") -> int:
        with self.database.read() as tx:
            found = pages.find_page(tx, self.workspace_id, name)
        assert found is not None
        return found.id

    def write(self, style: PageStyle = PLAIN, *, held: tuple[Held, ...] = (), days: int | None = None) -> str:
        with self.database.read() as tx:
            now = NOW + timedelta(days=self.days if days is None else days)
            return write_page(tx, self.workspace_id, self.page_id(), style, now, held=held)

    def keep(self, text: str) -> None:
        with self.database.write() as tx:
            keep_page(tx, self.workspace_id, self.page_id(), text, NOW + timedelta(days=self.days))

    def publish(self, style: PageStyle = PLAIN) -> str:
        """Write it and keep it; importing it and writing it again changes nothing."""
        text = self.write(style)
        self.keep(text)
        before = self.rows()
        report = self.read(text)
        assert (report.created, report.updated, report.changes) == (0, 0, []), report.changes
        assert self.rows() == before
        assert self.write(style) == text
        return text


def diff_of(before: str, after: str) -> list[str]:
    """The lines taken out ("-…") and put in ("+…"), with their line ends as they are."""
    one, two = before.splitlines(keepends=True), after.splitlines(keepends=True)
    lines = (line for line in difflib.ndiff(one, two) if line[:2] in {"- ", "+ "})
    return [line if line[2:].strip() else line[0] + line[2:].lstrip(" ") for line in lines]

"""A page that was edited by hand, back into the records: three-way against what was last published.

What changed on the page only goes into the record, as a change by whoever edited it; what changed in chat
only stays, and is published; what changed in both is asked about (bot/services/page_questions.py).

The page is the team's document: whoever can write to it may change there what it says, also of a project that
they could not change in chat. The history has their name.
"""

from dataclasses import replace
from datetime import datetime

from bot import errors_publish
from bot.pages import Page, decode_page, read_page
from bot.pages.errors import ManyGoneError
from bot.services.import_report import ChangeKind, ImportReport
from bot.services.import_target import Author
from bot.services.import_values import says_same
from bot.services.importing import PageImport
from bot.services.page_questions import look_again
from storage import page_conflicts, pages, people, projects
from storage.database import Tx
from storage.page_conflicts import ConflictState, PageConflict
from storage.workspaces import lock_workspace

BATCH = 50
_FEW = 4
"""A page with fewer projects may lose any of them."""
_NAME = 200
"""Characters of an author's name that are kept."""


def read_back(  # noqa: PLR0917 - as bot/services/publishing.py calls it
    tx: Tx,
    workspace_id: str,
    page_id: int,
    data: bytes | str,
    author: errors_publish.Author | None,
    now: datetime,
) -> ImportReport:
    """What stands there now goes into the records; it is what the next edit is compared with.

    Raises a PageError for what cannot be read as this page; then nothing may be committed.
    """
    page = read_page(data if isinstance(data, str) else decode_page(data))
    page = _without_hidden(tx, workspace_id, page_id, page)
    name = pages.get_page_name(tx, workspace_id, page_id)
    report = import_as(tx, workspace_id, name, page, now, author=find_author(tx, workspace_id, author))
    require_same_page(report)
    return report


def import_as(
    tx: Tx, workspace_id: str, name: str, page: Page, now: datetime, *, author: Author | None
) -> ImportReport:
    """Import a page as an edit of this author's."""
    return PageImport(tx, workspace_id, name, page, now, author=author).run()


def _without_hidden(tx: Tx, workspace_id: str, page_id: int, page: Page) -> Page:
    """A heading that happens to be called as a project of a private channel is not that project.

    Whoever writes on the page may not even know that there is one: it must neither change nor answer.
    """
    hidden = pages.list_private_elsewhere(tx, workspace_id, page_id)
    shown = tuple(
        replace(each, parent=None) if each.parent in hidden else each
        for each in page.projects
        if each.slug not in hidden
    )
    return replace(page, projects=shown) if hidden else page


def find_author(tx: Tx, workspace_id: str, author: errors_publish.Author | None) -> Author | None:
    """Who of the workspace that is, by name: the one person who is called so; else the name alone.

    Not by e-mail address, which Slack tells only an app that may read everybody's.
    """
    if author is None or not (name := (author.name.strip() or author.email.strip())[:_NAME]):
        return None
    named = people.list_people_named(tx, workspace_id, name)
    return Author(name, named[0] if len(named) == 1 else None)


def require_same_page(report: ImportReport) -> None:
    """Raises ManyGoneError for what looks like another page: most projects would be archived."""
    whole = [change for change in report.changes if not change.item]
    archived = tuple(change.slug for change in whole if change.kind is ChangeKind.ARCHIVED)
    kept = [change for change in whole if change.kind is ChangeKind.KEPT_REMOVED]
    before = report.updated + report.unchanged + len(kept)
    if before >= _FEW and len(archived) * 2 > before:
        raise ManyGoneError(archived, before)


def settle_overtaken(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """What people have changed in chat since they were asked, of all workspaces; how many that were.

    One workspace at a time: its imports and answers come before or after.
    """
    found = page_conflicts.list_overtaken_conflicts(tx, limit)
    if not found:
        return 0
    workspace_id = found[0].workspace_id
    lock_workspace(tx, workspace_id)
    mine = [each for each in found if each.workspace_id == workspace_id]
    for each in mine:
        projects.lock_project(tx, workspace_id, each.project_id)
        _settle(tx, each, now)
    return len(mine)


def _settle(tx: Tx, known: PageConflict, now: datetime) -> None:
    conflict = page_conflicts.find_conflict(tx, known.workspace_id, known.id)
    if conflict is None or conflict.state is not ConflictState.OPEN:
        return
    conflict = look_again(tx, conflict, now)
    has_gone_back = says_same(conflict, conflict.base, conflict.in_record)
    if conflict.state is ConflictState.OPEN and has_gone_back:
        # People went back to what was there before, so that the page alone has changed it.
        page = pages.get_page(tx, conflict.workspace_id, conflict.page_id)
        author = Author(conflict.author, conflict.author_id) if conflict.author else None
        shown = _without_hidden(tx, conflict.workspace_id, page.id, read_page(page.text))
        import_as(tx, conflict.workspace_id, page.name, shown, now, author=author)

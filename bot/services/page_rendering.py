"""Pages made from nothing: the records of a workspace as a template has them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.pages.page_style import PageStyle
from bot.pages.template import PAGE, fill_in, own_template
from bot.pages.template_words import one_line
from bot.services.export_reading import Progress, Selection, on_day, read_exported
from bot.services.page_values import Values, in_words
from storage.archived import Archived
from storage.database import Tx
from storage.records import ProjectState
from storage.workspaces import find_workspace

_ON_PAGES = tuple(state for state in ProjectState if state is not ProjectState.ARCHIVED)


def render_page(tx: Tx, workspace_id: str, style: PageStyle, now: datetime, template: str | None) -> str:
    """A page of the workspace's public projects that import reads back, by our template or that text.

    Raises BrokenTemplateError.
    """
    selection = Selection(workspace_id)
    return "".join(render_pieces(tx, selection, style, now, (template, "template") if template else None))


def render_pieces(
    tx: Tx,
    selection: Selection,
    style: PageStyle,
    now: datetime,
    template: tuple[str, str] | None = None,
    *,
    own: str = PAGE,
    progress: Progress | None = None,
) -> Iterator[str]:
    """The same piece by piece, of any selection. `template`: its text and what it is called, else our `own`.

    Raises BrokenTemplateError.
    """
    if style.archived is Archived.REMOVED and selection.project_id is None:
        selection = replace(
            selection, states=tuple(state for state in selection.states if state in _ON_PAGES)
        )
    workspace = find_workspace(tx, selection.workspace_id)
    here = on_day(tx, selection.workspace_id)
    values = Values(style, here, now)
    text, name = template or (own_template(own), own)
    title = f"Projects of {workspace.name}" if workspace else "Projects"
    yield from fill_in(
        text,
        name,
        {
            "title": Markup(one_line(title)),  # noqa: S704 - escaped for Markdown
            "today": Markup(in_words(here(now).date())),  # noqa: S704 - a day
            "projects": map(values.of, read_exported(tx, selection, progress)),
        },
    )

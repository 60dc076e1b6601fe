"""Projects that a page is to have and has not."""

from collections.abc import Collection, Mapping, Sequence

from bot.pages.slugs import slugify
from bot.pages.values import PageProject
from bot.pages.writing_projects import NewProject
from bot.pages.writing_values import one_line
from bot.services.page_records import Reader
from bot.services.place_values import WITHDRAWN
from bot.services.sample import PAGE_NAME
from storage import pages
from storage.pages import Place
from storage.project_batches import WholeProject, list_spots
from storage.records import ProjectState
from storage.sight import EVERYTHING

ARCHIVED = "archived"
"""The item of a place that says that the project left the page when it was archived."""
LEFT = frozenset({ARCHIVED, WITHDRAWN})
"""By publishing, so that it comes back when it may."""
_SHOWN = (ProjectState.ACTIVE, ProjectState.PAUSED, ProjectState.COMPLETED)

New = list[tuple[PageProject | None, NewProject]]


def new_projects(
    reader: Reader,
    page: pages.Page,
    places: Mapping[int, Sequence[Place]],
    on_page: Mapping[int, PageProject],
    held: Collection[tuple[int, str, int | None]],
) -> New:
    """Those of the workspace that stand on no page, each below its parent where that is on this one.

    Private ones are on none; and one that somebody took off this page by hand stays off it.
    """
    elsewhere = _elsewhere(reader, page, places)
    takes_tops = _takes_tops(reader, page)
    found: New = []
    made: dict[int, NewProject] = {}
    waiting: dict[int, int | None] = {}
    for spot in list_spots(reader.tx, reader.workspace_id, EVERYTHING, with_private=False, states=_SHOWN):
        id_, parent_id = spot.project_id, spot.parent_id
        if id_ in elsewhere or id_ in on_page or (id_, "project", None) in held:
            continue
        has_home = parent_id in on_page or parent_id in waiting
        if has_home or (takes_tops and parent_id is None):
            waiting[id_] = parent_id
    reader.read(waiting)
    for id_, parent_id in waiting.items():
        whole = reader.find(id_)
        if whole is None:
            continue
        made[id_] = _made(reader, whole)
        if parent_id in made:
            made[parent_id].below.append(made[id_])
        else:
            found.append((on_page[parent_id] if parent_id is not None else None, made[id_]))
    return found


def _made(reader: Reader, whole: WholeProject) -> NewProject:
    slug = slugify(one_line(whole.project.name))
    needs_label = slug != whole.project.slug and slug not in whole.aliases
    return NewProject(reader.wanted(whole), needs_label)


def _elsewhere(reader: Reader, page: pages.Page, places: Mapping[int, Sequence[Place]]) -> set[int]:
    found = {
        stand.project_id
        for stand in pages.list_stands(reader.tx, reader.workspace_id)
        if stand.line and stand.page_id != page.id
    }
    for project_id, own in places.items():
        has_left = any(place.item in LEFT for place in own)
        if not has_left and not any(place.line for place in own):
            found.add(project_id)
    return found


def _takes_tops(reader: Reader, page: pages.Page) -> bool:
    """Whether projects that belong to none go to this page: the first that is not the sample."""
    names = pages.list_page_names(reader.tx, reader.workspace_id)
    own = [page_id for page_id, name in names.items() if name != PAGE_NAME]
    return page.id == (own or list(names))[0]

"""Projects of a page that belong to another project by now, or to none, moved to where they belong."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from bot.pages.errors import PageError
from bot.pages.moving import Move, has_same_words, move_projects
from bot.pages.reader import read_page
from bot.pages.values import Page, PageProject
from bot.pages.writing import write_text
from bot.pages.writing_projects import NewProject
from bot.services.page_identity import Identity
from bot.services.page_new import New
from storage.project_batches import WholeProject

Held = tuple[int, str, int | None]
"""A project, an item and its id as in a `storage.pages.Place`, or "outcomes" for their order.

What both a page and people changed, and nobody has decided yet: what the page says there stays, and what it
has not is not put there."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """A project on a page, the record that it is, and which records its items are."""

    item: PageProject
    whole: WholeProject
    identity: Identity


Moved = tuple[Page, list[OnPage], tuple[str, ...]]


def move_known(page: Page, known: Sequence[OnPage], held: Collection[Held], gone: Collection[str]) -> Moved:
    """The page as it is then, what is known there, and the slugs of those that could not be moved.

    `gone` leave the page all the same.
    """
    moves, left = _moves(known, held, gone)
    if not moves:
        return page, list(known), tuple(left)
    moved = move_projects(page, moves)
    by_slug = {project.slug: project for project in moved.page.projects}
    found = {each.item.slug: replace(each, item=by_slug[each.item.slug]) for each in known}
    in_order = [found[project.slug] for project in moved.page.projects if project.slug in found]
    slugs = {each.item.slug: each.whole.project.slug for each in known}
    return moved.page, in_order, (*left, *(slugs[move.slug] for move in moved.left))


def add_parents(page: Page, new: New, slugs: AbstractSet[str]) -> Page:
    """The page with those of the new projects that are among the slugs, or have one of them below."""
    chosen = [(parent, each) for parent, each in new if not slugs.isdisjoint(_slugs(each))]
    if not chosen:
        return page
    try:
        found = read_page(write_text(page, (), new=chosen))
    except PageError:
        return page
    # Nothing that stands there may be another project's by that.
    return found if {project.slug for project in page.projects} <= set(_same(page, found)) else page


def _slugs(new: NewProject) -> Iterator[str]:
    yield new.wanted.slug
    for each in new.below:
        yield from _slugs(each)


def _same(before: Page, after: Page) -> Iterator[str]:
    by_slug = {project.slug: project for project in before.projects}
    for project in after.projects:
        old = by_slug.get(project.slug)
        if old is not None and has_same_words(old, project):
            yield project.slug


def _moves(
    known: Sequence[OnPage], held: Collection[Held], gone: Collection[str]
) -> tuple[list[Move], list[str]]:
    """And the projects on the page whose new parents are not on it."""
    by_id = {each.whole.project.id: each for each in known}
    ids = {each.item.slug: each.whole.project.id for each in known}
    moves, left = list[Move](), list[str]()
    for each in known:
        item, project = each.item, each.whole.project
        says = ids.get(item.parent) if item.parent else None
        is_free = not project.is_private and item.slug not in gone
        if is_free and item.parent in gone:
            # It stays, and what it stands in goes: it moves out, to whatever it belongs to that stays.
            parent = by_id.get(project.parent_id or 0)
            is_there = (
                parent is not None and parent.item.slug not in gone and not parent.whole.project.is_private
            )
            moves.append(Move(item.slug, parent.item.slug if parent and is_there else None))
            continue
        is_ours = is_free and (says is None) is (item.parent is None)
        if project.parent_id == says or not is_ours or (project.id, "parent", None) in held:
            continue
        parent = by_id.get(project.parent_id) if project.parent_id else None
        if parent is None and project.parent_id is not None:
            if says is not None:
                left.append(project.slug)
        elif parent is None or not parent.whole.project.is_private:
            # That a private one is above it is no matter of a page.
            moves.append(Move(item.slug, parent.item.slug if parent else None))
    return moves, left

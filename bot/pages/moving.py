"""Projects that go to another place on their page, with all that stands below their headings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.pages.errors import PageError
from bot.pages.moving_words import in_its_new_place
from bot.pages.patterns import patterns_of
from bot.pages.reader import read_page
from bot.pages.sheet import Sheet
from bot.pages.values import Page, PageProject, Place
from bot.pages.writing_places import insert_project


@dataclass(frozen=True, slots=True)
class Move:
    """A project, by its slug on the page, and the one that it goes below; None for a project of its own."""

    slug: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """`left`: what would be read as something else where it should be, and so stays where it was."""

    page: Page
    left: tuple[Move, ...]


def move_projects(page: Page, moves: Sequence[Move]) -> Moved:
    """The page with the projects moved, and nothing else: every project says what it said before.

    Those that go below one that moves itself go after it.
    """
    waiting = list(moves)
    while waiting:
        page, left = _once(page, waiting)
        if len(left) == len(waiting):
            break
        waiting = left  # what was below one of them may be gone by now, and it fits
    return Moved(page, tuple(waiting))


def _once(page: Page, moves: Sequence[Move]) -> tuple[Page, list[Move]]:
    waiting, left = list(moves), list[Move]()
    while ready := _ready(page, waiting):
        page, refused = _try(page, ready)
        left += refused
        waiting = [move for move in waiting if move not in ready]
    return page, left + waiting


def _ready(page: Page, waiting: Sequence[Move]) -> list[Move]:
    """Those that can move at once, since none of them stands in another, or where another goes."""
    by_slug = {project.slug: project for project in page.projects}
    moving = {move.slug for move in waiting}
    ready = list[Move]()
    taken, around, parents = set[str](), set[str](), set[str]()
    for move in sorted(waiting, key=lambda move: move.parent in moving):
        line = _line(by_slug, move.slug)
        above = _line(by_slug, move.parent) if move.parent else []
        is_free = (
            not taken.intersection([*line, *above])
            and move.slug not in {*above, *parents, *around}
            and move.parent not in parents
        )
        if is_free:
            ready.append(move)
            taken.add(move.slug)
            around.update(line)
            # One block a place: what is put there does not know of what else is.
            parents.update(above)
    return ready


def _line(by_slug: Mapping[str, PageProject], slug: str) -> list[str]:
    """A project and those above it."""
    found, current = list[str](), by_slug.get(slug)
    while current is not None:
        found.append(current.slug)
        current = by_slug.get(current.parent) if current.parent else None
    return found


def _try(page: Page, moves: list[Move]) -> tuple[Page, list[Move]]:
    moved = _moved(page, moves)
    if moved is not None:
        return moved, []
    if len(moves) == 1:
        moved = _moved(page, moves, is_labelled=True)
        return (page, moves) if moved is None else (moved, [])
    half = len(moves) // 2
    page, left = _try(page, moves[:half])
    page, more = _try(page, moves[half:])
    return page, left + more


def _moved(page: Page, moves: Sequence[Move], *, is_labelled: bool = False) -> Page | None:
    """None when that would not be read as the same projects. With a label, its address stays what it was."""
    by_slug = {project.slug: project for project in page.projects}
    shorter = _without(page, [by_slug[move.slug] for move in moves])
    sheet = Sheet(shorter, patterns_of(page))
    staying = {project.slug: project for project in shorter.projects}
    for move in moves:
        project = by_slug[move.slug]
        write = in_its_new_place(page, sheet.patterns, project, is_labelled=is_labelled)
        parent = staying[move.parent] if move.parent else None
        if not insert_project(sheet, parent, project.name.text, write):
            return None
    try:
        found = read_page(sheet.result())
    except PageError:
        return None
    return found if _says_the_same(page, found, {move.slug: move.parent for move in moves}) else None


def _without(page: Page, gone: Sequence[PageProject]) -> Page:
    """A page that lacks them: only what is needed to know of its projects where they stand."""
    sheet = Sheet(page, patterns_of(page))
    sheet.remove_all(sorted((each.place for each in gone), key=lambda place: place.start))

    def shifted(place: Place) -> Place:
        return Place(sheet.moved(place.start), sheet.moved(place.end), place.line)

    slugs: Collection[str] = _with_those_below(page, gone)
    staying = [
        replace(
            project,
            place=shifted(project.place),
            groups=tuple(
                replace(group, place=shifted(group.place), body=shifted(group.body))
                for group in project.groups
            ),
        )
        for project in page.projects
        if project.slug not in slugs
    ]
    return replace(page, projects=tuple(staying), text=sheet.result())


def _with_those_below(page: Page, projects: Sequence[PageProject]) -> set[str]:
    found = {project.slug for project in projects}
    for project in page.projects:
        if project.parent in found:
            found.add(project.slug)
    return found


def _says_the_same(before: Page, after: Page, parents: Mapping[str, str | None]) -> bool:
    wanted = {each.slug: (parents.get(each.slug, each.parent), _said(each)) for each in before.projects}
    return wanted == {each.slug: (each.parent, _said(each)) for each in after.projects}


def has_same_words(one: PageProject, other: PageProject) -> bool:
    """Whether both say the same, wherever it stands."""
    return _said(one) == _said(other)


def _said(project: PageProject) -> tuple[object, ...]:
    return (
        project.name.text,
        project.summary and project.summary.text,
        project.goal and project.goal.text,
        [(each.text, each.level, each.mark is None) for each in project.outcomes],
        [(each.url, each.label, each.lead) for each in project.links],
        [(each.name, each.role) for each in project.members],
        project.mark is None,
    )

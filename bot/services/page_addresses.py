"""Addresses of projects on a page: those that a heading makes, and that must not become another project's."""

from collections.abc import Callable, Collection, Iterator, Mapping

from bot.pages.slugs import Taken, slugify
from bot.pages.values import Page, PageProject
from bot.pages.writing_values import one_line


def need_labels(
    page: Page,
    gone: Collection[str],
    names: Mapping[str, str],
    ids: Mapping[str, int],
    find: Callable[[str], int | None],
) -> frozenset[str]:
    """The projects, by their slugs on the page, whose headings would lead to another one from now on.

    `gone` leave the page; `names` are what those that stay are called by then, `ids` which projects they are.
    `find` knows the workspace's by slug and alias.
    """
    staying = [project for project in page.projects if project.slug not in gone]
    if not gone and all(_is_called(project, names) for project in staying):
        return frozenset()
    labelled: set[str] = set()
    while True:
        wrong = {
            project.slug
            for project, slug in _addresses(staying, names, labelled)
            if slug != project.slug and not _is_free(slug, ids.get(project.slug), page, find)
        }
        if not wrong - labelled:
            return frozenset(labelled)
        labelled |= wrong


def _is_called(project: PageProject, names: Mapping[str, str]) -> bool:
    name = names.get(project.slug, project.name.text)
    return project.label is not None or name == project.name.text


def _addresses(
    staying: list[PageProject], names: Mapping[str, str], labelled: Collection[str]
) -> Iterator[tuple[PageProject, str]]:
    """Of those without a label, as a reader of the page would give them."""
    taken = Taken()
    for project in staying:
        if project.label is not None or project.slug in labelled:
            taken.take(project.slug)
    for project in staying:
        if project.label is None and project.slug not in labelled:
            name = names.get(project.slug, project.name.text)
            is_new = one_line(name) != project.name.text
            yield project, taken.take(slugify(one_line(name) if is_new else project.name.text))


def _is_free(slug: str, project_id: int | None, page: Page, find: Callable[[str], int | None]) -> bool:
    """Whether nobody else is found by it, on the page or off it."""
    if any(project.slug == slug for project in page.projects):
        return False
    return find(slug) in {None, project_id}

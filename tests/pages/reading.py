"""What the tests of pages ask of any page that was read."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bot.pages import read_page
from bot.pages.source import normalise
from bot.pages.values import Page, PageProject, Place, Value

ROOT = Path(__file__).parents[2]


def by_slug(page: Page) -> dict[str, PageProject]:
    return {project.slug: project for project in page.projects}


def notes_of(page: Page) -> list[tuple[int, int, str]]:
    return [(note.line, note.end_line, note.kind.value) for note in page.notes]


def goal_of(project: PageProject) -> str | None:
    return project.goal.text if project.goal else None


def summary_of(project: PageProject) -> str | None:
    return project.summary.text if project.summary else None


def outcomes_of(project: PageProject) -> list[tuple[int, str]]:
    return [(outcome.level, outcome.text) for outcome in project.outcomes]


def links_of(project: PageProject) -> list[tuple[str, str, str]]:
    return [(link.lead, link.label, link.url) for link in project.links]


def members_of(project: PageProject) -> list[tuple[str, str]]:
    return [(member.name, member.role) for member in project.members]


def values_of(page: Page) -> Iterator[tuple[str, Place]]:
    """Every text that was read with the place that it was read from."""
    for project in page.projects:
        values: list[Value | None] = [project.name, project.summary, project.goal]
        yield from ((value.text, value.place) for value in values if value)
        yield from ((outcome.text, outcome.place) for outcome in project.outcomes)
        yield from ((member.name, member.place) for member in project.members)
        yield from ((link.label, link.label_place) for link in project.links if link.label_place)
        yield from ((link.lead, link.lead_place) for link in project.links if link.lead_place)
        yield from ((group.name.text, group.name.place) for group in project.groups)


def structure_of(page: Page) -> Iterator[Place]:
    """Headings, labels and terms."""
    if page.title:
        place = page.title.place
        underline = re.compile(r"\s*?(\r\n?|\n) {0,3}=+[ \t]*(?=[\r\n]|\Z)").match(page.text, place.end)
        yield Place(place.start, underline.end() if underline else place.end, place.line)
    for project in page.projects:
        yield project.heading
        if project.label:
            yield project.label
        for group in project.groups:
            yield Place(group.place.start, group.body.start, group.place.line)


def unaccounted_lines(page: Page) -> list[int]:
    """The lines, from 1, that are neither blank nor read nor noted."""
    lines = re.split(r"\r\n?|\n", page.text.removeprefix("\ufeff"))
    rest = {number for number, line in enumerate(lines, 1) if line.strip()}
    for note in page.notes:
        rest -= set(range(note.line, note.end_line + 1))
    for place in [*structure_of(page), *(place for _, place in values_of(page)), *page.places()]:
        count = len(re.findall(r"\r\n?|\n", place.of(page.text).rstrip("\r\n"))) + 1
        rest -= set(range(place.line, place.line + count))
    return sorted(rest)


def check(page: Page) -> None:
    """Nothing is dropped, every value is what stands at its place, and no two places overlap."""
    assert unaccounted_lines(page) == []
    for text, place in values_of(page):
        assert normalise(place.of(page.text)) == text
        before = page.text[: place.start].removeprefix("\ufeff")
        assert place.line == len(re.findall(r"\r\n?|\n", before)) + 1
    ordered = sorted(page.places(), key=lambda place: (place.start, place.end))
    assert all(before.end <= after.start for before, after in pairwise(ordered))
    slugs = [project.slug for project in page.projects]
    assert len(set(slugs)) == len(slugs)
    assert all(project.parent is None or project.parent in slugs for project in page.projects)


def only(text: str) -> PageProject:
    """The one project of a page that is all right."""
    page = read_page(text)
    check(page)
    (project,) = page.projects
    return project

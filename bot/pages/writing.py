"""Writing a page: its text with the places edited where the records say something else, and nothing else."""

from collections.abc import Sequence
from functools import partial

from bot.pages.errors import PageError
from bot.pages.group_edits import fill_group, is_bullet
from bot.pages.patterns import patterns_of
from bot.pages.reader import read_page
from bot.pages.sheet import Sheet
from bot.pages.values import GroupKind, NoteKind, Page, PageGroup, PageProject
from bot.pages.wanted import Plan, WantedOutcome
from bot.pages.writing_fields import write_goal, write_label, write_mark, write_name, write_summary
from bot.pages.writing_links import write_links
from bot.pages.writing_members import write_members
from bot.pages.writing_outcomes import write_outcomes
from bot.pages.writing_places import TOP, are_in_order, insert_project, name_key
from bot.pages.writing_projects import (
    NewProject,
    Part,
    insert_parts,
    link_lines,
    member_parts,
    outcome_lines,
    project_block,
)


def write_text(
    page: Page,
    plans: Sequence[Plan],
    *,
    gone: Sequence[PageProject] = (),
    new: Sequence[tuple[PageProject | None, NewProject]] = (),
) -> str:
    """The text of the page as it is to be. `new`: projects, each with the one that it is below."""
    sheet = Sheet(page, patterns_of(page))
    sheet.remove_all(each.place for each in gone)
    for plan in plans:
        _write_project(sheet, plan)
    for parent, project in _in_order(sheet, new):
        write = partial(project_block, sheet.patterns, project, is_sub=parent is not None)
        insert_project(sheet, parent, project.wanted.name, write)
    return sheet.result()


def _in_order(
    sheet: Sheet, new: Sequence[tuple[PageProject | None, NewProject]]
) -> list[tuple[PageProject | None, NewProject]]:
    """By their names, where those that are there are."""

    def key(each: tuple[PageProject | None, NewProject]) -> str:
        parent, project = each
        sisters = sheet.below.get(parent.slug if parent else None, [])
        return name_key(project.wanted.name) if are_in_order(sisters) else ""

    return sorted(new, key=key)


def may_remove_all(page: Page, gone: Sequence[PageProject]) -> bool:
    """Whether what is left can be read as a page: it needs a heading of some section."""
    slugs = {project.slug for project in gone}
    return any(project.level == TOP and project.slug not in slugs for project in page.projects) or any(
        note.kind is NoteKind.HEADING for note in page.notes
    )


def with_heading(text: str) -> str:
    """A text of which nothing may be left that is read as a page: then with a heading that says no more."""
    try:
        read_page(text)
    except PageError:
        eol = "\r\n" if "\r\n" in text else "\n"
        return f"{text.rstrip()}{eol * 2 if text.strip() else ''}## Projects{eol}"
    return text


def _write_project(sheet: Sheet, plan: Plan) -> None:
    write_label(sheet, plan)
    write_name(sheet, plan)
    write_mark(sheet, plan)
    write_summary(sheet, plan)
    parts = [Part(GroupKind.GOAL, tuple(write_goal(sheet, plan)))]
    parts += _outcomes(sheet, plan, list(write_outcomes(sheet, plan).values()))
    parts += _links(sheet, plan.page, write_links(sheet, plan))
    parts += member_parts(sheet.patterns, write_members(sheet, plan))
    insert_parts(sheet, plan.page, parts)


def _outcomes(sheet: Sheet, plan: Plan, waiting: list[WantedOutcome]) -> list[Part]:
    """Outcomes for which there is no list yet."""
    lines = outcome_lines(sheet.patterns, waiting)
    group = _group(plan.page, GroupKind.OUTCOMES)
    if not lines or group is None:
        return [Part(GroupKind.OUTCOMES, lines)]
    fill_group(sheet, group, lines)
    return []


def _links(sheet: Sheet, page: PageProject, words: list[str]) -> list[Part]:
    """Links for which there is no group: a project without any has them in a list of its own."""
    if not words:
        return []
    bullets = [link.item for link in page.links if is_bullet(sheet, link.item)]
    if page.groups and not (bullets and _is_intro(page, bullets[-1].start)):
        return [Part(GroupKind.INFORMATION, link_lines(sheet.patterns, words))]
    if not bullets:
        sheet.insert_block(_end_of_intro(sheet, page), sheet.eol.join(link_lines(sheet.patterns, words)))
        return []
    last = bullets[-1]
    line = sheet.text[last.start : sheet.end_of_line(last.start)]
    column = line[: len(line) - len(line.lstrip(" \t"))]
    lines = sheet.eol.join(f"{column}{sheet.patterns.bullet} {each}" for each in words)
    ends = sheet.text.endswith(("\n", "\r"), 0, last.end)
    sheet.replace(last.end, last.end, f"{lines}{sheet.eol}" if ends else f"{sheet.eol}{lines}")
    return []


def _is_intro(page: PageProject, at: int) -> bool:
    return all(at < group.place.start for group in page.groups)


def _end_of_intro(sheet: Sheet, page: PageProject) -> int:
    below = sheet.below.get(page.slug)
    return below[0].place.start if below else page.place.end


def _group(page: PageProject, kind: GroupKind) -> PageGroup | None:
    return next((group for group in page.groups if group.kind is kind), None)

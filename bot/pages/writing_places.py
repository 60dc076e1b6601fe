"""Where on a page a project goes that was not there: behind its sisters, or among them in their order."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.pages.sheet import Sheet
from bot.pages.values import GroupKind, PageProject
from bot.pages.writing_projects import Part, insert_parts

TOP = 2
"""Number signs of a heading that is a project's."""
_DEEPEST = 6
_FEWEST = 3
"""Fewer projects than these are in the order of their names by chance."""

Write = Callable[[int], str | None]
"""A whole project with a heading of so many number signs; None when it cannot be written so."""


def insert_project(sheet: Sheet, parent: PageProject | None, name: str, write: Write) -> bool:
    """Whether it could be written. `parent`: the one that it is below."""
    sisters = sheet.below.get(parent.slug if parent else None, [])
    if parent is None:
        at = _place_among(sisters, name, len(sheet.text))
        block = write(TOP)
    elif sisters:
        at = _place_among(sisters, name, 0)
        block = _first_written(write, sisters[-1].level, parent)
    else:
        return _insert_first(sheet, parent, write)
    if block is not None:
        sheet.insert_block(at, block)
    return block is not None


def are_in_order(projects: Sequence[PageProject]) -> bool:
    """Whether they stand in the order of their names."""
    names = [name_key(project.name.text) for project in projects]
    return len(names) >= _FEWEST and all(one <= other for one, other in pairwise(names))


def name_key(name: str) -> str:
    """What a person orders names by."""
    return name.casefold().lstrip("*_`\"'([\\")


def _place_among(sisters: Sequence[PageProject], name: str, otherwise: int) -> int:
    if are_in_order(sisters):
        for sister in sisters:
            if name_key(sister.name.text) > name_key(name):
                return sister.place.start
    return sisters[-1].place.end if sisters else otherwise


def _insert_first(sheet: Sheet, parent: PageProject, write: Write) -> bool:
    """The first sub-project of a project: below its information."""
    information = [
        group for group in parent.groups if group.kind is GroupKind.INFORMATION and group.level > 0
    ]
    level = parent.level + sheet.patterns.below
    if information:
        level = max(level, information[-1].level + 1)
    block = _first_written(write, level, parent)
    if block is None:
        return False
    if information:
        sheet.insert_block(information[-1].place.end, block)
    elif any(group.level for group in parent.groups):
        lines = ("TBD", "", *block.split(sheet.eol))
        insert_parts(sheet, parent, [Part(GroupKind.INFORMATION, lines)])
    else:
        sheet.insert_block(parent.place.end, block)
    return True


def _first_written(write: Write, level: int, parent: PageProject) -> str | None:
    """With a heading as deep as it should be, or as it can be."""
    for each in range(min(level, _DEEPEST), parent.level, -1):
        block = write(each)
        if block is not None:
            return block
    return None

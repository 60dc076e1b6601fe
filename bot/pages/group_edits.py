"""Taking items out of the parts of a project, and putting new ones in."""

import re
from collections.abc import Sequence

from bot.pages.placeholders import placeholder_kind
from bot.pages.sheet import Sheet
from bot.pages.values import PageGroup, Place

_DEFINED = re.compile(r"[ \t]*[:~][ \t]+")
_BULLET = re.compile(r"[ \t]*(?:[:~][ \t]+)?([-*+]|\d{1,9}[.)])[ \t]")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_NUMBER = re.compile(r"(\s*)(\d{1,9})([.)]\s*)")
_BOX = re.compile(r"\[[ xX]\][ \t]+")


def is_bullet(sheet: Sheet, item: Place) -> bool:
    """Whether the lines are those of an item of a list."""
    return _BULLET.match(sheet.text, item.start) is not None


def remove_items(sheet: Sheet, group: PageGroup, items: Sequence[Place]) -> None:
    """Take whole items (their lines) out of a group. A definition with nothing in it says "TBD"."""
    gone = {item.start for item in items}
    for item in items:
        mark = _DEFINED.match(sheet.text, item.start)
        if group.level or not mark:
            _remove_lines(sheet, group, item, gone)
            continue
        kept = _kept_below(sheet, group, item, gone)
        if kept is None:
            sheet.replace(mark.end(), max(each.end for each in items), f"TBD{sheet.eol}")
        else:
            sheet.replace(mark.end(), kept, "")


def _remove_lines(sheet: Sheet, group: PageGroup, item: Place, gone: set[int]) -> None:
    is_first = sheet.is_blank(sheet.start_of_line(max(item.start - 1, 0)))
    is_alone = group.body.start == item.start and _kept_below(sheet, group, item, gone) is None
    if is_first and (is_alone or group.loose):
        sheet.remove_lines(item.start, item.end)
    else:
        sheet.replace(item.start, item.end, "")


def _kept_below(sheet: Sheet, group: PageGroup, item: Place, gone: set[int]) -> int | None:
    """Where the next item of the list begins that stays, behind its indentation."""
    at = item.end
    while at < group.body.end:
        if at not in gone and _ITEM.match(sheet.text, at):
            return (
                at
                + len(sheet.text[at : sheet.end_of_line(at)])
                - len(sheet.text[at : sheet.end_of_line(at)].lstrip(" \t"))
            )
        at = sheet.end_of_line(at)
    return None


def append_items(sheet: Sheet, group: PageGroup, items: Sequence[Place], words: Sequence[str]) -> None:
    """Put new items behind the others of the group's list; `items` are those of it that are known."""
    bullets = [item.end for item in items if is_bullet(sheet, item)]
    at = max(bullets, default=group.body.end)
    before = "" if sheet.text.endswith(("\n", "\r"), 0, at) or not at else sheet.eol
    lines: list[str] = []
    for number, each in enumerate(words):
        prefix = _numbered(group.item_prefix, number)
        lines.append(f"{sheet.eol if group.loose else ''}{prefix}{each}")
    after = sheet.eol if not before else ""
    sheet.replace(at, at, before + sheet.eol.join(lines) + after)


def _numbered(prefix: str, number: int) -> str:
    """The number of an ordered list's item, so many behind."""
    found = _NUMBER.fullmatch(prefix)
    return f"{found[1]}{int(found[2]) + number}{found[3]}" if found else prefix


def fill_group(sheet: Sheet, group: PageGroup, lines: Sequence[str], *, comes_first: bool = False) -> None:
    """Put a block into a group that has no list: in place of what only held a place, else beside the rest."""
    body, eol = group.body, sheet.eol
    words = body.of(sheet.text)
    ends = words[len(words.rstrip("\r\n")) :]
    is_held = bool(words.strip()) and _is_placeholder(words)
    if body.start == body.end:
        sheet.insert_block(body.start, eol.join(lines))
        return
    indent = "" if group.level else sheet.column_of(body.start)
    block = f"{eol}{indent}".join(lines).replace(f"{eol}{indent}{eol}", f"{eol}{eol}")
    if is_held:
        sheet.replace(body.start, body.end, block + ends)
    elif group.level:
        sheet.insert_block(body.start if comes_first else body.end, block)
    elif comes_first:
        sheet.replace(body.start, body.start, f"{block}{eol}{eol}{indent}")
    else:
        sheet.replace(body.end, body.end, f"{'' if ends else eol}{eol}{indent}{block}{ends}")


def _is_placeholder(words: str) -> bool:
    words = words.strip()
    item = _ITEM.match(words)
    words = words[item.end() :] if item else words
    box = _BOX.match(words)
    return placeholder_kind(words[box.end() :] if box else words) is not None


def items_in(group: PageGroup, items: Sequence[Place]) -> list[Place]:
    """Those of the places that stand in the group."""
    return [item for item in items if group.place.start <= item.start < max(group.place.end, group.body.end)]

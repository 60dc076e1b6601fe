"""A project's name, summary and goal, and the line that says when it was last checked."""

from bot.pages.group_edits import fill_group
from bot.pages.patterns import Patterns
from bot.pages.placeholders import placeholder_kind
from bot.pages.sheet import Sheet
from bot.pages.values import GroupKind, PageGroup, PageProject, Value
from bot.pages.wanted import Plan
from bot.pages.writing_values import canonical, is_same, name_text, one_line, placeholder_text, value_text


def write_name(sheet: Sheet, plan: Plan) -> None:
    place, wanted = plan.page.name.place, plan.wanted.name
    if "name" in plan.held or one_line(wanted) == plan.page.name.text or wanted == plan.page.name.text:
        return
    words = name_text(wanted, is_underlined=plan.page.setext)
    if words is not None:
        sheet.replace(place.start, place.end, words)


def write_label(sheet: Sheet, plan: Plan) -> None:
    """A label that keeps the address that the heading had alone."""
    if plan.needs_label and plan.page.label is None:
        at = plan.page.heading.start
        sheet.replace(at, at, label_line(sheet.patterns, plan.page))


def label_line(patterns: Patterns, page: PageProject) -> str:
    """A label with the address that the project has by now, and its line end."""
    prefix = "projects:" if patterns.labels is None else patterns.labels
    return f"({prefix}{page.slug})={patterns.eol}"


def write_mark(sheet: Sheet, plan: Plan) -> None:
    """The line below the heading: written, changed, or taken away as it was put there."""
    heading, mark, wanted = plan.page.heading, plan.page.mark, plan.wanted.mark
    text, eol = sheet.text, sheet.eol
    if mark is not None:
        line = mark.of(text)
        words = line.strip()
        if words == wanted:
            return
        start = mark.start + line.index(words)
        if wanted:
            sheet.replace(start, start + len(words), wanted)
        elif mark.start > heading.end:
            sheet.replace(heading.end, mark.end, "")
        else:
            end = sheet.end_of_line(mark.end) if sheet.is_blank(mark.end) else mark.end
            sheet.replace(mark.start, end, "")
    elif wanted:
        at = heading.end
        if not text.endswith(("\n", "\r"), 0, at):
            sheet.replace(at, at, f"{eol}{eol}{wanted}")
        elif at >= len(text) or sheet.is_blank(at):
            sheet.replace(at, at, f"{eol}{wanted}{eol}")
        else:
            sheet.replace(at, at, f"{wanted}{eol}{eol}")


def write_summary(sheet: Sheet, plan: Plan) -> None:
    page, wanted = plan.page, plan.wanted.summary
    if "summary" in plan.held or is_same(wanted, page.summary.text if page.summary else ""):
        return
    if page.summary is not None:
        _change(sheet, GroupKind.SUMMARY, page.summary, wanted)
        return
    group = _group(page, GroupKind.SUMMARY)
    words = value_text(GroupKind.SUMMARY, wanted, indent="", eol=sheet.eol)
    if words is None:
        return
    if group is not None:
        fill_group(sheet, group, words.split(sheet.eol), comes_first=True)
    else:
        sheet.insert_block(page.mark.end if page.mark else page.heading.end, words)


def write_goal(sheet: Sheet, plan: Plan) -> list[str]:
    """Edit it where it stands; its lines, if there is no place for it."""
    page, wanted = plan.page, plan.wanted.goal
    if "goal" in plan.held or is_same(wanted, page.goal.text if page.goal else ""):
        return []
    if page.goal is not None:
        _change(sheet, GroupKind.GOAL, page.goal, wanted)
        return []
    lines = goal_lines(wanted, sheet.eol)
    group = _group(page, GroupKind.GOAL)
    if group is None or not lines:
        return lines
    fill_group(sheet, group, lines, comes_first=True)
    return []


def goal_lines(wanted: str, eol: str) -> list[str]:
    """Also of words that only hold its place."""
    words = value_text(GroupKind.GOAL, wanted, indent="", eol=eol)
    if words is None and placeholder_kind(one_line(wanted)) is not None and canonical(wanted):
        words = placeholder_text(one_line(wanted))
    return words.split(eol) if words else []


def _group(page: PageProject, kind: GroupKind) -> PageGroup | None:
    return next((group for group in page.groups if group.kind is kind), None)


def _change(sheet: Sheet, kind: GroupKind, value: Value, wanted: str) -> None:
    place = value.place
    before = sheet.text[sheet.start_of_line(place.start) : place.start]
    if canonical(wanted):
        like = place.of(sheet.text)
        words = value_text(kind, wanted, indent=sheet.column_of(place.start), eol=sheet.eol, like=like)
        if words is None and kind is GroupKind.GOAL:
            words = " ".join(goal_lines(wanted, sheet.eol)) or None
        if words is not None:
            sheet.replace(place.start, place.end, words)
    elif before.strip():
        sheet.replace(place.start, place.end, "TBD")  # a definition, or an item, has to say something
    else:
        sheet.remove_lines(sheet.start_of_line(place.start), sheet.end_of_line(place.end))

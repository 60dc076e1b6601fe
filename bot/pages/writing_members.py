"""The people of a project: taken out of their lists or lines, and new ones put behind the others."""

import re

from bot.pages.escapes import escape_tags
from bot.pages.group_edits import append_items, fill_group, is_bullet, items_in, remove_items
from bot.pages.patterns import is_lead_group
from bot.pages.sheet import Sheet
from bot.pages.values import GroupKind, PageGroup, PageMember, PageProject, Place
from bot.pages.wanted import Plan, WantedMember
from bot.pages.writing_values import one_line, reads_as

_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_NAME = re.compile(r"[^\w\s.'\u2019-]|_")
_LAST_JOINT = re.compile(r"\s+(?:and|&)\s+")


def page_name(name: str) -> str:
    """A name as a page can have it: without remarks, and with the capitals by which a reader knows names."""
    words = _NO_NAME.sub(" ", _REMARK.sub(" ", one_line(name))).split()
    return " ".join(word[0].upper() + word[1:] for word in words)


def member_words(member: WantedMember, *, leads: bool) -> str | None:
    """Name and role, the role left out where it goes without saying; None for what reads as no name."""
    name = one_line(member.name)
    if reads_as(GroupKind.TEAM, name) != f"{name}\nmember":
        name = page_name(name)
        if reads_as(GroupKind.TEAM, name) != f"{name}\nmember":
            return None
    if member.role == ("lead" if leads else "member"):
        return name
    role = one_line(member.role)
    said = f"{name} ({role})" if escape_tags(role) == role else name
    return said if (reads_as(GroupKind.TEAM, said) or "").split("\n")[0] == name else name


def write_members(sheet: Sheet, plan: Plan) -> list[WantedMember]:
    """Edit those that there are; the new ones that have no group to stand in."""
    on_page = {key for key in plan.members if key is not None}
    pairs = list(zip(plan.page.members, plan.members, strict=True))
    gone = [member for member, key in pairs if key is not None and key not in plan.wanted.members]
    for member, key in pairs:
        wanted = plan.wanted.members.get(key) if key is not None else None
        if wanted and not wanted.is_fixed and one_line(wanted.name) != member.name:
            words = member_words(WantedMember(wanted.name), leads=False)
            sheet.replace(member.place.start, member.place.end, words or member.name)
    new = [member for key, member in plan.wanted.members.items() if key not in on_page]
    if gone:
        _remove(sheet, plan.page, gone, has_new=bool(new))
    waiting: list[WantedMember] = []
    for is_lead in (True, False):
        mine = [member for member in new if (member.role == "lead") is is_lead]
        group = _home(plan.page, is_lead=is_lead)
        if group is None:
            waiting += mine
        elif mine:
            said = [member_words(member, leads=is_lead_group(group)) for member in mine]
            _add(sheet, plan, group, [each for each in said if each], gone)
    return waiting


def _home(page: PageProject, *, is_lead: bool) -> PageGroup | None:
    groups = [group for group in page.groups if group.kind is GroupKind.TEAM]
    return next((group for group in groups if is_lead_group(group) is is_lead), groups[0] if groups else None)


def _add(sheet: Sheet, plan: Plan, group: PageGroup, words: list[str], gone: list[PageMember]) -> None:
    here = [member for member in plan.page.members if items_in(group, [member.place])]
    kept = [member for member in here if member not in gone]
    if not words:
        return
    if group.item_prefix:
        append_items(sheet, group, [member.item for member in here], words)
    elif kept and kept[-1].whole is not None:
        _add_to_line(sheet, kept, words, is_last=kept[-1] is here[-1])
    elif here:
        # All who stood there are taken out, and these take their place.
        sheet.replace(_end(here[-1]), _end(here[-1]), ", ".join(words))
    else:
        fill_group(sheet, group, [", ".join(words)])


def _add_to_line(sheet: Sheet, kept: list[PageMember], words: list[str], *, is_last: bool) -> None:
    """Joined as the others are: "A and B" becomes "A, B and C"; "A, B" becomes "A, B, C"."""
    end = _end(kept[-1])
    line = [member for member in kept if member.item == kept[-1].item]
    joint = sheet.text[_end(line[-2]) : _start(line[-1])] if len(line) > 1 else ""
    if is_last and _LAST_JOINT.fullmatch(joint):
        sheet.replace(_end(line[-2]), _start(line[-1]), ", ")
        sheet.replace(end, end, "".join(f", {each}" for each in words[:-1]) + joint + words[-1])
    else:
        sheet.replace(end, end, "".join(f", {each}" for each in words))


def _remove(sheet: Sheet, page: PageProject, gone: list[PageMember], *, has_new: bool) -> None:
    whole: list[Place] = []
    by_line: dict[Place, list[PageMember]] = {}
    for member in page.members:
        by_line.setdefault(member.item, []).append(member)
    for item, here in by_line.items():
        out = [member for member in here if member in gone]
        if len(out) == len(here) and (is_bullet(sheet, item) or not has_new):
            whole.append(item)
        elif out:
            _remove_from_line(sheet, here, out)
    for group in page.groups:
        if items := items_in(group, whole):
            remove_items(sheet, group, items)


def _remove_from_line(sheet: Sheet, here: list[PageMember], out: list[PageMember]) -> None:
    """With what joins them to the next one who stays, or else to the one before."""
    kept = [number for number, member in enumerate(here) if member not in out]
    for number, member in enumerate(here):
        if member not in out:
            continue
        following = next((each for each in kept if each > number), None)
        if following is not None:
            sheet.replace(_start(member), _start(here[number + 1]), "")
        elif kept:
            sheet.replace(_end(here[number - 1]), _end(member), "")
        else:
            sheet.replace(
                _start(member), _start(here[number + 1]) if number + 1 < len(here) else _end(member), ""
            )


def _start(member: PageMember) -> int:
    return (member.whole or member.place).start


def _end(member: PageMember) -> int:
    return (member.whole or member.place).end

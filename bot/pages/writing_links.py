"""Links of a project: changed where they stand, taken out, and new ones behind the others."""

import re
from collections.abc import Iterator

from bot.pages.escapes import escape_active, escape_line
from bot.pages.group_edits import append_items, fill_group, is_bullet, items_in, remove_items
from bot.pages.patterns import is_place_group
from bot.pages.sheet import Sheet
from bot.pages.values import GroupKind, PageGroup, PageLink, PageProject, Place
from bot.pages.wanted import Plan, WantedLink
from bot.pages.writing_values import one_line, reads_as

_CONNECTIVE = re.compile(r"(?:and|or|as well as|plus|also|[\W_])*", re.IGNORECASE)
_TO_ESCAPE = re.compile(r"[<>\\]|&(?=#|\w+;)")


def label_of(wanted: WantedLink) -> str:
    """What a page calls it: a link without a label is called by its address."""
    return one_line(wanted.label) or wanted.url.removeprefix("mailto:")


def link_words(wanted: WantedLink) -> str | None:
    """The link with the words before it; None for one that no page can have."""
    lead = one_line(wanted.lead)
    before = f"{escape_active(escape_line(lead))}: " if lead else ""
    said = "\n".join([wanted.url, label_of(wanted), lead])
    written = list(_written(wanted.url, label_of(wanted)))
    exact = next((raw for raw in written if reads_as(GroupKind.INFORMATION, before + raw) == said), None)
    if exact is not None:
        return before + exact
    # Another label is better than no link.
    return next(
        (
            before + raw
            for raw in written
            if (reads_as(GroupKind.INFORMATION, before + raw) or "").split("\n")[0] == wanted.url
        ),
        None,
    )


def _written(url: str, label: str) -> Iterator[str]:
    address = _TO_ESCAPE.sub(r"\\\g<0>", url)
    if label == url.removeprefix("mailto:"):
        yield f"<{label}>"
    for words in (label, label.replace("[", "(").replace("]", ")")):
        for target in (url, f"<{address}>"):
            yield f"[{escape_active(words)}]({target})"
    yield f"<{url.removeprefix('mailto:')}>"


def write_links(sheet: Sheet, plan: Plan) -> list[str]:
    """Edit those that there are; the words of new ones, if there is no group for them."""
    on_page = {key for key in plan.links if key is not None}
    pairs = list(zip(plan.page.links, plan.links, strict=True))
    gone = [link for link, key in pairs if key is not None and key not in plan.wanted.links]
    for link, key in pairs:
        if key is not None and (wanted := plan.wanted.links.get(key)):
            _change(sheet, link, wanted)
    if gone:
        _remove(sheet, plan.page, gone)
    new = [link_words(link) for key, link in plan.wanted.links.items() if key not in on_page]
    words = [each for each in new if each is not None]
    group = _home(plan.page)
    if not words or group is None:
        return words
    if group.item_prefix:
        append_items(sheet, group, items_in(group, [link.item for link in plan.page.links]), words)
    else:
        mark = sheet.patterns.bullet
        has_words = group.body.start < group.body.end
        lines = words if not group.level and has_words and not sheet.is_blank(group.body.start) else None
        fill_group(sheet, group, [f"{mark} {each}" for each in words] if lines is None else _apart(lines))
    return []


def _apart(words: list[str]) -> list[str]:
    """Paragraphs of their own."""
    return [line for each in words for line in ("", each)][1:]


def _home(page: PageProject) -> PageGroup | None:
    """Where a new link goes: to the others in a list, under a name that says nothing of its own."""
    groups = [group for group in page.groups if group.kind is GroupKind.INFORMATION]
    free = [group for group in groups if not is_place_group(group)]
    return next((group for group in free if group.item_prefix), free[0] if free else None)


def _change(sheet: Sheet, link: PageLink, wanted: WantedLink) -> None:
    label = label_of(wanted)
    if (link.url, link.label) == (wanted.url, label):
        return
    if link.url == wanted.url and link.label_place is not None:
        place, raw = link.label_place, escape_active(label)
        whole = sheet.text[link.place.start : place.start] + raw + sheet.text[place.end : link.place.end]
        if (reads_as(GroupKind.INFORMATION, whole) or "").split("\n")[:2] == [link.url, label]:
            sheet.replace(place.start, place.end, raw)
            return
    if (words := link_words(WantedLink(wanted.url, wanted.label))) is not None:
        sheet.replace(link.place.start, link.place.end, words)


def _remove(sheet: Sheet, page: PageProject, gone: list[PageLink]) -> None:
    starts = {link.place.start for link in gone}
    kept = [link for link in page.links if link.place.start not in starts]
    whole: list[Place] = []
    for link in gone:
        if is_bullet(sheet, link.item) and not any(_is_in(other, link.item) for other in kept):
            whole.append(link.item)
        else:
            _remove_words(sheet, page, link, starts)
    whole += _leads(sheet, gone, kept)
    for group in page.groups:
        if items := items_in(group, whole):
            remove_items(sheet, group, _outermost(items))
    outside = [item for item in whole if not any(items_in(group, [item]) for group in page.groups)]
    for item in _outermost(outside):
        sheet.replace(item.start, item.end, "")


def _is_in(link: PageLink, item: Place) -> bool:
    return item.start <= link.place.start < item.end


def _leads(sheet: Sheet, gone: list[PageLink], kept: list[PageLink]) -> list[Place]:
    """Items that only led up to links that are all gone."""
    stay = {link.lead_place for link in kept}
    found: list[Place] = []
    for link in gone:
        lead = link.lead_place
        if lead is None or lead in stay or lead.start >= link.item.start:
            continue
        start = sheet.start_of_line(lead.start)
        end = max(each.item.end for each in gone if each.lead_place == lead)
        if _is_one_item(sheet.text[start:end]):
            found.append(Place(start, end, lead.line))
    return found


def _is_one_item(words: str) -> bool:
    """Whether the lines below the first are all further in: they are parts of it."""
    first, *rest = words.splitlines()
    depth = len(first) - len(first.lstrip(" \t"))
    return all(not line.strip() or len(line) - len(line.lstrip(" \t")) > depth for line in rest)


def _outermost(items: list[Place]) -> list[Place]:
    found: list[Place] = []
    for item in sorted(set(items), key=lambda item: (item.start, -item.end)):
        if not found or item.start >= found[-1].end:
            found.append(item)
    return found


def _remove_words(sheet: Sheet, page: PageProject, link: PageLink, gone: set[int]) -> None:
    """A link among other words: with what joins it to its neighbour, or else its label stays."""
    text = sheet.text
    beside = sorted(
        (each.place for each in page.links if each.item == link.item), key=lambda each: each.start
    )
    at = beside.index(link.place)
    if at + 1 < len(beside) and _CONNECTIVE.fullmatch(text[link.place.end : beside[at + 1].start]):
        sheet.replace(link.place.start, beside[at + 1].start, "")
    elif at and _CONNECTIVE.fullmatch(text[beside[at - 1].end : link.place.start]):
        start = beside[at - 1].end if beside[at - 1].start not in gone else link.place.start
        sheet.replace(start, link.place.end, "")
    else:
        words = escape_active(escape_line(link.label))
        sheet.replace(link.place.start, link.place.end, words)

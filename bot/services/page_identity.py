"""Which records the projects and items on a page are."""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.merging import match_items
from bot.pages.values import Page, PageProject
from bot.pages.wanted import Keys, WantedProject
from bot.pages.writing_links import label_of
from bot.pages.writing_members import page_name
from bot.pages.writing_values import canonical, one_line
from storage import projects
from storage.database import Tx
from storage.pages import Place
from storage.project_batches import WholeProject

GONE = 0
"""In place of an id: what people took off the record, as the page was told of it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Of the items of one project on a page, each in the page's order."""

    outcomes: Keys
    links: Keys
    members: Keys


def places_by_project(places: Iterable[Place]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        found[place.project_id].append(place)
    return found


def find_called(tx: Tx, workspace_id: str, slug: str) -> int | None:
    """The project that a heading may be which was on no page before, by its slug or an alias.

    None of a private channel: whoever wrote the heading may not know of it, and it must not answer.
    """
    where = tx, workspace_id
    found = projects.find_project_by_slug(*where, slug) or projects.find_project_by_alias(*where, slug)
    return None if found is None or found.is_private else found.id


def may_be(whole: WholeProject | None, places: Sequence[Place]) -> bool:
    """Whether what a page calls so can be this project: a private one only where it stood before."""
    return whole is not None and (not whole.project.is_private or any(place.line for place in places))


def projects_on(
    page: Page, places: Mapping[int, Sequence[Place]], find: Callable[[str], int | None]
) -> dict[str, int]:
    """By the slugs of the page. `find` knows the projects of the workspace by slug and alias."""
    known = {
        place.value: project_id
        for is_there in (False, True)
        for project_id, own in places.items()
        for place in own
        if place.item == "project" and (place.line > 0) is is_there
    }
    found: dict[str, int] = {}
    used: set[int] = set()
    for project in page.projects:
        project_id = known.get(project.slug) or find(project.slug)
        if project_id is not None and project_id not in used:
            found[project.slug] = project_id
            used.add(project_id)
    return found


def identify(page: PageProject, places: Sequence[Place]) -> Identity:
    """By where they stood when the page was last read."""
    at = {
        (place.item, place.start): place.item_id or GONE
        for place in places
        if place.item in {"outcome", "link", "member"}
    }
    return Identity(
        tuple(at.get(("outcome", each.place.start)) for each in page.outcomes),
        tuple(at.get(("link", each.place.start)) for each in page.links),
        tuple(at.get(("member", each.place.start)) for each in page.members),
    )


def recognise(
    page: PageProject, wanted: WantedProject, places: Sequence[Place], removed: Mapping[int, str]
) -> Identity:
    """By what they say: what the record says now, or what the page said before, or else most like it."""
    old = {item: [place for place in places if place.item == item] for item in ("outcome", "link", "member")}
    links = [(place.item_id, _said(place)) for place in old["link"]]
    members = [(place.item_id, _said(place)) for place in old["member"]]
    return Identity(
        _outcomes(page, wanted, old["outcome"], removed),
        _matched(
            [(each.url, each.label, each.lead) for each in page.links],
            [(key, (each.url, label_of(each), one_line(each.lead))) for key, each in wanted.links.items()],
            links,
        ),
        _matched(
            [(each.name, each.role) for each in page.members],
            [(key, (one_line(each.name), each.role)) for key, each in wanted.members.items()],
            [*((key, (page_name(each.name), each.role)) for key, each in wanted.members.items()), *members],
        ),
    )


def _said(place: Place) -> tuple[str, ...]:
    return tuple(map(str, json.loads(place.value)))


def _outcomes(
    page: PageProject, wanted: WantedProject, old: Sequence[Place], removed: Mapping[int, str]
) -> Keys:
    record = [(key, (canonical(each.text),)) for key, each in wanted.outcomes.items()]
    before: _Known = [(place.item_id, (place.value,)) for place in old]
    before += [(key, (canonical(text),)) for key, text in removed.items()]
    found = list(_matched([(each.text,) for each in page.outcomes], record, before))
    used = set(found)
    free = [(key, said[0]) for key, said in (*record, *before) if key not in used]
    left = [number for number, key in enumerate(found) if key is None]
    if free and left:
        matching = match_items([said for _, said in free], [page.outcomes[number].text for number in left])
        for number, index in zip(left, matching.old_of_new, strict=True):
            if index is not None and free[index][0] not in used:
                found[number] = free[index][0]
                used.add(free[index][0])
    return _in_order(tuple(found), record, [(place.item_id, place) for place in old])


_Known = list[tuple[int | None, tuple[str, ...]]]


def _matched(
    page: Sequence[tuple[str, ...]],
    record: Sequence[tuple[int, tuple[str, ...]]],
    before: Sequence[tuple[int | None, tuple[str, ...]]],
) -> Keys:
    """Each by all that it says, or else by the first of it."""
    found: list[int | None] = [None] * len(page)
    used: set[int] = set()
    for size in (None, 1):
        for known in (record, before):
            waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
            for key, said in known:
                if key is not None:
                    waiting[said[:size]].append(key)
            for number, said in enumerate(page):
                keys = waiting.get(said[:size])
                while found[number] is None and keys:
                    key = keys.popleft()
                    if key not in used:
                        found[number] = key
                        used.add(key)
    return tuple(found)


def _in_order(
    found: Keys, record: Sequence[tuple[int, object]], before: Sequence[tuple[int | None, object]]
) -> Keys:
    """What nothing tells: as many are left on the page as in the record, where people said more meanwhile."""
    used, known = set(found), {key for key, _ in record}
    was_there = [key for key, _ in before if key in known and key not in used]
    is_new = [key for key, _ in record if key not in used and key not in was_there]
    left = [number for number, key in enumerate(found) if key is None]
    keys = list(found)
    for each in (was_there, [*was_there, *is_new]):
        if left and len(each) == len(left):
            for number, key in zip(left, each, strict=True):
                keys[number] = key
            break
    return tuple(keys)

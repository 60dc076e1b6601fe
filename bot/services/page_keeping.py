"""A page that has been published becomes what the next reading begins from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.pages import read_page
from bot.pages.page_style import PageStyle
from bot.pages.values import Page, PageProject, Value
from bot.pages.values import Place as PagePlace
from bot.pages.writing_values import name_text, one_line
from bot.services.import_statuses import mark_to_keep, marks_said
from bot.services.import_target import STATUS, Target
from bot.services.page_identity import (
    Identity,
    find_called,
    may_be,
    places_by_project,
    projects_on,
    recognise,
)
from bot.services.page_new import ARCHIVED, LEFT
from bot.services.page_records import Reader
from bot.services.place_values import WITHDRAWN, link_in_place, member_in_place
from bot.services.standing import with_known_marks
from storage import aliases, outcomes, pages
from storage.database import Tx
from storage.indexing import reindex
from storage.pages import Place
from storage.project_batches import WholeProject
from storage.records import ProjectState
from storage.workspaces import lock_workspace

_NOWHERE = PagePlace(0, 0, 0)


def keep_page(tx: Tx, workspace_id: str, page_id: int, text: str, now: datetime) -> None:
    """`text` has been published: importing it changes nothing, and every value there is a base from now on.

    What it says of a record is that record's place, also of one that was written for the first time. Raises
    NotFoundError, and PageError for a text that is no page.
    """
    lock_workspace(tx, workspace_id)
    page = pages.get_page(tx, workspace_id, page_id)
    _Keeper(tx, workspace_id, page, text, now).keep()


@dataclass
class _Keeper:
    tx: Tx
    workspace_id: str
    page: pages.Page
    text: str
    now: datetime

    def keep(self) -> None:
        before = pages.list_places(self.tx, self.workspace_id, self.page.id)
        read = with_known_marks(read_page(self.text), before, self.now)
        old = places_by_project(before)
        ids = projects_on(read, old, self._find)
        # Outcomes that were dropped may still stand on the page, with their status.
        reader = Reader(self.tx, self.workspace_id, PageStyle(with_status=True), self.now)
        reader.read([*ids.values(), *old])
        ids = {slug: id_ for slug, id_ in ids.items() if may_be(reader.find(id_), old.get(id_, ()))}
        self._find_renamed(read, old, ids, reader)
        rows: list[dict[str, Any]] = []
        for item in read.projects:
            whole = reader.find(ids.get(item.slug, 0))
            if whole is not None:
                rows += self._places(reader, item, whole, old.get(whole.project.id, ()))
        present = set(ids.values())
        for project_id, places in old.items():
            if project_id not in present:
                rows += _gone(reader.find(project_id), places)
        pages.save_page(self.tx, self.workspace_id, self.page.name, self.text, self.now)
        known = [place.model_dump(exclude={"id", "page_id"}) for place in before]
        if sorted(known, key=repr) != sorted(rows, key=repr):
            pages.replace_places(self.tx, self.workspace_id, self.page.id, rows)

    def _find_renamed(
        self, page: Page, old: Mapping[int, Sequence[Place]], ids: dict[str, int], reader: Reader
    ) -> None:
        """Those without a label whose new heading makes another address of them, by their new names."""
        known = set(ids.values())
        waiting = {
            id_: whole.project.name
            for id_, places in old.items()
            if id_ not in known and any(place.line for place in places) and (whole := reader.find(id_))
        }
        by_name = {name_text(name) or name: id_ for id_, name in waiting.items()}
        by_name |= {one_line(name): id_ for id_, name in waiting.items()}
        left = [item for item in page.projects if item.slug not in ids]
        for item in left:
            id_ = by_name.get(item.name.text)
            if id_ in waiting:
                ids[item.slug] = id_
                del waiting[id_]
        left = [item for item in left if item.slug not in ids]
        if len(left) == len(waiting):  # renamed once more since the page was written
            ids |= {item.slug: id_ for item, id_ in zip(left, waiting, strict=True)}

    def _find(self, slug: str) -> int | None:
        return find_called(self.tx, self.workspace_id, slug)

    def _places(
        self, reader: Reader, item: PageProject, whole: WholeProject, old: Sequence[Place]
    ) -> list[dict[str, Any]]:
        """As an import of the page would leave them."""
        target = Target(self.tx, self.workspace_id, whole.project.id, whole.project.slug, self.now)
        removed = outcomes.list_removed(*target.where)
        wanted = reader.wanted(whole, [each.id for each in whole.outcomes])
        keys = recognise(item, wanted, old, removed)
        self._know_by_slug(item, whole)
        target.place("project", None, item.slug, item.place)
        if item.label is not None:
            target.place("label", None, item.anchor or "", item.label)
        fields: dict[str, Value | None] = {"name": item.name, "summary": item.summary, "goal": item.goal}
        for name, value in fields.items():
            if value is not None:
                target.place(name, None, value.text, value.place)
        target.place("parent", None, item.parent or "", item.place)
        self._place_items(target, item, whole, keys)
        self._place_marks(target, item, keys, old)
        return target.places

    def _place_marks(self, target: Target, item: PageProject, keys: Identity, old: Sequence[Place]) -> None:
        """Of one that says no status, which stays as somebody wrote it, what it was before."""
        said = marks_said(old, self.page)
        for outcome, key in zip(item.outcomes, keys.outcomes, strict=True):
            if key and outcome.mark is not None:
                words = mark_to_keep(outcome, self.text, said.get(key), self.now.date())
                if words is not None:
                    target.place(STATUS, key, words, outcome.mark)

    def _place_items(self, target: Target, item: PageProject, whole: WholeProject, keys: Identity) -> None:
        levels = {outcome.id: outcome.level for outcome in whole.outcomes}
        for outcome, key in zip(item.outcomes, keys.outcomes, strict=True):
            target.place("outcome", key, outcome.text, outcome.place)
            if key is not None and levels.get(key, outcome.level) != outcome.level:
                # How deeply it is nested is for the page to say, also where it could not be as deep.
                outcomes.change_outcome(self.tx, self.workspace_id, key, self.now, level=outcome.level)
        # Those that people took off the record are known by their numbers all the same, as after an import.
        for link, key in zip(item.links, keys.links, strict=True):
            target.place("link", key, link_in_place(link), link.place)
        for member, key in zip(item.members, keys.members, strict=True):
            target.place("member", key, member_in_place(member), member.place)

    def _know_by_slug(self, item: PageProject, whole: WholeProject) -> None:
        """A project whose heading is another now is found by what that makes of its address, too."""
        known = {whole.project.slug, *whole.aliases}
        if item.slug not in known and self._find(item.slug) is None:
            aliases.add_alias(self.tx, self.workspace_id, whole.project.id, item.slug)
            reindex(self.tx, self.workspace_id, whole.project.id)


def _gone(whole: WholeProject | None, places: Sequence[Place]) -> list[dict[str, Any]]:
    """What the page last said of one that is not on it, so that it is known again when it is back."""
    kept = [
        {**place.model_dump(exclude={"id", "page_id"}), "start": 0, "end": 0, "line": 0} for place in places
    ]
    is_known = any(place.item in LEFT for place in places)
    if not kept or is_known or whole is None:
        return kept
    left = {"item_id": None, "value": ""}
    if whole.project.state is ProjectState.ARCHIVED:
        kept.append({**kept[0], "item": ARCHIVED, **left})
    elif whole.project.is_private and any(place.line for place in places):
        kept.append({**kept[0], "item": WITHDRAWN, **left})
    return kept

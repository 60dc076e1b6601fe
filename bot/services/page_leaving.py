"""Projects that leave a page when it is published: archived ones, where they are to, and private ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.pages.page_style import PageStyle
from bot.pages.values import Page, PageProject
from bot.pages.writing import may_remove_all
from bot.services.page_moving import Held, OnPage
from storage.archived import Archived
from storage.channels import list_privacy
from storage.database import Tx
from storage.records import ProjectState


@dataclass
class Leaving:
    """Of one page of a workspace. `keeps_private`: for somebody who may see all that stands there."""

    tx: Tx
    workspace_id: str
    style: PageStyle
    held: Collection[Held]
    keeps_private: bool = False

    def find(self, page: Page, known: Sequence[OnPage], *, with_inside: bool = True) -> list[PageProject]:
        """Archived ones with those below them, or else not; and private ones, whatever is below them.

        `with_inside`: also what stands in a private one, since it could not be moved out of it.
        """
        private = {each.item.slug for each in known if self._is_withdrawn(each)}
        if with_inside:
            for item in page.projects:
                private |= {item.slug} if item.parent in private else set()
        archived = self._archived(page, known)
        gone = [each for each in page.projects if each.slug in archived | private]
        if not archived or may_remove_all(page, gone):
            return gone
        return [each for each in gone if each.slug in private]

    def _archived(self, page: Page, known: Sequence[OnPage]) -> set[str]:
        if self.style.archived is Archived.MARKED:
            return set()
        slugs = {item.slug for item in page.projects}
        stays = slugs - {
            each.item.slug
            for each in known
            if each.whole.project.state is ProjectState.ARCHIVED
            and not each.whole.project.is_private
            and (each.whole.project.id, "project", None) not in self.held
        }
        for item in reversed(page.projects):
            if item.slug in stays and item.parent is not None:
                stays.add(item.parent)
        return slugs - stays

    def _is_withdrawn(self, known: OnPage) -> bool:
        """Not while it only counts as private, since Slack has not told of its channel yet."""
        project = known.whole.project
        return (
            not self.keeps_private and project.is_private and self._privacy.get(project.seen_in or "", False)
        )

    @cached_property
    def _privacy(self) -> dict[str, bool]:
        return list_privacy(self.tx, self.workspace_id)

"""The functions of storage that are about publications: a part of every_function.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from storage import (
    doctoring,
    pages,
    publication_changes,
    publication_claims,
    publication_looks,
    publication_tables,
    publications,
)
from storage.database import Tx
from storage.publications import Publication
from tests.support.make import NOW

LASTS = timedelta(minutes=3)
SOON = NOW + LASTS

Ask = Callable[[Tx, str, Any], Any]
"""With `Theirs` of every_function.py."""


class Published:
    """A page goes somewhere, and somebody is publishing it."""

    def __init__(self, tx: Tx, workspace_id: str, page_id: int) -> None:
        address = f"file:/srv/{workspace_id}.md"
        added = publications.add_publication(tx, workspace_id, address, page_id=page_id, now=NOW)
        assert added is not None
        self.id: int = added
        claimed = publication_claims.claim_publication(
            tx, workspace_id, added, NOW, lease=f"lease of {workspace_id}", lasts=LASTS
        )
        assert isinstance(claimed, Publication)
        self.claimed = claimed
        mine = publication_tables.publications.c.id == added
        # Somebody has noticed meanwhile that the records have changed.
        tx.execute(update(publication_tables.publications).where(mine).values(noticed=7))


READS: dict[str, Ask] = {
    "doctoring.list_unpublished": lambda tx, w, _: doctoring.list_unpublished(tx, w, SOON + LASTS, 9),
    "pages.get_page": lambda tx, w, t: pages.get_page(tx, w, t.page_id),
    "pages.list_page_names": lambda tx, w, _: f"{pages.list_page_names(tx, w)} of {w}",
    "pages.list_stands": lambda tx, w, _: f"{pages.list_stands(tx, w)} of {w}",
    "publications.find_publication": lambda tx, w, t: publications.find_publication(tx, w, t.published.id),
    "publications.list_publications": lambda tx, w, _: publications.list_publications(tx, w),
    "publication_changes.list_placed": lambda tx, w, _: publication_changes.list_placed(tx, w, 9),
    "publication_changes.list_public_changes": lambda tx, w, _: [
        f"{each.change.after} of {w}"
        for page_id in pages.list_page_names(tx, w)
        for each in publication_changes.list_public_changes(tx, w, page_id, NOW - LASTS, 9)
    ],
    "publication_claims.find_changed_at": lambda tx, w, _: (
        f"{publication_claims.find_changed_at(tx, w)} in {w}"
    ),
    "publication_claims.find_next_stale_at": lambda tx, w, _: (
        f"{publication_claims.find_next_stale_at(tx, w, NOW)} in {w}"
    ),
    "publication_claims.records_revision": lambda tx, w, _: (
        f"{publication_claims.records_revision(tx, w)} in {w}"
    ),
}

WRITES: dict[str, Ask] = {
    "publication_looks.look_at_page": lambda tx, w, t: publication_looks.look_at_page(tx, w, t.page_id, SOON),
    "publications.ask_to_publish": lambda tx, w, t: publications.ask_to_publish(
        tx, w, t.published.id, NOW, is_again=True
    ),
    "publications.remove_publication": lambda tx, w, t: publications.remove_publication(
        tx, w, t.published.id
    ),
    "publication_claims.claim_publication": lambda tx, w, t: publication_claims.claim_publication(
        tx, w, t.published.id, SOON, lease="another", lasts=LASTS
    ),
}

ADDS: dict[str, Ask] = {
    "publications.add_publication": lambda tx, w, _: publications.add_publication(
        tx, w, "file:/srv/new.md", page_id=None, now=NOW
    ),
}

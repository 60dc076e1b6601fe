"""The project that an import writes to, and what is noted on the way."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.pages.values import Place
from bot.services.import_report import Change, ChangeKind
from storage.database import Tx


@dataclass
class Target:
    """`places` are rows of `storage.tables.places`, but for the page's id."""

    tx: Tx
    workspace_id: str
    project_id: int
    slug: str
    now: datetime
    changes: list[Change] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)

    @property
    def where(self) -> tuple[Tx, str, int]:
        return self.tx, self.workspace_id, self.project_id

    def note(self, kind: ChangeKind, item: str = "", before: str = "", after: str = "") -> None:
        self.changes.append(Change(self.slug, kind, item, before, after))

    def place(self, item: str, item_id: int | None, value: str, place: Place) -> None:
        """Keep where the value stands, and what the page says there."""
        self.places.append(
            {
                "project_id": self.project_id,
                "item": item,
                "item_id": item_id,
                "value": value,
                "start": place.start,
                "end": place.end,
                "line": place.line,
            }
        )

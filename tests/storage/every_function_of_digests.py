"""The functions of storage that are about digests: a part of every_function.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from storage import digests, editions, periods, standings, topmost
from storage.check_ins import CheckInState, change_check_in, list_check_ins
from storage.database import Tx
from storage.digests import DigestKind
from storage.openings import record_missed
from storage.schedules import change_schedule
from tests.support.make import NOW, SEES, make_project

LATER = NOW + timedelta(days=4)
PERIOD = NOW - timedelta(days=99), NOW + timedelta(days=99)
_KIND = DigestKind.DIGEST

Ask = Callable[[Tx, str, Any], Any]
"""With `Theirs` of every_function.py."""


class Digests:
    """A digest with an edition, and a round that nobody has answered. Ids differ between workspaces."""

    def __init__(self, tx: Tx, workspace_id: str) -> None:
        made = digests.save_digest(
            tx,
            workspace_id,
            _KIND,
            "C0DOCS",
            cadence="weekly fri 15:00 UTC",
            next_at=LATER,
            set_by=f"U0{workspace_id}",
        )
        self.id = made.id
        self.edition_id = editions.add_edition(
            tx, workspace_id, _KIND, "C0DOCS", digest_id=made.id, due_at=NOW, since=NOW, until=NOW
        )
        quiet = make_project(tx, workspace_id, slug="quiet", name=f"Quiet in {workspace_id}")
        record_missed(tx, workspace_id, quiet.id, NOW, closes_at=NOW, now=NOW)
        (missed,) = list_check_ins(tx, workspace_id, quiet.id, 1)
        change_check_in(tx, workspace_id, missed.id, state=CheckInState.CLOSED.value)
        change_schedule(tx, workspace_id, quiet.id, silent_rounds=1)


READS: dict[str, Ask] = {
    "digests.find_digest": lambda tx, w, _: digests.find_digest(tx, w, _KIND, "C0DOCS"),
    "digests.find_digest_by_id": lambda tx, w, t: digests.find_digest_by_id(tx, w, t.digests.id),
    "digests.list_known_digests": lambda tx, w, _: digests.list_known_digests(tx, w, SEES, tuple(DigestKind)),
    "digests.list_digests": lambda tx, w, _: digests.list_digests(tx, w, tuple(DigestKind)),
    "editions.find_edition": lambda tx, w, t: editions.find_edition(tx, w, t.digests.edition_id),
    "editions.find_last_until": lambda tx, w, _: editions.find_last_until(tx, w, _KIND, "C0DOCS") and f"{w} ",
    "editions.has_edition": lambda tx, w, t: (
        editions.has_edition(tx, w, t.digests.id, NOW) and f"id={t.project.id} "
    ),
    "periods.list_noted": lambda tx, w, _: [
        f"{each} of {w}" for each in periods.list_noted(tx, w, SEES, *PERIOD)
    ],
    "periods.list_said": lambda tx, w, _: periods.list_said(tx, w, SEES, *PERIOD),
    "periods.list_unheard": lambda tx, w, _: periods.list_unheard(tx, w, SEES, *PERIOD),
    "standings.count_open": lambda tx, w, _: f"{standings.count_open(tx, w, SEES, NOW)} of {w}",
    "standings.list_stale": lambda tx, w, _: standings.list_stale(tx, w, SEES, PERIOD[1], limit=99),
    "standings.list_troubled": lambda tx, w, _: standings.list_troubled(tx, w, SEES, PERIOD[1]),
    "topmost.list_topmost": lambda tx, w, t: topmost.list_topmost(tx, w, SEES, [t.project.id]),
}

WRITES: dict[str, Ask] = {
    "digests.change_digest": lambda tx, w, t: digests.change_digest(tx, w, t.digests.id, next_at=None),
    "digests.save_digest": lambda tx, w, _: digests.save_digest(tx, w, _KIND, "C0DOCS", next_at=None),
    "editions.record_posted": lambda tx, w, t: editions.record_posted(
        tx, w, t.digests.edition_id, "C0DOCS", "1777887000.000100"
    ),
}

ADDS: dict[str, Ask] = {
    "editions.add_edition": lambda tx, w, t: editions.add_edition(
        tx, w, _KIND, "C0DOCS", digest_id=t.digests.id, due_at=LATER, since=NOW, until=LATER
    ),
}
"""Their digest is always one that was read from this workspace before."""

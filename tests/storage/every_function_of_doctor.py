"""The functions of storage that `doctor` asks: a part of every_function.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from storage import doctor_people, doctoring
from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.deliveries import promise_delivery
from storage.digests import DigestKind, save_digest
from storage.schedules import change_schedule
from tests.support.make import NOW, SEES, make_person, make_project

LATE, LIMIT = timedelta(minutes=5), 9

Ask = Callable[[Tx, str, Any], Any]
"""With `Theirs` of every_function.py."""


class Ailing:
    """Something of everything that may be wrong."""

    def __init__(self, tx: Tx, workspace_id: str) -> None:
        make_person(tx, "U0LEFT", workspace_id, is_deleted=True)
        slug = f"forsaken-{workspace_id.lower()}"
        forsaken = make_project(tx, workspace_id, slug=slug, owner_id="U0LEFT")
        change_schedule(tx, workspace_id, forsaken.id, cadence="weekly mon 09:30 UTC", next_at=NOW)
        idle = make_project(tx, workspace_id, slug=f"idle-{workspace_id.lower()}", owner_id="U0UNMET")
        change_schedule(tx, workspace_id, idle.id, cadence="weekly mon 09:30 UTC")
        save_digest(
            tx, workspace_id, DigestKind.BRIEF, "C0DOCS", cadence="weekly mon 09:30 UTC", set_by="U0ANA"
        )
        key = f"failed in {workspace_id}"
        promise_delivery(tx, workspace_id, key, "prompt", channel_id="C0DOCS", now=NOW, project_id=idle.id)
        failed = {"failed_because": "is_archived", "due_at": None}
        tx.execute(update(deliveries).where(deliveries.c.key == key).values(failed))


READS: dict[str, Ask] = {
    "doctoring.list_channels_in_use": lambda tx, w, _: [
        f"{each} of {w}" for each in doctoring.list_channels_in_use(tx, w)
    ],
    "doctoring.list_failed": lambda tx, w, _: doctoring.list_failed(tx, w, SEES, NOW - LATE, LIMIT),
    "doctor_people.list_forsaken": lambda tx, w, _: doctor_people.list_forsaken(tx, w, SEES, LIMIT),
    "doctor_people.list_gone": lambda tx, w, _: doctor_people.list_gone(tx, w, SEES, (), LIMIT),
    "doctoring.list_idle": lambda tx, w, _: doctoring.list_idle(tx, w, SEES, LIMIT),
    "doctoring.list_idle_digests": lambda tx, w, _: [
        f"{each} of {w}" for each in doctoring.list_idle_digests(tx, w, SEES, LIMIT)
    ],
    "doctor_people.list_to_ask_about": lambda tx, w, _: [
        f"{each} of {w}" for each in doctor_people.list_to_ask_about(tx, w, NOW, LIMIT)
    ],
    "doctoring.list_uses": lambda tx, w, _: [
        f"{each} of {w}" for each in doctoring.list_uses(tx, w, SEES, ["C0DOCS"], LIMIT)
    ],
    "doctoring.read_waiting": lambda tx, w, _: (
        f"{doctoring.read_waiting(tx, w, NOW + LATE, late=LATE, tries=5)} of {w}"
    ),
}

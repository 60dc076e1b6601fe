"""Records for tests of pure rules, made without a database. What a test is about, it gives itself."""

from datetime import datetime
from typing import Any

from storage.records import Outcome, OutcomeStatus, StatusUpdate, UpdateSource


def an_update(
    status: OutcomeStatus | None, said_at: datetime, source: UpdateSource = UpdateSource.REPLY
) -> StatusUpdate:
    """What Ana said, without more words."""
    return StatusUpdate(
        id=1,
        outcome_id=1,
        status=status,
        note="",
        value=None,
        said_by="U0ANA",
        source=source,
        permalink=None,
        said_at=said_at,
    )


def an_outcome(newest: StatusUpdate | None = None, **given: Any) -> Outcome:
    """The first outcome of a project, that nobody owns, if not given otherwise."""
    values: dict[str, Any] = {"id": 1, "project_id": 1, "number": 1, "level": 0, "text": "Reefs are counted"}
    values |= {"owner_id": None, "due_on": None, "metric": None}
    values["vouched_at"] = newest.said_at if newest else None
    return Outcome(**{**values, "newest": newest, **given})

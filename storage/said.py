"""As much as a chart needs of what was said of an outcome, and of when it was on the record. Pure."""

from datetime import datetime
from typing import NamedTuple

from storage.records import OutcomeStatus


class OnRecord(NamedTuple):
    """From when until when an outcome is on the record; `until` is None while it is."""

    outcome_id: int
    since: datetime
    until: datetime | None


class StatusSaid(NamedTuple):
    """A status that was said of an outcome, and not taken back; None: something else was said."""

    outcome_id: int
    at: datetime
    status: OutcomeStatus | None


class ValueSaid(NamedTuple):
    """What a metric was said to be, and not taken back."""

    at: datetime
    value: float


class Said(NamedTuple):
    """What the chart of one project's statuses is drawn from; `zone` is the workspace's, as IANA calls it."""

    zone: str | None
    on_record: tuple[OnRecord, ...]
    statuses: tuple[StatusSaid, ...]

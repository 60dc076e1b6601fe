"""As much as a chart needs of what was said of an outcome, and of when it was on the record. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from storage.records import OutcomeStatus, Standing


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
    """What the charts of one record are drawn from; `zone` is the workspace's, as IANA calls it.

    `values`: of the metric of the outcome that is `measured`, oldest first. `standings`: of the open outcomes
    of its sub-projects, by project.
    """

    zone: str | None
    on_record: tuple[OnRecord, ...]
    statuses: tuple[StatusSaid, ...]
    measured: int | None
    values: tuple[ValueSaid, ...]
    standings: Mapping[int, tuple[Standing, ...]]

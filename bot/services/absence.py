"""A person's own time away: by their own word, and by their status in Slack. Kept apart, since each ends by itself."""

from datetime import date, datetime

from bot.errors_quiet import NotAwayError
from bot.services.asking import Asker
from bot.services.dating import today_of
from storage.database import Tx
from storage.settings import Absence, change_absence, find_absence


def find_own_absence(tx: Tx, asker: Asker, person_id: str, now: datetime) -> Absence:
    """What of it holds now, on the calendar of whoever asks: what has ended is left out."""
    found = _absence(tx, asker.workspace_id, person_id)
    is_over = found.status_until is not None and found.status_until <= now
    return found.model_copy(
        update={
            "until": found.until if found.until and found.until > today_of(asker, now) else None,
            "by_status": found.by_status and not is_over,
        }
    )


def go_away(tx: Tx, asker: Asker, until: date, now: datetime) -> bool:
    """The asker is away until that day, on which they are back. Whether that was not known. Raises NotAwayError."""
    today = today_of(asker, now)
    if until <= today:
        raise NotAwayError(until, is_today=until == today)
    was = _absence(tx, asker.workspace_id, asker.person_id).until
    change_absence(tx, asker.workspace_id, asker.person_id, until=until)
    return was != until


def come_back(tx: Tx, asker: Asker, now: datetime) -> bool:
    """The asker's own word no longer holds; whether it did. A status in Slack is theirs to clear there."""
    was = find_own_absence(tx, asker, asker.person_id, now).until
    if was is not None:
        change_absence(tx, asker.workspace_id, asker.person_id, until=None)
    return was is not None


def learn_status(
    tx: Tx, workspace_id: str, person_id: str, *, by_status: bool, until: datetime | None
) -> None:
    """What the person's status in Slack says now. Nothing is written for those who never were away."""
    known = _absence(tx, workspace_id, person_id)
    if (known.by_status, known.status_until) != (by_status, until):
        change_absence(tx, workspace_id, person_id, by_status=by_status, status_until=until)


def _absence(tx: Tx, workspace_id: str, person_id: str) -> Absence:
    found = find_absence(tx, workspace_id, person_id)
    return found or Absence(person_id=person_id, until=None, by_status=False, status_until=None)

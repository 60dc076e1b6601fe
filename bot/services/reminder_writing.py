"""Writes down what was decided: the messages that remind, with their lines, and that somebody was told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.reminder_ladder import Due
from storage import reminder_messages, reminders
from storage.database import Tx
from storage.deliveries import renew_delivery
from storage.reminder_candidates import Candidate
from storage.reminder_messages import NewMessage, RecentMessage, ReminderLine
from storage.reminders import Telling

REMINDER, CHANNEL_LINE = "reminder", "reminder_line"
"""Kinds of deliveries: to a person, and in a project's channel."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A message to be: where, on which day, with what on its lines. `goes_to`: the person or the channel."""

    place: str
    goes_to: str
    project_id: int | None
    day: date
    lines: tuple[tuple[Candidate, tuple[Due, ...]], ...]

    @property
    def kind(self) -> str:
        return REMINDER if self.project_id is None else CHANNEL_LINE

    @property
    def key(self) -> str:
        """One message a day to each person, and about each project."""
        return f"{self.kind}:{self.place}:{self.day.isoformat()}"


def write(
    tx: Tx, workspace_id: str, writings: Sequence[Writing], recent: Iterable[RecentMessage], now: datetime
) -> None:
    """What Slack does not have yet takes up what has come to be due meanwhile."""
    waiting = {each.place: each for each in recent if each.is_waiting}
    new = [each for each in writings if each.place not in waiting]
    ids = reminder_messages.add_messages(tx, workspace_id, [_message(each) for each in new], now)
    lines: list[tuple[int, ReminderLine]] = []
    told: list[Telling] = []
    for each in writings:
        found = waiting.get(each.place)
        if found is not None:
            renew_delivery(tx, workspace_id, found.key, now)
        message_id = found.id if found else ids[each.key]
        for candidate, dues in each.lines:
            lines += [(message_id, _line(candidate, due)) for due in dues]
            told += [_telling(workspace_id, candidate, due, each, now) for due in dues]
    reminder_messages.add_lines(tx, workspace_id, lines)
    reminders.record_told(tx, told)


def _message(writing: Writing) -> NewMessage:
    return NewMessage(
        writing.key, writing.kind, writing.place, writing.goes_to, writing.project_id, writing.day
    )


def _line(candidate: Candidate, due: Due) -> ReminderLine:
    return ReminderLine(candidate.project_id, candidate.outcome_id, due.rule.key, due.about)


def _telling(workspace_id: str, candidate: Candidate, due: Due, writing: Writing, now: datetime) -> Telling:
    row = next((row for row in candidate.told if row.rule == due.rule.key), None)
    before = row if row is not None and row.about == due.about else None
    is_in_channel = writing.project_id is not None
    return Telling(
        row.id if row else None,
        workspace_id,
        candidate.project_id,
        candidate.outcome_id,
        due.rule.key,
        due.about,
        to_person=(before.to_person if before else 0) + (not is_in_channel),
        in_channel=(before.in_channel if before else 0) + is_in_channel,
        last_at=now,
    )

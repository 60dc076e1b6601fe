"""The kinds of deliveries that are about a round: how each is drawn, and what follows."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.cadence_words import stored_cadence
from bot.services.rights import may_be_told
from bot.services.round_reading import RoundRecord, read_round
from bot.services.rounds import DIGEST_LINE, NUDGE, SILENCE, SILENT_ROUNDS, SUMMARY, TROUBLE, record_asked
from bot.services.scheduling import CONSENT
from bot.services.stopping import stop
from bot.slack.effects import Message
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded, Wait
from bot.slack.views.check_in import (
    digest_line_message,
    nudge_message,
    prompt_message,
    summary_message,
)
from bot.slack.views.owner_asked import consent_message, silence_message, trouble_message
from storage.check_ins import PROMPT, CheckInState
from storage.database import Tx
from storage.deliveries import Delivery
from storage.projects import find_project
from storage.schedules import find_schedule

_AGAIN = timedelta(seconds=2)


def _read(tx: Tx, delivery: Delivery, now: datetime) -> RoundRecord | None:
    """None also where the project may not be told of any more: it is in a private channel by now."""
    record = read_round(tx, delivery.workspace_id, delivery.check_in_id or 0, now)
    return record if record is not None and may_be_told(tx, record.project, delivery.channel_id) else None


def _draw_prompt(tx: Tx, delivery: Delivery, now: datetime) -> Drawn:
    record = _read(tx, delivery, now)
    if record is None:
        return Unneeded()
    check_in = record.check_in
    is_over = check_in.state is not CheckInState.OPEN or check_in.closes_at <= now
    is_over = is_over or check_in.prompt != delivery.key
    if delivery.message_ts is None and is_over:
        # It was not sent for as long as its round was open, or was left out before.
        return Unneeded()
    return Ready(prompt_message(record, delivery.key, now))


def _prompt_sent(tx: Tx, delivery: Delivery, posted_in: str, message_ts: str, now: datetime) -> None:
    if delivery.check_in_id is not None:
        record_asked(
            tx,
            delivery.workspace_id,
            delivery.check_in_id,
            channel_id=posted_in,
            message_ts=message_ts,
            now=now,
        )


def _prompt_failed(tx: Tx, delivery: Delivery, because: str, now: datetime) -> None:
    """People can no longer be asked there."""
    if delivery.project_id is not None and delivery.check_in_id is not None:
        stop(
            tx,
            delivery.workspace_id,
            delivery.project_id,
            delivery.check_in_id,
            place=delivery.channel_id,
            because=because,
            now=now,
        )


def _in_thread(draw: Callable[[RoundRecord, datetime], Message | None]) -> Kind:
    """A message below the prompt."""

    def drawn(tx: Tx, delivery: Delivery, now: datetime) -> Drawn:
        record = _read(tx, delivery, now)
        if record is None:
            return Unneeded()
        thread_ts = record.check_in.message_ts
        if thread_ts is None:
            return Wait(now + _AGAIN)
        message = draw(record, now)
        return Unneeded(thread_ts) if message is None else Ready(message, thread_ts)

    return Kind(drawn)


def _alone(draw: Callable[[RoundRecord, datetime], Message]) -> Kind:
    """A message of its own."""

    def drawn(tx: Tx, delivery: Delivery, now: datetime) -> Drawn:
        record = _read(tx, delivery, now)
        return Unneeded() if record is None else Ready(draw(record, now))

    return Kind(drawn)


def _nudge(record: RoundRecord, _now: datetime) -> Message | None:
    """None when everybody has answered meanwhile, or the round is over."""
    is_open = record.check_in.state is CheckInState.OPEN
    return nudge_message(record) if is_open and record.waiting else None


def _draw_silence(tx: Tx, delivery: Delivery, now: datetime) -> Drawn:
    record = _read(tx, delivery, now)
    if record is None or record.schedule.silent_rounds < SILENT_ROUNDS:
        # Somebody has answered late.
        return Unneeded()
    return Ready(silence_message(record))


def _draw_consent(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    project = find_project(tx, delivery.workspace_id, delivery.project_id or 0)
    if project is None or not may_be_told(tx, project, delivery.channel_id):
        return Unneeded()
    schedule = find_schedule(tx, delivery.workspace_id, project.id)
    is_theirs = project.owner_id == delivery.channel_id and project.channel_id is None
    is_agreed = is_theirs and schedule.agreed_by == delivery.channel_id
    is_needed = is_theirs and not is_agreed and schedule.cadence is not None
    if delivery.message_ts is None and not is_needed:
        return Unneeded()
    cadence = None if schedule.cadence is None else stored_cadence(schedule.cadence)
    return Ready(consent_message(project, cadence, is_agreed=is_agreed, is_needed=is_needed))


ROUND_KINDS = {
    CONSENT: Kind(_draw_consent),
    PROMPT: Kind(_draw_prompt, _prompt_sent, _prompt_failed),
    NUDGE: _in_thread(_nudge),
    SUMMARY: _in_thread(summary_message),
    DIGEST_LINE: _alone(digest_line_message),
    SILENCE: Kind(_draw_silence),
    TROUBLE: _alone(lambda record, _now: trouble_message(record)),
}

"""What owners are asked, or told, of their projects' check-ins by direct message."""

from bot import texts_check_ins, texts_stops
from bot.domain.cadence import Cadence, cadence_in_words
from bot.services.round_reading import RoundRecord
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.memos import Planning, Wanted
from bot.slack.mrkdwn import escape
from bot.slack.views.check_in import of_round
from bot.slack.views.layout import actions, button, context, message, section, shorten
from bot.slack.views.lists import name_of
from storage.records import Project

_NAME = 80


def consent_message(
    project: Project, cadence: Cadence | None, *, is_agreed: bool, is_needed: bool
) -> Message:
    """Whether the owner may be asked by direct message; and how that ended."""
    name = escape(shorten(name_of(project), _NAME))
    if cadence is None or not (is_needed or is_agreed):
        return message(section(texts_stops.no_consent_needed(name)))
    words = cadence_in_words(cadence)
    if is_agreed:
        return message(section(texts_stops.consented(name, words)))
    agree = Planning(do="agree", project_id=project.id).encode()
    schedule = Wanted(form="schedule", project_id=project.id).encode()
    buttons = [
        button(texts_stops.ASK_ME, f"{ids.PLAN}:agree", agree, style="primary"),
        button("Change how often…", f"{ids.FORM}:schedule", schedule),
    ]
    said = texts_stops.consent(name, words)
    return message([*section(said), *actions(buttons), *context(texts_stops.WHY_CONSENT)])


def silence_message(record: RoundRecord) -> Message:
    """The owner is asked whether to go on."""
    name = escape(shorten(name_of(record.project), _NAME))
    said = texts_check_ins.silence(name, record.schedule.silent_rounds)
    schedule = Wanted(form="schedule", project_id=record.project.id)
    buttons = [
        button("Go on as it is", f"{ids.ROUND}:go_on", of_round(record, "go_on")),
        button("Change how often…", f"{ids.FORM}:schedule", schedule.encode()),
        button("Pause the project", f"{ids.ROUND}:pause", of_round(record, "pause")),
    ]
    return message([*section(said), *actions(buttons), *context(texts_check_ins.WHY_SILENCE)])


def trouble_message(record: RoundRecord) -> Message:
    """Check-ins have stopped: why, and the way to mend it."""
    name, slug = escape(shorten(name_of(record.project), _NAME)), escape(record.project.slug)
    if record.schedule.stopped_because is None:
        return message(section(texts_stops.goes_on_again(name)))
    said = texts_stops.stopped(name, slug, record.schedule.stopped_because)
    again = button(texts_stops.TRY_AGAIN, f"{ids.ROUND}:resume", of_round(record, "resume"))
    return message([*section(said), *actions([again]), *context(texts_stops.WHY_TOLD)])

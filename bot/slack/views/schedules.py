"""When a project is asked, and what will be posted in the next days."""

from collections.abc import Sequence
from datetime import datetime

from bot import texts_check_ins, texts_stops
from bot.domain.cadence import Slot, cadence_in_words
from bot.services.planning import AHEAD, Planned
from bot.slack import ids
from bot.slack.memos import Planning, Wanted
from bot.slack.mrkdwn import escape
from bot.slack.queries import Query
from bot.slack.views.digests import ahead_line
from bot.slack.views.layout import Part, button, header, section, shorten
from bot.slack.views.lists import name_of, slug_of
from bot.slack.views.outcomes import instant
from bot.slack.views.projects import top, whole_record
from bot.slack.views.sheet import Sheet
from storage.check_ins import CheckIn
from storage.digests import Digest
from storage.records import Project, ProjectState

_NAME = 80
_SHOWN_NAME = 40
"""Characters of a day off's name."""


def schedule_sheet(planned: Planned, viewer_id: str) -> Sheet:
    """When it is asked, where, the next prompts, and what can be done about it."""
    body = section(_when(planned))
    for note in _notes(planned):
        body += section(note)
    if planned.slots:
        body += section("*Next*\n" + "\n".join(f"• {_slot(slot, planned)}" for slot in planned.slots))
    return Sheet(
        top(planned.project, []),
        body,
        whole_record(planned.project),
        for_all=_buttons(planned, viewer_id),
    )


def preview_sheet(
    planned: tuple[Planned, ...], project: Project | None, now: datetime, digests: Sequence[Digest] = ()
) -> Sheet:
    """What will be posted, in order, and why; of `digests` the next one each."""
    heading = top(project, []) if project else header(texts_check_ins.AHEAD_HEADING)
    lines = [
        (slot.at, each.project.id, _ahead(each, slot.at, _why(each, slot)))
        for each in planned
        for slot in each.slots
        if slot.at <= now + AHEAD
    ]
    lines += [
        (each.snoozed.snoozed_until, each.project.id, _ahead_again(each, each.snoozed))
        for each in planned
        if each.snoozed is not None and each.snoozed.snoozed_until is not None
    ]
    lines += [
        (each.next_at, each.id, ahead_line(each))
        for each in digests
        if each.next_at is not None and each.next_at <= now + AHEAD
    ]
    body: list[Part] = []
    for _, _, line in sorted(lines):
        body += section(line)
    for each in planned if project else ():
        if each.cadence is None:
            body += section(_when(each))
        for note in _notes(each):
            body += section(note)
    return Sheet(heading, body or section(texts_check_ins.NOTHING_AHEAD))


def _ahead(planned: Planned, at: datetime, why: str) -> str:
    name = escape(shorten(name_of(planned.project), _NAME))
    where = f"{slug_of(planned.project)} in {drawn_place(planned)}"
    return f"*{instant(at)}* · {name}\n{where}{f', {why}' if why else ''}"


def _why(planned: Planned, slot: Slot) -> str:
    return _moved(slot, planned, cadence_in_words(planned.cadence) if planned.cadence else "")


def _ahead_again(planned: Planned, snoozed: CheckIn) -> str:
    return _ahead(planned, snoozed.snoozed_until or snoozed.due_at, texts_check_ins.put_off(snoozed.moved_by))


def _moved(slot: Slot, planned: Planned, why: str) -> str:
    if slot.moved_from is None:
        return why
    name = escape(shorten(planned.days.get(slot.moved_from, ""), _SHOWN_NAME))
    return f"{why}; {texts_check_ins.moved(slot.moved_from, name)}"


def _slot(slot: Slot, planned: Planned) -> str:
    moved = _moved(slot, planned, "").removeprefix("; ")
    return f"{instant(slot.at)} ({moved})" if moved else instant(slot.at)


def _when(planned: Planned) -> str:
    if planned.cadence is None:
        return texts_check_ins.NOT_ASKED_YET.format(examples=texts_check_ins.SCHEDULE_EXAMPLES)
    words = cadence_in_words(planned.cadence)
    return f"*Checks in* {words}{f', in {drawn_place(planned)}' if planned.place else ''}."


def place_of(planned: Planned) -> str | None:
    """Where it is asked; None: nowhere."""
    return drawn_place(planned) if planned.place else None


def drawn_place(planned: Planned) -> str:
    if planned.place is None:
        return "no channel"
    is_channel = planned.place == planned.project.channel_id
    return f"<#{planned.place}>" if is_channel else f"<@{planned.place}>'s direct messages"


def _notes(planned: Planned) -> list[str]:
    """What stands in the way."""
    project, schedule = planned.project, planned.schedule
    slug = escape(project.slug)
    notes = []
    if schedule.stopped_because is not None:
        name = escape(shorten(name_of(project), _NAME))
        notes.append(texts_stops.stopped(name, slug, schedule.stopped_because))
    if planned.cadence is not None and planned.place is None:
        notes.append(texts_stops.nowhere(slug, project.owner_id))
    if project.state is ProjectState.PAUSED and schedule.paused_until is not None:
        notes.append(texts_check_ins.rests_until(schedule.paused_until))
    elif project.state is not ProjectState.ACTIVE:
        notes.append(texts_check_ins.RESTS)
    if schedule.skipped_at is not None:
        notes.append(texts_check_ins.skipped(instant(schedule.skipped_at)))
    if planned.open is not None:
        notes.append(texts_check_ins.is_open(instant(planned.open.closes_at)))
    return notes


def _buttons(planned: Planned, viewer_id: str) -> list[dict[str, object]]:
    project, schedule = planned.project, planned.schedule
    if project.state is ProjectState.ARCHIVED:
        return []
    form = Wanted(form="schedule", project_id=project.id, card=Query(name="schedule", project_id=project.id))
    buttons = [
        button("Set…" if planned.cadence is None else "Change…", f"{ids.FORM}:schedule", form.encode())
    ]

    def does(label: str, do: str) -> dict[str, object]:
        value = Planning.model_validate({"do": do, "project_id": project.id})
        return button(label, f"{ids.PLAN}:{do}", value.encode())

    if schedule.stopped_because is not None:
        buttons.append(does(texts_stops.TRY_AGAIN, "resume"))
    if planned.place is None and project.owner_id == viewer_id:
        buttons.append(does(texts_stops.ASK_ME, "agree"))
    if planned.slots:
        buttons.append(does("Skip the next", "skip"))
    if planned.place is not None and planned.open is None and project.state is ProjectState.ACTIVE:
        buttons.append(does("Ask now", "now"))
    return buttons

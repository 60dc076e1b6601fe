"""The ladder of a project: its steps, and where each outcome stands."""

from bot import texts_ladder
from bot.domain.reminder_hours import Wish
from bot.domain.reminder_ladder import LADDER
from bot.services.reminder_plan import Ladder, Next
from bot.slack import ids
from bot.slack.memos import OfReminder
from bot.slack.mrkdwn import escape
from bot.slack.views.layout import Part, briefly, button, context, section
from bot.slack.views.outcomes import instant
from bot.slack.views.projects import top, whole_record
from bot.slack.views.sheet import Sheet
from storage.records import ProjectState

_TEXT = 200


def ladder_sheet(found: Ladder) -> Sheet:
    """What comes next of each open outcome; where nothing can come, why."""
    steps = [f"{number}. {texts_ladder.LADDER[step]}" for number, step in enumerate(LADDER, 1)]
    body: list[Part] = [*section("\n".join([texts_ladder.LADDER_HEADING, *steps])), *_notes(found)]
    for row in found.rows:
        body += section(f"*{row.outcome.number}.* {briefly(row.outcome.text, _TEXT)}\n{_next(row)}")
    body += context(f"{texts_ladder.PASSED_OVER}\n{texts_ladder.HOW_TO_REMIND}")
    return Sheet(top(found.project, []), body, whole_record(found.project), for_all=_buttons(found))


def _notes(found: Ladder) -> list[Part]:
    """What stands in the way."""
    notes = []
    if found.is_off:
        notes.append(texts_ladder.OFF)
    if found.project.state is not ProjectState.ACTIVE:
        notes.append(texts_ladder.RESTS)
    elif not found.rows:
        notes.append(texts_ladder.NOTHING_OPEN)
    if found.project.channel_id is None:
        notes.append(texts_ladder.no_channel(escape(found.project.slug)))
    elif found.stopped_because is not None:
        notes.append(texts_ladder.channel_stopped(found.stopped_because))
    elif found.wish is not Wish.USUAL:
        notes.append(texts_ladder.channel_wish(found.wish))
    return [part for note in notes for part in section(note)]


def _next(row: Next) -> str:
    if row.step is None:
        return texts_ladder.NOTHING_NEXT
    who = f"<@{row.person_id}>" if row.person_id else texts_ladder.NOBODY
    words = texts_ladder.STEP[row.step].format(who=who)
    said = f"Next: {words}" if row.at is None else f"Next: {words}, {instant(row.at)}"
    if row.snoozed_until is not None:
        said += f" ({texts_ladder.snoozed_till(row.snoozed_until)})"
    return said


def _buttons(found: Ladder) -> list[dict[str, object]]:
    """The way back for the project's channel."""
    if found.wish is Wish.USUAL and found.stopped_because is None:
        return []
    value = OfReminder(do="wish", wish="usual", project_id=found.project.id).encode()
    return [button(texts_ladder.CHANNEL_AGAIN, f"{ids.REMINDER}:again", value)]

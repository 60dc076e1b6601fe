"""A change that was made: what the record says now, and a button to take it back."""

from dataclasses import replace

from bot import texts_check_ins
from bot.slack import ids
from bot.slack.memos import Planning, Wanted
from bot.slack.queries import Taking
from bot.slack.views.layout import button, section
from bot.slack.views.sheet import Sheet


def written_sheet(sheet: Sheet, said: str, act_id: str | None, label: str) -> Sheet:
    """The sheet of what was changed, with what was done on top; nothing to take back where nothing was."""
    undo = [] if act_id is None else [button(label, ids.UNDO, Taking(act_id=act_id).encode())]
    top = [*sheet.top, *section(said)] if said else sheet.top
    return replace(sheet, top=top, buttons=[*undo, *sheet.buttons])


def with_check_in_offer(sheet: Sheet, project_id: int) -> Sheet:
    """A click, and the project is asked every week; or a form, for another cadence."""
    weekly = Planning(do="weekly", project_id=project_id).encode()
    other = Wanted(form="schedule", project_id=project_id).encode()
    offer = [
        button(texts_check_ins.EVERY_WEEK, f"{ids.PLAN}:weekly", weekly),
        button(texts_check_ins.OTHER_CADENCE, f"{ids.FORM}:schedule", other),
    ]
    return replace(
        sheet,
        top=[*sheet.top, *section(texts_check_ins.CHECK_IN_OFFER)],
        buttons=[*sheet.buttons[:1], *offer, *sheet.buttons[1:]],
    )

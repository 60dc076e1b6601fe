"""A change that was made: what the record says now, and a button to take it back."""

from dataclasses import replace

from bot.slack import ids
from bot.slack.queries import Taking
from bot.slack.views.layout import button, section
from bot.slack.views.sheet import Sheet


def written_sheet(sheet: Sheet, said: str, act_id: str | None, label: str) -> Sheet:
    """The sheet of what was changed, with what was done on top; nothing to take back where nothing was."""
    undo = [] if act_id is None else [button(label, ids.UNDO, Taking(act_id=act_id).encode())]
    top = [*sheet.top, *section(said)] if said else sheet.top
    return replace(sheet, top=top, buttons=[*undo, *sheet.buttons])

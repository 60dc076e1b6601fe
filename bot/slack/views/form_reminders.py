"""Two small forms of reminders: until when to leave an outcome be, and who is to look after it."""

from bot import texts_reminders
from bot.services.reminder_acts import MOST_SNOOZED
from bot.slack.effects import View
from bot.slack.memos import Memo
from bot.slack.views.inputs import Fields, modal
from bot.slack.views.layout import briefly, section

_TEXT = 300


def snooze_form(text: str, memo: Memo) -> View:
    words = texts_reminders.snooze_form(briefly(text, _TEXT), MOST_SNOOZED)
    blocks = [part.block for part in section(words)]
    day = Fields().day("until", "", needed=True)
    return modal("snooze", [*blocks, day], memo.encode(), submit=texts_reminders.SNOOZE)


def assign_form(text: str, memo: Memo) -> View:
    blocks = [part.block for part in section(f"*{briefly(text, _TEXT)}*")]
    return modal("assign", [*blocks, Fields().person("owner_id", "", needed=True)], memo.encode())

"""One's own week: what is off track, at risk, due or waits for a word, and which check-ins are to come."""

from collections.abc import Sequence
from datetime import datetime

from bot import texts, texts_digests
from bot.domain.digest import Own
from bot.services.digesting import MOST_OWN, WeekRecord
from bot.slack.effects import Message
from bot.slack.views.digest_lines import Unit, called, divided, headed, outcome_line, show_button
from bot.slack.views.layout import Part, context, header, section
from bot.slack.views.outcomes import day_and_month, instant
from bot.slack.views.sheet import Sheet
from storage.periods import Told


def week_messages(record: WeekRecord, bottom: Sequence[Part]) -> list[Message]:
    """The first message, then what goes on in its thread."""
    return divided(_top(None), _units(record), list(bottom))


def week_sheet(record: WeekRecord, *, of_person: str | None = None) -> Sheet:
    """The same as an answer. `of_person`: whose it is, where others read "my"."""
    body = [part for unit in _units(record) for part in unit]
    return Sheet(_top(of_person), body)


def _top(of_person: str | None) -> list[Part]:
    if of_person is not None:
        return section(f"*The week of <@{of_person}>*")
    return header(texts_digests.WEEK_HEADING)


def _units(record: WeekRecord) -> list[Unit]:
    units: list[Unit] = []
    for heading in Own:
        mine = [told for each, told in record.told if each is heading]
        if heading is not Own.FINE:
            units += headed(texts_digests.OWN[heading], [_line(told, record.at) for told in mine])
        elif mine:
            units.append(section(f"{texts_digests.OWN[heading]}: {texts.count(len(mine), 'outcome')}"))
    done = [section(outcome_line(told, record.at), _show(told)) for _, told in record.done]
    units += headed(texts_digests.OWN_DONE, done)
    rounds = [f"• {instant(at)}: {called(project)}" for project, at in record.rounds]
    units += [section(f"*{texts_digests.ROUNDS}*\n" + "\n".join(rounds))] if rounds else []
    if record.is_cut:
        units.append(context(f"Of your outcomes, the {MOST_OWN} that need you most are looked at."))
    return units or [section(texts_digests.NOTHING_IN_WEEK)]


def _line(told: Told, at: datetime) -> list[Part]:
    due_on = told.outcome.due_on
    due = f" · due {day_and_month(due_on)}" if due_on is not None else ""
    return section(outcome_line(told, at) + due, _show(told))


def _show(told: Told) -> dict[str, object]:
    return show_button(told.project, where=str(told.outcome.id))

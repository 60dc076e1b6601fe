"""The form for when a project is asked: it shows the next prompts before anything is saved."""

from collections.abc import Mapping, Sequence

from bot import texts_check_ins
from bot.domain.cadence import MOST_WEEKS, NTH, WEEKDAYS, Cadence, Slot
from bot.slack.effects import Block, View
from bot.slack.memos import Memo
from bot.slack.mrkdwn import mrkdwn
from bot.slack.views.inputs import Fields, modal, option
from bot.slack.views.layout import Part, context, section
from bot.slack.views.outcomes import instant
from storage.records import Project

OFF = "off"
CHOICES = ("rhythm", "weekday", "at", "zone")
"""The fields, as they are named."""
_USUAL_TIME = "09:30"


def schedule_form(
    project: Project, memo: Memo, values: Mapping[str, str], slots: Sequence[Slot], place: str | None
) -> View:
    """`values` by field, as `values_of` gives them; `slots`: what they come to. `place` is drawn."""
    fields = Fields(memo.times)
    where = texts_check_ins.form_place(mrkdwn(project.name), place)
    blocks = _blocks(context(where))
    blocks.append(fields.choice("rhythm", _rhythms(), values["rhythm"], needed=True, asks_at_once=True))
    if values["rhythm"] != OFF:
        blocks.append(
            fields.choice("weekday", _weekdays(), values["weekday"], needed=True, asks_at_once=True)
        )
        blocks.append(fields.time("at", values["at"]))
        zone = values["zone"]
        blocks.append(fields.zone("zone", option(zone, zone) if zone else None))
        next_ = "\n".join(f"• {instant(slot.at)}" for slot in slots) or texts_check_ins.NOTHING_TO_SHOW
        blocks += _blocks(section(f"*Next*\n{next_}"))
    return modal("schedule", blocks, memo.encode())


def values_of(cadence: Cadence | None, zone: str) -> dict[str, str]:
    """A cadence as the form's fields have it; for none, what most teams take."""
    if cadence is None:
        return {"rhythm": "weekly", "weekday": "mon", "at": _USUAL_TIME, "zone": zone}
    rhythm = f"monthly {NTH[cadence.nth]}" if cadence.weeks == 0 else _weeks(cadence.weeks)
    weekday = WEEKDAYS[cadence.weekday][:3].lower()
    return {"rhythm": rhythm, "weekday": weekday, "at": f"{cadence.at:%H:%M}", "zone": cadence.zone}


def words_in(values: Mapping[str, str]) -> str:
    """What the fields say, as somebody would type it."""
    return " ".join(values.get(name, "") for name in CHOICES).strip()


def _weeks(weeks: int) -> str:
    return "weekly" if weeks == 1 else f"every {weeks} weeks"


def _rhythms() -> list[Block]:
    weekly = [option("Every week", "weekly")]
    weekly += [option(f"Every {n} weeks", _weeks(n)) for n in range(2, MOST_WEEKS + 1)]
    monthly = [option(f"Every month, in its {word} week", f"monthly {word}") for word in NTH.values()]
    return [*weekly, *monthly, option("Not at all", OFF)]


def _weekdays() -> list[Block]:
    return [option(name, name[:3].lower()) for name in WEEKDAYS]


def _blocks(parts: Sequence[Part]) -> list[Block]:
    return [part.block for part in parts]

"""On top of a form that came back: who changed what meanwhile."""

from collections.abc import Sequence

from bot import texts_forms
from bot.services.meanwhile import Meanwhile
from bot.slack.effects import Block
from bot.slack.views.history import FIELD_NAMES, value_in_words
from bot.slack.views.layout import section


def meanwhile_blocks(changes: Sequence[Meanwhile]) -> list[Block]:
    lines = [texts_forms.MEANWHILE, *map(_line, changes)]
    return [part.block for part in section("\n".join(lines))]


def _line(change: Meanwhile) -> str:
    name = FIELD_NAMES.get(change.name, change.name)
    if not change.is_known:
        return f"• Somebody has changed the {name}."
    who = f"<@{change.person_id}>" if change.person_id else "The page"
    before, after = (value_in_words(change.name, value) for value in (change.before, change.after))
    return f"• {who} has changed the {name}: {before} → {after}"

"""The brief: off track first, then at risk, stale, changed; each with its last words and a link."""

from bot import texts_digests
from bot.domain.digest import Before
from bot.services.digesting import BriefRecord
from bot.slack.effects import Message
from bot.slack.views.digest_lines import (
    Unit,
    divided,
    headed,
    news_line,
    outcome_line,
    show_button,
    why,
)
from bot.slack.views.layout import context, header, section
from bot.slack.views.outcomes import instant
from storage.periods import Told


def brief_messages(record: BriefRecord) -> list[Message]:
    """The first message, then what goes on in its thread."""
    since, until = instant(record.edition.since), instant(record.edition.until)
    top = [*header(texts_digests.BRIEF_HEADING), *context(texts_digests.as_of(since, until))]
    units: list[Unit] = []
    for heading in Before:
        mine = [told for each, told in record.told if each is heading]
        title = f"{texts_digests.BEFORE[heading]} ({len(mine):,})"
        lines = [
            section(outcome_line(told, record.edition.until, was=told.before), _show(told)) for told in mine
        ]
        units += headed(title, lines)
    units += headed(texts_digests.NEWS, [section(news_line(*each)) for each in record.news])
    if not units:
        top += section(texts_digests.NOTHING_IN_BRIEF)
    return divided(top, units, why(record.edition, record.digest))


def _show(told: Told) -> dict[str, object]:
    return show_button(told.project, where=str(told.outcome.id))

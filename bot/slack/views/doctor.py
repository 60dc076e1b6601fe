"""What `doctor` found, for Slack: to one admin, and to nobody else."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot import texts_doctor
from bot.domain.doctor import Examined, Found, Person
from bot.slack.effects import Message
from bot.slack.mrkdwn import escape
from bot.slack.views.layout import BLOCKS, CHARACTERS, Part, context, header, message, section
from bot.slack.views.outcomes import instant
from bot.slack.views.sheet import Sheet

_AROUND = 4
"""Blocks of a message besides its findings."""


class _InSlack:
    """How things are written in Slack: mentions by id, times in everyone's own zone."""

    def text(self, said: str) -> str:
        # Inside of code marks, most of what is named: a mark of its own would end them.
        return escape(said.replace("`", "'"))

    def person(self, person: Person) -> str:
        return f"<@{person.id}>"

    def channel(self, channel_id: str) -> str:
        return f"<#{channel_id}>"

    def instant(self, at: datetime) -> str:
        return instant(at)


def doctor_sheet(examined: Examined) -> Sheet:
    """All that was found, as many pages as it takes; there is nothing to share of it."""
    top = [*header(texts_doctor.TITLE), *context(texts_doctor.SLACKS_WORD_COMES)]
    return Sheet(top, [*_summary(examined), *_findings(examined.found)], is_private=True)


def slacks_word_message(examined: Examined) -> Message:
    """On one page: what does not fit is counted."""
    top = [*header(texts_doctor.TITLE_OF_SLACK), *_summary(examined)]
    parts, left = list[Part](), list(examined.found)
    room = CHARACTERS
    while left:
        following = list(_findings(left[:1]))
        room -= sum(len(part.text) for part in following)
        if room < 0 or len(top) + len(parts) + len(following) > BLOCKS - _AROUND:
            break
        parts += following
        left.pop(0)
    if left:
        parts += context(texts_doctor.cut(len(left)))
    return message([*top, *parts, *context(texts_doctor.SLACKS_WORD)])


def _summary(examined: Examined) -> list[Part]:
    if not examined.found:
        return section(f"✅ {texts_doctor.all_is_well(examined, '')}")
    return context(texts_doctor.summary(examined))


def _findings(found: Iterable[Found]) -> Iterator[Part]:
    for each in found:
        said = texts_doctor.say(each.finding, _InSlack())
        mark, word = (words[each.finding.severity] for words in (texts_doctor.MARK, texts_doctor.SEVERITY))
        lines = [
            f"{mark} *{word.capitalize()}* · {said.what}.",
            f"{texts_doctor.HOLDS} {said.holds}",
            f"{texts_doctor.MEND} {said.mend}",
        ]
        yield from section("\n".join(lines))

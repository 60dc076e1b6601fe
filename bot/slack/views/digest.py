"""The digest: counts and what matters most in one message, by parent project; details in its thread."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot import texts, texts_digests
from bot.domain.digest import Became, News
from bot.services.digesting import DigestRecord
from bot.slack.effects import Message
from bot.slack.views.digest_lines import (
    Unit,
    called,
    divided,
    headed,
    news_line,
    outcome_line,
    show_button,
    why,
)
from bot.slack.views.layout import Part, briefly, context, header, message, section
from bot.slack.views.outcomes import instant
from storage.periods import Told, Unheard
from storage.records import OutcomeStatus, ProjectName

_ROOM = 2_400
"""Characters of the first message for its lines; with charts, whose words stand in its text, fewer."""
_ROOM_WITH_CHARTS = 2_800
_LEAST_ROOM = 800
_MOST_GROUPS = 30
_TEXT = 90
_MOST_UNHEARD = 12
_COUNTED = (OutcomeStatus.OFF_TRACK, OutcomeStatus.AT_RISK, OutcomeStatus.ON_TRACK)


class _Line(NamedTuple):
    """What became of an outcome, or what came of a project's own changes."""

    project: ProjectName
    what: Became | None = None
    told: Told | None = None
    news: News | None = None


def digest_message(record: DigestRecord, charts: Sequence[Part] = ()) -> Message:
    """The first message. `charts` stand below the counts."""
    said = sum(what is Became.SAID for what, _ in record.told)
    first = [*_top(record), *_counts(record), *charts]
    if record.is_empty:
        below = context(texts_digests.LONG_STALE_IN_THREAD) if record.long_stale else []
        return message([*first, *section(texts_digests.NOTHING_IN_DIGEST), *below, *_why(record)])
    charted = sum(len(part.text) for part in charts)
    room = max(_LEAST_ROOM, min(_ROOM, _ROOM_WITH_CHARTS - charted))
    first += _most_important(record, _important(record), room)
    first += section(texts_digests.others_said(said)) if said else []
    first += _unheard(record.unheard, _MOST_UNHEARD)
    return message([*first, *context(texts_digests.IN_THREAD), *_why(record)])


def digest_thread(record: DigestRecord) -> list[Message]:
    """What stands below it: every line with all that was said, by group; then what was stale before."""
    said = [_Line(told.project, what, told) for what, told in record.told if what is Became.SAID]
    units = _details(record, [*_important(record), *said]) + _long_stale(record)
    return divided([], units, []) if units else []


def _important(record: DigestRecord) -> list[_Line]:
    """All but what is only counted in the first message, by importance."""
    lines = [_Line(told.project, what, told) for what, told in record.told if what is not Became.SAID]
    return lines + [_Line(project, news=news) for project, news in record.news]


def _why(record: DigestRecord) -> list[Part]:
    return why(record.edition, record.digest)


def _top(record: DigestRecord) -> list[Part]:
    period = texts_digests.period(instant(record.edition.since), instant(record.edition.until))
    return [*header(texts_digests.DIGEST_HEADING), *context(period)]


def _counts(record: DigestRecord) -> list[Part]:
    """How all that is open stands now."""
    found = record.counts.by_status
    facts = [f"{texts.STATUS[status].split()[0]} {found[status]:,} {texts.STATUS_WORD[status]}"
             for status in _COUNTED if found.get(status)]  # fmt: skip
    facts += [f"🍂 {record.counts.stale:,} stale or never checked"] if record.counts.stale else []
    return section(f"*Now:* {' · '.join(facts)}") if facts else []


def _in_brief(line: _Line, at: datetime) -> str:
    """For the first message."""
    if line.told is None or line.what is None:
        return _whole(line, at)
    told, outcome = line.told, line.told.outcome
    mark, words = texts_digests.BECAME[line.what].split(" ", 1)
    facts = [words.lower()]
    if told.before is not None and told.before is not outcome.status and line.what is not Became.STALE:
        facts.append(texts_digests.was(texts.STATUS_WORD[told.before]))
    name = f"*{called(told.project)} {outcome.number}.*"
    return f"{mark} {name} {briefly(outcome.text, _TEXT)} · {', '.join(facts)}"


def _whole(line: _Line, at: datetime) -> str:
    """For the thread."""
    if line.told is None or line.what is None:
        return news_line(line.project, line.news or News())
    mark = texts_digests.BECAME[line.what].split(" ", 1)[0]
    return outcome_line(line.told, at, was=line.told.before, mark=mark)


def _most_important(record: DigestRecord, lines: Sequence[_Line], room: int) -> list[Part]:
    """As many as there is room for; the first ones are those that matter most."""
    kept: list[_Line] = []
    size = 0
    groups: set[int] = set()
    for line in lines:
        size += len(_in_brief(line, record.edition.until)) + 1
        groups.add(_group(record, line).id)
        if size > room or len(groups) > _MOST_GROUPS:
            break
        kept.append(line)
    parts: list[Part] = []
    for group, mine in _grouped(record, kept):
        said = "\n".join(_in_brief(line, record.edition.until) for line in mine)
        parts += section(said if _is_alone(group, mine) else f"*{called(group)}*\n{said}")
    left_out = len(lines) - len(kept)
    return parts + (section(texts_digests.more_in_thread(left_out)) if left_out else [])


def _details(record: DigestRecord, lines: Sequence[_Line]) -> list[Unit]:
    """Every line with all that was said, by group."""
    units: list[Unit] = []
    for group, mine in _grouped(record, lines):
        shown: set[int] = set()
        drawn = []
        for line in mine:
            is_first = line.project.id not in shown
            shown.add(line.project.id)
            at = f"{group.id}-{line.project.id}"
            drawn.append(
                section(
                    _whole(line, record.edition.until),
                    show_button(line.project, where=at) if is_first else None,
                )
            )
        units += drawn if _is_alone(group, mine) else headed(called(group), drawn)
    return units + ([_unheard(record.unheard, None)] if record.unheard else [])


def _long_stale(record: DigestRecord) -> list[Unit]:
    """Here the ladder of reminders ends: it is told with every digest, for as long as it is so."""
    shown: set[int] = set()
    lines = []
    for told in record.long_stale:
        to_it = None if told.project.id in shown else show_button(told.project, where=f"s-{told.project.id}")
        shown.add(told.project.id)
        lines.append(section(outcome_line(told, record.edition.until), to_it))
    return headed(texts_digests.LONG_STALE, lines)


def _unheard(unheard: Sequence[Unheard], most: int | None) -> list[Part]:
    """Projects, and never people."""
    shown = [texts_digests.unheard_of(called(each.project), each.rounds) for each in unheard[:most]]
    more = len(unheard) - len(shown)
    if not shown:
        return []
    shown += [texts_digests.more_in_thread(more).removeprefix("… and ")] if more else []
    parts = section(f"*{texts_digests.UNHEARD}*\n{', '.join(shown)}")
    return parts if most else [*parts, *context(texts_digests.UNHEARD_MEANS)]


def _grouped(record: DigestRecord, lines: Sequence[_Line]) -> list[tuple[ProjectName, list[_Line]]]:
    """By parent project, in the order of the first line of each."""
    found: dict[int, tuple[ProjectName, list[_Line]]] = {}
    for line in lines:
        group = _group(record, line)
        found.setdefault(group.id, (group, []))[1].append(line)
    return list(found.values())


def _is_alone(group: ProjectName, lines: Sequence[_Line]) -> bool:
    """Whether all are about the project that the group is called by, which its lines name."""
    return all(line.project.id == group.id for line in lines)


def _group(record: DigestRecord, line: _Line) -> ProjectName:
    return record.topmost.get(line.project.id, line.project)

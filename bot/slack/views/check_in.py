"""The messages of a round: its prompt, the reminder and the summary in its thread, and others about it.

Slack changes no message whose text is longer than 4,000 characters (docs.slack.dev, "chat.update"), so texts
are shortened here, and what does not fit is said to be elsewhere.
"""

from collections.abc import Sequence
from datetime import datetime

from bot import texts, texts_check_ins
from bot.domain.cadence import cadence_in_words
from bot.domain.freshness import Freshness, freshness_of
from bot.services.round_reading import RoundRecord
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.memos import OfRound, Wanted
from bot.slack.mrkdwn import escape
from bot.slack.queries import Query
from bot.slack.views.cards import outcome_menu
from bot.slack.views.layout import (
    Part,
    actions,
    briefly,
    button,
    context,
    message,
    overflow,
    section,
    shorten,
)
from bot.slack.views.lists import name_of
from bot.slack.views.outcomes import instant, metric_words, status_line
from storage.check_ins import CheckInState
from storage.records import Outcome, OutcomeStatus, StatusUpdate, UpdateSource

_LONGEST = 3_400
"""Characters of a message's text before what stands below the outcomes."""
_MOST_BLOCKS = 40
_TEXT, _GOAL, _NOTE, _NAME = 160, 140, 140, 80
_PROBLEMS = (OutcomeStatus.AT_RISK, OutcomeStatus.OFF_TRACK)
_MOST_NAMED = 30


def prompt_message(record: RoundRecord, delivery_key: str, now: datetime) -> Message:
    """The prompt as the round stands."""
    check_in = record.check_in
    if check_in.state is CheckInState.SKIPPED:
        said = texts_check_ins.round_skipped(check_in.moved_by or "")
        again = button(texts_check_ins.ASK_AGAIN, f"{ids.ROUND}:again", of_round(record, "again"))
        return message([*_title(record), *section(said), *actions([again])])
    if check_in.state is CheckInState.OPEN and delivery_key != check_in.prompt:
        return message([*_title(record), *section(texts_check_ins.round_moved())])
    if check_in.state is CheckInState.OPEN and check_in.snoozed_until is not None:
        until = instant(check_in.snoozed_until)
        said = texts_check_ins.round_snoozed(check_in.moved_by or "", until)
        again = button(texts_check_ins.ASK_NOW, f"{ids.ROUND}:again", of_round(record, "again"))
        return message([*_title(record), *section(said), *actions([again])])
    return message(_whole_prompt(record, now))


def _whole_prompt(record: RoundRecord, now: datetime) -> list[Part]:
    is_open = record.check_in.state is CheckInState.OPEN
    parts = _title(record)
    if record.project.goal:
        parts += section(f"_{briefly(record.project.goal, _GOAL)}_")
    numbers = [outcome.number for outcome in record.outcomes if outcome.is_open]
    examples = (numbers[0], numbers[min(1, len(numbers) - 1)]) if numbers else None
    if record.is_first and is_open:
        parts += section(texts_check_ins.explained(*(examples or (1, 2))))
    parts += _outcomes(record, now, sum(len(part.text) for part in parts))
    parts += context(_standing(record))
    if is_open:
        if examples and not record.is_first:
            parts += section(texts_check_ins.how_to_answer(*examples))
        parts += actions(_buttons(record)) + context(_why(record))
    return parts


def _title(record: RoundRecord) -> list[Part]:
    state = " (closed)" if record.check_in.state is CheckInState.CLOSED else ""
    name = escape(shorten(name_of(record.project), _NAME))
    return section(f"📍 *{name}*: how do things stand?{state}")


def _outcomes(record: RoundRecord, now: datetime, size: int) -> list[Part]:
    """Those that are open, as many as a message takes."""
    open_ = [outcome for outcome in record.outcomes if outcome.is_open]
    if not open_:
        slug = escape(record.project.slug)
        return section(texts_check_ins.NO_OPEN_OUTCOMES.format(slug=slug))
    is_answered = record.check_in.state is CheckInState.OPEN
    card = Query(name="outcomes", project_id=record.project.id).encode()
    parts: list[Part] = []
    for done, outcome in enumerate(open_):
        menu = outcome_menu(record.project, outcome, card) if is_answered else None
        drawn = section(_outcome(outcome, now), menu)
        size += sum(len(part.text) for part in drawn)
        if size > _LONGEST or len(parts) >= _MOST_BLOCKS:
            slug = escape(record.project.slug)
            parts += section(f"… and {len(open_) - done} more: `/project outcomes {slug}`")
            break
        parts += drawn
    return parts


def _outcome(outcome: Outcome, now: datetime) -> str:
    lines = [f"*{outcome.number}.* {briefly(outcome.text, _TEXT)}", status_line(outcome, now)]
    newest = outcome.newest
    if newest is not None and newest.note:
        # Its owner is named in the line above; who vouched for it repeats somebody else's words.
        is_named = newest.said_by is not None and newest.said_by != outcome.owner_id
        by = f" <@{newest.said_by}>" if is_named and newest.source is not UpdateSource.BUTTON else ""
        lines.append(f"“{briefly(newest.note, _NOTE)}”{by}")
    return "\n".join(lines)


def _standing(record: RoundRecord) -> str:
    """Who has answered, and until when the round is open."""
    answered = texts_check_ins.answered(record.heard, len(record.people))
    check_in = record.check_in
    if check_in.state is CheckInState.OPEN:
        return f"{answered} · open until {instant(check_in.closes_at)}"
    return f"{answered} · closed, and a reply in the thread still counts"


def _buttons(record: RoundRecord) -> list[dict[str, object]]:
    update = Wanted(form="update", project_id=record.project.id, vouches=True, repeats=True)
    has_open = any(outcome.is_open for outcome in record.outcomes)
    snoozes = [
        ("Ask again tomorrow", of_round(record, "snooze1")),
        ("Ask again in two days", of_round(record, "snooze2")),
    ]
    still = button(
        texts_check_ins.ALL_STILL_TRUE, f"{ids.ROUND}:still", of_round(record, "still"), style="primary"
    )
    return [
        *([still, button("Update…", f"{ids.FORM}:update", update.encode())] if has_open else []),
        button(texts_check_ins.SKIP, f"{ids.ROUND}:skip", of_round(record, "skip")),
        overflow(f"{ids.ROUND}:more", snoozes),
    ]


def of_round(record: RoundRecord, do: str) -> str:
    """The value of a button that does something with the round."""
    return OfRound.model_validate(
        {"do": do, "id": record.check_in.id, "project_id": record.project.id}
    ).encode()


def _why(record: RoundRecord) -> str:
    slug = escape(record.project.slug)
    if record.check_in.begun_by is not None:
        return texts_check_ins.why_asked_now(record.check_in.begun_by, slug)
    cadence = record.cadence
    words = cadence_in_words(cadence) if cadence else "once"
    return texts_check_ins.why_asked(words, slug)


def nudge_message(record: RoundRecord) -> Message:
    people = _named(record.waiting)
    said = texts_check_ins.nudge(people, instant(record.check_in.closes_at))
    return message([*section(said), *context(texts_check_ins.why_nudged(escape(record.project.slug)))])


def summary_message(record: RoundRecord, now: datetime) -> Message:
    """What changed, what is at risk, who was not heard."""
    heard = texts_check_ins.heard_in_all(record.heard, len(record.people))
    name = escape(shorten(name_of(record.project), _NAME))
    parts = section(texts_check_ins.summed_up(name, heard))
    since = record.check_in.opened_at
    others = [each for each in record.outcomes if each.id not in record.said]
    still = [each for each in others if each.newest and each.newest.said_at >= since]
    troubled = [each for each in others if each.status in _PROBLEMS]
    changed = [(each, record.said[each.id]) for each in record.outcomes if each.id in record.said]
    parts += _listed("*Changed*", [_said(outcome, said) for outcome, said in changed])
    if record.heard and not changed and not still:
        parts += section(texts_check_ins.NOTHING_CHANGED)
    if still:
        numbers = ", ".join(str(each.number) for each in still[:_MOST_NAMED])
        more = f" and {len(still) - _MOST_NAMED} more" if len(still) > _MOST_NAMED else ""
        parts += section(f"*Still true*\n{'Outcome' if len(still) == 1 else 'Outcomes'} {numbers}{more}")
    parts += _listed("*Still at risk or off track*", [_outcome(each, now) for each in troubled])
    if record.waiting:
        people = _named(record.waiting)
        parts += context(texts_check_ins.not_heard(people))
    return message(parts + context(_why(record)))


def _said(outcome: Outcome, said: StatusUpdate) -> str:
    """How it stands, and what was said of it in the round, by whom."""
    facts = [texts.STATUS[outcome.status] if outcome.status else texts.NO_STATUS]
    facts += [metric_words(outcome.metric, said.value)] if outcome.metric else []
    facts += [f"“{briefly(said.note, _NOTE)}”"] if said.note else []
    facts += [f"<@{said.said_by}>"] if said.said_by else []
    return f"*{outcome.number}.* {briefly(outcome.text, _TEXT)}\n{' · '.join(facts)}"


def _listed(title: str, drawn: list[str]) -> list[Part]:
    """As many as there is room for."""
    parts, size = section(title) if drawn else [], 0
    for done, each in enumerate(drawn):
        size += len(each)
        if size > _LONGEST // 3:
            return parts + section(f"… and {len(drawn) - done} more")
        parts += section(each)
    return parts


def digest_line_message(record: RoundRecord, now: datetime) -> Message:
    """One line about the round, for the workspace's digest channel."""
    facts = [texts_check_ins.heard_in_all(record.heard, len(record.people))]
    for status in _PROBLEMS:
        count = sum(each.status is status for each in record.outcomes)
        facts += [f"{count} {texts.STATUS_WORD[status]}"] if count else []
    open_ = [each for each in record.outcomes if each.is_open]
    stale = sum(freshness_of(each, now) in (Freshness.STALE, Freshness.NEVER) for each in open_)
    facts += [f"{stale} not heard of for long"] if stale else []
    name = escape(shorten(name_of(record.project), _NAME))
    more = button(
        "Whole record", f"{ids.OPEN}:show", Query(name="show", project_id=record.project.id).encode()
    )
    return message(section(f"🧾 *{name}* checked in: {', '.join(facts)}.", more))


def _named(people: Sequence[str]) -> str:
    """Mentions; how many more there are, where a message would be too long."""
    more = len(people) - _MOST_NAMED
    return ", ".join(f"<@{id_}>" for id_ in people[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

"""One outcome: what it is, how it stands, and what was last said of it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bot import texts
from bot.domain.ages import age_changes_at, age_in_words
from bot.domain.freshness import Freshness, freshness_changes_at, freshness_of, is_faded
from bot.slack.mrkdwn import escape, link, mrkdwn
from storage.records import Metric, Outcome, OutcomeStatus, StatusUpdate, UpdateSource

_INDENT = "\u2003"
_DEEPEST = 8
"""Levels that are drawn: further in, there would be no room left for words."""


def outcome_lines(outcome: Outcome, now: datetime) -> str:
    """Its number and text; its status, metric, owner, date and freshness; and the last words about it."""
    indent = _INDENT * min(outcome.level, _DEEPEST)
    newest = outcome.newest
    lines = [f"*{outcome.number}.* {mrkdwn(outcome.text)}", status_line(outcome, now)]
    if newest is not None and (words := _last_words(newest)):
        lines.append(words)
    return "\n".join([indent + line for line in lines])


def outcomes_hold_until(outcomes: Iterable[Outcome], now: datetime) -> datetime:
    """Until when `outcome_lines` says the same of the same outcomes: ages grow, and dates pass."""
    # Dates pass at midnight, in UTC as they are compared below.
    changes = [datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)]
    vouched = {(each.vouched_at, each.due_days, each.stale_days): each for each in outcomes}
    for (vouched_at, *_), outcome in vouched.items():
        if vouched_at is not None:
            ages = age_changes_at(vouched_at, now), freshness_changes_at(outcome, now)
            changes += [at for at in ages if at is not None]
    return min(changes)


def last_said(outcome: Outcome) -> str:
    """What was last said of it, by whom and when."""
    newest = outcome.newest
    if newest is None:
        return texts.NOBODY_SAID
    status = texts.STATUS[newest.status] if newest.status else texts.NO_STATUS
    by = f"<@{newest.said_by}>" if newest.said_by else "the page"
    facts = [f"Last said: {status}", by, instant(newest.said_at)]
    if outcome.metric is not None:
        facts.insert(1, metric_words(outcome.metric, newest.value))
    lines = [" · ".join(facts)]
    if newest.note:
        lines.append(f"“{mrkdwn(newest.note)}”")
    return "\n".join(lines)


def status_words(status: OutcomeStatus, *, is_faded: bool) -> str:
    """With its mark; without colour where it is too old to be taken for what holds now."""
    return texts.FADED[status] if is_faded else texts.STATUS[status]


def instant(at: datetime) -> str:
    """Day and time, as everyone reads them in their own zone."""
    fallback = f"{at:%Y-%m-%d %H:%M} UTC"
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def _last_words(newest: StatusUpdate) -> str:
    """The note, who said it, and where; whoever vouched for it as it was is named as that."""
    note = mrkdwn(newest.note)
    if newest.source is UpdateSource.PAGE:
        # Nobody said this: it is what an import noted.
        return note
    words = [f"“{note}”"] if note else []
    said_by = f"<@{newest.said_by}>" if newest.said_by else ""
    if newest.source is UpdateSource.BUTTON:
        words.append(f"still true, says {said_by}")
    elif words and said_by:
        words = [f"{words[0]} {said_by}"]
    if newest.permalink:
        words.append(link(newest.permalink, "the message"))
    return " · ".join(words)


def status_line(outcome: Outcome, now: datetime) -> str:
    """How it stands: status, metric, owner, date and freshness."""
    return " · ".join(_facts(outcome, outcome.newest, now))


def _facts(outcome: Outcome, newest: StatusUpdate | None, now: datetime) -> list[str]:
    if outcome.status is not None:
        facts = [status_words(outcome.status, is_faded=is_faded(outcome, now))]
    else:
        facts = [texts.NEVER_CHECKED if outcome.vouched_at is None else texts.NO_STATUS]
    if outcome.metric is not None:
        facts.append(metric_words(outcome.metric, newest.value if newest else None))
    if outcome.owner_id is not None:
        facts.append(f"<@{outcome.owner_id}>")
    if outcome.due_on is not None:
        is_over = outcome.due_on < now.date() and outcome.is_open
        facts.append(f"{'was due' if is_over else 'due'} {day_and_month(outcome.due_on)}")
    if outcome.vouched_at is not None:
        facts.append(_checked(outcome, outcome.vouched_at, now))
    return facts


def _checked(outcome: Outcome, vouched_at: datetime, now: datetime) -> str:
    checked = f"checked {age_in_words(vouched_at, now)}"
    freshness = freshness_of(outcome, now)
    # What is done needs no more looking at.
    if freshness is Freshness.FRESH or not outcome.is_open:
        return checked
    return f"{texts.FRESHNESS[freshness]}, {checked}"


def metric_words(metric: Metric, value: float | None) -> str:
    unit = f" {escape(metric.unit)}" if metric.unit and metric.unit != "%" else escape(metric.unit)
    now = metric.start if value is None else value
    return f"{now:g} of {metric.target:g}{unit}"


def day_and_month(day: date) -> str:
    """`24 Dec 2026`."""
    # A date has no zone: Slack's date tokens would move it to the day before for half of the world.
    return f"{day.day} {day:%b %Y}"

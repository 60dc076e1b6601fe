"""One outcome: what it is, how it stands, and what was last said of it."""

from datetime import date, datetime

from bot import texts
from bot.domain.ages import age_in_words
from bot.domain.freshness import Freshness, freshness_of
from bot.slack.mrkdwn import escape, mrkdwn
from storage.records import Metric, Outcome, StatusUpdate, UpdateSource

_INDENT = "\u2003"
_DEEPEST = 8
"""Levels that are drawn: further in, there would be no room left for words."""


def outcome_lines(outcome: Outcome, now: datetime) -> str:
    """Its number and text; its status, metric, owner, date and freshness; and the last words about it."""
    indent = _INDENT * min(outcome.level, _DEEPEST)
    newest = outcome.newest
    lines = [f"*{outcome.number}.* {mrkdwn(outcome.text)}", " · ".join(_facts(outcome, newest, now))]
    if newest is not None and newest.note:
        lines.append(_last_words(newest))
    return "\n".join([indent + line for line in lines])


def _last_words(newest: StatusUpdate) -> str:
    if newest.source is UpdateSource.PAGE:
        # Nobody said this: it is what an import noted.
        return mrkdwn(newest.note)
    said_by = f" <@{newest.said_by}>" if newest.said_by else ""
    return f"“{mrkdwn(newest.note)}”{said_by}"


def _facts(outcome: Outcome, newest: StatusUpdate | None, now: datetime) -> list[str]:
    if outcome.status is not None:
        facts = [texts.STATUS[outcome.status]]
    else:
        facts = [texts.NEVER_CHECKED if outcome.vouched_at is None else texts.NO_STATUS]
    if outcome.metric is not None:
        facts.append(_metric(outcome.metric, newest.value if newest else None))
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
    freshness = freshness_of(vouched_at, now)
    # What is done needs no more looking at.
    if freshness is Freshness.FRESH or not outcome.is_open:
        return checked
    return f"{texts.FRESHNESS[freshness]}, {checked}"


def _metric(metric: Metric, value: float | None) -> str:
    unit = f" {escape(metric.unit)}" if metric.unit and metric.unit != "%" else escape(metric.unit)
    now = metric.start if value is None else value
    return f"{now:g} of {metric.target:g}{unit}"


def day_and_month(day: date) -> str:
    """`24 Dec 2026`."""
    # A date has no zone: Slack's date tokens would move it to the day before for half of the world.
    return f"{day.day} {day:%b %Y}"

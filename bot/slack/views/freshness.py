"""How fresh a project's outcomes are, and after how many days each is due and stale."""

from datetime import datetime

from bot import texts, texts_charts, texts_freshness
from bot.domain.ages import age_in_words
from bot.domain.freshness import freshness_of
from bot.slack.views.layout import Part, briefly, context, section
from bot.slack.views.outcomes import outcomes_hold_until
from bot.slack.views.projects import health, top, whole_record
from bot.slack.views.sheet import Sheet
from storage.records import DUE_AFTER_DAYS, STALE_AFTER_DAYS, Outcome, Project, Thresholds
from storage.settings import WorkspaceSettings

_TEXT = 200


def freshness_sheet(
    project: Project, outcomes: tuple[Outcome, ...], settings: WorkspaceSettings, now: datetime
) -> Sheet:
    body: list[Part] = []
    for outcome in outcomes:
        body += section(_line(outcome, now))
    return Sheet(
        top(project, health(project, outcomes, now)),
        [
            *section(_whose(project, settings)),
            *(body or section(texts.NO_OUTCOMES)),
            *context(texts_freshness.HOW_TO_SET),
        ],
        whole_record(project),
        holds_until=outcomes_hold_until(outcomes, now),
    )


def _whose(project: Project, settings: WorkspaceSettings) -> str:
    """The days that hold where an outcome has none of its own."""
    if project.thresholds is not None:
        return f"*Here*: {_beyond(project.thresholds)}."
    due, stale = settings.due_after_days, settings.stale_after_days
    if due is None or stale is None:
        usual = Thresholds(due_after_days=DUE_AFTER_DAYS, stale_after_days=STALE_AFTER_DAYS)
        return f"*As usual*: {_beyond(usual)}."
    of_workspace = Thresholds(due_after_days=due, stale_after_days=stale)
    return f"*As everywhere in this workspace*: {_beyond(of_workspace)}."


def _beyond(thresholds: Thresholds) -> str:
    return texts_freshness.beyond(thresholds.due_after_days, thresholds.stale_after_days)


def _line(outcome: Outcome, now: datetime) -> str:
    freshness = freshness_of(outcome, now)
    mark = texts_charts.FRESHNESS_NAME[freshness][0]
    facts = [f"{mark} {texts.FRESHNESS[freshness]}"] if outcome.is_open else ["closed"]
    if outcome.vouched_at is not None:
        facts.append(f"checked {age_in_words(outcome.vouched_at, now)}")
    if outcome.is_open:
        own = " (its own)" if outcome.thresholds is not None else ""
        facts.append(texts_freshness.after_days(outcome.due_days, outcome.stale_days) + own)
    return f"*{outcome.number}.* {briefly(outcome.text, _TEXT)}\n{' · '.join(facts)}"

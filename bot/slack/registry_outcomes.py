"""What is said of outcomes, and changed in them. See bot/slack/registry.py."""

from bot.slack.commands import dates, details, freshness, outcomes, projects
from bot.slack.commands.command import Command, changing

OUTCOMES = (
    changing(
        "update",
        outcomes.UPDATE_USAGE,
        "Say how an outcome stands: a status by word, first letters or mark; a number or per cent. "
        "Without a status, a form opens.",
        outcomes.update,
        (outcomes.UPDATE_EXAMPLE, "update jmte 1 41", "update jmte 3 ✅ October is up"),
    ),
    changing(
        "outcome",
        outcomes.OUTCOME_USAGE,
        "Add, reword, move an outcome, or take it off the record. `edit` without a text opens its form.",
        outcomes.outcome,
        outcomes.OUTCOME_EXAMPLES,
    ),
    changing(
        "assign",
        outcomes.ASSIGN_USAGE,
        "Who looks after an outcome; `me` and `nobody` are understood.",
        outcomes.assign,
        (outcomes.ASSIGN_EXAMPLE,),
    ),
    changing(
        "due",
        dates.DUE_USAGE,
        "When an outcome is to be reached: `2026-12-24`, `24 Dec`, `next friday`, `in 3 weeks`.",
        dates.due,
        dates.DUE_EXAMPLES,
    ),
    changing(
        "metric",
        details.METRIC_USAGE,
        "What an outcome is measured by.",
        details.metric,
        (details.METRIC_EXAMPLE, "metric jmte 1 none"),
    ),
    Command(
        "status",
        freshness.STATUS_USAGE,
        "How the whole stands: as its worst open outcome, unless its owner says otherwise.",
        projects.ask,
        projects.answer_outcomes,
        freshness.STATUS_EXAMPLES,
        about_project=True,
        write=freshness.status,
        writes_if=freshness.is_status_written,
    ),
    Command(
        "freshness",
        freshness.FRESHNESS_USAGE,
        "How fresh each outcome is, and how many days past its check-in it is due and stale.",
        projects.ask,
        freshness.answer_freshness,
        freshness.FRESHNESS_EXAMPLES,
        about_project=True,
        write=freshness.freshness,
        writes_if=freshness.is_freshness_written,
    ),
)

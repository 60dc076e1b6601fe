"""An outcome in the home tab of whoever looks after it: as much as it takes to say how it stands."""

from datetime import datetime

from bot import texts
from bot.domain.freshness import Freshness, freshness_of, is_faded
from bot.slack import ids
from bot.slack.home_values import OutcomeTarget
from bot.slack.memos import Wanted
from bot.slack.mrkdwn import escape, plain
from bot.slack.queries import Query
from bot.slack.views.layout import Part, actions, briefly, button, section, shorten
from bot.slack.views.lists import BUTTON, NAME, name_of
from bot.slack.views.outcomes import day_and_month, metric_words, status_words
from storage.records import OwnOutcome, ProjectState

_TEXT = 300
_NOTE = 200
"""Characters of a text, and of what was last said; the record, which has a button, shows them whole."""


def waiting_rows(own: OwnOutcome, now: datetime) -> list[Part]:
    """Two blocks: the outcome, and its buttons. What nobody has said anything of cannot be still true."""
    buttons = [_update(own)]
    if own.outcome.newest is not None:
        buttons.append(_still_true(own))
    return [*section(_words(own, now)), *actions(buttons)]


def other_row(own: OwnOutcome, now: datetime) -> list[Part]:
    return section(_words(own, now), _update(own))


def _words(own: OwnOutcome, now: datetime) -> str:
    outcome = own.outcome
    lines = [f"*{briefly(outcome.text, _TEXT)}*", " · ".join(_facts(own, now))]
    if outcome.newest is not None and outcome.newest.note:
        lines.append(f"“{briefly(outcome.newest.note, _NOTE)}”")
    return "\n".join(lines)


def _facts(own: OwnOutcome, now: datetime) -> list[str]:
    outcome = own.outcome
    facts = [f"{escape(shorten(name_of(own.project), NAME))}, outcome {outcome.number}"]
    if own.project_state is not ProjectState.ACTIVE:
        facts.append(texts.STATE[own.project_state].lower())
    if outcome.status is not None:
        facts.append(status_words(outcome.status, is_faded=is_faded(outcome, now)))
    if outcome.metric is not None:
        facts.append(metric_words(outcome.metric, outcome.newest.value if outcome.newest else None))
    facts.append(_freshness(own, now))
    if outcome.due_on is not None:
        day = day_and_month(outcome.due_on)
        facts.append(f"*was due {day}*" if outcome.due_on < now.date() else f"due {day}")
    return facts


def _freshness(own: OwnOutcome, now: datetime) -> str:
    vouched_at = own.outcome.vouched_at
    freshness = freshness_of(own.outcome, now)
    words = texts.FRESHNESS[freshness]
    if freshness is not Freshness.FRESH and own.project_state is ProjectState.ACTIVE:
        # This is why it is asked for.
        words = f"*{words}*"
    if vouched_at is None:
        return words
    # Slack counts the days when it is looked at: an age in our words would change the view every day.
    day = day_and_month(vouched_at.date())
    since = int(vouched_at.timestamp())
    return f"{words}, <!date^{since}^checked {{ago}}|checked {day}>"


def _update(own: OwnOutcome) -> dict[str, object]:
    project_id, outcome_id = own.project.id, own.outcome.id
    wanted = Wanted(
        form="outcome",
        project_id=project_id,
        outcome_id=outcome_id,
        vouches=True,
        card=Query(name="outcomes", project_id=project_id, outcome_id=outcome_id),
    )
    return _button("Update", f"{ids.FORM}:{outcome_id}", wanted.encode(), own)


def _still_true(own: OwnOutcome) -> dict[str, object]:
    target = OutcomeTarget(project_id=own.project.id, outcome_id=own.outcome.id)
    return _button("Still true", f"{ids.VOUCH}:{own.outcome.id}", target.encode(), own)


def _button(label: str, action_id: str, value: str, own: OwnOutcome) -> dict[str, object]:
    # Read aloud in place of the label, which every row has.
    spoken = shorten(f"{label}: {plain(own.outcome.text)}", BUTTON)
    return button(label, action_id, value, accessibility_label=spoken)

"""The forms of one outcome: all of it, or how it stands, with what was last said beside it."""

from collections.abc import Sequence

from bot import texts, texts_forms
from bot.services.meanwhile import Meanwhile
from bot.services.outcome_form import BETWEEN, number_text
from bot.services.revising import LONGEST, Shown
from bot.slack.effects import Block, View
from bot.slack.memos import Memo
from bot.slack.mrkdwn import escape, mrkdwn
from bot.slack.views.inputs import Fields, modal, option, project_option
from bot.slack.views.layout import Part, context, section
from bot.slack.views.meanwhile import meanwhile_blocks
from bot.slack.views.outcomes import last_said
from storage.records import Metric, Outcome, OutcomeStatus, Project

METRIC = ("start", "target", "unit")
"""The fields of a metric."""


def outcome_form(
    project: Project, outcome: Outcome, memo: Memo, shown: Shown, changes: Sequence[Meanwhile] = ()
) -> View:
    """One outcome, whole."""
    blocks = meanwhile_blocks(changes) if changes else []
    blocks += _blocks([*section(_heading(project, outcome)), *context(last_said(outcome))])
    fields = Fields(memo.times)
    blocks += _standing(fields, outcome, memo, shown)
    blocks += _lasting(fields, memo, shown)
    if "text" not in memo.seen:
        blocks += _blocks(context(texts_forms.too_long("text", escape(project.slug), outcome.number)))
    return modal("outcome", blocks, memo.encode())


def add_form(project: Project, memo: Memo, shown: Shown) -> View:
    """A new outcome."""
    blocks = _blocks(context(f"For {mrkdwn(project.name)}"))
    return modal("add", [*blocks, *_lasting(Fields(memo.times), memo, shown)], memo.encode(), submit="Add")


def update_form(  # noqa: PLR0917 - the two choices, each with what depends on it
    name: str,
    project: Project | None,
    outcomes: Sequence[Outcome],
    outcome: Outcome | None,
    memo: Memo,
    shown: Shown,
    changes: Sequence[Meanwhile] = (),
) -> View:
    """A project to choose, and then one of its outcomes, and how that stands.

    `name` is "update", or "save" for words that somebody said in a message.
    """
    blocks = meanwhile_blocks(changes) if changes else []
    blocks += _blocks(_about_message(memo))
    chosen = project_option(project) if project else None
    blocks.append(Fields().project("project_id", chosen, needed=True, asks_at_once=True))
    of_project = Fields(project.id if project else "")
    if project is None:
        blocks += _blocks(context(texts_forms.CHOOSE_PROJECT))
    elif not outcomes:
        blocks += _blocks(section(texts_forms.NO_OUTCOMES_TO_UPDATE.format(slug=escape(project.slug))))
    else:
        blocks.append(of_project.outcome("outcome_id", outcomes, outcome.id if outcome else None))
    if outcome is not None:
        blocks += _blocks(context(last_said(outcome)))
        fields = _of_outcome(memo)
        blocks += _standing(fields, outcome, memo, shown)
    elif name == "save":
        # What is pre-filled, or typed already, stays while project and outcome are chosen.
        blocks.append(_note(memo, shown))
    return modal(name, blocks, memo.encode())


def block_of(memo: Memo, name: str) -> str:
    """The id of the block with a field of `update_form`, for what is wrong with it."""
    return (_of_note(memo) if name == "note" else _of_outcome(memo)).block_id(name)


def _of_note(memo: Memo) -> Fields:
    """What was typed stays while an outcome is chosen; the last words of one are none of another's."""
    return _of_outcome(memo) if memo.repeats else Fields(memo.times)


def _of_outcome(memo: Memo) -> Fields:
    """Fields that are others to Slack for another outcome, and when the form comes back."""
    return Fields(f"{memo.outcome_id or 0}-{memo.times}")


def _standing(fields: Fields, outcome: Outcome, memo: Memo, shown: Shown) -> list[Block]:
    """Status, value, note: what is said anew."""
    held = shown.texts
    statuses = [option(texts.STATUS[status], status.value) for status in OutcomeStatus]
    hint = texts_forms.HINT["vouches"] if memo.vouches and outcome.is_open else None
    blocks = [fields.choice("status", statuses, held["status"], hint=hint)]
    if outcome.metric is not None:
        blocks.append(fields.text("value", held["value"], hint=_way(outcome.metric)))
    return [*blocks, _note(memo, shown)]


def _way(metric: Metric) -> str:
    start, target = number_text(metric.start), f"{number_text(metric.target)} {metric.unit}".strip()
    return texts_forms.HINT["value"].format(start=start, target=target)


def _note(memo: Memo, shown: Shown) -> Block:
    return _of_note(memo).text(
        "note", shown.texts["note"][:LONGEST], lines=True, hint=texts_forms.HINT["note"]
    )


def _lasting(fields: Fields, memo: Memo, shown: Shown) -> list[Block]:
    """Text, owner, date, metric: what an outcome is."""
    held = shown.texts
    start, target, unit = [*held["metric"].split(BETWEEN, 2), "", ""][:3]
    return [
        *([fields.text("text", held["text"], lines=True, needed=True)] if "text" in memo.seen else []),
        fields.person("owner_id", held["owner_id"]),
        fields.day("due_on", held["due_on"]),
        fields.text("start", start),
        fields.text("target", target),
        fields.text("unit", unit, hint=texts_forms.HINT["unit"]),
    ]


def _heading(project: Project, outcome: Outcome) -> str:
    return f"{mrkdwn(project.name)} · *{outcome.number}.* {mrkdwn(outcome.text)}"


def _about_message(memo: Memo) -> list[Part]:
    """What becomes of the message that the words are from."""
    if memo.author_id is None and memo.permalink is None and not memo.is_cut:
        return []
    words = [f"From a message of <@{memo.author_id}>."] if memo.author_id else []
    if memo.permalink:
        words.append(texts_forms.LINK_KEPT)
    if memo.is_cut:
        cut = texts_forms.NOTE_SHORTENED if memo.permalink else texts_forms.NOTE_CUT
        words.append(cut.format(limit=LONGEST))
    return context(" ".join(words))


def _blocks(parts: Sequence[Part]) -> list[Block]:
    return [part.block for part in parts]

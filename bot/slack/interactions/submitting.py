"""Forms that were submitted: written whole, in one act, or sent back with all that was typed in them."""

from collections.abc import Sequence
from datetime import datetime

from bot import texts_changes, texts_forms
from bot.errors import (
    AnyBotError,
    MissingTextError,
    PersonLeftError,
    TextTooLongError,
    UnknownOutcomeError,
)
from bot.errors_base import BotError
from bot.errors_rights import ExternalPersonError, OutOfSightError, UnknownChannelError
from bot.services import editing, outcome_form, project_form
from bot.services.changing import Act
from bot.services.creating import create_project
from bot.services.finding import id_in
from bot.services.meanwhile import Meanwhile, changed_meanwhile
from bot.services.outcome_form import shown_outcome
from bot.services.project_form import shown_project
from bot.services.reading import read_outcomes, read_record
from bot.services.revising import Revision, Shown
from bot.slack.effects import Effect, FieldErrors, UpdateView
from bot.slack.interactions import reminders
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.filled import typed_outcome, typed_project, typed_texts
from bot.slack.interactions.finishing import at_metric, done, sentence_at_field, wrong
from bot.slack.interactions.forms import (
    STANDING,
    choosing_view,
    find_parent,
    since_now,
)
from bot.slack.interactions.open_project import get_open_project
from bot.slack.interactions.submitting_schedule import on_schedule
from bot.slack.memos import Memo
from bot.slack.mrkdwn import escape
from bot.slack.queries import Query
from bot.slack.requests import SubmitRequest
from bot.slack.views.form_outcome import block_of, update_form
from bot.slack.views.form_outcome import outcome_form as outcome_view
from bot.slack.views.form_project import project_form as record_view
from bot.slack.views.inputs import Fields
from storage.database import Tx
from storage.history_records import ChangedItem
from storage.records import Outcome, UpdateSource


def on_project(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    """The whole record."""
    memo, act = _begin(tx, request, now, reaches_others=True)
    revision = project_form.revise_project(act, memo.seen, typed_project(request.view.values))
    if revision.errors:
        return wrong(revision.errors, Fields(memo.times or ""))
    if revision.conflicts:
        changes = changed_meanwhile(act, ChangedItem.PROJECT, None, revision.conflicts, memo.since)
        return UpdateView(_project_again(act, memo, revision, changes))
    project_form.write_project(act, revision)
    said = texts_forms.edited(escape(act.project.name))
    query = Query(name="show", project_id=act.project.id)
    return done(act, memo, query, said, now, offers_check_ins=bool(revision.values.get("channel_id")))


def _project_again(
    act: Act, memo: Memo, revision: Revision, changes: Sequence[Meanwhile]
) -> dict[str, object]:
    record = read_record(act.tx, act.asker, act.project)
    memo = _again(act, memo, shown_project(record.project, record.parts))
    parent = find_parent(act.tx, act.asker, revision.shown)
    return record_view(record, memo, revision.shown, parent, act.now, changes=changes)


def _again(act: Act, memo: Memo, now: Shown) -> Memo:
    """What the form knows when it comes back: how everything is now."""
    fits = {name: seen for name, seen in now.seen().items() if name in memo.seen}
    again = since_now(act.tx, act.project, memo, now)
    return again.model_copy(update={"seen": fits, "times": memo.times + 1})


def on_outcome(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    """One outcome, whole."""
    memo, act = _begin(tx, request, now)
    outcome = editing.get_outcome_by_id(act, memo.outcome_id or 0)
    typed = typed_outcome(request.view.values)
    revision = outcome_form.revise_outcome(act, outcome, memo.seen, typed)
    if revision.errors:
        return wrong(at_metric(revision.errors, typed), Fields(memo.times or ""))
    if revision.conflicts:
        changes = changed_meanwhile(act, ChangedItem.OUTCOME, outcome.id, revision.conflicts, memo.since)
        again = _again(act, memo, shown_outcome(outcome))
        return UpdateView(outcome_view(act.project, outcome, again, revision.shown, changes))
    return _written(act, memo, outcome, revision, now)


def on_add(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    """A new outcome."""
    memo, act = _begin(tx, request, now)
    typed = typed_outcome(request.view.values)
    revision = outcome_form.revise_outcome(act, None, memo.seen, typed)
    if revision.errors:
        return wrong(at_metric(revision.errors, typed), Fields(memo.times or ""))
    outcome = editing.get_outcome_by_id(act, outcome_form.add_outcome(act, revision))
    query = Query(name="outcomes", project_id=act.project.id, outcome_id=outcome.id)
    return done(act, memo, query, texts_changes.outcome_added(outcome.number), now)


def on_update(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    """How an outcome stands, of a project and an outcome that were chosen in the form."""
    return _update(tx, request, UpdateSource.MODAL, now)


def on_save(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    """The words of a message, as an update."""
    return _update(tx, request, UpdateSource.SHORTCUT, now)


def _update(tx: Tx, request: SubmitRequest, source: UpdateSource, now: datetime) -> Effect:
    memo, view = Memo.decode(request.view.private_metadata), request.view
    values = typed_texts(view.values)
    project_id, outcome_id = (id_in(values.get(name, "")) for name in ("project_id", "outcome_id"))
    if project_id is None:
        return wrong({"project_id": MissingTextError()}, Fields())
    asker = asker_of(tx, request)
    if project_id != memo.project_id or outcome_id != memo.outcome_id:
        # Submitted before the form could show what belongs to the choice.
        same = outcome_id if project_id == memo.project_id else None
        return UpdateView(choosing_view(tx, asker, view, project_id, same))
    project = get_open_project(tx, asker, project_id)
    if outcome_id is None:
        return wrong({"project_id": UnknownOutcomeError(project.slug, "", 0)}, Fields())
    act = Act.begin(tx, asker, project.id, source, now)
    editing.require_open(act)
    outcome = editing.get_outcome_by_id(act, outcome_id)
    revision = outcome_form.revise_outcome(act, outcome, memo.seen, typed_outcome(view.values))
    if revision.errors:
        sentences = {
            block_of(memo, name): sentence_at_field(error) for name, error in revision.errors.items()
        }
        return FieldErrors(sentences)
    if revision.conflicts:
        changes = changed_meanwhile(act, ChangedItem.OUTCOME, outcome.id, revision.conflicts, memo.since)
        shown = shown_outcome(outcome)
        again = _again(act, memo, Shown({name: shown.texts[name] for name in STANDING}))
        record = read_outcomes(tx, act.project)
        return UpdateView(
            update_form(view.callback_id, act.project, record, outcome, again, revision.shown, changes)
        )
    return _written(act, memo, outcome, revision, now)


def on_create(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    """A new project."""
    memo = Memo.decode(request.view.private_metadata)
    values = typed_texts(request.view.values)
    name, goal = " ".join(values.get("name", "").split()), values.get("goal", "").strip()
    errors: dict[str, AnyBotError] = {}
    if not name:
        errors["name"] = MissingTextError()
    if len(goal) > editing.LONGEST_TEXT:
        errors["goal"] = TextTooLongError(goal, editing.LONGEST_TEXT)
    if errors:
        return wrong(errors, Fields())
    try:
        # The form stays open and what comes of it is committed: what was begun must not be.
        with tx.begin_nested():
            act = create_project(
                tx,
                asker_of(tx, request),
                name,
                UpdateSource.MODAL,
                now,
                goal=goal,
                channel_id=values.get("channel_id") or None,
                owner_id=values.get("owner_id") or None,
            )
    except BotError as error:
        return wrong({_field_of(error): error}, Fields())  # type: ignore[dict-item]  # the base of a closed set
    said = texts_changes.created(
        escape(act.project.slug),
        is_mine=act.project.owner_id == act.asker.person_id,
        has_goal=bool(goal),
    )
    query = Query(name="show", project_id=act.project.id)
    return done(act, memo, query, said, now, offers_check_ins=act.project.channel_id is not None)


def _field_of(error: BotError) -> str:
    """Which field of the form for a new project it stands at."""
    if isinstance(error, (OutOfSightError, UnknownChannelError)):
        return "channel_id"
    return "owner_id" if isinstance(error, (PersonLeftError, ExternalPersonError)) else "name"


SUBMISSIONS = {
    **reminders.SUBMISSIONS,
    "schedule": on_schedule,
    "project": on_project,
    "outcome": on_outcome,
    "add": on_add,
    "update": on_update,
    "save": on_save,
    "create": on_create,
}
"""What answers a form that is submitted, by its callback_id."""


def _begin(
    tx: Tx, request: SubmitRequest, now: datetime, *, reaches_others: bool = False
) -> tuple[Memo, Act]:
    memo, asker = Memo.decode(request.view.private_metadata), asker_of(tx, request)
    project = get_open_project(tx, asker, memo.project_id)
    act = Act.begin(tx, asker, project.id, UpdateSource.MODAL, now, reaches_others=reaches_others)
    editing.require_open(act)
    return memo, act


def _written(act: Act, memo: Memo, outcome: Outcome, revision: Revision, now: datetime) -> Effect:
    has_vouched = outcome_form.write_outcome(
        act, outcome, revision, permalink=memo.permalink, vouches=memo.vouches
    )
    query = Query(name="outcomes", project_id=act.project.id, outcome_id=outcome.id)
    said = texts_changes.outcome_said(outcome.number)
    if has_vouched:
        said = texts_forms.still_true(outcome.number, act.asker.person_id)
    return done(act, memo, query, said, now)

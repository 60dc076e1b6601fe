"""Opening forms, and what happens in one before it is submitted."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.errors import OutdatedButtonError
from bot.services import reading
from bot.services.asking import Asker
from bot.services.editing import get_outcome_of
from bot.services.finding import id_in
from bot.services.outcome_form import shown_new_outcome, shown_outcome
from bot.services.project_form import shown_project
from bot.services.revising import Shown, laid_over
from bot.services.rights import require_may_create
from bot.slack.effects import Effect, OpenView, Origin, UpdateView, View
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.filled import typed_project, typed_texts
from bot.slack.interactions.open_project import get_open_project
from bot.slack.interactions.schedule_form import schedule_view
from bot.slack.memos import Below, Memo, Wanted
from bot.slack.requests import (
    ButtonRequest,
    CommandRequest,
    Filled,
    MessageShortcutRequest,
    ShortcutRequest,
)
from bot.slack.views.form_outcome import add_form, outcome_form, update_form
from bot.slack.views.form_project import create_form, project_form
from bot.slack.views.form_reminders import assign_form, snooze_form
from storage import history, projects
from storage.database import Tx
from storage.records import Project, ProjectName

STANDING = ("status", "value", "note")
"""Of the fields of an outcome, those of the form that says how it stands."""


def origin_of(request: CommandRequest | ButtonRequest | ShortcutRequest | MessageShortcutRequest) -> Origin:
    """Where a form is opened from. One on top of another form comes from where that one does."""
    if isinstance(request, ShortcutRequest):
        return Origin()
    if isinstance(request, ButtonRequest) and request.view is not None:
        return Origin() if request.is_home else _memo_of(request.view).origin
    is_ephemeral = isinstance(request, ButtonRequest) and request.is_ephemeral
    return Origin(request.channel_id, request.response_url, is_ephemeral)


def _memo_of(view: Filled) -> Memo:
    return Memo.decode(view.private_metadata) if view.callback_id else Memo()


def on_form(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """A form that a button asks for; on top of the record's own form, that one waits below."""
    wanted = Wanted.decode(request.value)
    view, below = request.view, None
    if view is not None and view.callback_id == "project":
        memo = _memo_of(view)
        below = Below(view_id=view.id, since=memo.since, seen=memo.seen, times=memo.times, page=memo.page)
        wanted = wanted.model_copy(update={"card": memo.card})
    return OpenView(build_form(tx, asker_of(tx, request), wanted, origin_of(request), now=now, below=below))


def on_turn(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """Another page of the outcomes in the record's form; what was typed above stays."""
    page = id_in(request.value)
    if request.view is None or page is None:
        raise OutdatedButtonError
    memo = _memo_of(request.view).model_copy(update={"page": min(page, 10_000)})
    asker = asker_of(tx, request)
    return UpdateView(project_view(tx, asker, memo, now, typed_project(request.view.values)))


def on_project_chosen(tx: Tx, request: ButtonRequest, _now: datetime) -> Effect:
    return _chosen(tx, request, ("project_id",))


def on_outcome_chosen(tx: Tx, request: ButtonRequest, _now: datetime) -> Effect:
    return _chosen(tx, request, ("project_id", "outcome_id"))


def _chosen(tx: Tx, request: ButtonRequest, names: tuple[str, ...]) -> Effect:
    if request.view is None:
        raise OutdatedButtonError
    values = typed_texts(request.view.values)
    ids = [id_in(values.get(name, "")) for name in names]
    return UpdateView(choosing_view(tx, asker_of(tx, request), request.view, *ids))


def build_form(
    tx: Tx, asker: Asker, wanted: Wanted, origin: Origin, *, now: datetime, below: Below | None = None
) -> View:
    """Raises GoneProjectError, GoneOutcomeError, ArchivedProjectError, NotAllowedError, CannotCreateError."""
    memo = Memo(
        project_id=wanted.project_id,
        outcome_id=wanted.outcome_id,
        vouches=wanted.vouches,
        repeats=wanted.repeats and wanted.form == "update",
        card=wanted.card,
        below=below,
    ).coming_from(replace(origin, is_ephemeral=False) if wanted.repeats else origin)
    match wanted.form:
        case "create":
            require_may_create(tx, asker)
            return create_form(memo, asker.person_id)
        case "update" | "save":
            return choose(tx, asker, wanted.form, memo, Shown({"note": ""}))
        case "schedule":
            return schedule_view(tx, asker, memo, now)
        case "project":
            return project_view(tx, asker, opened(tx, asker, memo), now)
        case "snooze" | "assign":
            return _of_reminder(tx, asker, wanted.form, memo)
        case "add" | "outcome":
            return _of_outcome(tx, asker, wanted, memo)


def _of_outcome(tx: Tx, asker: Asker, wanted: Wanted, memo: Memo) -> View:
    """A new outcome, or one that there is."""
    project = get_open_project(tx, asker, memo.project_id)
    if wanted.form == "add":
        shown = shown_new_outcome()
        return add_form(project, memo.model_copy(update={"seen": shown.seen()}), shown)
    outcome = get_outcome_of(tx, project, memo.outcome_id or 0)
    shown = shown_outcome(outcome)
    memo = since_now(tx, project, memo, shown)
    if wanted.repeats and outcome.newest is not None:
        # To be put right, not to be typed again.
        shown = Shown({**shown.texts, "note": outcome.newest.note})
    return outcome_form(project, outcome, memo, shown)


def _of_reminder(tx: Tx, asker: Asker, name: Literal["snooze", "assign"], memo: Memo) -> View:
    """About an outcome, or the goal where none is named."""
    project = get_open_project(tx, asker, memo.project_id)
    text = project.goal
    if memo.outcome_id is not None:
        text = get_outcome_of(tx, project, memo.outcome_id).text
    return snooze_form(text, memo) if name == "snooze" else assign_form(text, memo)


def opened(tx: Tx, asker: Asker, memo: Memo) -> Memo:
    """The memo of the record's form, as it is opened now."""
    project = get_open_project(tx, asker, memo.project_id)
    shown = shown_project(project, reading.read_parts(tx, asker, project))
    return since_now(tx, project, memo, shown)


def since_now(tx: Tx, project: Project, memo: Memo, shown: Shown) -> Memo:
    """The memo of a form that shows this, as the record is now."""
    newest = history.newest_change_id(tx, project.workspace_id, project.id)
    return memo.model_copy(update={"since": newest, "seen": shown.seen()})


def project_view(
    tx: Tx, asker: Asker, memo: Memo, now: datetime, typed: Shown | None = None, *, said: str = ""
) -> View:
    """The record's form: what is there now, and over it what was `typed`."""
    record = reading.read_record(tx, asker, get_open_project(tx, asker, memo.project_id))
    there = shown_project(record.project, record.parts)
    shown = laid_over(there, memo.seen, typed) if typed else there
    return project_form(record, memo, shown, find_parent(tx, asker, shown), now, said=said)


def find_parent(tx: Tx, asker: Asker, shown: Shown) -> ProjectName | None:
    """The parent that stands in a form."""
    chosen = id_in(shown.texts["parent_id"])
    found = projects.list_project_names(tx, asker.workspace_id, asker.own_sight, [chosen] if chosen else [])
    return found[0] if found else None


def choosing_view(
    tx: Tx, asker: Asker, view: Filled, project_id: int | None, outcome_id: int | None = None
) -> View:
    """The form in which a project and an outcome are chosen, with these; a note that was typed stays."""
    before = _memo_of(view)
    memo = before.model_copy(update={"project_id": project_id, "outcome_id": outcome_id})
    note = typed_texts(view.values).get("note", "")
    if before.repeats and note.strip() == _last_words(tx, asker, before).strip():
        # Nobody typed that.
        note = ""
    return choose(tx, asker, view.callback_id, memo, Shown({"note": note}))


def _last_words(tx: Tx, asker: Asker, memo: Memo) -> str:
    if memo.project_id is None:
        return ""
    outcomes = reading.read_outcomes(tx, get_open_project(tx, asker, memo.project_id))
    chosen = next((each for each in outcomes if each.id == memo.outcome_id), None)
    return chosen.newest.note if chosen is not None and chosen.newest is not None else ""


def choose(tx: Tx, asker: Asker, name: str, memo: Memo, shown: Shown) -> View:
    """Raises GoneProjectError, ArchivedProjectError."""
    if memo.project_id is None:
        return update_form(name, None, (), None, memo, shown)
    project = get_open_project(tx, asker, memo.project_id)
    outcomes = reading.read_outcomes(tx, project)
    outcome = next((each for each in outcomes if each.id == memo.outcome_id), None)
    if outcome is None:
        memo = memo.model_copy(update={"outcome_id": None})
    else:
        now = shown_outcome(outcome)
        memo = since_now(tx, project, memo, Shown({each: now.texts[each] for each in STANDING}))
        shown = Shown({**now.texts, **shown.texts})
        if memo.repeats and not shown.texts["note"] and outcome.newest is not None:
            shown = Shown({**shown.texts, "note": outcome.newest.note})
    return update_form(name, project, outcomes, outcome, memo, shown)

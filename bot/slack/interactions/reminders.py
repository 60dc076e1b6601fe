"""What is done with a line of a reminder, and how often reminders are to come."""

from collections.abc import Callable
from datetime import date, datetime

from bot import texts_changes, texts_reminders
from bot.domain.reminder_hours import Wish
from bot.errors import MissingTextError, OutdatedButtonError, PersonLeftError
from bot.errors_rights import ExternalPersonError
from bot.services import editing, reminder_acts
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.dating import today_of
from bot.services.freshness import confirm_goal
from bot.services.still_true import say_still_true
from bot.slack import ids
from bot.slack.effects import Close, Effect, FieldErrors, OpenView, PublishHome, Reply
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.filled import typed_texts
from bot.slack.interactions.finishing import done, wrong
from bot.slack.interactions.forms import build_form, origin_of
from bot.slack.memos import Memo, OfReminder, Wanted
from bot.slack.mrkdwn import escape
from bot.slack.queries import Query, Taking
from bot.slack.requests import ButtonRequest, SubmitRequest
from bot.slack.views.inputs import Fields
from bot.slack.views.layout import actions, briefly, button, message, section
from storage.database import Tx
from storage.records import Outcome, UpdateSource

_TEXT = 150


def on_reminder(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    doing = OfReminder.decode(request.value)
    if doing.do == "wish":
        return _on_wish(tx, request, doing, now)
    asker = asker_of(tx, request)
    if doing.do == "still" and doing.outcome_id is not None:
        vouched = say_still_true(tx, asker, doing.project_id or 0, doing.outcome_id, now)
        return _answer(texts_reminders.still_true(_brief(vouched.text)), vouched.act_id)
    if doing.do == "until":
        wanted = Wanted(form="snooze", project_id=doing.project_id, outcome_id=doing.outcome_id)
        return OpenView(build_form(tx, asker, wanted, origin_of(request), now=now))
    act = Act.begin(tx, asker, doing.project_id or 0, UpdateSource.BUTTON, now)
    editing.require_open(act)
    outcome = None if doing.outcome_id is None else editing.get_outcome_by_id(act, doing.outcome_id)
    return _answer(_do(act, doing, outcome), None if act.is_empty else act.id)


def _do(act: Act, doing: OfReminder, outcome: Outcome | None) -> str:
    """What is said of it then."""
    if doing.do == "week":
        until = reminder_acts.snooze_for_a_week(act, outcome)
        return texts_reminders.snoozed(_brief(_text(act, outcome)), until)
    if outcome is not None:
        return _DOES[doing.do](act, outcome)
    if doing.do != "still":
        raise OutdatedButtonError
    confirm_goal(act)
    return texts_reminders.goal_holds(_brief(act.project.goal))


def _text(act: Act, outcome: Outcome | None) -> str:
    return act.project.goal if outcome is None else outcome.text


def _not_mine(act: Act, outcome: Outcome) -> str:
    if outcome.owner_id != act.asker.person_id:
        # It was handed on meanwhile.
        return texts_changes.UNCHANGED
    reminder_acts.give_back(act, outcome)
    return texts_reminders.given_back(_brief(outcome.text))


def _take(act: Act, outcome: Outcome) -> str:
    editing.assign_outcome(act, outcome, act.asker.person_id)
    return texts_changes.UNCHANGED if act.is_empty else texts_reminders.taken_over(_brief(outcome.text))


_DOES: dict[str, Callable[[Act, Outcome], str]] = {
    "not_mine": _not_mine,
    "take": _take,
}


def _on_wish(tx: Tx, request: ButtonRequest, doing: OfReminder, now: datetime) -> Effect:
    if doing.wish is None:
        raise OutdatedButtonError
    chosen, asker = Wish(doing.wish), asker_of(tx, request)
    if doing.project_id is None:
        reminder_acts.wish(tx, asker, chosen, now)
        if request.is_home:
            return PublishHome(request.person_id)
        return Reply(message(section(texts_reminders.wished(chosen))))
    act = Act.begin(tx, asker, doing.project_id, UpdateSource.BUTTON, now)
    reminder_acts.wish_for_channel(act, chosen)
    return Reply(message(section(texts_reminders.wished_for_channel(chosen, escape(act.project.slug)))))


def on_snooze(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    """The form with the day."""
    memo, asker = Memo.decode(request.view.private_metadata), asker_of(tx, request)
    until = _day_in(typed_texts(request.view.values).get("until", ""))
    if until is None:
        return wrong({"until": MissingTextError()}, Fields())
    last = reminder_acts.last_day_to_snooze(asker, now)
    if not today_of(asker, now) < until <= last:
        too_long = texts_reminders.snooze_too_long(last)
        said = too_long if until > last else texts_reminders.SNOOZE_PAST
        return FieldErrors({Fields().block_id("until"): said})
    act, outcome = _begin(tx, asker, memo, now)
    reminder_acts.snooze_until(act, outcome, until)
    said = texts_reminders.snoozed(_brief(_text(act, outcome)), until)
    return Close(message(section(said)), memo.origin)


def on_assign(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    """The form with whoever is to look after it."""
    memo, asker = Memo.decode(request.view.private_metadata), asker_of(tx, request)
    person_id = typed_texts(request.view.values).get("owner_id", "")
    if not person_id:
        return wrong({"owner_id": MissingTextError()}, Fields())
    act, outcome = _begin(tx, asker, memo, now)
    try:
        if outcome is None:
            editing.set_owner(act, person_id)
            query = Query(name="goal", project_id=act.project.id)
            return done(act, memo, query, texts_changes.owned("The project", person_id), now)
        editing.assign_outcome(act, outcome, person_id)
    except (PersonLeftError, ExternalPersonError) as error:
        return wrong({"owner_id": error}, Fields())
    query = Query(name="outcomes", project_id=act.project.id, outcome_id=outcome.id)
    return done(act, memo, query, texts_changes.owned(f"Outcome {outcome.number}", person_id), now)


def _begin(tx: Tx, asker: Asker, memo: Memo, now: datetime) -> tuple[Act, Outcome | None]:
    """None: the form is about the project's goal."""
    act = Act.begin(tx, asker, memo.project_id or 0, UpdateSource.MODAL, now)
    editing.require_open(act)
    return act, None if memo.outcome_id is None else editing.get_outcome_by_id(act, memo.outcome_id)


def _day_in(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _brief(text: str) -> str:
    return briefly(text, _TEXT)


def _answer(said: str, act_id: str | None) -> Effect:
    """For the person alone, with the way back."""
    undo = [] if act_id is None else [button("Undo", ids.UNDO, Taking(act_id=act_id).encode())]
    return Reply(message([*section(said), *actions(undo)]))


BUTTONS = {ids.REMINDER: on_reminder}
SUBMISSIONS = {"snooze": on_snooze, "assign": on_assign}
WRITING = frozenset(BUTTONS)

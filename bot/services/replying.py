"""What somebody says in the thread of a round: kept as said, and what it says of outcomes is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.reply_grammar import (
    Asked,
    Line,
    NoSuchOutcome,
    Unclear,
    Understood,
    parse_reply,
    vouches_for_all,
)
from bot.domain.status_words import Said
from bot.errors import GoneOutcomeError, NoMetricError, OutdatedButtonError, TextTooLongError
from bot.errors_rights import NotAllowedError
from bot.services import editing, rounds
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.values import said_value
from storage import check_ins, history, replies
from storage.check_ins import CheckIn
from storage.database import Tx
from storage.outcomes import list_outcomes
from storage.records import SAID, ChangedItem, Outcome, ProjectState, UpdateSource
from storage.replies import Reply
from storage.status_updates import is_said
from storage.terms import without_links


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a reply. `updated`: the outcomes that it updated, as they are now, by its lines' order.

    `unmeasured`: lines with a number for an outcome that has none. `refused`: why nothing could be updated,
    though it is kept. `vouched`: it said that all is still true, of so many outcomes.
    """

    check_in: CheckIn
    reply_id: int
    lines: tuple[Line, ...]
    outcomes: tuple[Outcome, ...]
    updated: tuple[Outcome, ...] = ()
    unmeasured: tuple[str, ...] = ()
    vouched: int = 0
    act_id: str | None = None
    refused: NotAllowedError | None = None

    @property
    def unclear(self) -> tuple[tuple[int, Unclear], ...]:
        """With the number of the line among `lines`, from 0."""
        return tuple((n, line) for n, line in enumerate(self.lines) if isinstance(line, Unclear))

    @property
    def unknown(self) -> tuple[NoSuchOutcome, ...]:
        return tuple(line for line in self.lines if isinstance(line, NoSuchOutcome))


def take_reply(
    tx: Tx, asker: Asker, check_in: CheckIn, *, text: str, message: tuple[str, str], now: datetime
) -> Taken:
    """A message in the thread, or a direct one; `message` is its channel and its timestamp.

    Raises GoneProjectError for somebody who does not see the project.
    """
    act, refused = _begin(tx, asker, check_in.project_id, now)
    channel_id, message_ts = message
    reply_id = replies.add_reply(
        tx,
        asker.workspace_id,
        check_in.project_id,
        check_in.id,
        person_id=asker.person_id,
        channel_id=channel_id,
        message_ts=message_ts,
        text=text,
        act_id=None,
        now=now,
    )
    taken = _applied(_Heard(tx, check_in, reply_id, text), act, refused)
    replies.change_reply(tx, asker.workspace_id, reply_id, act_id=taken.act_id)
    _count(tx, asker, check_in, now)
    return taken


def correct_reply(tx: Tx, asker: Asker, reply: Reply, text: str, now: datetime) -> Taken | None:
    """The message was edited: what it said before is taken back. None: it says the same as before."""
    check_in = check_ins.find_check_in(tx, asker.workspace_id, reply.check_in_id)
    if check_in is None or reply.text == text or reply.removed_at is not None:
        return None
    act, refused = _begin(tx, asker, reply.project_id, now)
    if act is not None:
        _take_back(act, reply)
    taken = _applied(_Heard(tx, check_in, reply.id, text), act, refused)
    replies.change_reply(tx, asker.workspace_id, reply.id, text=text, act_id=taken.act_id)
    _count(tx, asker, check_in, now)
    return taken


def remove_reply(tx: Tx, asker: Asker, reply: Reply, now: datetime) -> None:
    """The message was deleted: what it said is taken back; that it was said stays in the history."""
    check_in = check_ins.find_check_in(tx, asker.workspace_id, reply.check_in_id)
    if check_in is None or reply.removed_at is not None:
        return
    act, _ = _begin(tx, asker, reply.project_id, now)
    if act is not None:
        _take_back(act, reply)
    replies.change_reply(tx, asker.workspace_id, reply.id, removed_at=now, act_id=None)
    if not _has_answered_otherwise(tx, check_in, reply.person_id):
        check_ins.record_answer(tx, asker.workspace_id, check_in.id, reply.person_id, None)
    rounds.renew(tx, check_in, now)


def choose_outcome(
    tx: Tx, asker: Asker, reply_id: int, *, line_number: int, outcome_id: int, now: datetime
) -> tuple[Act, Outcome]:
    """Which outcome an unclear line is about: the person says it with a click.

    Raises OutdatedButtonError when the reply says something else by now, GoneOutcomeError, NoMetricError.
    """
    reply = replies.find_reply(tx, asker.workspace_id, reply_id)
    if reply is None or reply.removed_at is not None or reply.person_id != asker.person_id:
        raise OutdatedButtonError
    act = Act.begin(tx, asker, reply.project_id, UpdateSource.REPLY, now)
    lines = parse_reply(reply.text, _asked(act.outcomes))
    line = lines[line_number] if line_number < len(lines) else None
    outcome = next((each for each in act.outcomes if each.id == outcome_id), None)
    if outcome is None:
        raise GoneOutcomeError(act.project.slug)
    if not isinstance(line, Unclear):
        raise OutdatedButtonError
    editing.say(act, outcome, line.said)
    return act, outcome


def says_something(tx: Tx, workspace_id: str, check_in: CheckIn, text: str) -> bool:
    """Whether a text that may be about anything answers this round beyond doubt."""
    lines = parse_reply(text, _asked(list_outcomes(tx, workspace_id, check_in.project_id)))
    return vouches_for_all(text) or any(isinstance(line, Understood) for line in lines)


def _begin(tx: Tx, asker: Asker, project_id: int, now: datetime) -> tuple[Act | None, NotAllowedError | None]:
    """The act, unless the person may not change the project, or it is archived: words are kept."""
    try:
        act = Act.begin(tx, asker, project_id, UpdateSource.REPLY, now)
    except NotAllowedError as error:
        return None, error
    return (None if act.project.state is ProjectState.ARCHIVED else act), None


@dataclass(frozen=True, slots=True)
class _Heard:
    tx: Tx
    check_in: CheckIn
    reply_id: int
    text: str


def _applied(heard: _Heard, act: Act | None, refused: NotAllowedError | None) -> Taken:
    """Every line that is clear, written down; without an act, nothing is."""
    check_in = heard.check_in
    before = list_outcomes(heard.tx, check_in.workspace_id, check_in.project_id)
    lines = parse_reply(heard.text, _asked(before))
    if act is None:
        return Taken(check_in, heard.reply_id, lines, before, refused=refused)
    vouched, said, unmeasured = 0, [], []
    if vouches_for_all(heard.text):
        vouched, lines = editing.vouch_for_all(act), ()
    for line in lines:
        if not isinstance(line, Understood):
            continue
        # Read anew: two lines may be about one outcome.
        outcome = act.outcomes[line.number - 1]
        try:
            editing.say(act, outcome, line.said)
        except NoMetricError:
            unmeasured.append(line.line)
        except TextTooLongError:
            # Said in full in the thread, and kept so; the note says where to look.
            editing.say(act, outcome, _shortened(line.said))
            said.append(outcome.id)
        else:
            said.append(outcome.id)
    now = {each.id: each for each in act.outcomes}
    return Taken(
        check_in,
        heard.reply_id,
        lines,
        before,
        updated=tuple(now[id_] for id_ in dict.fromkeys(said)),
        unmeasured=tuple(unmeasured),
        vouched=vouched,
        act_id=None if act.is_empty else act.id,
    )


def _shortened(said: Said) -> Said:
    return replace(said, note=said.note[: editing.LONGEST_TEXT - 1].rstrip() + "…")


def _asked(outcomes: Sequence[Outcome]) -> list[Asked]:
    return [
        Asked(each.number, without_links(each.text), each.metric is not None, each.is_open)
        for each in outcomes
    ]


def _take_back(act: Act, reply: Reply) -> None:
    """The updates that the reply led to; what others said since stands."""
    if reply.act_id is None:
        return
    changes = history.list_changes_of_act(act.tx, act.asker.workspace_id, reply.act_id)
    for change in reversed(changes):
        id_ = change.after["id"] if change.field == SAID and isinstance(change.after, dict) else None
        outcome = next((each for each in act.outcomes if each.id == change.item_id), None)
        if id_ is None or outcome is None:
            continue
        is_newest = outcome.newest is not None and outcome.newest.id == id_
        after = change.before if is_newest else said_value(None)
        if is_newest or not _is_taken_back(act, int(str(id_))):
            act.set(ChangedItem.OUTCOME, outcome.id, SAID, change.after, after)


def _is_taken_back(act: Act, update_id: int) -> bool:
    return not is_said(act.tx, act.asker.workspace_id, update_id)


def _count(tx: Tx, asker: Asker, check_in: CheckIn, now: datetime) -> None:
    """It is the person's reply in this round, whatever it says; after its end, too."""
    check_ins.record_answer(tx, asker.workspace_id, check_in.id, asker.person_id, now)
    rounds.renew(tx, check_in, now)


def _has_answered_otherwise(tx: Tx, check_in: CheckIn, person_id: str) -> bool:
    """By another message, or by a form or a button since the round was opened."""
    workspace_id = check_in.workspace_id
    said = replies.list_replies(tx, workspace_id, check_in.id)
    outcomes = list_outcomes(tx, workspace_id, check_in.project_id)
    newest = [outcome.newest for outcome in outcomes if outcome.newest is not None]
    return any(each.person_id == person_id for each in said) or any(
        each.said_by == person_id and each.said_at >= check_in.opened_at for each in newest
    )

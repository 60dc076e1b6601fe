"""What somebody says in the thread of a round: kept as said, and what it says of outcomes is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.reply_grammar import Plain, Unclear, Understood, vouches_for_all
from bot.errors import ArchivedProjectError, GoneProjectError
from bot.errors_check_ins import LineSettledError, ReplyGoneError
from bot.errors_rights import NotAllowedError
from bot.services import editing, rounds
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.reply_acts import (
    as_from_slack,
    lines_of_reply,
    say_line,
    say_lines,
    take_back,
)
from bot.services.reply_taken import Refused, Taken, said_in, settled_in, taken_of
from bot.services.revising import digest
from storage import check_in_people, check_ins, history, replies, status_updates
from storage.check_ins import CheckIn
from storage.database import Tx
from storage.outcomes import list_outcomes
from storage.records import UpdateSource
from storage.replies import Reply


@dataclass(frozen=True, slots=True)
class Words:
    """A message and what it says now, as people read it. `edited_ts`: Slack's, of the edit that did so."""

    channel_id: str
    message_ts: str
    text: str
    edited_ts: str = ""


def take_reply(tx: Tx, asker: Asker, check_in: CheckIn, words: Words, now: datetime) -> Taken | None:
    """A message in the thread, or a direct one, as it is said or after an edit.

    What it said before an edit is taken back. None: it says nothing new; Slack may tell of it twice, and of
    an edit before the message. Raises GoneProjectError for somebody who does not see the project.
    """
    act, refused = _begin(tx, asker, check_in.project_id, now)
    # Behind the lock: the same message may be under way by two events.
    reply = replies.find_reply_at(tx, asker.workspace_id, words.channel_id, words.message_ts)
    if reply is not None and not _is_news(reply, words):
        return None
    reply_id = reply.id if reply is not None else _add(tx, asker, check_in, words, now)
    had_act = reply.act_id if reply is not None else None
    overtaken, has_taken_back, vouched = {}, False, 0
    if act is not None:
        overtaken = take_back(act, had_act)
        has_taken_back = not act.is_empty
        if vouches_for_all(as_from_slack(words.text)):
            vouched = editing.vouch_for_all(act)
        else:
            say_lines(act, lines_of_reply(words.text, act.outcomes), overtaken)
    # Whoever may change nothing any more leaves what they had changed.
    act_id = had_act if act is None else None if act.is_empty else act.id
    replies.change_reply(
        tx, asker.workspace_id, reply_id, text=words.text, edited_ts=words.edited_ts, act_id=act_id
    )
    if words.text.strip():
        _count(tx, check_in, asker.person_id, now)
    else:
        _take_off_count(tx, check_in, asker.person_id, now)
    taken = taken_of(tx, check_in, replies.get_reply(tx, asker.workspace_id, reply_id))
    # Words that would change nothing need no permission.
    changes = taken.is_vouching or not all(isinstance(line, Plain) for line in taken.lines)
    return replace(
        taken, vouched=vouched, refused=refused if changes else None, has_taken_back=has_taken_back
    )


def remove_reply(tx: Tx, asker: Asker, check_in: CheckIn, words: Words, now: datetime) -> None:
    """The message was deleted: what it said is taken back; that it was said stays in the history."""
    try:
        act, _ = _begin(tx, asker, check_in.project_id, now)
    except GoneProjectError:
        # Not seen any more, and it is theirs to take away all the same.
        act = None
    reply = replies.find_reply_at(tx, asker.workspace_id, words.channel_id, words.message_ts)
    if reply is not None and reply.removed_at is not None:
        return
    if act is not None and reply is not None:
        take_back(act, reply.act_id)
    # Slack may tell of the deletion first: the message is then known to be gone.
    id_ = reply.id if reply is not None else _add(tx, asker, check_in, words, now)
    replies.change_reply(tx, asker.workspace_id, id_, removed_at=now)
    if reply is not None:
        _take_off_count(tx, check_in, reply.person_id, now)


def choose_outcome(
    tx: Tx, asker: Asker, reply_id: int, *, line_number: int, line_digest: str, outcome_id: int, now: datetime
) -> Taken:
    """Which outcome an unclear line is about: the person says it with a click; a second one changes nothing.

    Raises ReplyGoneError when the message is deleted, says something else by now, or is somebody else's;
    LineSettledError, GoneOutcomeError, ArchivedProjectError, NotAllowedError.
    """
    found = replies.find_reply(tx, asker.workspace_id, reply_id)
    if found is None or found.person_id != asker.person_id:
        raise ReplyGoneError("theirs" if found else "deleted")
    act = Act.begin(tx, asker, found.project_id, UpdateSource.REPLY, now)
    editing.require_open(act)
    reply = replies.get_reply(tx, asker.workspace_id, reply_id)
    if reply.removed_at is not None:
        raise ReplyGoneError("deleted")
    check_in = check_ins.get_check_in(tx, asker.workspace_id, reply.check_in_id)
    said = said_in(tx, asker.workspace_id, reply)
    lines = lines_of_reply(reply.text, act.outcomes, said)
    line = lines[line_number] if line_number < len(lines) else None
    if not isinstance(line, Unclear) or digest(line.line) != line_digest:
        raise ReplyGoneError("edited")
    outcome = editing.get_outcome_by_id(act, outcome_id)
    settled = settled_in(tx, asker.workspace_id, lines, said).get(line_number)
    if settled is None:
        if reply.act_id is not None and not history.is_undone(tx, asker.workspace_id, reply.act_id):
            # All that one reply says is one act: it is taken back, and put right, as one.
            act.id = reply.act_id
        say_line(act, outcome_id, line.said)
        replies.change_reply(tx, asker.workspace_id, reply_id, act_id=act.id)
        _count(tx, check_in, asker.person_id, now)
    elif settled != outcome_id:
        said_of = next((each.number for each in act.outcomes if each.id == settled), outcome.number)
        raise LineSettledError(act.project.slug, said_of)
    return taken_of(tx, check_in, replies.get_reply(tx, asker.workspace_id, reply_id))


def meant_rounds(tx: Tx, asked: Sequence[CheckIn], text: str) -> tuple[CheckIn, ...]:
    """Which of these rounds a text that may be about anything answers: beyond doubt, else perhaps."""
    if vouches_for_all(as_from_slack(text)):
        return tuple(asked)
    read = [
        (each, lines_of_reply(text, list_outcomes(tx, each.workspace_id, each.project_id))) for each in asked
    ]
    clear = tuple(each for each, lines in read if any(isinstance(line, Understood) for line in lines))
    return clear or tuple(each for each, lines in read if any(not isinstance(line, Plain) for line in lines))


def _begin(tx: Tx, asker: Asker, project_id: int, now: datetime) -> tuple[Act | None, Refused | None]:
    """The act, unless the person may not change the project, or it is archived: words are kept.

    In any case, nobody else writes to the project until the end of the transaction.
    """
    try:
        act = Act.begin(tx, asker, project_id, UpdateSource.REPLY, now)
        editing.require_open(act)
    except (NotAllowedError, ArchivedProjectError) as error:
        return None, error
    return act, None


def _is_news(reply: Reply, words: Words) -> bool:
    is_later = words.edited_ts > reply.edited_ts
    return reply.removed_at is None and is_later and words.text != reply.text


def _add(tx: Tx, asker: Asker, check_in: CheckIn, words: Words, now: datetime) -> int:
    return replies.add_reply(
        tx,
        asker.workspace_id,
        check_in.project_id,
        check_in.id,
        person_id=asker.person_id,
        channel_id=words.channel_id,
        message_ts=words.message_ts,
        text=words.text,
        now=now,
    )


def _count(tx: Tx, check_in: CheckIn, person_id: str, now: datetime) -> None:
    """It is the person's reply in this round, whatever it says; after its end, too."""
    check_in_people.record_answer(tx, check_in.workspace_id, check_in.id, person_id, now)
    rounds.renew(tx, check_in, now)


def _take_off_count(tx: Tx, check_in: CheckIn, person_id: str, now: datetime) -> None:
    """In the reply's round, and in the one that is open: what is said of outcomes counts there, too."""
    workspace_id = check_in.workspace_id
    open_ = check_ins.find_open_check_in(tx, workspace_id, check_in.project_id)
    others = [open_] if open_ is not None and open_.id != check_in.id else []
    for each in (check_in, *others):
        if not _has_answered(tx, each, person_id):
            check_in_people.record_answer(tx, workspace_id, each.id, person_id, None)
        rounds.renew(tx, each, now)


def _has_answered(tx: Tx, check_in: CheckIn, person_id: str) -> bool:
    """By a message that stands, or by a form or a button while it was open."""
    workspace_id = check_in.workspace_id
    messages = replies.list_replies(tx, workspace_id, check_in.id)
    if any(each.person_id == person_id and each.text.strip() for each in messages):
        return True
    return status_updates.has_said(
        tx,
        workspace_id,
        check_in.project_id,
        person_id,
        since=check_in.opened_at,
        until=check_in.closed_at,
    )

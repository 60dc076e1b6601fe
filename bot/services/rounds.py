"""A round from its prompt to its end: who is asked, who answers, who is reminded, what is said at the end.

Messages are deliveries, which are drawn when they are sent: what changes is only said to have changed.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from bot.domain.cadence_words import stored_cadence
from bot.services.next_times import days_around, keep_place
from bot.services.quiet import who_is_away
from bot.services.windows import LATE, window_from
from storage import check_in_people, check_ins, deliveries, people, schedules
from storage.check_in_people import Asked
from storage.check_ins import CheckIn, CheckInState
from storage.database import Tx
from storage.outcomes import list_outcomes
from storage.people import NO_ZONE
from storage.project_parts import get_parts
from storage.projects import get_project
from storage.records import Outcome, Project
from storage.settings import get_settings
from storage.sight import EVERYTHING

NUDGE, SUMMARY, DIGEST_LINE, SILENCE, TROUBLE = "nudge", "summary", "digest_line", "silence", "trouble"
"""Kinds of deliveries; the key of each is its kind and the round's id."""
SILENT_ROUNDS = 3
"""After so many in a row that nobody has answered, the owner is asked, once, whether to go on."""


def key_of(kind: str, check_in_id: int) -> str:
    return f"{kind}:{check_in_id}"


def zone_of_project(tx: Tx, workspace_id: str, project_id: int) -> str:
    """The zone of its cadence, else that of the workspace."""
    cadence = schedules.find_schedule(tx, workspace_id, project_id).cadence
    if cadence is not None:
        return stored_cadence(cadence).zone
    return get_settings(tx, workspace_id).zone or NO_ZONE


def people_to_ask(
    tx: Tx, project: Project, outcomes: Sequence[Outcome], zone: str, now: datetime
) -> tuple[str, ...]:
    """The owner, the team and the owners of open outcomes: those who are there, and not away."""
    parts = get_parts(tx, project.workspace_id, EVERYTHING, project.id)
    wanted = [project.owner_id, *(member.user_id for member in parts.members)]
    wanted += [outcome.owner_id for outcome in outcomes if outcome.is_open]
    found = tuple(dict.fromkeys(id_ for id_ in wanted if id_))
    passed_over = who_is_away(tx, project.workspace_id, found, zone, now)
    passed_over |= people.list_left(tx, project.workspace_id, found)
    return tuple(id_ for id_ in found if id_ not in passed_over)


def record_asked(
    tx: Tx, workspace_id: str, check_in_id: int, *, channel_id: str, message_ts: str, now: datetime
) -> None:
    """The prompt is in Slack: from now on people are asked. If Slack took it late, the window begins now."""
    check_in = check_ins.find_check_in(tx, workspace_id, check_in_id)
    if check_in is None:
        return
    project = get_project(tx, workspace_id, check_in.project_id)
    zone = zone_of_project(tx, workspace_id, project.id)
    changes: dict[str, Any] = {"channel_id": channel_id, "message_ts": message_ts}
    is_first = check_in.message_ts is None and check_in.state is CheckInState.OPEN
    if is_first and now - check_in.opened_at > LATE:
        window = window_from(now, zone, days_around(tx, workspace_id, now))
        changes |= {"closes_at": window.closes_at, "next_step_at": window.reminds_at}
        deliveries.renew_delivery(tx, workspace_id, check_in.prompt, now)
    check_ins.change_check_in(tx, workspace_id, check_in_id, **changes)
    if schedules.find_schedule(tx, workspace_id, project.id).stopped_because is not None:
        # Somebody asked out of turn, and it works again.
        keep_place(tx, workspace_id, project.id, now)
    outcomes = list_outcomes(tx, workspace_id, project.id)
    asked = people_to_ask(tx, project, outcomes, zone, now)
    check_in_people.ask_people(tx, workspace_id, check_in_id, asked)


def record_heard(tx: Tx, workspace_id: str, project_id: int, person_id: str, now: datetime) -> None:
    """Somebody has said how an outcome stands: while a round is open, that is their reply."""
    check_in = check_ins.find_open_check_in(tx, workspace_id, project_id)
    if check_in is not None:
        check_in_people.record_answer(tx, workspace_id, check_in.id, person_id, now)
        renew(tx, check_in, now)


def hear_clicks(tx: Tx, workspace_id: str, project_ids: Collection[int], now: datetime) -> None:
    """Clicks that say how an outcome stands are replies, too: those that are not written down yet.

    A click itself takes no longer for it. It is looked at right after it, and before a round goes on.
    """
    clicks = check_in_people.list_unheard_clicks(tx, workspace_id, project_ids)
    for click in clicks:
        where = tx, workspace_id, click.check_in_id
        check_in_people.record_answer(*where, click.person_id, click.said_at)
    for check_in_id in dict.fromkeys(click.check_in_id for click in clicks):
        renew(tx, check_ins.get_check_in(tx, workspace_id, check_in_id), now)


def has_unheard_clicks(tx: Tx, workspace_id: str, project_ids: Collection[int]) -> bool:
    """Whether there is something for `hear_clicks`."""
    return bool(check_in_people.list_unheard_clicks(tx, workspace_id, project_ids))


def renew_open(tx: Tx, workspace_id: str, project_id: int, now: datetime) -> None:
    """The record has changed: what the open round shows of it, too."""
    check_in = check_ins.find_open_check_in(tx, workspace_id, project_id)
    if check_in is not None:
        renew(tx, check_in, now)


def renew(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    """All that shows how a round stands is brought up to date; a reminder that is not needed goes away."""
    where = tx, check_in.workspace_id
    deliveries.renew_delivery(*where, check_in.prompt, now)
    if check_in.has_reminded:
        nudge = key_of(NUDGE, check_in.id)
        if list_unheard(tx, check_in, now):
            deliveries.renew_delivery(*where, nudge, now)
        else:
            deliveries.withdraw_delivery(*where, nudge, now)
    if check_in.state is CheckInState.CLOSED:
        _break_silence(tx, check_in)
        for kind in (SUMMARY, DIGEST_LINE):
            deliveries.renew_delivery(*where, key_of(kind, check_in.id), now)


def _break_silence(tx: Tx, check_in: CheckIn) -> None:
    """A late answer is one."""
    where = tx, check_in.workspace_id
    is_silent = schedules.find_schedule(*where, check_in.project_id).silent_rounds > 0
    people_in = check_in_people.list_people(*where, check_in.id) if is_silent else ()
    if any(each.answered_at is not None for each in people_in):
        schedules.count_silence(*where, check_in.project_id, 0)


def list_unheard(tx: Tx, check_in: CheckIn, now: datetime) -> tuple[str, ...]:
    """Who is asked, has not answered, and is there."""
    asked = check_in_people.list_people(tx, check_in.workspace_id, check_in.id)
    return still_there(tx, check_in, asked, now)


def still_there(tx: Tx, check_in: CheckIn, asked: Sequence[Asked], now: datetime) -> tuple[str, ...]:
    """Of these people those who are asked, have not answered, are not away and have not left."""
    waiting = [each.person_id for each in asked if each.is_asked and each.answered_at is None]
    if not waiting:
        return ()
    zone = zone_of_project(tx, check_in.workspace_id, check_in.project_id)
    passed_over = who_is_away(tx, check_in.workspace_id, waiting, zone, now)
    passed_over |= people.list_left(tx, check_in.workspace_id, waiting)
    return tuple(id_ for id_ in waiting if id_ not in passed_over)


def promise(tx: Tx, check_in: CheckIn, kind: str, channel_id: str, now: datetime) -> None:
    """A message about the round; once, whoever promises it again."""
    deliveries.promise_delivery(
        tx,
        check_in.workspace_id,
        key_of(kind, check_in.id),
        kind,
        channel_id=channel_id,
        now=now,
        project_id=check_in.project_id,
        check_in_id=check_in.id,
    )

"""The functions of storage that are about check-ins: a part of every_function.py."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from storage import (
    check_in_people,
    check_ins,
    deliveries,
    delivery_claims,
    outcomes,
    pauses,
    replies,
    schedules,
    seen_events,
    snoozed,
    unplaced,
)
from storage.database import Tx
from storage.openings import Opening, open_check_in, record_missed
from storage.records import Project, UpdateSource
from tests.support.make import NOW, SEES, say

THEIRS = "T0THEIRS"
POSTED, SAID = "1777887000.000100", "1777887000.000200"
SOON, LATER = NOW + timedelta(minutes=30), NOW + timedelta(days=1)


def due_at(workspace_id: str) -> datetime:
    """The other workspace's delivery is due after this one's."""
    return NOW + timedelta(hours=1) if workspace_id == THEIRS else NOW


class Rounds:
    """A round of a project, with all that belongs to it. Ids differ between workspaces, names do not."""

    def __init__(self, tx: Tx, workspace_id: str, project: Project) -> None:
        schedules.change_schedule(
            tx,
            workspace_id,
            project.id,
            cadence="weekly mon 09:30 UTC",
            next_at=NOW + timedelta(days=7),
            stopped_because=f"because.of.{workspace_id}",
        )
        opening = Opening(
            workspace_id=workspace_id,
            project_id=project.id,
            due_at=NOW,
            closes_at=NOW + timedelta(days=2),
            next_step_at=NOW + timedelta(days=1),
            asks="C0DOCS",
        )
        self.id = open_check_in(tx, opening, NOW)
        (prompt,) = delivery_claims.claim_deliveries(tx, workspace_id, NOW, 9, "lease")
        assert deliveries.record_sent(tx, prompt, "C0DOCS", POSTED, NOW)
        placed = {"channel_id": "C0DOCS", "message_ts": POSTED, "snoozed_until": LATER}
        check_ins.change_check_in(tx, workspace_id, self.id, **placed)
        check_in_people.ask_people(tx, workspace_id, self.id, ["U0ANA", f"U0{workspace_id}"])
        *_, outcome = outcomes.list_outcomes(tx, workspace_id, project.id)
        say(tx, outcome, None, workspace_id=workspace_id, source=UpdateSource.BUTTON)
        self.reply_id = replies.add_reply(
            tx,
            workspace_id,
            project.id,
            self.id,
            person_id="U0ANA",
            channel_id="C0DOCS",
            message_ts=SAID,
            text="1 done",
            now=NOW,
        )
        deliveries.promise_delivery(
            tx, workspace_id, "failed", "nudge", channel_id="C0FAILED", now=NOW, project_id=project.id
        )
        (failed,) = delivery_claims.claim_deliveries(tx, workspace_id, NOW, 9, "lease")
        assert deliveries.record_failed(tx, failed, f"because.of.{workspace_id}", NOW)
        deliveries.promise_delivery(
            tx, workspace_id, "unsure", "nudge", channel_id="C0UNSURE", now=NOW, project_id=project.id
        )
        (unsure,) = delivery_claims.claim_deliveries(tx, workspace_id, NOW, 9, "lease")
        assert deliveries.record_postponed(tx, unsure, LATER + timedelta(days=1), is_unsure=True)
        deliveries.promise_delivery(
            tx,
            workspace_id,
            "key",
            "nudge",
            channel_id=f"C{workspace_id}",
            now=NOW,
            project_id=project.id,
            check_in_id=self.id,
            due_at=due_at(workspace_id),
        )
        seen_events.record_event(tx, workspace_id, "Ev0SEEN", NOW)
        pauses.record_pause(tx, workspace_id, f"method.of.{workspace_id}", LATER)


Ask = Callable[[Tx, str, Any], Any]
"""With `Theirs` of every_function.py."""


READS: dict[str, Ask] = {
    "check_ins.find_check_in": lambda tx, w, t: check_ins.find_check_in(tx, w, t.rounds.id),
    "check_ins.find_check_in_at": lambda tx, w, _: check_ins.find_check_in_at(tx, w, "C0DOCS", POSTED),
    "check_ins.find_open_check_in": lambda tx, w, t: check_ins.find_open_check_in(tx, w, t.project.id),
    "check_ins.get_check_in": lambda tx, w, t: check_ins.get_check_in(tx, w, t.rounds.id),
    "check_ins.list_check_ins": lambda tx, w, t: check_ins.list_check_ins(tx, w, t.project.id, 9),
    "check_ins.list_open_check_ins_of": lambda tx, w, _: check_ins.list_open_check_ins_of(tx, w, "U0ANA"),
    "check_in_people.list_people": lambda tx, w, t: check_in_people.list_people(tx, w, t.rounds.id),
    "check_in_people.list_unheard_clicks": lambda tx, w, t: check_in_people.list_unheard_clicks(
        tx, w, [t.project.id]
    ),
    "check_ins.lock_check_in": lambda tx, w, t: check_ins.lock_check_in(tx, w, t.rounds.id),
    "deliveries.channel_of": lambda tx, w, _: deliveries.channel_of(tx, w, "key"),
    "deliveries.list_keys": lambda tx, w, _: deliveries.list_keys(tx, w, "k"),
    "check_ins.list_last_due": lambda tx, w, t: [
        f"id={id_} "
        for project_id in (None, t.project.id)
        for id_ in check_ins.list_last_due(tx, w, NOW, project_id)
    ],
    "delivery_claims.has_due": lambda tx, w, _: (
        delivery_claims.has_due(tx, w, SOON) == (due_at(w) <= SOON) and w
    ),
    "pauses.list_paused": lambda tx, w, _: pauses.list_paused(tx, w, NOW),
    "replies.find_reply": lambda tx, w, t: replies.find_reply(tx, w, t.rounds.reply_id),
    "replies.find_reply_at": lambda tx, w, _: replies.find_reply_at(tx, w, "C0DOCS", SAID),
    "replies.get_reply": lambda tx, w, t: replies.get_reply(tx, w, t.rounds.reply_id),
    "replies.list_replies": lambda tx, w, t: replies.list_replies(tx, w, t.rounds.id),
    "schedules.find_schedule": lambda tx, w, t: (
        schedules.find_schedule(tx, w, t.project.id).cadence and f"id={t.project.id} "
    ),
    "schedules.list_all_schedules": lambda tx, w, _: [
        each for pair in schedules.list_all_schedules(tx, w) for each in pair
    ],
    "schedules.list_scheduled_projects": lambda tx, w, _: schedules.list_scheduled_projects(
        tx, w, SEES, NOW + timedelta(days=14), 9
    ),
    "schedules.list_stopped": lambda tx, w, t: schedules.list_stopped(tx, w, [t.project.id]),
    "schedules.list_stopped_in": lambda tx, w, _: schedules.list_stopped_in(tx, w, "C0DOCS"),
    "snoozed.list_snoozed": lambda tx, w, t: [
        each
        for of_one in (None, t.project.id)
        for pair in snoozed.list_snoozed(tx, w, SEES, LATER, 9, project_id=of_one)
        for each in pair
    ],
    "unplaced.find_unplaced": lambda tx, w, _: unplaced.find_unplaced(tx, w, "unsure"),
    "unplaced.list_unplaced": lambda tx, w, _: unplaced.list_unplaced(tx, w, "nudge", ["C0UNSURE"]),
    "schedules.list_schedules": lambda tx, w, t: schedules.list_schedules(tx, w, [t.project.id]),
}

WRITES: dict[str, Ask] = {
    "check_ins.change_check_in": lambda tx, w, t: check_ins.change_check_in(
        tx, w, t.rounds.id, moved_by="U0BO"
    ),
    "deliveries.renew_delivery": lambda tx, w, _: deliveries.renew_delivery(tx, w, "key", NOW),
    "deliveries.withdraw_delivery": lambda tx, w, _: deliveries.withdraw_delivery(tx, w, "key", NOW),
    "delivery_claims.claim_deliveries": lambda tx, w, _: delivery_claims.claim_deliveries(
        tx, w, LATER, 9, "lease"
    ),
    "replies.change_reply": lambda tx, w, t: replies.change_reply(tx, w, t.rounds.reply_id, text="x"),
    "schedules.change_schedule": lambda tx, w, t: schedules.change_schedule(
        tx, w, t.project.id, next_at=LATER
    ),
    "schedules.count_silence": lambda tx, w, t: schedules.count_silence(tx, w, t.project.id, 3),
}

ADDS: dict[str, Ask] = {
    "check_in_people.ask_people": lambda tx, w, t: check_in_people.ask_people(tx, w, t.rounds.id, ["U0NEW"]),
    "check_in_people.record_answer": lambda tx, w, t: check_in_people.record_answer(
        tx, w, t.rounds.id, "U0NEW", NOW
    ),
    "openings.record_missed": lambda tx, w, t: record_missed(
        tx, w, t.project.id, LATER, closes_at=LATER, now=NOW
    ),
    "deliveries.promise_delivery": lambda tx, w, t: deliveries.promise_delivery(
        tx, w, "new", "nudge", channel_id="C0DOCS", now=NOW, project_id=t.project.id
    ),
    "pauses.record_pause": lambda tx, w, _: pauses.record_pause(tx, w, "chat.update", LATER),
    "replies.add_reply": lambda tx, w, t: replies.add_reply(
        tx,
        w,
        t.project.id,
        t.rounds.id,
        person_id="U0NEW",
        channel_id="C0DOCS",
        message_ts="1777887000.000300",
        text="2 done",
        now=NOW,
    ),
}
"""Their round is always one that was read from this workspace before."""

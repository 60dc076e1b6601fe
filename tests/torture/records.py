"""The records of a siege: projects of people, rounds that end while it lasts, and projects that come due."""

from collections.abc import Sequence
from datetime import timedelta

from bot import clock
from storage.database import Database
from storage.openings import Opening, open_check_ins
from tests.support.make import make_project, make_workspace
from tests.support.rounds import add_due_projects
from tests.support.sending import WORKSPACE
from tests.torture.crowd import PEOPLE

CROWD, CHANNEL = "C0CROWD{:03}", "C0SIEGE{:03}"
_ASKED_WITHIN = timedelta(seconds=12)
"""Most prompts are sent by then. A round that ends before its prompt could be sent counts as missed."""
OUTCOMES = ("Reefs are counted", "Maps are drawn", "Labs can sign in")


def add_records(
    database: Database, channels: Sequence[str], *, rounds: int, due: int, lasts: timedelta
) -> None:
    """`lasts`: how long the siege is to last; what begins and ends is spread over it."""
    now = clock.now()
    later = now + timedelta(days=400)
    with database.write() as tx:
        make_workspace(tx, WORKSPACE)
        openings = []
        for number, person in enumerate(PEOPLE):
            made = make_project(
                tx,
                WORKSPACE,
                slug=f"crowd-{number}",
                name=f"Crowd {number}",
                owner_id=person,
                channel_id=CROWD.format(number),
                outcomes=OUTCOMES,
            )
            openings.append(Opening(WORKSPACE, made.id, now, later, later, CROWD.format(number)))
        for number in range(rounds):
            channel = channels[number % len(channels)]
            made = make_project(
                tx, WORKSPACE, slug=f"round-{number}", name=f"Round {number}", channel_id=channel
            )
            closes_at = now + _ASKED_WITHIN + lasts * number / rounds
            openings.append(Opening(WORKSPACE, made.id, now, closes_at, closes_at, channel))
        open_check_ins(tx, openings, now)
    add_due_projects(database, WORKSPACE, channels, [now + lasts * n / max(1, due) for n in range(due)])

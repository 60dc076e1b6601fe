"""A public page for tests: made-up projects with a past, and the pages served over HTTP."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import bindparam, text

from bot.services.public_ids import new_seed
from bot.web.answers import not_found
from bot.web.projects import PublicPages, Shown
from bot.web.side_server import SideServer
from storage import outcomes as stored
from storage import public_pages, schedules
from storage.database import Database, Tx
from storage.links import add_link
from storage.records import OutcomeStatus, Project, ProjectState, UpdateSource
from storage.types import UtcDateTime
from tests.support import signing
from tests.support.bot import Now
from tests.support.make import NOW, make_channel, make_person, make_project, make_workspace, say
from tests.support.product import HOST, request

WORKSPACE = "T0TEST"
_SINCE = text("UPDATE outcomes SET created_at = :at WHERE id = :id").bindparams(
    bindparam("at", type_=UtcDateTime)
)
TITLE = "Open Tides"
S = OutcomeStatus


@dataclass
class Site:
    """The pages of one process, and the time as it sees it."""

    port: int
    now: Now = field(default_factory=Now)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> signing.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return request(self.port, method, path, headers=named)


@contextmanager
def serving(database: Database, shown: Shown | None = None) -> Iterator[Site]:
    """Over HTTP, in this process, on a port of its own."""
    now = Now()
    pages = PublicPages(not_found, database, now, shown or Shown(WORKSPACE, ""))
    server = SideServer(pages, HOST, 0)
    server.start()
    try:
        yield Site(server.port, now)
    finally:
        server.stop()


def publish(tx: Tx, workspace_id: str = WORKSPACE, address: str = "open-tides", **given: object) -> None:
    """The page is on."""
    values = {"is_on": True, "with_names": False, "with_notes": False, "seed": new_seed()}
    values |= {"address": address, "changed_by": "U0ANA", "changed_at": NOW}
    public_pages.save_public_page(tx, workspace_id, **{**values, **given})


def fill(tx: Tx) -> dict[str, Project]:
    """A team's projects as they are after some months: of every state, status and freshness."""
    make_workspace(tx, WORKSPACE, TITLE)
    make_person(tx, "U0ANA", WORKSPACE, name="Ana Silveira")
    make_person(tx, "U0BO", WORKSPACE, name="Bo Lindqvist")
    made = {}
    made["tides"] = make_project(
        tx,
        slug="open-tide-gauges",
        name="Open tide gauges",
        summary="Water levels that anybody can measure, read and build upon.",
        goal="Make *every* harbour's water level [public](https://example.org/levels), minute by minute, "
        "with instruments that a school can build for less than a bicycle.",
        owner_id="U0ANA",
        channel_id="C0TIDES",
        aliases=["tides"],
        outcomes=[
            "Forty gauges stand in harbours and report for a whole winter",
            "The assembly guide is tested by three schools without our help",
            "Readings reach the national archive within ten minutes",
            "A gauge costs less than 180 euros in parts",
        ],
        members=["Noor Haddad"],
    )
    made["archive"] = make_project(
        tx,
        slug="tide-archive",
        name="The tide archive",
        summary="Two centuries of paper curves, scanned and read.",
        parent_id=made["tides"].id,
        outcomes=[
            "Every curve since 1812 is scanned",
            "Volunteers have checked 5,000 readings",
            "A data paper",
        ],
    )
    made["forecasts"] = make_project(
        tx,
        slug="storm-surge-forecasts",
        name="Storm surge forecasts for small harbours",
        goal="A forecast that a harbour master trusts, two days ahead, where no model has ever looked.",
        channel_id="C0STORM",
        owner_id="U0BO",
        outcomes=[
            "Median error below 15 cm",
            "Twelve harbours use it daily",
            "The model runs on one machine",
        ],
    )
    made["school"] = make_project(
        tx,
        slug="school-kits",
        name="School kits",
        summary="A box, a tide, a term.",
        parent_id=made["archive"].id,
        outcomes=["Thirty kits are out"],
        state=ProjectState.PAUSED,
    )
    made["handbook"] = make_project(
        tx,
        slug="handbook",
        name="Handbook: how we work <in the open>",
        summary="Written once, read by everyone who joins.",
        outcomes=["Every process has a page", "Nothing is older than a year"],
        state=ProjectState.COMPLETED,
    )
    made["empty"] = make_project(tx, slug="zostera", name="Zostera meadows", summary="Just begun.")
    _tell(tx, made)
    for slug, url in (
        ("tides", "https://example.org/tides"),
        ("tides", "https://open.slack.com/archives/C0TIDES"),
    ):
        add_link(tx, WORKSPACE, made[slug].id, label="Board", url=url, lead="Where we plan")
    schedules.change_schedule(
        tx,
        WORKSPACE,
        made["tides"].id,
        cadence="weekly mon 09:30 Europe/Berlin",
        next_at=NOW + timedelta(days=7),
    )
    return made


def _tell(tx: Tx, made: dict[str, Project]) -> None:
    gauges, guide, archive, cost = stored.list_outcomes(tx, WORKSPACE, made["tides"].id)
    _measure(tx, gauges.id, (0, 40), "gauges", date(2026, 9, 30))
    _measure(tx, cost.id, (320, 180), "euros", date(2026, 4, 1))
    for outcome in stored.list_outcomes(tx, WORKSPACE, made["tides"].id):
        tx.execute(_SINCE, {"at": NOW - timedelta(weeks=16), "id": outcome.id})
    for weeks, value in ((15, 2), (12, 5), (9, 11), (6, 17), (3, 22), (0, 26)):
        status = S.AT_RISK if value == 17 else S.ON_TRACK
        say(tx, gauges, status, ago=timedelta(weeks=weeks), value=value, said_by="U0ANA")
    for weeks, status, note in (
        (11, S.ON_TRACK, "First school is at it"),
        (7, S.AT_RISK, "The second school waits for *parts*"),
        (2, S.OFF_TRACK, "Parts are lost; asked in #proj-tides, @bo looks into it"),
    ):
        say(tx, guide, status, ago=timedelta(weeks=weeks), note=note, said_by="U0BO")
    say(tx, archive, S.AT_RISK, ago=timedelta(weeks=8), said_by="U0BO")
    say(tx, archive, S.DONE, ago=timedelta(weeks=1), note="It runs", said_by="U0ANA")
    for weeks, value in ((14, 310), (10, 260), (5, 214)):
        say(tx, cost, S.AT_RISK, ago=timedelta(weeks=weeks), value=value, said_by="U0BO")
    _chance(tx, [made[name] for name in ("archive", "forecasts", "handbook", "school")])


def _chance(tx: Tx, projects: list[Project]) -> None:
    """Always the same."""
    dice = random.Random(7)
    for project in projects:
        for outcome in stored.list_outcomes(tx, WORKSPACE, project.id):
            tx.execute(_SINCE, {"at": NOW - timedelta(weeks=dice.randint(8, 20)), "id": outcome.id})
            for weeks in sorted(dice.sample(range(1, 14), 4), reverse=True):
                status = dice.choice((S.ON_TRACK, S.ON_TRACK, S.AT_RISK, S.OFF_TRACK))
                say(tx, outcome, status, ago=timedelta(weeks=weeks), source=UpdateSource.REPLY)
            if project.state is ProjectState.COMPLETED:
                say(tx, outcome, dice.choice((S.DONE, S.DROPPED)), ago=timedelta(days=3))


def _measure(tx: Tx, outcome_id: int, way: tuple[float, float], unit: str, due_on: date) -> None:
    values = {"metric_start": way[0], "metric_target": way[1], "metric_unit": unit, "due_on": due_on}
    stored.change_outcome(tx, WORKSPACE, outcome_id, NOW, **values)


def make_private(tx: Tx, channel_id: str = "C0TIDES") -> None:
    """The channel is a private one from now on."""
    make_channel(tx, channel_id, WORKSPACE, private_to=["U0ANA"])

"""A team for a simulation: people in nine zones, projects with channels, and what each person is like."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from bot.local.model import Channel, User
from bot.local.shapes import user_shape
from bot.slack.person import person_from
from storage.channels import save_channel
from storage.outcomes import change_outcome, list_outcomes
from storage.people import save_person
from storage.records import OutcomeStatus, UpdateSource
from storage.settings import add_days_off, change_settings
from storage.status_updates import record_status_update
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import make_project

BEGINS = datetime(2035, 2, 5, tzinfo=UTC)
"""A Monday. In the weeks that follow, the clocks of five zones change, on four different days."""
WEEKS = 26
PEOPLE, PROJECTS, OUTCOMES = 25, 40, 2
ZONES = (
    "Pacific/Auckland",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Africa/Nairobi",
    "Europe/Berlin",
    "Europe/London",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Los_Angeles",
)
OFFICE = ZoneInfo("Europe/Berlin")
"""Where lines in channels are timed."""
DAYS_OFF = frozenset({date(2035, 3, 23), date(2035, 3, 26), date(2035, 5, 1), date(2035, 6, 11)})


class Kind(Enum):
    """What somebody does with reminders."""

    ANSWERS = "answers"
    IGNORES = "ignores"
    PUTS_OFF = "puts off"
    AWAY = "goes away"
    LEAVES = "leaves"
    LESS = "wants fewer"
    NEVER = "wants none"


@dataclass
class Person:
    id: str
    zone: ZoneInfo
    kind: Kind
    leaves_at: datetime | None = None
    away: list[tuple[date, date]] = field(default_factory=list)
    """From the one day to before the other."""

    def has_left(self, at: datetime) -> bool:
        return self.leaves_at is not None and at >= self.leaves_at

    def is_away(self, day: date) -> bool:
        return any(first <= day < back for first, back in self.away)


@dataclass
class Thing:
    """An outcome as the simulation knows it."""

    id: int
    text: str
    project: str
    project_owner: str
    owner: str | None
    vouched_at: datetime | None
    due_on: date | None
    snoozed_until: date | None = None


@dataclass
class World:
    people: dict[str, Person]
    things: dict[str, Thing]
    """By their texts, no two of which are alike."""
    channels: dict[str, str]
    """Of each project, by its name."""
    chance: random.Random


def _kinds() -> list[Kind]:
    often = [Kind.ANSWERS] * 9 + [Kind.IGNORES] * 4 + [Kind.PUTS_OFF] * 3 + [Kind.AWAY] * 4
    return [*often, *([Kind.LEAVES] * 2), *([Kind.LESS] * 2), Kind.NEVER]


def people_of(bot: Bot, chance: random.Random) -> dict[str, Person]:
    """They are in the workspace, and the bot has met them."""
    found = {}
    for number, kind in enumerate(_kinds()):
        zone = ZONES[number % len(ZONES)]
        id_ = f"U0SIM{number:03}AA"
        bot.slack.workspace.users[id_] = User(id_, f"sim{number}", f"Sim {number}", zone)
        bot.slack.workspace.direct_message(bot.slack.workspace.bot.user_id, id_)
        leaves_at = BEGINS + timedelta(days=chance.randrange(30, 90)) if kind is Kind.LEAVES else None
        found[id_] = Person(id_, ZoneInfo(zone), kind, leaves_at)
    return found


def make_world(bot: Bot, seed: int) -> World:
    chance = random.Random(seed)
    people = people_of(bot, chance)
    world = World(people, {}, {}, chance)
    with bot.database.write() as tx:
        for user in list(bot.slack.workspace.users.values()):
            person = person_from(WORKSPACE, user_shape(bot.slack.workspace, user), BEGINS)
            assert person is not None
            save_person(tx, WORKSPACE, person)
        change_settings(tx, WORKSPACE, zone=OFFICE.key)
        add_days_off(tx, WORKSPACE, dict.fromkeys(DAYS_OFF, "Off"))
    for number in range(PROJECTS):
        _add_project(bot, world, number)
    return world


def _add_project(bot: Bot, world: World, number: int) -> None:
    chance, ids = world.chance, sorted(world.people)
    name, channel_id = f"Project {number:02}", f"C0SIM{number:03}AA"
    owner = ids[number % len(ids)]
    workspace = bot.slack.workspace
    members = [*ids, workspace.bot.user_id]
    workspace.channels[channel_id] = Channel(channel_id, f"sim-{number}", creator=owner, members=members)
    world.channels[name] = channel_id
    texts = [f"Aim {number:02}-{letter}" for letter in "abc"[:OUTCOMES]]
    with bot.database.write() as tx:
        save_channel(tx, WORKSPACE, channel_id, is_private=False, members=(), now=BEGINS)
        project = make_project(
            tx,
            WORKSPACE,
            name=name,
            slug=f"sim-{number}",
            channel_id=channel_id,
            owner_id=owner,
            outcomes=texts,
            now=BEGINS,
        )
        for each in list_outcomes(tx, WORKSPACE, project.id):
            own = None if chance.random() < 0.1 else chance.choice(ids)
            is_new = chance.random() < 0.1
            at = None if is_new else BEGINS - timedelta(days=chance.randrange(40), hours=chance.randrange(24))
            due = BEGINS.date() + timedelta(days=chance.randrange(180)) if chance.random() < 0.4 else None
            change_outcome(tx, WORKSPACE, each.id, BEGINS, owner_id=own, due_on=due, created_at=BEGINS)
            if at is not None:
                record_status_update(
                    tx,
                    WORKSPACE,
                    each,
                    status=OutcomeStatus.ON_TRACK,
                    said_at=at,
                    source=UpdateSource.COMMAND,
                    said_by=owner,
                )
            world.things[each.text] = Thing(each.id, each.text, name, owner, own, at, due)

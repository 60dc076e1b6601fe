"""Half a year of reminders: the real jobs, the real sender and the local workspace, on the workspace's clock.

The clock is moved to the hour of each zone on each day, at weekends of some; the jobs decide, and the oracle
is told of every message that appears in the workspace.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.jobs.remind_people import remind_people
from bot.jobs.work import Work
from bot.local.model import Message
from bot.slack import ids
from bot.slack.outage import Outage
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.people import find_person, save_person
from tests.simulation.oracle import Oracle
from tests.simulation.world import BEGINS, WEEKS, ZONES, Kind, Person, make_world
from tests.support.bot import WORKSPACE, Bot, running_bot

pytestmark = pytest.mark.long

_log = logging.getLogger(__name__)
SEED = 20260504


@pytest.fixture
def team(sqlite_database: Database) -> Iterator[Bot]:
    with running_bot(sqlite_database) as bot:
        yield bot


class Life:
    """Moves the time, reads what is new in the workspace, and does what people do."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.go_to(BEGINS)
        self.world = make_world(bot, SEED)
        self.oracle = Oracle(self.world, BEGINS)
        self.direct = {bot.direct(id_): id_ for id_ in self.world.people}
        self.in_channels = {channel: name for name, channel in self.world.channels.items()}
        self.seen: set[tuple[str, str]] = set()
        self.work = Work(bot.database, bot.now, bot.sender.wake, Outage(_log, "The database"))
        # All jobs, once: everybody has a turn then.
        bot.tick()
        self._wish(Kind.LESS, "less")
        self._wish(Kind.NEVER, "never")

    def go_to(self, at: datetime) -> None:
        """The bot's clock is the workspace's, as it was then."""
        clock = self.bot.slack.workspace.clock
        clock.move(max(timedelta(), at - clock.now()))
        self.bot.now.at = clock.now()

    def tick(self, at: datetime) -> None:
        """The job runs, and what it has promised is sent."""
        self.go_to(at)
        remind_people(self.work)
        with self.bot.database.read() as tx:
            # Due, or on its way already.
            is_quiet = (
                tx.execute(select(deliveries.c.id).where(deliveries.c.due_at.is_not(None)).limit(1)).first()
                is None
            )
        if not is_quiet:
            self.bot.settle()
        for message in self._new():
            posted_at = datetime.fromtimestamp(float(message.ts), at.tzinfo)
            person_id = self.direct.get(message.channel_id)
            if person_id is None:
                self.oracle.posted_in(self.in_channels[message.channel_id], message.text, posted_at)
            else:
                self.oracle.posted_to(person_id, message.text, posted_at)
                self.answer(self.world.people[person_id], message)

    def _new(self) -> list[Message]:
        workspace = self.bot.slack.workspace
        with workspace.lock:
            found = [
                replace(message)
                for channel_id in (*self.direct, *self.in_channels)
                for message in workspace.messages.get(channel_id, ())
                if message.bot_id and "⏰" in message.text and (channel_id, message.ts) not in self.seen
            ]
        self.seen |= {(message.channel_id, message.ts) for message in found}
        return found

    def answer(self, person: Person, message: Message) -> None:
        """What this person does with a message that has just come."""
        match person.kind:
            case Kind.ANSWERS | Kind.AWAY | Kind.LESS | Kind.LEAVES:
                for text in self._outcomes_in(message):
                    if self.world.chance.random() < 0.8:
                        self._still_true(person, message, text)
            case Kind.PUTS_OFF:
                for text in self._outcomes_in(message):
                    if self.world.chance.random() < 0.5:
                        self._snooze(person, message, text)
            case Kind.IGNORES | Kind.NEVER:
                pass

    def _outcomes_in(self, message: Message) -> list[str]:
        return re.findall(r"Aim \d\d-[a-c]", message.text)

    def _still_true(self, person: Person, message: Message, text: str) -> None:
        thing = self.world.things[text]
        action_id = f"{ids.REMINDER}:still-{thing.id}"
        result = self.bot.people.press(person.id, message.channel_id, message.ts, action_id)
        assert result.ok, result.sentence
        thing.vouched_at = self.bot.now.at

    def _snooze(self, person: Person, message: Message, text: str) -> None:
        thing = self.world.things[text]
        action_id = f"{ids.REMINDER}:snooze-{thing.id}"
        menu = next(
            element
            for block in message.blocks or ()
            for element in block.get("elements", ())
            if element.get("action_id") == action_id
        )
        value = menu["options"][0]["value"]
        result = self.bot.people.press(person.id, message.channel_id, message.ts, action_id, choice=value)
        assert result.ok, result.sentence
        thing.snoozed_until = self.bot.now.at.astimezone(person.zone).date() + timedelta(days=7)

    def _wish(self, kind: Kind, wish: str) -> None:
        """Said in the home tab."""
        for person in self.world.people.values():
            if person.kind is kind:
                view = self.bot.open_home(person.id)
                menu = next(
                    each for each in _selects(view.body) if each["action_id"] == f"{ids.REMINDER}:wish"
                )
                value = next(o["value"] for o in menu["options"] if f'"{wish}"' in o["value"])
                result = self.bot.people.press_in_view(person.id, view.id, menu["action_id"], choice=value)
                assert result.ok, result.sentence

    def begin_day(self, at: datetime) -> None:
        """Who goes away, and who leaves; and all other jobs run, too."""
        self.go_to(at)
        self.bot.tick()
        for person in self.world.people.values():
            today = at.astimezone(person.zone).date()
            if person.kind is Kind.AWAY and not person.is_away(today) and self.world.chance.random() < 0.03:
                back = today + timedelta(days=self.world.chance.choice([3, 7, 14, 30]))
                self.bot.type_command(
                    f"away until {back.isoformat()}", person=person.id, channel=next(iter(self.in_channels))
                )
                person.away.append((today, back))
            if person.leaves_at is not None and person.leaves_at <= at:
                self._leave(person)

    def _leave(self, person: Person) -> None:
        user = self.bot.slack.workspace.users[person.id]
        if user.deleted:
            return
        user.deleted = True
        with self.bot.database.write() as tx:
            known = find_person(tx, WORKSPACE, person.id)
            assert known is not None
            save_person(tx, WORKSPACE, known.model_copy(update={"is_deleted": True}))


def _selects(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        block["accessory"]
        for block in view["blocks"]
        if block.get("accessory", {}).get("type") == "static_select"
    ]


def test_half_a_year_keeps_the_budget_the_hour_the_pause_and_the_working_day(team: Bot) -> None:
    life = Life(team)
    zones = [ZoneInfo(name) for name in ZONES]
    for day in range(WEEKS * 7):
        date_ = BEGINS.date() + timedelta(days=day)
        instants = sorted(
            datetime.combine(date_, time(9), zone).astimezone(BEGINS.tzinfo)
            for zone in (zones if date_.weekday() < 5 else life.world.chance.sample(zones, 3))
        )
        life.begin_day(instants[0] - timedelta(hours=1))
        for at in instants:
            life.tick(at + timedelta(seconds=life.world.chance.randrange(1, 300)))
        life.oracle.look(instants[-1])
    print("\n".join(life.oracle.table(WEEKS)))  # noqa: T201 - to be looked at, with pytest's -s
    assert sum(map(len, life.oracle.days.values())) > 200

"""What stands in the end: in the database, and in Slack."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select

from bot import clock
from bot.local.server import LocalServer
from bot.services.rounds import SUMMARY
from bot.slack.every_kind import KINDS
from bot.slack.kinds import Ready
from storage.check_in_tables import check_ins, deliveries
from storage.check_ins import PROMPT, CheckInState
from storage.database import Database
from storage.deliveries import COLUMNS, Delivery
from storage.records import UpdateSource
from storage.tables import projects, status_updates
from tests.support.sending import key_of, prompts_in
from tests.torture.crowd import PEOPLE, Person
from tests.torture.records import OUTCOMES


@dataclass(frozen=True)
class Counted:
    """Each thing that is not as it should be, by what is wrong with it; and how much there is of all."""

    missing: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    never_said: list[str] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)
    posted_twice: list[str] = field(default_factory=list)
    out_of_date: list[str] = field(default_factory=list)
    presses: list[str] = field(default_factory=list)
    rounds: int = 0
    asked: int = 0
    closed: int = 0
    expected_rounds: int = 0
    prompts: int = 0
    summaries: int = 0

    def wrong(self) -> dict[str, list[str]]:
        found = {name: value[:5] for name, value in vars(self).items() if isinstance(value, list) and value}
        stands = (self.rounds, self.prompts, self.summaries)
        if stands != (self.expected_rounds, self.asked, self.closed):
            found["count"] = self.lines()
        return found

    def lines(self) -> list[str]:
        missed = self.rounds - self.asked
        return [
            f"{self.rounds} of {self.expected_rounds} rounds, {missed} over before they could be asked",
            f"{self.prompts} of {self.asked} prompts, {self.summaries} of {self.closed} summaries, each once",
        ]


def is_all_done(database: Database, rounds: int, due: int) -> bool:
    """All rounds are opened and closed that should be, and all that is promised is sent."""
    waiting = select(func.count()).where(deliveries.c.due_at.is_not(None))
    with database.read() as tx:
        opened = tx.execute(select(func.count()).select_from(check_ins)).scalar_one()
        closed = tx.execute(
            select(func.count()).where(check_ins.c.state != CheckInState.OPEN.value)
        ).scalar_one()
        left = tx.execute(waiting).scalar_one()
    return bool(opened >= rounds + due + len(PEOPLE) and closed >= rounds and left == 0)


def count(database: Database, slack: LocalServer, people: list[Person], *, rounds: int, due: int) -> Counted:
    """All of it, when nothing is under way any more."""
    stored, said = _stored(database), [person.said for person in people]
    kept, lost = ([t for s in said for t in getattr(s, name)] for name in ("kept", "lost"))
    refused = [t for s in said for t in s.refused]
    standing = Counter(
        key_of(message) for id_ in list(slack.workspace.channels) for message in prompts_in(slack, id_)
    )
    states, missed = _states(database), _prompts_of_missed(database)
    # What was on its way to Slack when its round ended stands there, too.
    kinds = Counter(key.partition(":")[0] for key in standing if key not in missed)
    return Counted(
        missing=[token for person in people for token in _missing(person, stored)],
        twice=[token for token in (*kept, *lost) if stored[token] > 1],
        never_said=[token for token in refused if stored[token] > 0],
        unsent=_unsent(database),
        posted_twice=[key for key, times in standing.items() if times > 1],
        out_of_date=_out_of_date(database, slack),
        presses=_presses(database, people),
        rounds=sum(states.values()),
        asked=sum(states.values()) - states[CheckInState.MISSED],
        closed=states[CheckInState.CLOSED],
        expected_rounds=len(PEOPLE) + rounds + due,
        prompts=kinds[PROMPT],
        summaries=kinds[SUMMARY],
    )


def _missing(person: Person, stored: Counter[str]) -> list[str]:
    """What is not there. Slack does not send again what somebody was told of: they ask again themselves."""
    missing = [token for token in person.said.kept if stored[token] == 0]
    asked = [token for token in missing if token.startswith(("mention", "message"))]
    return missing if len(asked) > person.excuses() else [token for token in missing if token not in asked]


def _stored(database: Database) -> Counter[str]:
    # What is still true repeats the words.
    is_said = status_updates.c.source != UpdateSource.BUTTON.value
    rows = select(status_updates.c.note, func.count()).where(is_said).group_by(status_updates.c.note)
    with database.read() as tx:
        return Counter({row[0]: row[1] for row in tx.execute(rows)})


def _states(database: Database) -> Counter[str]:
    rows = select(check_ins.c.state, func.count()).group_by(check_ins.c.state)
    with database.read() as tx:
        return Counter({row[0]: row[1] for row in tx.execute(rows)})


_MISSED = select(check_ins.c.prompt).where(check_ins.c.state == CheckInState.MISSED.value)


def _prompts_of_missed(database: Database) -> set[str]:
    with database.read() as tx:
        return set(tx.execute(_MISSED).scalars())


def _unsent(database: Database) -> list[str]:
    """Of rounds that are over before anybody could be asked, nothing is to be sent any more."""
    rows = select(deliveries.c.key, deliveries.c.failed_because).where(
        deliveries.c.is_wanted,
        deliveries.c.message_ts.is_(None) | deliveries.c.due_at.is_not(None),
        deliveries.c.key.not_in(_MISSED),
    )
    with database.read() as tx:
        return [f"{key}: {why}" for key, why in tx.execute(rows)]


def _out_of_date(database: Database, slack: LocalServer) -> list[str]:
    """Messages that do not say what they would say if they were drawn now."""
    found = []
    with database.read() as tx:
        rows = tx.execute(select(*COLUMNS).where(deliveries.c.message_ts.is_not(None))).mappings()
        for delivery in [Delivery.model_validate(dict(row)) for row in rows]:
            drawn = KINDS[delivery.kind].draw(tx, delivery, clock.now())
            message = slack.workspace.find_message(delivery.posted_in or "", delivery.message_ts or "")
            if isinstance(drawn, Ready) and message is not None and drawn.message.text != message.text:
                found.append(f"{delivery.key}: {message.text!r}, and not {drawn.message.text!r}")
    return found


def _presses(database: Database, people: list[Person]) -> list[str]:
    """Of each person whose presses were not counted as often as they were answered."""
    wrong = []
    pressed = status_updates.c.source == UpdateSource.BUTTON.value
    with database.read() as tx:
        for person in people:
            mine = select(func.count()).where(
                pressed,
                status_updates.c.project_id.in_(
                    select(projects.c.id).where(projects.c.slug == person.project)
                ),
            )
            times = tx.execute(mine).scalar_one() / len(OUTCOMES)
            least, most = person.pressed["kept"], person.pressed["kept"] + person.pressed["lost"]
            if not least <= times <= most:
                wrong.append(f"{person.project}: {times} times, and not {least} to {most}")
    return wrong

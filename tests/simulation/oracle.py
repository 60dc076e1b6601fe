"""What must hold of every message that reminds, said anew: nothing here is taken from the rules."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.simulation.world import DAYS_OFF, OFFICE, Kind, Person, Thing, World

STALE = timedelta(days=28)
_PAUSES = (
    ("looked at this", 7),
    ("Nobody has said yet", 7),
    ("has left the workspace", 7),
    ("target date", 4),
)
_SLACK = timedelta(hours=4)
_AIM = re.compile(r"Aim \d\d-[a-c]")
_FRIDAY = 4


@dataclass
class Mention:
    """An outcome on a message. `episode`: since when nobody had looked at it."""

    at: datetime
    place: str
    pause: timedelta
    episode: datetime | None
    is_about_age: bool


@dataclass
class Oracle:
    """Told of every message when it was posted, and of all that people did."""

    world: World
    begins: datetime
    mentions: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    days: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    stale_since: dict[str, datetime] = field(default_factory=dict)
    longest: dict[str, timedelta] = field(default_factory=lambda: defaultdict(timedelta))
    """By how the owner could be reached: how long something stale stayed unmentioned."""
    is_reachable: dict[str, bool] = field(default_factory=dict)

    def posted_to(self, person_id: str, text: str, at: datetime) -> None:
        person = self.world.people[person_id]
        local = at.astimezone(person.zone)
        _require_hour(local, text)
        assert not person.has_left(at), f"{person_id} has left"
        assert not person.is_away(local.date()), f"{person_id} is away on {local:%d %b}"
        assert person.kind is not Kind.NEVER, f"{person_id} wants none"
        had = self.days[person_id]
        assert local.date() not in had, f"{person_id} had one already on {local:%d %b}"
        had.append(local.date())
        in_a_week = sum(day > local.date() - timedelta(days=7) for day in had)
        assert in_a_week <= (1 if person.kind is Kind.LESS else 3), f"{person_id}: {in_a_week} in a week"
        for thing, part in self._things_in(text):
            assert person_id in self._asked(thing, at), f"{thing.text} is not {person_id}'s to answer for"
            self._mention(thing, part, at, person_id)

    def posted_in(self, project: str, text: str, at: datetime) -> None:
        _require_hour(at.astimezone(OFFICE), text)
        assert "<@" not in text, "somebody is named in a channel"
        day = at.astimezone(OFFICE).date()
        assert day not in self.days[project], f"{project} had a line already on {day}"
        self.days[project].append(day)
        for thing, part in self._things_in(text):
            assert thing.project == project
            self._mention(thing, part, at, "channel")

    def _things_in(self, text: str) -> list[tuple[Thing, str]]:
        """What is said of each outcome: from its name to the next one's."""
        assert "… and" not in text, "a message of this simulation is never too long to be read whole"
        found = list(_AIM.finditer(text))
        assert found, text
        ends = [each.start() for each in found[1:]] + [len(text)]
        parts = [(each.group(), text[each.start() : end]) for each, end in zip(found, ends, strict=True)]
        return [(self.world.things[name], part) for name, part in parts]

    def _asked(self, thing: Thing, at: datetime) -> set[str]:
        owner = self.world.people[thing.owner] if thing.owner else None
        return {thing.project_owner} if owner is None or owner.has_left(at) else {owner.id}

    def _mention(self, thing: Thing, part: str, at: datetime, place: str) -> None:
        assert thing.snoozed_until is None or at.date() >= thing.snoozed_until - timedelta(days=1), "snoozed"
        before = self.mentions[thing.text]
        if before:
            since = at - before[-1].at
            assert since >= before[-1].pause - _SLACK, f"{thing.text}: again after {since}"
        pauses = [timedelta(days=days) for words, days in _PAUSES if words in part]
        assert pauses, f"no reason is said: {part}"
        is_about_age = "looked at this" in part or "Nobody has said yet" in part
        if is_about_age:
            assert at - (thing.vouched_at or self.begins) >= STALE, f"{thing.text} is not stale"
        if "target date" in part:
            assert thing.due_on is not None
            assert timedelta(-35) < thing.due_on - at.date() <= timedelta(days=8), (
                f"{thing.text}: {thing.due_on}"
            )
        mention = Mention(at, place, max(pauses), thing.vouched_at, is_about_age)
        before.append(mention)
        if is_about_age:
            self._require_ladder(thing, mention)
            self._end(thing.text, at)

    def _require_ladder(self, thing: Thing, mention: Mention) -> None:
        """Of one time that it went stale: at most two messages, and one line in the channel."""
        same = [m for m in self.mentions[thing.text] if m.episode == mention.episode and m.is_about_age]
        places = Counter("channel" if m.place == "channel" else "person" for m in same)
        assert places["person"] <= 2, f"{thing.text}: {places}"
        assert places["channel"] <= 1, f"{thing.text}: {places}"

    def look(self, at: datetime) -> None:
        """Everything that has gone stale by now, and has not been spoken of since."""
        for thing in self.world.things.values():
            episode = thing.vouched_at or self.begins
            is_spoken_of = any(
                m.episode == thing.vouched_at and m.is_about_age for m in self.mentions[thing.text]
            )
            is_put_off = thing.snoozed_until is not None and at.date() < thing.snoozed_until
            if at - episode < STALE or is_spoken_of or is_put_off:
                self._end(thing.text, at)
                continue
            self.stale_since.setdefault(thing.text, max(episode + STALE, self.begins))
            reachable = all(self._is_there(self.world.people[id_], at) for id_ in self._asked(thing, at))
            self.is_reachable[thing.text] = self.is_reachable.get(thing.text, True) and reachable
            kind = "reachable" if self.is_reachable[thing.text] else "passed over"
            waited = at - self.stale_since[thing.text]
            self.longest[kind] = max(self.longest[kind], waited)
            allowed = timedelta(days=9 if self.is_reachable[thing.text] else 21)
            assert waited <= allowed, f"{thing.text}: stale and unmentioned for {waited}, {kind}"

    def _is_there(self, person: Person, at: datetime) -> bool:
        day = at.astimezone(person.zone).date()
        gone = person.is_away(day) or person.has_left(at)
        return not gone and person.kind not in {Kind.LESS, Kind.NEVER}

    def _end(self, text: str, _at: datetime) -> None:
        self.stale_since.pop(text, None)
        self.is_reachable.pop(text, None)

    def table(self, weeks: int) -> list[str]:
        """Messages per person and week."""
        lines = [f"{'messages a week':24}" + "".join(f"{week:3}" for week in range(1, weeks + 1)) + "  sum"]
        most = 0
        for id_, person in sorted(self.world.people.items()):
            by_week = Counter((day - self.begins.date()).days // 7 for day in self.days[id_])
            counts = [by_week[week] for week in range(weeks)]
            most = max(most, *counts)
            lines.append(
                f"{id_} {person.kind.value:13}"
                + "".join(f"{n or '·':>3}" for n in counts)
                + f"{sum(counts):5}"
            )
        sent = sum(len(self.days[id_]) for id_ in self.world.people)
        in_channels = sum(len(self.days[name]) for name in self.world.channels)
        each = sent / len(self.world.people) / weeks
        lines.append(
            f"{sent} messages to people, {each:.2f} each a week, {most} at most; {in_channels} in channels"
        )
        lines += [f"{kind}: unmentioned for {longest} at most" for kind, longest in self.longest.items()]
        return lines


def _require_hour(local: datetime, text: str) -> None:
    assert local.hour == 9, f"sent at {local:%H:%M}: {text[:60]}"
    assert local.weekday() <= _FRIDAY, f"sent on a {local:%A}"
    assert local.date() not in DAYS_OFF, f"sent on a day off, {local:%d %b}"

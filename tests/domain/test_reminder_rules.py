"""The rules of reminders and their ladder, as tables of cases."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reminder_ladder import (
    Step,
    Told,
    due_for_channel,
    due_for_person,
    standing_of,
)
from bot.domain.reminder_rules import RULES, Facts, Moment
from bot.texts_reminders import REASONS

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
"""A Monday."""
BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
VOUCHED = NOW - 40 * DAY


def moment(now: datetime = NOW, next_day: date | None = None) -> Moment:
    today = now.astimezone(BERLIN).date()
    return Moment(now, BERLIN, today, next_day or today + DAY)


def stale_since(ago: timedelta, due_on: date | None = None, snoozed_until: date | None = None) -> Facts:
    return Facts(vouched_at=VOUCHED, stale_at=NOW - ago, due_on=due_on, snoozed_until=snoozed_until)


def told(
    rule: str = "stale", *, ago: timedelta, to_person: int = 1, in_channel: int = 0, about: str | None = None
) -> Told:
    return Told(rule, VOUCHED.isoformat() if about is None else about, to_person, in_channel, NOW - ago)


def keys(facts: Facts, *known: Told, at: Moment | None = None) -> list[str]:
    return [due.rule.key for due in due_for_person(facts, known, at or moment())]


def test_each_rule_has_a_sentence_and_a_key_of_its_own() -> None:
    assert {rule.key for rule in RULES} == set(REASONS)
    assert len({rule.key for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), []),
        (stale_since(timedelta()), ["stale"]),
        (stale_since(-timedelta(seconds=1)), []),
        (Facts(stale_at=NOW), ["never"]),
        (Facts(stale_at=NOW + DAY), []),
        (Facts(due_on=date(2026, 5, 12)), []),
        (Facts(due_on=date(2026, 5, 11)), ["ahead"]),
        (Facts(due_on=date(2026, 5, 5)), ["ahead"]),
        (Facts(due_on=date(2026, 5, 4)), ["on_the_day"]),
        (Facts(due_on=date(2026, 4, 28)), ["on_the_day"]),
        (Facts(due_on=date(2026, 4, 27)), ["past"]),
        (Facts(due_on=date(2026, 3, 31)), ["past"]),
        (Facts(due_on=date(2026, 3, 30)), []),
        (Facts(left_id="U0GONE"), ["left"]),
        (Facts(disowned_at=NOW - DAY), ["disowned"]),
        (Facts(goal_held_at=VOUCHED, goal_old_at=NOW), ["goal"]),
        (Facts(goal_held_at=VOUCHED, goal_old_at=NOW + DAY), []),
        (stale_since(DAY, due_on=date(2026, 5, 8)), ["stale", "ahead"]),
        (stale_since(DAY, snoozed_until=date(2026, 5, 5)), []),
        (stale_since(DAY, snoozed_until=date(2026, 5, 4)), ["stale"]),
    ],
)
def test_what_is_due_for_somebody_who_was_told_nothing(facts: Facts, expected: list[str]) -> None:
    assert keys(facts) == expected


def test_of_a_target_date_on_a_day_off_people_are_told_on_the_last_working_day_before() -> None:
    friday = moment(datetime(2026, 5, 8, 9, tzinfo=UTC), next_day=date(2026, 5, 11))
    thursday = moment(datetime(2026, 5, 7, 9, tzinfo=UTC))

    assert keys(Facts(due_on=date(2026, 5, 10)), at=friday) == ["on_the_day"]
    assert keys(Facts(due_on=date(2026, 5, 10)), at=thursday) == ["ahead"]
    assert keys(Facts(due_on=date(2026, 5, 11)), at=friday) == ["ahead"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([told(ago=6 * DAY)], []),
        ([told(ago=7 * DAY)], ["stale"]),
        # An hour less where clocks were put forward, and three where the turn before came late.
        ([told(ago=7 * DAY - timedelta(hours=4))], ["stale"]),
        ([told(ago=7 * DAY - timedelta(hours=4, seconds=1))], []),
        ([told(ago=30 * DAY, to_person=2)], []),
        # Of a time before somebody vouched: all begins anew.
        ([told(ago=30 * DAY, to_person=2, about="before")], ["stale"]),
        # Whatever it was that was said of it.
        ([told("ahead", ago=3 * DAY, about="2026-05-01")], []),
        ([told("ahead", ago=4 * DAY, about="2026-05-01")], ["stale"]),
        ([told("of an older version", ago=27 * DAY, about="")], []),
        ([told("of an older version", ago=28 * DAY, about="")], ["stale"]),
    ],
)
def test_nothing_is_said_again_within_its_pause_nor_more_than_twice(
    known: list[Told], expected: list[str]
) -> None:
    assert keys(stale_since(30 * DAY), *known) == expected


@pytest.mark.parametrize(
    ("since", "known", "has_person", "is_due"),
    [
        (99 * DAY, [], True, False),
        (99 * DAY, [told(ago=20 * DAY)], True, False),
        (99 * DAY, [told(ago=6 * DAY, to_person=2)], True, False),
        (99 * DAY, [told(ago=7 * DAY, to_person=2)], True, True),
        (99 * DAY, [told(ago=20 * DAY, to_person=2, in_channel=1)], True, False),
        # There is nobody, or they are away: as if the messages had gone by.
        (13 * DAY, [], False, False),
        (14 * DAY, [], False, True),
        (30 * DAY, [told(ago=13 * DAY)], False, False),
        (30 * DAY, [told(ago=14 * DAY)], False, True),
        (30 * DAY, [told(ago=6 * DAY, to_person=2)], False, False),
        (30 * DAY, [told(ago=7 * DAY, to_person=2)], False, True),
        (40 * DAY, [told(ago=20 * DAY, to_person=2, in_channel=1)], False, False),
    ],
)
def test_when_a_line_stands_in_the_channel(
    since: timedelta, known: list[Told], *, has_person: bool, is_due: bool
) -> None:
    found = due_for_channel(stale_since(since), known, moment(), has_person=has_person)
    assert bool(found) is is_due


def test_what_is_about_dates_and_owners_never_stands_in_a_channel() -> None:
    facts = Facts(
        due_on=date(2026, 4, 20), left_id="U0GONE", goal_held_at=VOUCHED, goal_old_at=NOW - 99 * DAY
    )
    assert due_for_channel(facts, (), moment(), has_person=False) == ()


@pytest.mark.parametrize(
    ("known", "has_person", "has_channel", "expected"),
    [
        ([], True, True, (Step.OWNER, NOW - DAY)),
        ([told(ago=DAY)], True, True, (Step.AGAIN, NOW + 6 * DAY - timedelta(hours=4))),
        ([told(ago=DAY, to_person=2)], True, True, (Step.CHANNEL, NOW + 6 * DAY - timedelta(hours=4))),
        ([told(ago=DAY, to_person=2)], True, False, (Step.DIGEST, NOW + 6 * DAY - timedelta(hours=4))),
        ([told(ago=9 * DAY, to_person=2, in_channel=1)], True, True, (Step.DIGEST, NOW - DAY)),
        ([], False, True, (Step.CHANNEL, NOW + 13 * DAY)),
        ([], False, False, (Step.DIGEST, NOW - DAY)),
    ],
)
def test_where_something_stale_stands_on_the_ladder(
    known: list[Told], expected: tuple[Step, datetime], *, has_person: bool, has_channel: bool
) -> None:
    found = standing_of(stale_since(DAY), known, moment(), has_person=has_person, has_channel=has_channel)
    assert found is not None
    assert (found.step, found.not_before) == expected


def test_a_snooze_puts_off_what_comes_next() -> None:
    facts = stale_since(DAY, snoozed_until=date(2026, 5, 11))
    found = standing_of(facts, (), moment(), has_person=True, has_channel=True)
    assert found is not None
    assert found.not_before == datetime(2026, 5, 10, 22, tzinfo=UTC)

"""How outcomes stood at the end of each of the last weeks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.status_weeks import (
    WEEKS,
    WeekOfStatuses,
    count_statuses,
    earliest_end,
    next_week_at,
    say_something,
    week_ends,
)
from storage.records import OutcomeStatus
from storage.said import OnRecord, StatusSaid

NOW = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
"""A Wednesday."""
_INSTANT = timedelta(microseconds=1)
ENDS = week_ends(ZoneInfo("UTC"), NOW)
ON, RISK, DONE = OutcomeStatus.ON_TRACK, OutcomeStatus.AT_RISK, OutcomeStatus.DONE


def ago(**by: float) -> datetime:
    return NOW - timedelta(**by)


def counts(on_record: list[OnRecord], said: list[StatusSaid]) -> list[dict[OutcomeStatus | None, int]]:
    return [dict(week.counts) for week in count_statuses(on_record, said, ENDS)]


def test_twelve_weeks_end_on_sundays_and_the_last_one_now() -> None:
    assert len(ENDS) == WEEKS
    assert ENDS[-1] == (None, NOW)
    assert [day for day, _ in ENDS[:-1]] == [date(2026, 2, 22) + timedelta(weeks=n) for n in range(11)]
    assert ENDS[-2][1] == datetime(2026, 5, 4, tzinfo=UTC) - _INSTANT, "just before midnight"


def test_a_week_ends_at_midnight_where_the_workspace_is_summer_time_too() -> None:
    ends = dict(week_ends(ZoneInfo("America/New_York"), NOW))

    assert ends[date(2026, 3, 1)] == datetime(2026, 3, 2, 5, tzinfo=UTC) - _INSTANT
    assert ends[date(2026, 3, 8)] == datetime(2026, 3, 9, 4, tzinfo=UTC) - _INSTANT


def test_on_a_monday_last_week_is_over() -> None:
    monday = datetime(2026, 5, 4, 0, 0, tzinfo=UTC)

    assert week_ends(ZoneInfo("UTC"), monday)[-2] == (date(2026, 5, 3), monday - _INSTANT)


def test_an_outcome_counts_from_its_creation_with_the_newest_status_by_then() -> None:
    said = [
        StatusSaid(1, ago(days=20), ON),
        StatusSaid(1, ago(days=6), RISK),
        StatusSaid(1, ago(days=1), DONE),
    ]
    found = counts([OnRecord(1, ago(days=27), None)], said)

    assert found[:-5] == [{}] * 7
    assert found[-5:] == [{None: 1}, {ON: 1}, {ON: 1}, {RISK: 1}, {DONE: 1}]


def test_what_was_taken_off_the_record_counts_until_then() -> None:
    found = counts([OnRecord(1, ago(days=400), ago(days=10))], [StatusSaid(1, ago(days=300), ON)])

    assert found[-4:] == [{ON: 1}, {}, {}, {}]
    assert found[0] == {ON: 1}


def test_two_words_at_one_time_count_in_their_order_and_a_word_without_a_status_takes_it_away() -> None:
    at = ago(days=3, hours=12)
    both = [
        StatusSaid(1, at, RISK),
        StatusSaid(1, at, ON),
        StatusSaid(2, at, ON),
        StatusSaid(2, ago(days=1), None),
    ]
    found = counts([OnRecord(1, ago(days=30), None), OnRecord(2, ago(days=30), None)], both)

    assert found[-2] == {ON: 2}
    assert found[-1] == {ON: 1, None: 1}


def test_a_week_is_over_when_the_next_begins_where_the_workspace_is() -> None:
    monday = datetime(2026, 5, 11, tzinfo=UTC)

    assert next_week_at(ZoneInfo("UTC"), NOW) == monday - _INSTANT
    assert next_week_at(ZoneInfo("UTC"), monday - _INSTANT) == monday - _INSTANT
    assert next_week_at(ZoneInfo("UTC"), monday) == monday + timedelta(days=7) - _INSTANT
    assert next_week_at(ZoneInfo("Asia/Tokyo"), NOW) == monday - timedelta(hours=9) - _INSTANT


def test_wherever_a_workspace_is_its_first_week_ends_after_the_earliest_end() -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Lisbon", "America/New_York"):
        for hours in range(24 * 7 * 53):
            now = NOW + timedelta(hours=hours)
            (_, first), *_ = week_ends(ZoneInfo(zone), now)
            assert earliest_end(now) < first, (zone, now)


def weeks_of(*counts: dict[OutcomeStatus | None, int]) -> list[WeekOfStatuses]:
    return [WeekOfStatuses(None, each) for each in counts]


def test_a_chart_is_worth_its_place_when_enough_outcomes_have_moved() -> None:
    assert say_something(weeks_of({}, {None: 3}, {None: 1, ON: 2}))
    assert say_something(weeks_of({ON: 3}, {RISK: 3}, {ON: 3})), "there and back again"
    assert say_something(weeks_of({ON: 3}, {ON: 4})), "one more is a change, too"

    assert not say_something([])
    assert not say_something(weeks_of({}, {})), "no outcomes"
    assert not say_something(weeks_of({None: 3}, {None: 4})), "nothing was ever said"
    assert not say_something(weeks_of({}, {ON: 3}, {ON: 3})), "always the same"
    assert not say_something(weeks_of({}, {}, {ON: 9})), "a single week"
    assert not say_something(weeks_of({ON: 2}, {DONE: 2})), "two lines say it all"
    assert not say_something(weeks_of({ON: 3}, {DONE: 2})), "fewer than that are left"

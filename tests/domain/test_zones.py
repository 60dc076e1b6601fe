"""Time zones by name."""

from zoneinfo import available_timezones

import pytest

from bot.domain.zones import find_zone, nearest_zones


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("EUROPE/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("new_york", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("St. Johns", "America/St_Johns"),
        ("port-au-prince", "America/Port-au-Prince"),
        ("port au prince", "America/Port-au-Prince"),
        ("America/Port-au-Prince", "America/Port-au-Prince"),
        ("utc", "UTC"),
        ("singapore", "Singapore"),
        # One place by two names.
        ("istanbul", "Europe/Istanbul"),
        ("nicosia", "Asia/Nicosia"),
        ("louisville", "America/Kentucky/Louisville"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        # Not a city, no zone, a zone of this machine alone.
        ("central", None),
        ("GMT+5", None),
        ("PST", None),
        ("localtime", None),
        ("", None),
        ("../../etc/passwd", None),
    ],
)
def test_a_zone_is_found_by_its_name_in_any_case_or_by_its_city(typed: str, zone: str | None) -> None:
    assert find_zone(typed) == zone


def test_every_zone_of_this_machine_is_found_by_its_own_name() -> None:
    zones = available_timezones() - {"Factory", "localtime"}
    assert [name for name in zones if find_zone(name) != name] == []


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("berln", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("new yrok", "America/New_York"),
        ("Asia/Calcuta", "Asia/Calcutta"),
    ],
)
def test_what_is_nearest_to_a_slip_is_offered_first_and_once(typed: str, zone: str) -> None:
    nearest = nearest_zones(typed)
    assert nearest[0] == zone
    assert len(nearest) == len(set(nearest)) <= 3


@pytest.mark.parametrize("typed", ["", "xyzzyxyzzy", "GMT+5", "q" * 5000])
def test_nothing_is_offered_for_what_is_near_to_none(typed: str) -> None:
    assert nearest_zones(typed) == ()

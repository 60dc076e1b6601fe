"""Which days are public holidays, and which country is meant."""

from datetime import date

import pytest

from bot.domain.public_holidays import country_name, find_country, nearest_country, public_holidays


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("DE", "DE"),
        ("de", "DE"),
        ("DEU", "DE"),
        (" Germany ", "DE"),
        ("DE-BY", "DE-BY"),
        ("de by", "DE-BY"),
        ("Germany, Bavaria", "DE-BY"),
        ("Bavaria, Germany", "DE-BY"),
        ("bavaria", "DE-BY"),
        ("Bayern", "DE-BY"),
        ("baden-wurttemberg", "DE-BW"),
        ("UK", "GB"),
        ("united kingdom", "GB"),
        ("Scotland", "GB-SCT"),
        ("usa", "US"),
        ("New York", "US-NY"),
        ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("Zürich", "CH-ZH"),
        ("the Netherlands", "NL"),
        ("Türkiye", "TR"),
        # A whole country comes before a part of one, and a country's code before that of a part.
        ("Georgia", "GE"),
        ("Georgia, USA", "US-GA"),
        ("BY", "BY"),
        # Bolivia and El Salvador have one each.
        ("La Paz", None),
        ("La Paz, Bolivia", "BO-L"),
        ("Narnia", None),
        ("DE-XX", None),
        ("", None),
        ("🏝️", None),
    ],
)
def test_the_country_that_is_meant(typed: str, country: str | None) -> None:
    assert find_country(typed) == country


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("DE", "Germany"),
        ("DE-BY", "Germany, Bayern"),
        ("GB-SCT", "United Kingdom, Scotland"),
        ("BA", "Bosnia and Herzegovina"),
        ("XX", "XX"),
    ],
)
def test_a_country_is_called_by_its_name(country: str, name: str) -> None:
    assert country_name(country) == name


def test_a_slip_is_near_to_a_name() -> None:
    assert nearest_country("germeny") == "Germany"
    assert nearest_country("bavarai") == "Germany, Bayern"
    assert nearest_country("xqzw") is None


def test_the_nearest_name_is_understood_itself() -> None:
    assert find_country(nearest_country("bavarai") or "") == "DE-BY"


def test_a_part_has_holidays_that_the_rest_has_not() -> None:
    epiphany = date(2027, 1, 6)

    assert public_holidays("DE-BY", 2027)[epiphany] == "Epiphany"
    assert epiphany not in public_holidays("DE", 2027)


def test_a_holiday_on_a_weekend_is_observed_on_the_day_that_stands_in_for_it() -> None:
    assert public_holidays("US", 2026)[date(2026, 7, 3)] == "Independence Day (observed)"
    # New Year's Day of 2028 is a Saturday, so that of 2027 has a day more.
    assert date(2027, 12, 31) in public_holidays("US", 2027)
    assert all(day.year == 2028 for day in public_holidays("US", 2028))


def test_they_come_in_order_and_in_english() -> None:
    found = public_holidays("FR", 2027)

    assert list(found) == sorted(found)
    assert found[date(2027, 7, 14)] == "National Day"


@pytest.mark.parametrize(("country", "year"), [("XX", 2027), ("DE-XX", 2027), ("DE", 1500)])
def test_what_nobody_knows_has_none(country: str, year: int) -> None:
    assert not public_holidays(country, year)

import pytest

from bot.local.browser.dates import write_date
from tests.local_browser.conftest import make_scene

NOON = "1795435200"  # 2026-11-23 12:00 UTC, a Monday, and what the time is in these tests
DAY = 86_400


@pytest.mark.parametrize(
    ("seconds", "template", "words"),
    [
        (NOON, "{date_num} {time_secs}", "2026-11-23 7:00:00 AM"),
        (NOON, "{date}", "November 23rd"),
        (NOON, "{date_long}", "Monday, November 23rd"),
        (NOON, "{date_short_pretty} at {time}", "Today at 7:00 AM"),
        (NOON, "due {date_short_pretty}", "due today"),
        (str(int(NOON) + DAY), "due {date_pretty}", "due tomorrow"),
        (str(int(NOON) - DAY), "{date_long_pretty}", "Yesterday"),
        (str(int(NOON) - 3 * DAY), "{date_short_pretty}", "Nov 20"),
        (str(int(NOON) - 400 * DAY), "{date_short}", "Oct 19, 2025"),
        (str(int(NOON) - 2 * DAY), "{ago}", "2 days ago"),
        (str(int(NOON) + 3600), "{ago}", "In 1 hour"),
        (NOON, "no tokens", "no tokens"),
        (NOON, "{nonsense}", None),
        ("99999999999999999", "{time}", None),
        ("twelve", "{time}", None),
    ],
)
def test_a_date_is_written_in_the_zone_of_its_reader(seconds: str, template: str, words: str | None) -> None:
    assert write_date(seconds, template, make_scene()) == words

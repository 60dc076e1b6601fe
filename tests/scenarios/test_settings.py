"""`/project settings`: what holds for a whole workspace."""

from datetime import date

import pytest

from bot.local.seed import DOCS, LEILANI, MATEO, WANJIRU
from storage.schedules import list_all_schedules
from storage.settings import WorkspaceSettings, get_settings, list_days_off
from tests.scenarios.records import add
from tests.support.bot import WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.make import NOW

EVE = date(2026, 12, 24)


def settings_of(bot: Bot) -> WorkspaceSettings:
    with bot.database.read() as tx:
        return get_settings(tx, WORKSPACE)


def days_of(bot: Bot) -> dict[date, str]:
    with bot.database.read() as tx:
        return list_days_off(tx, WORKSPACE, NOW.date())


def next_times(bot: Bot) -> list[tuple[str, date | None]]:
    """When each project is asked next, in UTC, and the day off that it was moved from."""
    with bot.database.read() as tx:
        found = list_all_schedules(tx, WORKSPACE)
    return [(f"{each.next_at:%Y-%m-%d %H:%M}", each.moved_from) for _, each in found]


def test_at_first_nothing_is_set_and_it_says_how_that_is_done(lite: Bot) -> None:
    text = lite.command("settings")["text"]

    assert "*Time zone*: none" in text
    assert "*Public holidays*: none" in text
    assert "*A line after each check-in goes to*: nowhere" in text
    assert "*Days off to come*\nNone are to come." in text
    assert "`days-off add 2026-12-24 to 2027-01-01 Year-end break`" in text


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("“Africa/Nairobi”", "Africa/Nairobi"),
        ("UTC", "UTC"),
    ],
)
def test_the_zone_is_set_and_said(lite: Bot, typed: str, zone: str) -> None:
    text = lite.command(f"settings zone {typed}")["text"]

    assert f"The workspace's time zone is {zone} now" in text
    assert f"*Time zone*: {zone}" in text
    assert settings_of(lite).zone == zone
    assert "*Time zone*: none" in lite.command("settings zone none")["text"]
    assert settings_of(lite).zone is None


def test_a_zone_that_is_none_is_answered_with_the_nearest(lite: Bot) -> None:
    text = lite.command("settings zone Berlim")["text"]

    assert "“Berlim” is no time zone" in text
    assert "`Europe/Berlin`" in text


def test_the_holidays_of_a_country_are_days_off(bot: Bot) -> None:
    text = bot.command("settings country Germany, Bavaria")["text"]

    assert "The public holidays of Germany, Bayern (`DE-BY`) are days off now" in text
    assert "Thursday 14 May 2026: Ascension Day (public holiday)" in text
    assert settings_of(bot).country == "DE-BY"

    text = bot.command("settings country none")["text"]

    assert "*Public holidays*: none" in text
    assert "Ascension" not in text


def test_a_country_that_is_not_known_is_answered_with_the_nearest(lite: Bot) -> None:
    text = lite.command("settings country Germeny")["text"]

    assert "“Germeny” is no country" in text
    assert "Did you mean Germany?" in text


def test_days_off_are_added_and_said_with_their_weekdays(bot: Bot) -> None:
    text = bot.command("settings days-off add 2026-12-24 to 2027-01-01 Year-end break")["text"]

    said = "Thursday 24 December 2026 to Friday 1 January 2027"
    assert f"📅 9 days off are added: {said}, Year-end break." in text
    assert f"• {said}: Year-end break" in text
    assert len(days_of(bot)) == 9
    assert set(days_of(bot).values()) == {"Year-end break"}


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("24 Dec", [EVE]),
        ("24 Dec Team & family day", [EVE]),
        ("24 Dec to 25 Dec", [EVE, date(2026, 12, 25)]),
        # The last day is the next one after the first.
        ("31 Dec to 1 Jan", [date(2026, 12, 31), date(2027, 1, 1)]),
        ("tomorrow", [date(2026, 5, 5)]),
        # A break that has begun.
        ("2026-05-03 to 2026-05-04", [date(2026, 5, 4)]),
    ],
)
def test_days_are_written_as_people_do(lite: Bot, typed: str, days: list[date]) -> None:
    lite.command(f"settings days-off add {typed}")

    assert list(days_of(lite)) == days


def test_a_name_is_kept_as_it_was_typed_and_shown_without_effect(lite: Bot) -> None:
    text = lite.command("settings days-off add 24 Dec *Team* &amp; &lt;!here&gt;")["text"]

    assert days_of(lite) == {EVE: "*Team* & <!here>"}
    assert "<!here>" not in text
    assert "&lt;!here&gt;" in text


def test_without_a_name_it_is_a_day_off(lite: Bot) -> None:
    lite.command("settings days-off add 24 Dec")

    assert days_of(lite) == {EVE: "Day off"}


def test_a_day_that_is_there_gets_the_new_name(lite: Bot) -> None:
    lite.command("settings days-off add 24 Dec Eve")

    text = lite.command("settings days-off add 24 Dec Christmas Eve")["text"]

    assert "The name is changed: Thursday 24 December 2026, Christmas Eve." in text
    assert days_of(lite) == {EVE: "Christmas Eve"}


def test_days_off_are_removed_again(bot: Bot) -> None:
    bot.command("settings days-off add 2026-12-24 to 2027-01-01 Break")

    text = bot.command("settings days-off remove 26 Dec to 31 Dec")["text"]

    assert "6 days are no longer off: Saturday 26 December 2026 to Thursday 31 December 2026" in text
    assert list(days_of(bot)) == [EVE, date(2026, 12, 25), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("days-off remove 2026-12-24", "no such day off"),
        ("days-off remove 2026-12-25", "but a public holiday: Christmas Day"),
        ("days-off add 2026-12-24 to 2026-12-20", "is before"),
        ("days-off add 2026-12-24 to 2036-12-24", "more than 366 days"),
        ("days-off add 2026-05-01", "is past"),
        ("days-off add soon", "“soon” is no day"),
        ("days-off add 03/04/2027 Party", "could be"),
        ("days-off add 24 Dec " + "x" * 200, "at most 150"),
        ("days-off add", "needs more words"),
        ("days-off drop 24 Dec", "needs more words"),
        ("zone", "needs more words"),
        ("lines general", "needs more words"),
        ("lines <#C0SECRET999|secret>", "does not know <#C0SECRET999>"),
        ("colour blue", "needs more words"),
    ],
)
def test_what_is_not_understood_changes_nothing(lite: Bot, line: str, said: str) -> None:
    lite.command("settings country DE")
    before = dump(lite.database)

    assert said in lite.command(f"settings {line}")["text"]

    assert dump(lite.database) == before


def test_a_name_that_is_too_long_is_given_back(lite: Bot) -> None:
    name = "long " * 40

    assert name.strip() in lite.command(f"settings days-off add 24 Dec {name}")["text"]


def test_the_list_shows_what_is_to_come_of_both_kinds(lite: Bot) -> None:
    lite.command("settings country DE")
    lite.command("settings days-off add 24 Dec Eve")

    settings = lite.type_command("settings")
    assert "… and" in settings.text
    lite.press(settings, "All days off")

    text = lite.last_message().text
    assert "Thursday 24 December 2026: Eve\n" in text
    assert "Friday 25 December 2026: Christmas Day (public holiday)" in text
    assert text == lite.command("settings days-off")["text"]


def test_a_long_list_has_pages(lite: Bot) -> None:
    for month in range(6, 13):
        for day in range(1, 29, 2):
            name = f"{month}-{day} {'a day to remember ' * 7}"
            lite.command(f"settings days-off add 2026-{month:02}-{day:02} {name}")

    first = lite.type_command("settings days-off")
    assert "Page 1 of 2" in first.text
    lite.press(first, "Next page")

    assert "12-27 a day to remember" in lite.last_message().text
    assert "12-27" not in first.text


@pytest.mark.parametrize("word", ["lines", "digest"])
def test_a_line_after_each_check_in_gets_a_channel(lite: Bot, word: str) -> None:
    text = lite.command(f"settings {word} <#{DOCS}|proj-docs>")["text"]

    assert f"After each check-in, a line about it goes to <#{DOCS}> from now on." in text
    assert "`/project digest #channel fri 15:00`" in text
    assert f"*A line after each check-in goes to*: <#{DOCS}>" in text
    assert settings_of(lite).digest_channel_id == DOCS
    lite.command(f"settings {word} none")
    assert settings_of(lite).digest_channel_id is None


@pytest.mark.parametrize(
    "line", ["zone UTC", "country DE", "lines none", "days-off add 24 Dec", "days-off remove 24 Dec"]
)
def test_guests_read_and_do_not_change(lite: Bot, line: str) -> None:
    before = dump(lite.database)

    text = lite.command(f"settings {line}", person=LEILANI)["text"]

    assert "guests do not" in text
    assert f"<@{WANJIRU}>" in text
    assert dump(lite.database) == before
    assert "*Time zone*" in lite.command("settings", person=LEILANI)["text"]


def test_every_full_member_changes_them(lite: Bot) -> None:
    assert "UTC" in lite.command("settings zone UTC", person=MATEO)["text"]


def test_a_prompt_moves_when_its_day_goes_off_and_back_when_it_is_not(bot: Bot) -> None:
    add(bot, slug="docs", name="Docs", channel_id=DOCS)
    bot.command("schedule docs weekly mon 09:30 UTC")
    assert next_times(bot) == [("2026-05-11 09:30", None)]

    bot.command("settings days-off add 2026-05-11 Team day")
    assert next_times(bot) == [("2026-05-12 09:30", date(2026, 5, 11))]

    bot.command("settings days-off remove 2026-05-11")
    assert next_times(bot) == [("2026-05-11 09:30", None)]


def test_a_prompt_that_a_break_has_put_off_for_a_week_comes_back_when_it_is_called_off(lite: Bot) -> None:
    add(lite, slug="docs", name="Docs", channel_id=DOCS)
    lite.command("schedule docs weekly mon 09:30 UTC")

    lite.command("settings days-off add 2026-05-11 to 2026-05-17 Break")
    assert next_times(lite) == [("2026-05-18 09:30", None)]

    lite.command("settings days-off remove 2026-05-11 to 2026-05-17")
    assert next_times(lite) == [("2026-05-11 09:30", None)]


def test_a_countrys_holidays_move_prompts_too(lite: Bot) -> None:
    add(lite, slug="docs", name="Docs", channel_id=DOCS)
    lite.command("schedule docs every 2 weeks thu 09:30 UTC from 2026-05-14")

    lite.command("settings country DE")

    # Ascension Day.
    assert next_times(lite) == [("2026-05-15 09:30", date(2026, 5, 14))]

"""Which statuses in Slack say that somebody is away."""

import pytest

from bot.domain.away_words import says_away

AWAY = [
    # Slack's own suggestions.
    ("Vacationing", ":palm_tree:"),
    ("Out sick", ":face_with_thermometer:"),
    # In words alone.
    ("Vacation", ""),
    ("On vacation until 5 January", ""),
    ("on holiday", ":speech_balloon:"),
    ("Holidays!", ""),
    ("Annual leave", ""),
    ("On leave", ":seedling:"),
    ("Parental leave until June", ":baby:"),
    ("maternity-leave", ""),
    ("Sick leave", ""),
    ("Sabbatical", ""),
    ("OOO", ""),
    ("ooo till Mon, call Ana if urgent", ""),
    ("O.O.O.", ""),
    ("Out of Office", ""),
    ("out-of-office", ""),
    ("PTO", ""),
    ("day off", ""),
    ("Taking some time off", ""),
    ("Off today", ""),
    ("off until thursday", ""),
    ("Out until 3 Dec", ""),
    ("Away", ""),
    ("away until 7 Jan", ":wave:"),
    ("AWAY — back on Monday", ""),
    ("Back on Tuesday", ""),
    ("back on 7th of January", ""),
    ("sick", ""),
    ("Home sick today", ""),
    ("ill 🤒", ""),
    ("not feeling well", ""),
    ("Im Urlaub", ""),
    ("krank", ""),
    ("en congé", ""),
    ("de vacaciones", ""),
    ("På semester", ""),
    ("On vacation, no meetings", ""),
    # By the emoji.
    ("", ":palm_tree:"),
    ("", "palm_tree"),
    ("", ":airplane:"),
    ("", ":face_with_thermometer:"),
    ("", ":beach_with_umbrella:"),
    ("until the 5th", ":palm_tree:"),
    ("Get-well soup welcome", ":face_with_thermometer:"),
    ("", ":breast-feeding::skin-tone-3:"),
]

THERE = [
    ("", ""),
    ("", ":house_with_garden:"),
    ("", ":no_such_emoji:"),
    # Slack's own suggestions.
    ("In a meeting", ":spiral_calendar_pad:"),
    ("Commuting", ":bus:"),
    ("Working remotely", ":house_with_garden:"),
    # Elsewhere, and at work.
    ("remote", ":palm_tree:"),
    ("Working from the beach", ":palm_tree:"),
    ("WFH, sick kid", ""),
    ("To the conference", ":airplane:"),
    ("On a call", ":palm_tree:"),
    ("Lunch", ""),
    ("Out for lunch", ""),
    ("Away from keyboard", ""),
    ("Focus time", ""),
    ("half day off", ""),
    # Other things that are said with the same words.
    ("Back from vacation", ""),
    ("back from holiday :)", ":palm_tree:"),
    ("Vacation in 2 weeks", ""),
    ("3 days to vacation!", ""),
    ("Need a vacation", ":palm_tree:"),
    ("planning my holiday", ""),
    ("Holiday cover for Ana", ""),
    ("Happy holidays!", ":christmas_tree:"),
    ("not on vacation", ""),
    ("giving cookies away", ""),
    ("Sick of winter", ""),
    ("Ill be late", ""),
    ("I'll be late", ""),
    ("Chill", ""),
    ("Autumn semester", ""),
    ("back at 3", ""),
    ("back in 10 minutes", ""),
    ("Leave me a message", ""),
    ("Office hours 2-4", ""),
    ("x" * 100, ":grinning:"),
]


@pytest.mark.parametrize(("text", "emoji"), AWAY)
def test_a_status_that_says_so_counts(text: str, emoji: str) -> None:
    assert says_away(text, emoji)


@pytest.mark.parametrize(("text", "emoji"), THERE)
def test_no_other_status_does(text: str, emoji: str) -> None:
    assert not says_away(text, emoji)

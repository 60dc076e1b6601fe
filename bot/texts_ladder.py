"""What is said of the ladder of reminders: its steps, and where something stands. See `bot.texts`."""

from datetime import date

from bot.domain.reminder_hours import Wish
from bot.domain.reminder_ladder import Step
from bot.texts_changes import day_in_words

LADDER_HEADING = "*The ladder*"
LADDER = {
    Step.OWNER: "a direct message to whoever looks after it",
    Step.AGAIN: "the same once more, a week later",
    Step.CHANNEL: "a line in the project's channel, a week after that",
    Step.DIGEST: "from then on the digest alone",
}
STEP = {
    Step.OWNER: "a direct message to {who}",
    Step.AGAIN: "a second direct message to {who}",
    Step.CHANNEL: "a line in the channel",
    Step.DIGEST: "in the digest, nothing else",
}
NOBODY = "nobody: there is no owner who can be told"
NOTHING_OPEN = "No outcome is open, so nobody is reminded of anything."
RESTS = "It is not active, so nobody is reminded of anything."
OFF = "The workspace has reminders turned off: `/project settings reminders 3`."
PASSED_OVER = (
    "People who are away are passed over, and so are those who want no messages. A snooze puts off what "
    "comes next. Target dates are told of a week ahead, on the day, and a week past it, in the same messages."
)
HOW_TO_REMIND = "Your own reminders: Home tab, under Settings. The workspace's: `/project settings`."


NOTHING_NEXT = "Nothing is to come."
CHANNEL_AGAIN = "Lines in the channel again"


def no_channel(slug: str) -> str:
    """`slug` is escaped."""
    return f"It has no channel, so there is no line in one: `/project channel {slug} #channel`."


def channel_stopped(because: str) -> str:
    return f"⚠️ Slack does not take lines in its channel any more (`{because}`)."


def channel_wish(wish: Wish) -> str:
    """One that is not the usual."""
    if wish is Wish.LESS:
        return "🔉 A line in its channel comes once a week at most, as somebody there wished."
    return "🔕 No line comes in its channel, as somebody there wished."


def snoozed_till(day: date) -> str:
    return f"snoozed until {day_in_words(day)}"

"""What is said in and of digests, briefs and one's own week. See `bot.texts`."""

from bot.domain.digest import Became, Before, Own

NAME = {"digest": "digest", "brief": "brief", "mine": "“my week”"}
"""By command."""

DIGEST_HEADING = "Digest"
BRIEF_HEADING = "Brief"
WEEK_HEADING = "My week"
BECAME = {
    Became.OFF_TRACK: "🔴 Now off track",
    Became.AT_RISK: "🟡 Now at risk",
    Became.STALE: "🍂 Now stale",
    Became.DONE: "✅ Done",
    Became.RECOVERED: "🟢 Back on track",
    Became.DROPPED: "⚪ Dropped",
    Became.SAID: "💬 Said",
}
BEFORE = {
    Before.OFF_TRACK: "🔴 Off track",
    Before.AT_RISK: "🟡 At risk",
    Before.STALE: "🍂 Stale or never checked",
    Before.CHANGED: "💬 Changed since",
}
OWN = {
    Own.OFF_TRACK: "🔴 Off track",
    Own.AT_RISK: "🟡 At risk",
    Own.DUE: "📅 Due within a week, or overdue",
    Own.UNVOUCHED: "🍂 Waiting for your word",
    Own.FINE: "🟢 In good order",
}
OWN_DONE = "✅ Done since"
ROUNDS = "📍 Check-ins to come"
NEWS = "📝 The records"
LONG_STALE = "🍂 Stale for longer"
LONG_STALE_IN_THREAD = "🧵 What has been stale for longer is in the thread."
UNHEARD = "🔇 Not heard from"
UNHEARD_MEANS = "Nobody answered their last check-in. A word in its thread still counts."
NOTHING_IN_DIGEST = "🌿 Nothing to report: all is as it was, and nobody needed to say otherwise."
NOTHING_IN_BRIEF = "🌿 Nothing to report: nothing is off track, at risk or stale, and nothing has changed."
NOTHING_IN_WEEK = (
    "🌿 Nothing is waiting for you: no open outcome is yours, and no check-in of yours is to come."
)
IN_THREAD = "🧵 Who said what, and all the rest, is in the thread."
GOES_ON_IN_THREAD = "🧵 It goes on in the thread."
NEW_PROJECT = "is new"
NEW_GOAL = "has another goal"
STATE = {"active": "goes on", "paused": "is paused", "completed": "is completed", "archived": "is archived"}

BRIEF_COMES = "📬 Your brief is on its way: it comes by direct message in a moment."
DIGEST_COMES = "📬 A digest of the last seven days is on its way: it comes by direct message in a moment."
NONE_SET = "Nothing of that kind comes by itself yet."
TROUBLE_WHY = "You are told once, since you set it."
SEND_ME_ONE = "Send me a digest now"
BRIEF_ME = "Brief me now"
MY_WEEK = "My week"

HOW_TO_DIGEST = (
    "`/project digest #channel fri 15:00` posts what changed in the week, `/project brief #channel thu "
    "09:00` what to speak of before a meeting; a time zone may follow, and `off` in place of the time ends "
    "one. Without `#channel` it comes to you by direct message. `/project mine fri 09:00` sends you your own "
    "week."
)
WHAT_LINES_ARE = "`/project settings lines #channel` is something else: a line after each check-in."


def line_of(command: str, channel_id: str | None) -> str:
    """How somebody begins to type it."""
    return f"/project {command} #channel" if channel_id else f"/project {command}"


def is_set(kind: str, where: str, words: str, when: str | None) -> str:
    """`where` is drawn, `words` are of its cadence, `when` the next time, drawn."""
    first = f" The first comes {when}." if when else ""
    return f"🗞️ {_the(kind)} comes {where} {words}.{first}"


def has_to_be_in(channel_id: str) -> str:
    return f"If Waymark is not in <#{channel_id}> yet: `/invite @Waymark` there."


def how_to_end(command: str, channel_id: str | None) -> str:
    return f"`{line_of(command, channel_id)} off` ends it."


def ended(kind: str, where: str) -> str:
    """`where` is drawn."""
    return f"🔕 {_the(kind)} comes {where} no more."


def where_in_words(place: str, *, is_person: bool) -> str:
    return "to you by direct message" if is_person else f"in <#{place}>"


def why(command: str, channel_id: str | None, words: str, set_by: str) -> str:
    """`words` are of its cadence."""
    who = "you" if channel_id is None else f"<@{set_by}>"
    line = line_of(command, channel_id)
    return f"This comes {words}, because {who} set it. `{line} off` ends it, `{line} WHEN` changes when."


def why_asked_for(command: str) -> str:
    return f"You asked for it. `/project {command} thu 09:00` has it come by itself."


def as_of(since: str, until: str) -> str:
    """Both are drawn."""
    return f"As of {until}; what has changed, since {since}"


def period(since: str, until: str) -> str:
    """Both are drawn."""
    return f"From {since} to {until}"


def was(status: str) -> str:
    return f"was {status}"


def unheard_of(name: str, rounds: int) -> str:
    """`name` is drawn."""
    return f"{name} ({rounds} check-ins)" if rounds > 1 else name


def more_in_thread(count: int) -> str:
    return f"… and {count:,} more in the thread"


def more_elsewhere(count: int) -> str:
    return f"… and {count:,} more, too many to read here: `/project stale` and `/project list` show all."


def others_said(count: int) -> str:
    if count == 1:
        return "💬 1 more outcome was spoken of, and stands as it did"
    return f"💬 {count:,} more outcomes were spoken of, and stand as they did"


_STOPPED = {
    "is_archived": "the channel is archived. Once it is back, setting it again brings it back, too",
    "is_inactive": "the channel is archived. Once it is back, setting it again brings it back, too",
    "not_in_channel": "Waymark is not in the channel. `/invite @Waymark` there brings it back",
    "channel_not_found": "Slack does not know the channel any more, or Waymark is not in it. "
    "`/invite @Waymark` there brings it back",
    "restricted_action": "Waymark may not write there; an admin of the workspace can allow it",
    "restricted_action_read_only_channel": "few may write there, and Waymark may not; an admin of the "
    "workspace can allow it",
}


def stopped(kind: str, channel_id: str, because: str) -> str:
    """`because` is Slack's word."""
    way = _STOPPED.get(because, f"Slack refused it (`{because}`)")
    line = line_of(kind, channel_id)
    return (
        f"⚠️ {_the(kind)} in <#{channel_id}> has stopped: {way}. `{line} fri 15:00` sets it again, there or "
        f"elsewhere; `{line} off` ends it. Nothing is lost: the next one tells of this time, too."
    )


def stopped_briefly(because: str) -> str:
    """`because` is Slack's word."""
    return f"⚠️ stopped: {_STOPPED.get(because, f'Slack refused it (`{because}`)')}"


def goes_on_again(kind: str, channel_id: str) -> str:
    return f"🗞️ {_the(kind)} in <#{channel_id}> goes on."


def is_ended(kind: str, channel_id: str) -> str:
    return f"🔕 {_the(kind)} in <#{channel_id}> is ended."


def _the(kind: str) -> str:
    return "Your week" if kind == "mine" else f"The {NAME[kind]}"

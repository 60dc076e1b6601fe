"""What is said when a project cannot be asked, or not yet: why, and the way to mend it. See `bot.texts`."""

ASK_ME = "Ask me directly"
WHY_TOLD = "You are told once, as the project's owner."
TRY_AGAIN = "Try again"
WHY_CONSENT = "You are asked once. If you do nothing, nobody is asked how the project stands."

_STOPPED = {
    "is_archived": "its channel is archived. Bring the channel back, or give the project another: "
    "`/project channel {slug} #channel`.",
    "is_inactive": "its channel is archived. Bring the channel back, or give the project another: "
    "`/project channel {slug} #channel`.",
    "not_in_channel": "Waymark is no longer in its channel. `/invite @Waymark` there brings it back.",
    "channel_not_found": "Slack knows its channel no longer, or Waymark may not see it. `/invite @Waymark` "
    "there, or `/project channel {slug} #channel` for another.",
    "user_not_found": "who is to be asked is no longer in the workspace. `/project owner {slug} @person` "
    "says who is.",
    "user_disabled": "who is to be asked is no longer in the workspace. `/project owner {slug} @person` "
    "says who is.",
    "restricted_action": "Waymark may not write there; an admin of the workspace can allow it.",
    "restricted_action_read_only_channel": "few may write in its channel, and Waymark may not; an admin of "
    "the workspace can allow it.",
}
_STOPPED_OTHERWISE = "Slack refused it (`{because}`). An admin of the workspace may know more."


def consent(name: str, cadence: str) -> str:
    """`name` is escaped, `cadence` in words."""
    return (
        f"*{name}* is to check in {cadence}. It has no channel, and you own it: may Waymark ask you here, by "
        "direct message?"
    )


def consented(name: str, cadence: str) -> str:
    """`name` is escaped, `cadence` in words."""
    return f"🔔 *{name}*: you are asked here, by direct message, {cadence}."


def no_consent_needed(name: str) -> str:
    """`name` is escaped."""
    return f"*{name}*: there is nothing to agree to any more."


def nowhere(slug: str, owner_id: str | None) -> str:
    """`slug` is escaped."""
    way = f"`/project channel {slug} #channel` gives it one"
    if owner_id is None:
        return f"It has neither a channel nor an owner, so nobody is asked. {way}."
    return (
        f"It has no channel, so nobody is asked until {way}, or its owner <@{owner_id}> agrees to be asked "
        "by direct message."
    )


def goes_on_again(name: str) -> str:
    """`name` is escaped."""
    return f"🔔 *{name}*: check-ins go on."


def stopped_briefly(name: str, slug: str, because: str) -> str:
    """`name` and `slug` are escaped; `because` is Slack's word."""
    way = _STOPPED.get(because, _STOPPED_OTHERWISE).format(slug=slug, because=because)
    return f"⚠️ Check-ins of *{name}* have stopped: {way}"


def stopped(name: str, slug: str, because: str) -> str:
    """`name` and `slug` are escaped; `because` is Slack's word."""
    way = _STOPPED.get(because, _STOPPED_OTHERWISE).format(slug=slug, because=because)
    return f"⚠️ *{name}*: check-ins have stopped, since {way} The record and all that was said are kept."


def more_stopped(count: int) -> str:
    return f"… and {count} more of your projects: `/project schedule PROJECT` says why."

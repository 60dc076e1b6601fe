"""What `doctor` finds in the records of a workspace, in words. See `bot.texts_doctor`."""

from bot.texts_doctor_setup import Words

RECORDS = {
    "worker_idle": Words(
        "Nothing is sent or asked: no worker does what has been due since {since}",
        "What is promised is kept ({count_messages} waiting); commands and forms are answered.",
        "Start one: `python -m bot worker`, or `web --with-worker`. If one runs, its log says what stops it.",
    ),
    "worker_behind": Words(
        "The worker is behind: something has been due since {since}",
        "What is promised is sent, only later ({count_messages} waiting).",
        "Look again in a few minutes. If it grows, start another worker: `python -m bot worker`.",
    ),
    "deliveries_refused": Words(
        "Slack has refused {count_messages} since {since}",
        "They are kept and tried again for up to a week.",
        "`python -m bot doctor` asks Slack why: most often a token was revoked, or a scope is missing.",
    ),
    "deliveries_stuck": Words(
        "{count_messages} came to nothing {tries} times or more, the first promised {since}",
        "They are kept, and tried again every few minutes.",
        "The log of the worker says why; most often Slack cannot be reached from its machine.",
    ),
    "deliveries_failed": Words(
        "{count_messages} of the last {days} days will never be sent: Slack said `{because}`{about_projects}",
        "All others are sent, and what was said to Waymark is kept.",
        "{mend_failed}",
    ),
    "channel_archived": Words(
        "{channel} is archived, and {uses}",
        "The records are kept and can be changed.",
        "Bring the channel back in Slack, or choose another: {choose_channel}.",
    ),
    "channel_without_bot": Words(
        "Waymark is not in {channel}, and {uses}",
        "The records are kept and can be changed.",
        "`/invite @Waymark` in the channel, or choose another: {choose_channel}.",
    ),
    "channel_unknown": Words(
        "Slack tells nothing of {channel}: it is gone, or private and without Waymark; and {uses}",
        "The records are kept and can be changed.",
        "`/invite @Waymark` in the channel, or choose another: {choose_channel}.",
    ),
    "owner_gone": Words(
        "{person} has left, and still {held}",
        "The records are kept; nobody is reminded in their place.",
        "{hand_on}.",
    ),
    "member_gone": Words(
        "{person} has left, and is still on the team of {member}",
        "Nobody waits for their reply.",
        "`/project member remove {member_first} @person`.",
    ),
    "check_ins_stopped": Words(
        "Check-ins have stopped, since Slack said `{because}`: {projects}",
        "The records are kept and can be changed.",
        "{mend_failed} Then they go on: `/project schedule {projects_first}`.",
    ),
    "nowhere_to_ask": Words(
        "Nobody can be asked, without a channel or an owner who agreed to be asked directly: {projects}",
        "The schedule is kept.",
        "`/project channel {projects_first} #channel`, or `/project owner {projects_first} @person`.",
    ),
    "paused_for_ever": Words(
        "Paused without an end, so that no check-in comes: {projects}",
        "The schedule is kept.",
        "`/project resume {projects_first}`, or `/project pause {projects_first} until DATE`.",
    ),
    "never_fires": Words(
        "No check-in will ever come, since each day for it is off, for two years: {projects}",
        "The schedule is kept, and `/project checkin {projects_first}` asks now.",
        "Other days: `/project schedule {projects_first}`. Which are off: `/project settings days-off`.",
    ),
    "nobody_left_to_ask": Words(
        "Everybody has left of what still checks in: {projects}",
        "Whoever is in the channel can reply.",
        "`/project owner {projects_first} @person`, or `/project archive {projects_first}`.",
    ),
    "digest_stopped": Words(
        "What `/project {kind}` sends {where} has stopped: Slack said `{because}`",
        "What it would have told is told once it goes on.",
        "{mend_failed} Then set it again: {set_again}.",
    ),
    "digest_never_fires": Words(
        "What `/project {kind}` is to send {where} will never come: each day for it is off, for two years",
        "`/project {kind}` still shows how things stand.",
        "Set another day: {set_again}.",
    ),
    "digests_hidden": Words(
        "Digests or briefs in places that you do not see have stopped, or never come: {count}",
        "All others are sent.",
        "Whoever set them was told; `python -m bot doctor` names the places.",
    ),
    "page_stopped": Words(
        "The page that goes to `{address}` is not published any more since {since}: {why_page}",
        "The records are kept; what waits is published once it is mended.",
        "{mend_page} Then: `python -m bot publish now`.",
    ),
    "page_failing": Words(
        "The page that goes to `{address}` could not be published since {since}: {why_page}",
        "It is tried again every few minutes, and nothing that waits is lost.",
        "{mend_page}",
    ),
    "page_waits": Words(
        "The page that goes to `{address}` should have been published {since}, and no worker does it",
        "Nothing that waits is lost.",
        "Start one: `python -m bot worker`, or `web --with-worker`. If one runs, its log says what stops it.",
    ),
    "zone_unknown": Words(
        "This machine does not know the workspace's time zone, `{zone}`",
        "Projects with a time zone of their own are asked.",
        "`/project settings zone ZONE`, or install the newest `tzdata` with pip.",
    ),
    "rest_left_out": Words(
        "There is more: of each kind only the first {count} were looked at",
        "What is said above is true.",
        "Mend these, and ask again.",
    ),
}
"""By code."""

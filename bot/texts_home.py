"""What is said in the home tab, and in a direct message. See `bot.texts`."""

PARTS = {
    "waiting": "what waits for you",
    "outcomes": "your other outcomes",
    "mine": "your projects",
    "workspace": "the projects going on",
}
"""What the buttons that turn pages are called where they are read aloud."""

MY_ABSENCE = "When I am away"
WORKSPACE_SETTINGS = "Days off and more"
NO_PROJECTS = (
    "No projects yet. `/project create NAME` begins one; whoever runs Waymark can read them from a page."
)
NO_SHARED_PROJECTS = "The channels that you share with this workspace have no projects yet."
FOR_EXTERNAL = (
    "You are here from another organization. Below are the projects of the channels that you share with this "
    "workspace. Mention Waymark there to read them: “@Waymark show”, “@Waymark list”. When it asks in such a "
    "channel how things stand, reply in the thread: your answer counts under your name. All else is for "
    "members of this workspace."
)


def three_things(slug: str | None, *, may_create: bool) -> str:
    """For somebody who has nothing here yet. `slug`: of a project that there is, escaped."""
    first = (
        f"`/project show {slug}` shows a project: its goal, its outcomes, where to find more"
        if slug
        else "`/project create NAME` begins a project, which you own"
    )
    second = (
        "`/project create NAME` begins a project of your own"
        if slug
        else "`/project outcome add PROJECT TEXT` says what it is to reach"
    )
    if not may_create:
        first = first if slug else "`/project list` shows the projects of the channels that you are in"
        second = "`/project search WORDS` finds projects by any word in their records"
    return (
        "*Three things to try*\n"
        f"1. {first}\n"
        f"2. {second}\n"
        "3. Mention Waymark in a thread, or write to it under Messages: `list`, `show PROJECT`, `help`\n"
        "What you own or are asked to look after will then stand here, with what waits for you on top."
    )


def nothing_waits(*, has_outcomes: bool) -> str:
    if has_outcomes:
        return "🌿 Nothing waits for you: all that you look after is fresh and on its way."
    return (
        "🌿 Nothing waits for you: no open outcome is yours. `/project assign PROJECT N me` makes one yours."
    )


def more_outcomes(shown: int) -> str:
    return (
        f"You look after more than {shown:,} open outcomes; the ones checked last are left out here. "
        "`/project list mine` leads to them."
    )


def more_projects(shown: int) -> str:
    return f"You have more than {shown:,} projects. `/project list mine` shows them all."


def settings(time_zone: str | None) -> str:
    """`time_zone` is escaped; None for one whose dates are read in UTC, since Slack told no other."""
    zone = (
        f"Your time zone is *{time_zone}*, as Slack has it: you change it in Slack's own preferences."
        if time_zone
        else "Your dates are read in UTC: Slack names no other time zone. You set yours in its preferences."
    )
    return (
        f"{zone}\n"
        "What waits for you are the open outcomes that are yours, and those of nobody in your projects. "
        "`/project assign PROJECT N @person` and `/project owner PROJECT @person` hand them on."
    )


OFF_THE_RECORD = "🍂 That outcome is no longer on the record."


def still_true(outcome: str) -> str:
    """`outcome` is escaped."""
    return f"👍 Still true: “{outcome}”"


GREETING = (
    "👋 Hello! `list` shows the projects, `show PROJECT` one of them, "
    "`update PROJECT N STATUS` says how an outcome stands, and `help` knows the rest."
)
THANKS = "🌿 With pleasure. `stale` shows what could do with a look, `help` what else there is."
FILES_ALONE = (
    "📎 Waymark reads words and leaves files where they are. `help` shows what it understands; "
    "`link add PROJECT ADDRESS` keeps a link to a file."
)

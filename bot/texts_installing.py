"""Sentences about installing the bot: on the pages of `/slack/install`, and where it is not installed."""

NOT_INSTALLED = (
    "🍂 Waymark is not installed in this workspace, so nothing was changed. If it was removed in the last 30 "
    "days, whoever installs it again has all projects back."
)

TITLE = "Add Waymark to Slack"
LEAD = "Waymark asks in each project's channel how things stand, and keeps the record true."
SEES = (
    "It reads what is said to it, and the threads of its own check-ins.",
    "It posts check-ins, reminders and digests in channels that it was invited to.",
    (
        "Your workspace's records stay apart from all others. When you remove Waymark, they are kept for "
        "30 days, and then deleted."
    ),
)
BUTTON = "Add to Slack"

DONE_TITLE = "Waymark is installed"
OPEN_SLACK = "Open Slack"
HOW_TO_BEGIN = "In Slack, type /project create in the channel of a project, or /project help to see more."

FAILED_TITLE = "Waymark was not installed"
AGAIN = "Begin again"
NOTHING_CHANGED = "Nothing was changed."

DENIED = "Slack says that it was not allowed. If only an admin of your workspace may install apps, ask one."
OTHER_BROWSER = (
    "This was not begun in this browser, or cookies are off. Begin again, and come back in the same browser."
)
TOO_OLD = (
    "This was used already, or begun more than ten minutes ago, or before very many others. Begin again, and "
    "come straight back."
)
INCOMPLETE = "Slack's answer is not complete."
WHOLE_ORGANIZATION = (
    "This was for a whole organization. Waymark is installed in one workspace of it at a time: begin again, "
    "and choose a workspace on Slack's page."
)
SLACK_AWAY = "Slack does not answer just now. Try again in a few minutes."
DATABASE_AWAY = "Waymark's database does not answer just now. Try again in a few minutes."


def done(workspace: str) -> str:
    return f"{workspace} has Waymark now."


def refused(code: str) -> str:
    return f"Slack has refused it ({code}). If that happens again, tell whoever runs this Waymark."


def broken(reference: str) -> str:
    return f"Something went wrong inside Waymark. Its log has it under {reference}."

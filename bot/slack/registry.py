"""Which commands there are, and what answers each.

To add a command: write its functions in a module of `bot/slack/commands`, add its row to COMMANDS below,
and its name to `QueryName` in queries.py. Help and the README's table are made from the rows.
"""

from bot.slack.commands import helping, listing, projects
from bot.slack.commands.command import Command

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command(
            "overview",
            "",
            "What there is, and how to go on.",
            helping.ask_overview,
            helping.answer_overview,
        ),
        Command(
            "help",
            "[COMMAND]",
            "The commands, or one of them with examples.",
            helping.ask_help,
            helping.answer_help,
            ("help", "help show"),
        ),
        Command(
            "list",
            "[mine | stale | all | archived]",
            "Projects by name, ten a page: those that are going on, or the ones you ask for.",
            listing.ask_list,
            listing.answer_list,
            ("list", "list mine", "list archived"),
        ),
        Command(
            "show",
            "[PROJECT]",
            "The whole record: goal, outcomes, links, team.",
            projects.ask,
            projects.answer_show,
            ("show jmte", "show"),
            about_project=True,
        ),
        Command(
            "goal",
            "[PROJECT]",
            "The strategic goal alone.",
            projects.ask,
            projects.answer_goal,
            ("goal jmte",),
            about_project=True,
        ),
        Command(
            "outcomes",
            "[PROJECT]",
            "The key outcomes, each with its status and who last said what.",
            projects.ask,
            projects.answer_outcomes,
            ("outcomes jmte",),
            about_project=True,
        ),
        Command(
            "links",
            "[PROJECT]",
            "Where to find more.",
            projects.ask,
            projects.answer_links,
            ("links jmte",),
            about_project=True,
        ),
        Command(
            "search",
            "WORDS",
            "Projects with these words in their name, goal, outcomes or team.",
            listing.ask_search,
            listing.answer_search,
            ("search docs", "search user interviews"),
        ),
        Command(
            "stale",
            "",
            "Projects with an outcome that nobody has vouched for in four weeks, or ever.",
            listing.ask_stale,
            listing.answer_list,
            ("stale",),
        ),
    )
}

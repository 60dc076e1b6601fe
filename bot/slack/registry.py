"""Which commands there are, and what answers each.

To add a command: write its functions in a module of `bot/slack/commands`, add its row to COMMANDS below,
and, if a button can ask it, its name to `QueryName` in queries.py. Help and the README's table are made from
the rows.
"""

from bot.slack.commands import (
    dates,
    details,
    families,
    helping,
    listing,
    outcomes,
    projects,
    recalling,
    records,
    rights,
)
from bot.slack.commands.command import Command, Write


def _writing(name: str, usage: str, summary: str, write: Write, examples: tuple[str, ...]) -> Command:
    """A command that always changes something of a project."""
    return Command(name, usage, summary, None, None, examples, about_project=True, write=write)


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
            "[PROJECT] [--on DATE]",
            "The whole record: goal, outcomes, links, team; with a date, as it was at the end of that day.",
            projects.ask_show,
            projects.answer_show,
            ("show jmte", "show", "show jmte --on 2026-06-01"),
            about_project=True,
        ),
        Command(
            "goal",
            "[PROJECT] [TEXT]",
            "The strategic goal alone; with a text, that is the goal from now on.",
            projects.ask,
            projects.answer_goal,
            ("goal jmte", "goal jmte Hubs in the open, wherever a scientist works"),
            about_project=True,
            write=records.goal,
            writes_if=records.is_goal_written,
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
        _writing(
            "update",
            outcomes.UPDATE_USAGE,
            "Say how an outcome stands: a status by word, first letters or mark; a number or per cent. "
            "Without a status, a form opens.",
            outcomes.update,
            (outcomes.UPDATE_EXAMPLE, "update jmte 1 41", "update jmte 3 ✅ October is up"),
        ),
        _writing(
            "outcome",
            outcomes.OUTCOME_USAGE,
            "Add, reword, move an outcome, or take it off the record. `edit` without a text opens its form.",
            outcomes.outcome,
            outcomes.OUTCOME_EXAMPLES,
        ),
        _writing(
            "assign",
            outcomes.ASSIGN_USAGE,
            "Who looks after an outcome; `me` and `nobody` are understood.",
            outcomes.assign,
            (outcomes.ASSIGN_EXAMPLE,),
        ),
        _writing(
            "due",
            dates.DUE_USAGE,
            "When an outcome is to be reached: `2026-12-24`, `24 Dec`, `next friday`, `in 3 weeks`.",
            dates.due,
            dates.DUE_EXAMPLES,
        ),
        _writing(
            "owner",
            records.OWNER_USAGE,
            "Who looks after the project; `me` and `nobody` are understood.",
            records.owner,
            (records.OWNER_EXAMPLE,),
        ),
        _writing(
            "metric",
            details.METRIC_USAGE,
            "What an outcome is measured by.",
            details.metric,
            (details.METRIC_EXAMPLE, "metric jmte 1 none"),
        ),
        _writing(
            "member",
            details.MEMBER_USAGE,
            "Who is on the team.",
            details.member,
            details.MEMBER_EXAMPLES,
        ),
        _writing(
            "channel",
            details.CHANNEL_USAGE,
            "Where the project lives: there, its name may be left out.",
            details.channel,
            (details.CHANNEL_EXAMPLE,),
        ),
        _writing(
            "link",
            records.LINK_USAGE,
            "Add a link, or take one off, by its number or address.",
            records.link_,
            records.LINK_EXAMPLES,
        ),
        _writing(
            "alias",
            records.ALIAS_USAGE,
            "Another name that finds the project.",
            records.alias,
            records.ALIAS_EXAMPLES,
        ),
        _writing(
            "parent",
            families.PARENT_USAGE,
            "Which project it is a part of.",
            families.parent,
            families.PARENT_EXAMPLES,
        ),
        Command(
            "create",
            "[NAME]",
            "A new project, which you own; without a name, a form for it.",
            None,
            None,
            (records.CREATE_EXAMPLE,),
            write=records.create,
        ),
        Command(
            "edit",
            "[PROJECT]",
            "The whole record in a form, its outcomes too.",
            None,
            None,
            ("edit jmte",),
            about_project=True,
            want=records.edit,
        ),
        *(
            _writing(name, "PROJECT", summary, records.change_state, (f"{name} jmte",))
            for name, summary in (
                ("pause", "Leave the project be for a while."),
                ("resume", "Take a paused or completed project up again."),
                ("complete", "The project has done what it was for."),
                ("archive", "Take the project out of the lists; nothing is deleted."),
                ("restore", "Bring an archived project back."),
            )
        ),
        Command(
            "access",
            rights.ACCESS_USAGE,
            "Who may change a project and who sees it; with a word, its team alone may, or everyone.",
            rights.ask_access,
            rights.answer_access,
            rights.ACCESS_EXAMPLES,
            about_project=True,
            write=rights.access,
            writes_if=rights.is_access_written,
        ),
        Command(
            "admin",
            rights.ADMIN_USAGE,
            "Who may do everything: the workspace's admins, and whom they name.",
            rights.ask_admin,
            rights.answer_admin,
            rights.ADMIN_EXAMPLES,
            write=rights.admin,
            writes_if=rights.is_admin_written,
        ),
        Command(
            "history",
            "[PROJECT] [N]",
            "Who changed what, when, from what to what; with a number, of one outcome.",
            recalling.ask_history,
            recalling.answer_history,
            ("history jmte", "history jmte 2"),
            about_project=True,
        ),
        Command(
            "undo",
            "",
            "Take back your last change, if nobody has changed the same since.",
            None,
            None,
            ("undo",),
            write=recalling.undo,
        ),
    )
}

"""What is changed of a project. See bot/slack/registry.py."""

from bot.slack.commands import details, families, recalling, records
from bot.slack.commands.command import Command, changing

PROJECT = (
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
    changing(
        "owner",
        records.OWNER_USAGE,
        "Who looks after the project; `me` and `nobody` are understood.",
        records.owner,
        (records.OWNER_EXAMPLE,),
    ),
    changing(
        "member",
        details.MEMBER_USAGE,
        "Who is on the team.",
        details.member,
        details.MEMBER_EXAMPLES,
    ),
    changing(
        "channel",
        details.CHANNEL_USAGE,
        "Where the project lives: there, its name may be left out.",
        details.channel,
        (details.CHANNEL_EXAMPLE,),
    ),
    changing(
        "link",
        records.LINK_USAGE,
        "Add a link, or take one off, by its number or address.",
        records.link_,
        records.LINK_EXAMPLES,
    ),
    changing(
        "alias",
        records.ALIAS_USAGE,
        "Another name that finds the project.",
        records.alias,
        records.ALIAS_EXAMPLES,
    ),
    changing(
        "parent",
        families.PARENT_USAGE,
        "Which project it is a part of.",
        families.parent,
        families.PARENT_EXAMPLES,
    ),
    changing(
        "pause",
        "PROJECT [until DATE]",
        "Leave the project be for a while; with a day, until then.",
        records.change_state,
        ("pause jmte", "pause jmte until 7 Jan"),
    ),
    *(
        changing(name, "PROJECT", summary, records.change_state, (f"{name} jmte",))
        for name, summary in (
            ("resume", "Take a paused or completed project up again."),
            ("complete", "The project has done what it was for."),
            ("archive", "Take the project out of the lists; nothing is deleted."),
            ("restore", "Bring an archived project back."),
        )
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

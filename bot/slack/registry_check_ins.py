"""When a project is asked, and who is left in peace. See bot/slack/registry.py."""

from bot.slack.commands import away, check_ins, projects, reminders
from bot.slack.commands.command import Command, changing

CHECK_INS = (
    Command(
        "schedule",
        check_ins.SCHEDULE_USAGE,
        "When Waymark asks how things stand: a weekday and a time, every week, every few weeks, monthly.",
        check_ins.ask_schedule,
        check_ins.answer_schedule,
        check_ins.SCHEDULE_EXAMPLES,
        about_project=True,
        write=check_ins.schedule,
        writes_if=check_ins.is_schedule_written,
    ),
    changing("skip", "PROJECT", "Leave out the next check-in.", check_ins.skip, ("skip jmte",)),
    changing("checkin", "PROJECT", "Ask now how things stand.", check_ins.check_in, ("checkin jmte",)),
    Command(
        "preview",
        "[PROJECT]",
        "What will be posted in the next 14 days, and why.",
        check_ins.ask_preview,
        check_ins.answer_preview,
        ("preview", "preview jmte"),
    ),
    Command(
        "remind",
        "[PROJECT]",
        "The ladder of reminders: where each outcome stands on it, and what comes next when.",
        projects.ask,
        reminders.answer_remind,
        ("remind jmte",),
        about_project=True,
    ),
    Command(
        "away",
        away.AWAY_USAGE,
        "The day that you are back on: until then, check-ins leave you be. Alone, how it stands.",
        away.ask_away,
        away.answer_away,
        away.AWAY_EXAMPLES,
        write=away.away,
        writes_if=away.is_away_written,
    ),
)

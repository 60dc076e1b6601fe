"""What holds for the workspace, and who may do what. See bot/slack/registry.py."""

from bot.slack.commands import doctor, public, publishing, rights, settings
from bot.slack.commands.command import Command

WORKSPACE = (
    Command(
        "settings",
        settings.SETTINGS_USAGE,
        "What holds for the workspace: time zone, days off, the channel that gets a line after each "
        "check-in, when things are stale, how often people are reminded, whether projects are on a public "
        "page.",
        settings.ask_settings,
        settings.answer_settings,
        settings.SETTINGS_EXAMPLES,
        write=settings.settings,
        writes_if=settings.is_settings_written,
    ),
    Command(
        "page",
        public.PAGE_USAGE,
        "The workspace's public page: whether it is on, where, and all that everybody reads there.",
        public.ask_page,
        public.answer_page,
        public.PAGE_EXAMPLES,
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
        "publish",
        publishing.PUBLISH_USAGE,
        "Where the page of projects goes, when last, what waits and what went wrong; `now` is for admins.",
        publishing.ask_publish,
        publishing.answer_publish,
        publishing.PUBLISH_EXAMPLES,
        write=publishing.publish,
        writes_if=publishing.is_written,
    ),
    Command(
        "doctor",
        "",
        "For admins: what is wrong with channels, people, schedules and messages, and how to mend it. What "
        "Slack alone knows (scopes, the clock) follows by direct message.",
        None,
        doctor.answer_doctor,
        ("doctor",),
        write=doctor.doctor,
    ),
)

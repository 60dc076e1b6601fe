"""Who may change a project and who sees it, and who the workspace's admins are."""

from collections.abc import Sequence

from bot import texts_rights
from bot.slack.mrkdwn import escape
from bot.slack.views.layout import context, header, section
from bot.slack.views.projects import top, whole_record
from bot.slack.views.sheet import Sheet
from storage.people import Admin
from storage.records import Project


def access_sheet(project: Project) -> Sheet:
    """How it is, and how that is changed."""
    who = texts_rights.MEMBERS if project.is_restricted else texts_rights.EVERYONE
    how = texts_rights.HOW_TO_RESTRICT.format(slug=escape(project.slug))
    body = [*section(f"{who}\n{_seen_by(project)}"), *context(how)]
    return Sheet(top(project, []), body, whole_record(project))


def _seen_by(project: Project) -> str:
    if project.seen_in is None:
        return texts_rights.SEEN_BY_FULL
    said = texts_rights.SEEN_THERE if project.is_private else texts_rights.SEEN_BY_ALL
    return said.format(channel_id=project.seen_in)


def admins_sheet(admins: Sequence[Admin]) -> Sheet:
    """Slack's own, and who was named by whom."""
    lines = [f"• <@{each.person_id}> ({_by(each)})" for each in admins] or [texts_rights.NO_ADMINS]
    body = [*section("\n".join(lines)), *context(texts_rights.HOW_TO_NAME)]
    return Sheet([*header("Admins"), *section(texts_rights.ADMINS)], body)


def _by(admin: Admin) -> str:
    if admin.named_by is None or admin.named_at is None:
        return texts_rights.SLACKS_OWN
    at = f"<!date^{int(admin.named_at.timestamp())}^{{date_short_pretty}}|{admin.named_at:%Y-%m-%d}>"
    return f"named by <@{admin.named_by}>, {at}"

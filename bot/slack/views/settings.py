"""What holds for the whole workspace, and its days off."""

from bot import texts_freshness, texts_quiet, texts_reminders
from bot.domain.day_ranges import DayRange, ranges_of
from bot.domain.public_holidays import country_name
from bot.services.reminder_facts import budget_of, hour_of
from bot.services.workspace_settings import Shown
from bot.slack import ids
from bot.slack.mrkdwn import escape
from bot.slack.queries import Query
from bot.slack.views.layout import button, context, header, section
from bot.slack.views.public import setting
from bot.slack.views.sheet import Sheet
from storage.public_pages import PublicPage
from storage.records import DUE_AFTER_DAYS, STALE_AFTER_DAYS
from storage.settings import WorkspaceSettings

_FIRST = 5
_IN_BLOCK = 20


def settings_sheet(shown: Shown, page: PublicPage) -> Sheet:
    """All of them, with the first days off to come."""
    found, ranges = shown.settings, ranges_of(shown.days)
    country = found.country and f"{escape(country_name(found.country))} (`{found.country}`)"
    lines_go = f"<#{found.digest_channel_id}>" if found.digest_channel_id else texts_quiet.NO_LINES
    facts = [
        f"*Time zone*: {escape(found.zone) if found.zone else texts_quiet.NO_ZONE}",
        f"*Public holidays*: {country or texts_quiet.NO_COUNTRY}",
        f"*A line after each check-in goes to*: {lines_go}",
        f"*Freshness*: {_freshness(found)}",
        f"*Reminders*: {texts_reminders.setting(budget_of(found), hour_of(found))}",
        f"*Public page*: {setting(page)}",
    ]
    more = f"\n… and {len(ranges) - _FIRST:,} more" if len(ranges) > _FIRST else ""
    lines = "\n".join(_line(each, shown) for each in ranges[:_FIRST]) or texts_quiet.NO_DAYS_OFF
    body = [
        *section("\n".join(facts)),
        *section(f"*Days off to come*\n{lines}{more}"),
        *context(texts_quiet.HOW_TO_SET),
    ]
    query = Query(name="settings", words="days-off")
    buttons = [button("All days off", f"{ids.OPEN}:days-off", query.encode())] if more else []
    return Sheet([*header("Settings"), *section(texts_quiet.SETTINGS)], body, buttons)


def _freshness(found: WorkspaceSettings) -> str:
    due, stale = found.due_after_days, found.stale_after_days
    is_usual = due is None or stale is None
    days = (DUE_AFTER_DAYS, STALE_AFTER_DAYS) if due is None or stale is None else (due, stale)
    return f"{texts_freshness.beyond(*days)}{' (as usual)' if is_usual else ''}"


def days_sheet(shown: Shown) -> Sheet:
    """Every day off that is to come, of the list and of the country."""
    lines = [_line(each, shown) for each in ranges_of(shown.days)] or [texts_quiet.NO_DAYS_OFF]
    body = []
    for start in range(0, len(lines), _IN_BLOCK):
        body += section("\n".join(lines[start : start + _IN_BLOCK]))
    if shown.settings.country:
        body += context(texts_quiet.HOLIDAYS_OF_A_YEAR)
    return Sheet(header("Days off"), [*body, *context(texts_quiet.HOW_TO_SET)])


def _line(days: DayRange, shown: Shown) -> str:
    public = "" if days.first in shown.own else " (public holiday)"
    return f"• {texts_quiet.days_in_words(days)}: {escape(days.name)}{public}"

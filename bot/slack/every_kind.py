"""All kinds of deliveries. To add one: its row in a table like ROUND_KINDS, and that table here."""

from bot.slack.chart_kinds import CHART_KINDS
from bot.slack.digest_kinds import DIGEST_KINDS
from bot.slack.doctor_kinds import DOCTOR_KINDS
from bot.slack.export_kinds import EXPORT_KINDS
from bot.slack.kinds import Kinds
from bot.slack.page_kinds import PAGE_KINDS
from bot.slack.publication_kinds import PUBLICATION_KINDS
from bot.slack.reminder_kinds import REMINDER_KINDS
from bot.slack.round_kinds import ROUND_KINDS

KINDS: Kinds = {
    **ROUND_KINDS,
    **CHART_KINDS,
    **DIGEST_KINDS,
    **REMINDER_KINDS,
    **DOCTOR_KINDS,
    **PUBLICATION_KINDS,
    **PAGE_KINDS,
    **EXPORT_KINDS,
}

"""The kind of deliveries that show a chart which somebody has asked for."""

from datetime import datetime

from bot.services.charting import CHART, Wish, read_course, read_project_charts, send_to_person
from bot.services.rights import may_be_told
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded
from bot.slack.views.charts import course_message, project_charts_message
from storage.database import Tx
from storage.deliveries import Delivery
from storage.projects import find_project

_NOT_THERE = frozenset(
    {
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "channel_type_not_supported",
        "method_not_supported_for_channel_type",
    }
)
"""Slack's words for that the bot cannot write in a channel, which says nothing of other places."""


def _draw(tx: Tx, delivery: Delivery, now: datetime) -> Drawn:
    wish = Wish.of(delivery.key)
    project = find_project(tx, delivery.workspace_id, wish.project_id)
    if project is None or not may_be_told(tx, project, delivery.channel_id):
        return Unneeded()
    if wish.outcome_id is None:
        found = read_project_charts(tx, project, delivery.channel_id, now)
        return Ready(project_charts_message(found, wish.person_id))
    course = read_course(tx, project, wish.outcome_id, now)
    return Unneeded() if course is None else Ready(course_message(course, wish.person_id))


def _failed(tx: Tx, delivery: Delivery, because: str, now: datetime) -> None:
    if because in _NOT_THERE:
        send_to_person(tx, delivery.workspace_id, delivery.key, now)


CHART_KINDS = {CHART: Kind(_draw, failed=_failed)}

"""All kinds of deliveries."""

from datetime import datetime

from bot.services.rounds import record_asked
from bot.slack.effects import Message
from bot.slack.kinds import Drawn, Kind, Kinds, Ready
from bot.slack.mrkdwn import escape
from storage.check_ins import PROMPT
from storage.database import Tx
from storage.deliveries import Delivery
from storage.projects import get_project


def _draw_prompt(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    project = get_project(tx, delivery.workspace_id, delivery.project_id or 0)
    return Ready(Message(f"How is {escape(project.name)}?", []))


def _prompt_sent(tx: Tx, delivery: Delivery, posted_in: str, message_ts: str, now: datetime) -> None:
    if delivery.check_in_id is not None:
        record_asked(
            tx,
            delivery.workspace_id,
            delivery.check_in_id,
            channel_id=posted_in,
            message_ts=message_ts,
            now=now,
        )


KINDS: Kinds = {PROMPT: Kind(_draw_prompt, _prompt_sent)}

"""`doctor`: all checks in one table, what they are given of a workspace's records, and who may ask.

What Slack alone knows is asked by whoever sends deliveries, and comes by direct message.
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain import doctor_records, doctor_settings, doctor_slack
from bot.domain.doctor import MOST, Check, Part
from bot.domain.doctor_records import LATE, RECENT, TRIES, RecordsSeen
from bot.domain.doctor_slack import SlackSeen
from bot.services.asking import ONCE_IN, Asker
from bot.services.rights import require_admin_alone
from storage import doctor_people, doctoring
from storage.database import Tx
from storage.deliveries import promise_delivery
from storage.settings import get_settings
from storage.sight import Sight

CHECKS = (
    Check("settings readable", Part.SETTINGS, doctor_settings.malformed),
    Check("settings given", Part.SETTINGS, doctor_settings.missing),
    Check("secrets", Part.SETTINGS, doctor_settings.secrets),
    Check("settings agree", Part.SETTINGS, doctor_settings.contradictions),
    Check("database reachable", Part.DATABASE, doctor_settings.reachable),
    Check("migrations", Part.DATABASE, doctor_settings.migrated),
    Check("database writable", Part.DATABASE, doctor_settings.writable),
    Check("disk space", Part.DATABASE, doctor_settings.space),
    Check("database clock", Part.DATABASE, doctor_settings.database_clock),
    Check("Slack answers", Part.SLACK, doctor_slack.answers, asks_slack=True),
    Check("scopes granted", Part.SLACK, doctor_slack.scopes_missing, asks_slack=True),
    Check("scopes used", Part.SLACK, doctor_slack.scopes_unused, asks_slack=True),
    Check("clock", Part.SLACK, doctor_slack.slack_clock, asks_slack=True),
    Check("worker", Part.RECORDS, doctor_records.worker),
    Check("deliveries", Part.RECORDS, doctor_records.deliveries),
    Check("channels", Part.RECORDS, doctor_records.channels, asks_slack=True),
    Check("people", Part.RECORDS, doctor_records.people),
    Check("schedules", Part.RECORDS, doctor_records.schedules),
    Check("digests", Part.RECORDS, doctor_records.digests),
    Check("pages", Part.RECORDS, doctor_records.publishing),
    Check("time zone", Part.RECORDS, doctor_records.zone),
    Check("all looked at", Part.RECORDS, doctor_records.whole),
)
"""In the order in which what they find is said."""

DOCTOR = "doctor"
"""The kind of delivery that says what Slack alone knows; and the command."""
_OLD = timedelta(days=1)
_ASKED = 50
"""People that Slack is asked about at a time: it takes some hundred such questions a minute."""


class Questions(NamedTuple):
    """What Slack is to be asked: about which channels, and which people."""

    channel_ids: tuple[str, ...]
    person_ids: tuple[str, ...]


def read_questions(tx: Tx, workspace_id: str, now: datetime) -> Questions:
    """All channels in use, and the owners of whom Slack has told nothing for longest."""
    return Questions(
        doctoring.list_channels_in_use(tx, workspace_id),
        doctor_people.list_to_ask_about(tx, workspace_id, now - _OLD, _ASKED),
    )


def read_records(
    tx: Tx, workspace_id: str, sight: Sight | None, now: datetime, slack: SlackSeen | None = None
) -> RecordsSeen:
    """`sight`: who reads what is found; None for whoever runs the bot. Nine statements at most."""
    where, gone = (tx, workspace_id, sight), slack.gone if slack is not None else ()
    troubled = sorted(slack.channels) if slack is not None else []
    used = doctoring.list_uses(*where, troubled[:MOST], MOST) if troubled else ()
    return RecordsSeen(
        now,
        doctoring.read_waiting(tx, workspace_id, now, late=LATE, tries=TRIES),
        gone=doctor_people.list_gone(*where, gone, MOST),
        used=used,
        idle=doctoring.list_idle(*where, MOST),
        forsaken=doctor_people.list_forsaken(*where, MOST),
        digests=doctoring.list_idle_digests(*where, MOST),
        failed=doctoring.list_failed(*where, now - RECENT, MOST),
        unknown_zone=_unknown(get_settings(tx, workspace_id).zone),
        slack=slack,
        unpublished=doctoring.list_unpublished(tx, workspace_id, now - LATE, MOST),
    )


def ask_for_slacks_word(tx: Tx, asker: Asker, now: datetime) -> None:
    """What Slack alone knows, to an admin by direct message. Raises AdminsOnlyError, OnlyToYouError."""
    require_admin_alone(tx, asker, DOCTOR)
    key = f"{DOCTOR}:{asker.person_id}:{int(now.timestamp() // ONCE_IN.total_seconds())}"
    promise_delivery(tx, asker.workspace_id, key, DOCTOR, channel_id=asker.person_id, now=now)


def _unknown(zone: str | None) -> str | None:
    if zone is not None:
        try:
            ZoneInfo(zone)
        except (ValueError, OSError, LookupError):
            return zone
    return None

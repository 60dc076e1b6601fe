"""Who can be told just now: not away, and wanting to be."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.domain.reminder_hours import Wish
from bot.services.quiet import who_is_away
from bot.services.reminder_facts import zone_named
from storage.database import Tx
from storage.people import list_zones
from storage.reminder_turns import list_wishes

_TOLD = {Wish.USUAL.value, Wish.LESS.value}


def who_can_be_told(tx: Tx, workspace_id: str, person_ids: Collection[str], now: datetime) -> frozenset[str]:
    """Those of these people. At most five statements, however many they are."""
    if not person_ids:
        return frozenset()
    wishes = list_wishes(tx, workspace_id, person_ids)
    zones = list_zones(tx, workspace_id, person_ids)
    wanting = {id_: zones[id_] for id_ in zones if wishes.get(id_, Wish.USUAL.value) in _TOLD}
    return frozenset(wanting) - list_away(tx, workspace_id, wanting, now)


def list_away(tx: Tx, workspace_id: str, zones: Mapping[str, str], now: datetime) -> frozenset[str]:
    """Those who are away where they are, of people with their zones.

    Asked once for each day that it is anywhere: three times at most.
    """
    by_day: dict[object, list[str]] = {}
    for person_id, zone in zones.items():
        by_day.setdefault(now.astimezone(zone_named(zone)).date(), []).append(person_id)
    found: frozenset[str] = frozenset()
    for people in by_day.values():
        found |= who_is_away(tx, workspace_id, people, zone_named(zones[people[0]]).key, now)
    return found

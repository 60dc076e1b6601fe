"""Quiet time: the days on which a workspace's projects are not asked, and the people who are not."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from bot.domain.days import zone_of
from bot.domain.public_holidays import public_holidays
from storage import settings
from storage.database import Tx

_YEARS = 4
"""How many years holidays are known for: a next prompt is looked for two years ahead, a missed one behind."""


def days_off(tx: Tx, workspace_id: str, since: date) -> Mapping[date, str]:
    """From that day on, with their names, in order: the country's holidays of four years, and the own list.

    Where a day is both, the own name counts. Two statements; holidays are computed once and remembered.
    """
    country = settings.get_settings(tx, workspace_id).country
    own = settings.list_days_off(tx, workspace_id, since)
    if country is None:
        return own
    public = _public_since(country, since)
    return dict(sorted({**public, **own}.items())) if own else public


def who_is_away(
    tx: Tx, workspace_id: str, person_ids: Collection[str], zone: str, now: datetime
) -> frozenset[str]:
    """Those of these people who are away, by their own word or by their status in Slack.

    `zone`: IANA's name of that in which they are asked: who is back today is read from its calendar.
    """
    if not person_ids:
        return frozenset()
    return settings.list_away(tx, workspace_id, person_ids, now.astimezone(zone_of(zone)).date(), now)


@lru_cache(maxsize=1024)
def _public_since(country: str, since: date) -> Mapping[date, str]:
    """Remembered, since it is asked again for each batch of prompts: it changes once a day."""
    years = range(since.year, since.year + _YEARS)
    every = {day: name for year in years for day, name in public_holidays(country, year).items()}
    return MappingProxyType({day: name for day, name in every.items() if day >= since})

"""Time zones by name, as people write them: `europe/berlin`, `Berlin`, `new york`, `UTC`. Pure."""

from collections import defaultdict
from functools import lru_cache
from zoneinfo import available_timezones

from bot.domain.nearest import nearest_words

_OF_MACHINES = frozenset({"Factory", "localtime"})
_OLD_AREAS = ("US/", "Canada/", "Mexico/", "Brazil/", "Chile/", "Etc/", "SystemV/")
"""Names kept for old programs: `Canada/Central` is no city, and `Etc/GMT+5` is five hours behind."""
_SAME_CITY = {"istanbul": "Europe/Istanbul", "nicosia": "Asia/Nicosia"}
"""Cities on two continents, with one clock: by the name that the zone database itself prefers."""


def find_zone(typed: str) -> str | None:
    """IANA's name of the zone; None when there is none, or a city is in several."""
    key = _key(typed)
    return _by_name().get(typed.strip().lower()) or _by_name().get(key) or _by_city().get(key)


def nearest_zones(typed: str, count: int = 3) -> tuple[str, ...]:
    """The zones whose names, or cities, are spelled most like it, best first; none when none is near.

    Abbreviations are not offered: `EST` is near to `PST` by its letters alone.
    """
    names = {name.lower(): name for name in ("UTC", *_by_city().values())} | _by_city()
    # A zone may be near by its city and by its whole name: it is offered once.
    found = dict.fromkeys(names[name] for name in nearest_words(_key(typed), names, 2 * count))
    return tuple(found)[:count]


def zones_like(typed: str, count: int = 50) -> tuple[str, ...]:
    """Zones with what was typed anywhere in their names, by name; at most `count`."""
    key = _key(typed)
    found = (name for name in _by_name().values() if key in name.lower() and not name.startswith(_OLD_AREAS))
    return tuple(sorted(found, key=lambda name: (not name.lower().startswith(key), name)))[:count]


def _key(typed: str) -> str:
    return "_".join(typed.lower().replace(".", " ").replace("-", " ").replace("_", " ").split())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    # The list is read from the disk, file by file.
    return {name.lower(): name for name in sorted(available_timezones() - _OF_MACHINES)}


@lru_cache(maxsize=1)
def _by_city() -> dict[str, str]:
    zones = defaultdict(list)
    for name in _by_name().values():
        if "/" in name and not name.startswith(_OLD_AREAS):
            zones[_key(name.rpartition("/")[2])].append(name)
    return {city: zone for city, names in zones.items() if (zone := _one_of(city, names))}


def _one_of(city: str, names: list[str]) -> str | None:
    if len(names) == 1 or city in _SAME_CITY:
        return _SAME_CITY.get(city, names[0])
    # `America/Louisville` is the old name of `America/Kentucky/Louisville`.
    longest = max(names, key=len)
    area = longest.partition("/")[0]
    is_same = all(name in (longest, f"{area}/{longest.rpartition('/')[2]}") for name in names)
    return longest if is_same else None

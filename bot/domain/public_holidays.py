"""The public holidays of a country, or of a part of one, and which country somebody means. Pure.

A country is written as ISO does: `DE`, `GB`; a part of one with its own code behind: `DE-BY`, `GB-SCT`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

_OTHER_NAMES = {
    "america": "US", "united states of america": "US", "great britain": "GB", "britain": "GB",
    "holland": "NL", "the netherlands": "NL", "czech republic": "CZ", "turkiye": "TR", "korea": "KR",
    "cote d ivoire": "CI",
    "bavaria": "DE-BY", "hesse": "DE-HE", "lower saxony": "DE-NI", "saxony": "DE-SN", "thuringia": "DE-TH",
    "saxony anhalt": "DE-ST", "north rhine westphalia": "DE-NW", "rhineland palatinate": "DE-RP",
    "catalonia": "ES-CT", "andalusia": "ES-AN", "basque country": "ES-PV",
}  # fmt: skip
"""What people call them in English, and the library does not."""
_SMALL = frozenset({"and", "of", "the"})
_SHORTEST = 4
"""Letters of a name that tells a part without its country: `BY` is Belarus, and Bavaria's code."""


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """The days of that year with their names in English, in order; remembered.

    None for a country that the library does not know (any longer), or a year that it does not reach.
    """
    # Slow to import, and needed only where a workspace has named a country.
    import holidays  # noqa: PLC0415 - slow to import, and seldom needed

    code, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(code, part or None, years=year, language="en_US")
    except NotImplementedError:
        return MappingProxyType({})
    # Days that stand in for one on a weekend may be in another year.
    return MappingProxyType({day: name for day, name in sorted(found.items()) if day.year == year})


def find_country(typed: str) -> str | None:
    """`DE` for `de`, `Germany` and `DEU`; `DE-BY` for `de-by`, `Germany, Bavaria` and `Bavaria`.

    None for one that is not known, and for a part that several countries have; a whole country comes before a
    part of one (`Georgia`).
    """
    return _codes().get(_key(typed))


def nearest_country(typed: str) -> str | None:
    """The name that is spelled most like it, as `find_country` reads it; None when none is near."""
    from bot.domain.nearest import nearest_word  # noqa: PLC0415 - for typing errors only

    long_names = [name for name in _codes() if len(name) >= _SHORTEST]
    found = nearest_word(_key(typed), long_names)
    return None if found is None else country_name(_codes()[found])


def country_name(country: str) -> str:
    """`Germany`, `Germany, Bayern`; the code itself when it is not known."""
    return _names().get(country, country)


def _key(text: str) -> str:
    """Without accents, capitals and marks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall("[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Every way to write each, as `_key` has it."""
    wholes, parts = _OTHER_NAMES.copy(), defaultdict(set)
    for name, codes in _countries():
        code = codes[1]
        own_names = [_key(name), *(_key(each) for each in codes[1:] if not each.startswith("Holidays"))]
        wholes |= dict.fromkeys(own_names, code)
        for part, part_names in _parts(code).items():
            for part_name in map(_key, (part, *part_names)):
                if len(part_name) >= _SHORTEST:
                    parts[part_name].add(f"{code}-{part}")
                for own_name in own_names:
                    parts[f"{own_name} {part_name}"].add(f"{code}-{part}")
                    parts[f"{part_name} {own_name}"].add(f"{code}-{part}")
    for name, code in _OTHER_NAMES.items():
        whole, _, part = code.partition("-")
        for own_name in [own for own, found in wholes.items() if found == whole] if part else []:
            parts[f"{own_name} {name}"].add(code)
            parts[f"{name} {own_name}"].add(code)
    return {name: next(iter(codes)) for name, codes in parts.items() if len(codes) == 1} | wholes


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    names = {}
    for name, codes in _countries():
        words = (word if word in _SMALL else word.capitalize() for word in name.split("_"))
        whole = names[codes[1]] = " ".join(words)
        for part, part_names in _parts(codes[1]).items():
            names[f"{codes[1]}-{part}"] = f"{whole}, {next(iter(part_names), part)}"
    return names


def _countries() -> list[tuple[str, tuple[str, ...]]]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - as above

    return list(COUNTRIES.items())


def _parts(code: str) -> dict[str, list[str]]:
    """The codes of a country's parts, with their names: long ones first."""
    import holidays  # noqa: PLC0415 - as above

    country: Any = getattr(holidays, code)
    names = defaultdict[str, list[str]](list)
    for name, part in country.subdivisions_aliases.items():
        names[part].append(name)
    return {
        part: sorted(names[part], key=lambda name: len(name) < _SHORTEST) for part in country.subdivisions
    }

"""Outcomes named by their numbers: `1`, `#2`, `no. 3`, `outcome 2`, `1, 2 and 3`, `1-3`. Pure."""

import re
from dataclasses import dataclass

_ONE = r"(?:#|(?:nos?|nr)\.?\s?|numbers?\s)?\d{1,4}+(?!\d)"
_ITEM = rf"{_ONE}(?:(?:-|\s?[\u2013\u2014]\s?)#?\d{{1,4}}+(?!\d))?+"
_LIST = rf"{_ITEM}(?:(?:\s?[,&+]\s?(?:and\s)?|\sand\s){_ITEM})*+"
_KIND = r"(?:(?:the\s)?(?:key\s)?(?:outcomes?|items?|goals?|kos?|krs?)\s)"
_LEAD = r"(?:(?:please|pls|and|so|also|then|ok|mark|marking|set|setting|update)[,:]?\s)*+"
_BE = (
    r"(?:\s*(?:['\u2019]s|(?<!\w)(?:is|are|now|still|all|both|back|currently|already|has\sbeen|have\sbeen|just"
    r"|finally|again|remains?|stays?|as|to|at(?=\s[-+]?\d))\b))*+"
)
_HEAD = re.compile(
    rf"{_LEAD}[(\[]?(?P<kind>{_KIND})?(?P<list>{_LIST})(?!\w|[%/\u00b0]|[.,:]\d)[)\]]?"
    rf"(?P<mark>\s?[:=.)]|\s?(?:->|=>|\u2192)|\s[\u2013\u2014-]|,)?(?P<be>{_BE})(?P<gap>\s*)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?P<kind>{_KIND})?(?P<list>{_LIST})(?!\w|[%/\u00b0]|[.,:]\d)", re.IGNORECASE)
_DASHES = frozenset("-\u2013\u2014")
_DIGITS = re.compile(r"\d+|[\u2013\u2014-]")
_LONGEST_RANGE = 100


@dataclass(frozen=True, slots=True)
class Numbers:
    """In the order in which they were said, each once; `is_marked` as an outcome's (`#3`, `3:`)."""

    numbers: tuple[int, ...]
    is_marked: bool
    is_range: bool
    rest: str


def numbers_before(words: str) -> Numbers | None:
    """The numbers that the words begin with, "is" and the like passed over."""
    match = _HEAD.match(words)
    if match is None:
        return None
    numbers = _expanded(match["list"])
    is_marked = bool(
        match["kind"] or match["be"] or match["mark"] not in {None, ","} or not match["list"][0].isdigit()
    )
    rest = words[match.end() :]
    is_apart = match["mark"] or match["gap"] or not rest[:1].isalnum()
    return Numbers(numbers, is_marked, _is_range(match["list"]), rest) if numbers and is_apart else None


def numbers_at(words: str) -> Numbers | None:
    """The numbers that the words begin with, and all that follows them as it stands."""
    match = _ALONE.match(words)
    numbers = _expanded(match["list"]) if match else ()
    if match is None or not numbers:
        return None
    is_marked = bool(match["kind"] or not match["list"][0].isdigit())
    return Numbers(numbers, is_marked, _is_range(match["list"]), words[match.end() :])


def _is_range(listed: str) -> bool:
    return not _DASHES.isdisjoint(listed)


def _expanded(listed: str) -> tuple[int, ...]:
    """None of them where a range is no range: "24-12"."""
    numbers: list[int] = []
    is_range = False
    for part in _DIGITS.findall(listed):
        if not part.isdigit():
            is_range = True
        elif is_range:
            first, last = numbers[-1], int(part)
            if not first < last <= first + _LONGEST_RANGE:
                return ()
            numbers += range(first + 1, last + 1)
            is_range = False
        else:
            numbers.append(int(part))
    return tuple(dict.fromkeys(numbers))

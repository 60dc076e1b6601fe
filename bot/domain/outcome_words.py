"""Which outcome a few words name. Pure.

`Docs outcome`, `the pilot hubs`, `publish the docs`: enough is said when exactly one outcome has all the
words that matter. Case, accents, plurals and words such as "the" do not matter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from storage.terms import fold

_STOP = frozenset(
    re.findall(
        r"\w+",
        """a an the of and or for in on at to by with from our my your their its this that these those
    outcome outcomes key goal item number no thing part work task as is are s""",
    )
)
_ALIKE = 85.0
"""Of 100: words spelled this much alike may be one with a slip in it; below it they are two."""
_LONG_ENOUGH = 5
"""Letters: of shorter words every second one is like another (form, farm)."""
_NEARLY_ALL = 0.75
_ENOUGH = 3
"""Words in common at which a name may have one that is foreign."""


@dataclass(frozen=True, slots=True)
class Named:
    """The outcomes that it may be, nearest first; sure when it is the first and no other."""

    numbers: tuple[int, ...]
    is_sure: bool


def who_is_named(words: str, texts: Mapping[int, str]) -> Named:
    """The outcomes (number to text) that the words may name; none when no word is one of theirs."""
    said = fold(words)
    same = [number for number, text in texts.items() if fold(text) == said]
    if len(same) == 1 and said:
        return Named((same[0],), is_sure=True)
    wanted = _significant(said)
    scores = {number: _score(wanted, _significant(fold(text))) for number, text in texts.items()}
    near = sorted((n for n, score in scores.items() if score.hits), key=lambda n: (-scores[n].hits, n))
    return Named(tuple(near), _is_sure(near, scores, wanted, texts))


@dataclass(frozen=True, slots=True)
class _Score:
    exact: int
    hits: int


def _is_sure(
    near: list[int], scores: Mapping[int, _Score], wanted: frozenset[str], texts: Mapping[int, str]
) -> bool:
    if not near:
        return False
    full = [number for number in near if scores[number].hits == len(wanted)]
    if len(full) > 1:
        # "Docs" is the outcome of that name, though another is called "Docs in French".
        whole = [number for number in full if _significant(fold(texts[number])) == wanted]
        if len(whole) == 1:
            near.sort(key=lambda number: number != whole[0])
        return len(whole) == 1
    first = scores[near[0]]
    if full:
        return first.exact > 0
    second = scores[near[1]].hits if len(near) > 1 else 0
    return first.exact >= _ENOUGH and first.hits >= _NEARLY_ALL * len(wanted) and second * 2 <= first.hits


def _score(wanted: frozenset[str], words: frozenset[str]) -> _Score:
    exact = wanted & words
    others = words - wanted
    slips = sum(any(_is_slip(word, other) for other in others) for word in wanted - exact)
    return _Score(len(exact), len(exact) + slips)


@lru_cache(maxsize=4096)
def _is_slip(typed: str, word: str) -> bool:
    if min(len(typed), len(word)) < _LONG_ENOUGH or typed[0] != word[0] or not (typed + word).isalpha():
        return False
    # For typing errors only, and so not part of every start.
    from rapidfuzz import fuzz  # noqa: PLC0415

    return fuzz.ratio(typed, word) >= _ALIKE


@lru_cache(maxsize=1024)
def _significant(folded: str) -> frozenset[str]:
    words = frozenset(_singular(word) for word in folded.split() if word not in _STOP)
    return words or frozenset(folded.split())


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):  # noqa: PLR2004 -- "bus", "gas": too short to have a plural's s
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word.removesuffix("s")

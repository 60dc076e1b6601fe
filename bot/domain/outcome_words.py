"""Which outcome a few words name. Pure.

`Docs outcome`, `the pilot hubs`, `publish the docs`: enough is said when exactly one outcome has all the
words that matter. Case, accents, plurals and words such as "the" do not matter.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from storage.terms import fold

_STOP = frozenset(
    re.findall(
        r"\w+",
        """a an the of and or for in on at to by with from our my your their its this that these those
    outcome outcomes key goal item one ones as is are s""",
    )
)
_ALIKE = 85.0
"""Of 100: words spelled this much alike may be one with a slip in it; below it they are two."""
_LONG_ENOUGH = 5
"""Letters: of shorter words every second one is like another (form, farm)."""


@dataclass(frozen=True, slots=True)
class Named:
    """The outcomes that it may be, nearest first; sure when it is the first and no other."""

    numbers: tuple[int, ...]
    is_sure: bool


class OutcomeNames:
    """The words of some outcomes (number to text), ready to be looked up."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._words = {number: _significant(fold(text)) for number, text in texts.items()}
        self._with_text: dict[str, list[int]] = defaultdict(list)
        self._with_word: dict[str, set[int]] = defaultdict(set)
        for number, text in texts.items():
            self._with_text[fold(text)].append(number)
            for word in self._words[number]:
                self._with_word[word].add(number)

    def has_text(self, words: str) -> bool:
        """Whether it is all that an outcome says."""
        folded = fold(words)
        return bool(folded) and folded in self._with_text

    def find(self, words: str) -> Named:
        """The outcomes that the words may name; none when no word is one of theirs."""
        said = fold(words)
        if self.has_text(words) and len(self._with_text[said]) == 1:
            return Named(tuple(self._with_text[said]), is_sure=True)
        wanted = _significant(said)
        exact, hits = Counter[int](), Counter[int]()
        for word in wanted:
            known = self._with_word.get(word) or set()
            exact.update(known)
            hits.update(known or self._spelled_like(word))
        near = sorted(hits, key=lambda number: (-hits[number], -exact[number], number))
        return self._judged(near, exact, hits, wanted)

    def _judged(
        self, near: list[int], exact: Counter[int], hits: Counter[int], wanted: frozenset[str]
    ) -> Named:
        full = [number for number in near if hits[number] == len(wanted)]
        if len(full) > 1:
            # "Docs" is the outcome of that name, though another is called "Docs in French".
            whole = [number for number in full if self._words[number] == wanted]
            near.sort(key=lambda number: number not in whole)
            return Named(tuple(near), is_sure=len(whole) == 1)
        # A word that it has not may be what tells: "French docs" are not "Docs", nor a contact a contract.
        return Named(tuple(near), is_sure=bool(full) and exact[full[0]] == len(wanted))

    def _spelled_like(self, typed: str) -> set[int]:
        """For a word that no outcome has: it may be one with a slip in it."""
        if len(typed) < _LONG_ENOUGH or not typed.isalpha():
            return set()
        # For typing errors only, and so not part of every start.
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - seldom needed

        likely = [word for word in self._with_word if word[0] == typed[0] and len(word) >= _LONG_ENOUGH]
        found = process.extract(typed, likely, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
        return {number for word, _, _ in found for number in self._with_word[word]}


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

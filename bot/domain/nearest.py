"""The nearest of a few words by spelling. Pure."""

from collections.abc import Iterable

_LEAST_SIMILAR = 60.0
"""Of 100: below it two words look alike only to the algorithm."""


def nearest_word(typed: str, words: Iterable[str]) -> str | None:
    """The one that is spelled most like what was typed, or None when none is near."""
    # For typing errors only, and so not part of every start.
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - seldom needed

    found = process.extractOne(typed.lower(), list(words), scorer=fuzz.ratio, score_cutoff=_LEAST_SIMILAR)
    return None if found is None else str(found[0])


def nearest_words(typed: str, words: Iterable[str], count: int) -> tuple[str, ...]:
    """As `nearest_word`, but up to `count` of them, best first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - as above

    found = process.extract(
        typed.lower(), list(words), scorer=fuzz.ratio, score_cutoff=_LEAST_SIMILAR, limit=count
    )
    return tuple(str(word) for word, *_ in found)

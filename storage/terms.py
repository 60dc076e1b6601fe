"""What a person may type to mean a project, and the words of its texts. Pure.

A key is a folded text that stands for a project: its slug, an alias, its name, or the rest of one of these
from one of its words on. Any part that begins at a word is then a prefix of a key, which an index answers
in the same time for a hundred projects and for a hundred thousand.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum

MAX_KEY = 80
"""Characters of a key; what a person types to mean a project is shorter."""
MAX_WORD = 40

_NOT_WORD = re.compile(r"[\W_]+")
_LINK_TARGET = re.compile(r"\]\([^)\]\s]*+\)|https?://\S+")


class Rank(IntEnum):
    """How well a key stands for its project; the lower the better."""

    SLUG = 0
    ALIAS = 1
    NAME = 2
    PART = 3
    TEXT = 4


def fold(text: str) -> str:
    """The text without case, accents and punctuation, words separated by one space."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


def without_links(text: str) -> str:
    """The text without the addresses in it: a link's words stay."""
    return _LINK_TARGET.sub("]", text)


def keys_of(slug: str, name: str, aliases: Iterable[str] = ()) -> dict[str, Rank]:
    """All keys of a project, each with its best rank."""
    keys: dict[str, Rank] = {}
    whole = [(slug, Rank.SLUG), *((alias, Rank.ALIAS) for alias in aliases), (name, Rank.NAME)]
    for text, rank in whole:
        _keep_best(keys, fold(text)[:MAX_KEY], rank)
    for text, _ in whole:
        words = fold(text).split()
        for start in range(1, len(words)):
            _keep_best(keys, " ".join(words[start : start + MAX_KEY])[:MAX_KEY], Rank.PART)
    return keys


def words_of(names: Iterable[str], texts: Iterable[str]) -> dict[str, Rank]:
    """The words of a project's names (rank PART) and of its other texts (rank TEXT), addresses left out."""
    words: dict[str, Rank] = {}
    for rank, group in ((Rank.PART, names), (Rank.TEXT, texts)):
        for text in group:
            for word in fold(_LINK_TARGET.sub(" ", text)).split():
                _keep_best(words, word[:MAX_WORD], rank)
    return words


def _keep_best(into: dict[str, Rank], key: str, rank: Rank) -> None:
    if key:
        into[key] = min(rank, into.get(key, rank))


def after(prefix: str) -> str:
    """The first text, by code point, that comes after every text that begins with `prefix`."""
    return prefix + "\U0010ffff"

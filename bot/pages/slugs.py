"""Slugs: the short names of projects, made of what their headings say."""

import re
import unicodedata

LONGEST = 60

_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])?")
_ROLE = re.compile(r"\{[\w:+-]+\}`")
_APOSTROPHES = re.compile(r"['\u2019\u02bc]")
_NOT_DECOMPOSED = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "\u0131": "i",  # the Turkish one without a dot
    }
)


def slugify(words: str) -> str:
    """Lower-case ASCII words with hyphens; letters of other scripts stay, since people can type those.

    Never empty: what has no letters or digits at all is "project".
    """
    words = _APOSTROPHES.sub("", _ROLE.sub("", _LINK.sub(r"\1", words)))
    words = unicodedata.normalize("NFC", words.casefold()).translate(_NOT_DECOMPOSED)
    slug = "-".join("".join(_letter(letter) for letter in words).split())
    return shorten(slug, LONGEST) or "project"


def _letter(letter: str) -> str:
    """What of one character is kept: itself, its ASCII letters, or a blank."""
    if letter.isascii():
        return letter if letter.isalnum() else " "
    base = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    if base.isascii() and base.isalnum():
        return base.lower()
    # Marks are vowels in many scripts: without them the words would be others.
    return letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "


def shorten(slug: str, longest: int) -> str:
    """At most so many characters, cut between words where that leaves more than half."""
    if len(slug) <= longest:
        return slug
    cut = slug[:longest]
    at = cut.rfind("-")
    return (cut[:at] if slug[longest] != "-" and at > longest // 2 else cut).strip("-")


class Taken:
    """The slugs of a page, each given once."""

    def __init__(self) -> None:
        self._slugs: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, slug: str) -> str:
        """The slug itself, or the first of slug-2, slug-3 ... that is not taken; it is taken now."""
        found, number = slug, self._next.get(slug, 2)
        while found in self._slugs:
            suffix = f"-{number}"
            found, number = shorten(slug, LONGEST - len(suffix)) + suffix, number + 1
        # Remembered, since a page may have thousands of headings that say the same.
        self._next[slug] = number
        self._slugs.add(found)
        return found

"""The words before a status or a number, which may name an outcome: "Docs outcome is off track". Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.domain.status_words import find_statuses
from storage.terms import fold

_BE = r"(?:\s(?:now|still|all|both|back|currently|already|just|finally|again))*"
_LINK = re.compile(
    rf"(?:\s?(?P<mark>[:=]|->|=>|\u2192|(?<=\s)[\u2013\u2014-])|(?P<verb>['\u2019]s|\s(?:is|are|remains?|stays?)))?"
    rf"{_BE}\s?$",
    re.IGNORECASE,
)
_LINK_TO_NUMBER = re.compile(
    r"(?:\s?[:=]|\s(?:is|are|now|stands)(?:\snow)?(?:\sat)?|\sat)\s(?=[-+]?\d)|\s(?=\d[\d.,]*\s?%)",
    re.IGNORECASE,
)
_ENDS_THERE = re.compile(r"\s*(?:$|[.,;:!)\u2013\u2014]|-\s)")
_WEAK = frozenset(re.findall(r"\w+", "risk red green yellow amber orange drop"))
"""At the end of a sentence without "is" they are nouns: "we looked at the risk"."""
_PAUSE = re.compile(r"[,.;:!?](?:\s|$)")
_LONGEST = 400
_MANY = 40
_STATUSES = 4
"""How far one is looked for: an outcome's own words may have one ("Plant a green roof")."""
_LINK_LENGTH = 60
_OTHER_TALK = frozenset(
    re.findall(
        r"\w+",
        """no not n t isn aren wasn weren don doesn didn hasn haven won cannot can never nothing none
        nobody nor neither almost nearly half partly mostly hardly barely be been being get gets
        getting got should could would will ll might must shall if when until till once before after
        unless than soon hope hoping think guess believe maybe perhaps probably likely want wants
        need needs i m ve we you he she they who what why how where which whether let lets did do
        does was were had longer is are has have am say says said because since while today tomorrow
        yesterday someone somebody anyone everyone""",
    )
)
"""Where one of these stands before a status, the sentence denies, hopes or asks, or is about somebody."""
_COUNTS = frozenset(
    re.findall(r"\w+", "one two three four five six seven eight nine ten some most many few several")
)
_ALL = frozenset(
    (
        "it",
        "this",
        "that",
        "all",
        "everything",
        "all of it",
        "all of them",
        "we",
        "project",
        "the project",
        "they",
    )
)


@dataclass(frozen=True, slots=True)
class Subject:
    """`said` begins with the status or number; `is_linked`: by "is" or a colon; `is_all`: "everything"."""

    words: str
    said: str
    is_linked: bool
    is_all: bool

    @property
    def is_count(self) -> bool:
        """Whether it may be some of them: "5 hubs are done", "the two hubs are done"."""
        first = [word for word in fold(self.words).split() if word not in {"the", "all", "our", "these"}][:1]
        return not first or first[0].isdigit() or first[0] in _COUNTS


def before_status(words: str, is_text: Callable[[str], bool]) -> Iterator[Subject]:
    """What could be a name, before each of the first statuses. `is_text`: all that an outcome says."""
    for found in islice(find_statuses(words[: 2 * _LONGEST]), _STATUSES):
        head, tail = words[: found.start], words[found.end :]
        if not 0 < found.start <= _LONGEST or head.isspace():
            continue
        link = _LINK.search(head[-_LINK_LENGTH:])
        cut = len(head) - (len(link[0]) if link else 0)
        is_linked = link is not None and bool(link["mark"] or link["verb"])
        status = words[found.start : found.end].casefold()
        if not (is_linked or found.is_mark or (_ENDS_THERE.match(tail) and status not in _WEAK)):
            continue
        if not is_linked and not found.is_mark and not head.endswith((" ", ")", '"', "\u201d")):
            continue
        subject = head[:cut].strip(" \"'\u2018\u2019\u201c\u201d()[]")
        is_all = fold(subject) in _ALL and not (found.is_one_word and fold(subject) in {"we", "they"})
        if is_all or _may_name(subject, is_text):
            yield Subject(subject, words[found.start :], is_linked, is_all)


def before_number(words: str, is_text: Callable[[str], bool]) -> Subject | None:
    """What could be a name, before the first number that stands as a value does: "Sites: 12 of 20"."""
    link = _LINK_TO_NUMBER.search(words[:_LONGEST])
    if link is None or not _may_name(words[: link.start()], is_text):
        return None
    return Subject(words[: link.start()], words[link.end() :], is_linked=True, is_all=False)


def _may_name(subject: str, is_text: Callable[[str], bool]) -> bool:
    if is_text(subject):
        return True
    words = fold(subject).split()
    return 0 < len(words) <= _MANY and not _PAUSE.search(subject) and _OTHER_TALK.isdisjoint(words)

"""What people call the parts of a project, in headings and in terms of definition lists."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.pages.values import GroupKind


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for."""

    kind: GroupKind
    is_telling: bool
    """Whether the heading above must be a project, since only projects have such a part."""
    is_lead: bool = False
    """Whether the people in it lead the project."""
    is_place: bool = False
    """Whether the name says what a link in it leads to, and so belongs before the link."""


# In the singular and in lower case, without articles; see `_plain`.
_GOAL = """
    aim | goal | key goal | main goal | objective | key objective | main objective | overall goal
    | overall objective | overarching goal | primary goal | project goal | project objective | purpose
    | strategic aim | strategic goal | strategic objective
"""
_OUTCOMES = """
    deliverable | desired outcome | expected outcome | expected result | intended outcome | key deliverable
    | key outcome | key result | main outcome | main result | outcome | project outcome | result
    | target outcome
"""
_INFORMATION = """
    additional information | find out more | further information | info | information | key link | link
    | more info | more information | more on this | project info | project information
    | project link | where to find it | where to find more | where to find more information
    | where to find out more | where to follow along
"""
_PLACES = "board | project board | project management | project tracker"
_INFORMATION_ELSEWHERE_TOO = """
    at a glance | detail | fact | important link | learn more | project detail | project resource
    | related link | resource | see also | sub project | subproject | useful link
"""
_SUMMARY = """
    about | about project | about this project | brief | description | overview | project description
    | project overview | project summary | short description | summary | what it is | what this is
"""
_LEADS = """
    champion | contact | contact person | coordinator | lead | leader | owner | project lead
    | project leader | project manager | project owner | project shepherd | shepherd | steward
    | team lead | who leads
"""
_TEAM = """
    contributor | core team | core team member | crew | lead and team | maintainer | member | people
    | project member | project team | shepherd and team | staff | team | team and lead | team member
    | who | who is involved | who is on it | who we are | who's involved
"""


def _names(words: str, known: Known) -> dict[str, Known]:
    return {" ".join(name.split()): known for name in words.split("|")}


_KNOWN = {
    **_names(_GOAL, Known(GroupKind.GOAL, is_telling=True)),
    **_names(_OUTCOMES, Known(GroupKind.OUTCOMES, is_telling=True)),
    **_names(_INFORMATION, Known(GroupKind.INFORMATION, is_telling=True)),
    **_names(_PLACES, Known(GroupKind.INFORMATION, is_telling=True, is_place=True)),
    **_names(_INFORMATION_ELSEWHERE_TOO, Known(GroupKind.INFORMATION, is_telling=False)),
    **_names(_SUMMARY, Known(GroupKind.SUMMARY, is_telling=False)),
    **_names(_TEAM, Known(GroupKind.TEAM, is_telling=False)),
    **_names(_LEADS, Known(GroupKind.TEAM, is_telling=False, is_lead=True)),
}
_LONGEST = 80  # A heading longer than this is a sentence, not the name of a part.
_PLURAL_IN_BRACKETS = re.compile(r"\(s\)")
_REMARK = re.compile(r"\([^()]*\)\s*$")
_MARKUP = re.compile(r"[*_`~]|^\s*(?:\d+[.)]\s+)?")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ARTICLES = re.compile(r"\b(?:the|our|its)\s+")


def _plain(name: str) -> str:
    """A name as it would be said: no markup, colon, remark, number or article; "&" is "and"."""
    words = _LINK.sub(r"\1", name.casefold())
    words = _REMARK.sub("", _PLURAL_IN_BRACKETS.sub("", words))
    words = _EDGES.sub("", _MARKUP.sub("", words).replace("&", " and ").replace("\u2019", "'"))
    words = re.sub(r"[-\s/]+", " ", words)
    return _ARTICLES.sub("", words)


@lru_cache(maxsize=1024)
def known_name(name: str) -> Known | None:
    """What a heading or a term stands for, or None when it is not the name of a part of a project."""
    if len(name) > _LONGEST:
        return None
    plain = _plain(name)
    singular = " ".join(word.removesuffix("s") for word in plain.split(" "))
    return _KNOWN.get(plain) or _KNOWN.get(singular) or _KNOWN.get(plain.removesuffix("s"))

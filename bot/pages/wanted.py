"""What a page is to say: the records, as far as a page has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.pages.values import PageProject


@dataclass(frozen=True, slots=True)
class WantedOutcome:
    """`mark` is what stands behind it of its status (see ``marks``); "" for none."""

    text: str
    level: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class WantedLink:
    url: str
    label: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class WantedMember:
    """`is_fixed`: the record has no name of its own to compare: one that stands on the page stays."""

    name: str
    role: str = "member"
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class WantedProject:
    """The parts by their ids, in their order. `mark`: the line below the heading; "" for none."""

    slug: str
    name: str
    summary: str = ""
    goal: str = ""
    outcomes: Mapping[int, WantedOutcome] = field(default_factory=dict)
    links: Mapping[int, WantedLink] = field(default_factory=dict)
    members: Mapping[int, WantedMember] = field(default_factory=dict)
    mark: str = ""


Keys = tuple[int | None, ...]
"""Which record each item on a page is, in the page's order: None leaves it as it is, and an id that is not
among those wanted takes it off."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one project on a page. Of the fields, those `held` stay as they are."""

    page: PageProject
    wanted: WantedProject
    outcomes: Keys
    links: Keys
    members: Keys
    held: frozenset[str] = frozenset()
    """Of "name", "summary", "goal", "outcomes" (their order)."""
    needs_label: bool = False
    """Whether its heading has to have a label from now on."""

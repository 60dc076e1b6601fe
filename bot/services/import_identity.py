"""Which project of an earlier page one on this page is, when neither its label nor its heading says so."""

from collections.abc import Mapping, Sequence

from bot.pages.values import PageProject
from bot.services.place_values import link_in_place
from storage.pages import Place

_ALIKE = 0.5
"""Of 1: how much of what both say has to be the same."""

_Said = set[tuple[str, str]]


def find_same(item: PageProject, gone: Mapping[int, Sequence[Place]]) -> int | None:
    """The id of the one that was called the same, or else said most of the same; `gone` has places by id."""
    here = _said_now(item)
    likeness = {project_id: _likeness(here, _said_then(places)) for project_id, places in gone.items()}
    called_the_same = [
        project_id for project_id, places in gone.items() if place_value(places, "name") == item.name.text
    ]
    best = max(called_the_same or likeness, key=lambda project_id: likeness[project_id], default=None)
    return best if called_the_same or (best is not None and likeness[best] >= _ALIKE) else None


def place_value(places: Sequence[Place], item: str) -> str | None:
    """What the page said of it last time; None if nothing."""
    return next((place.value for place in reversed(places) if place.item == item), None)


def _said_now(item: PageProject) -> _Said:
    fields = (("summary", item.summary), ("goal", item.goal))
    said = {(name, value.text) for name, value in fields if value}
    said |= {("outcome", outcome.text) for outcome in item.outcomes}
    return said | {("link", link_in_place(link)) for link in item.links}


def _said_then(places: Sequence[Place]) -> _Said:
    return {(p.item, p.value) for p in places if p.item in {"summary", "goal", "outcome", "link"}}


def _likeness(a: _Said, b: _Said) -> float:
    return 2 * len(a & b) / (len(a) + len(b) or 1)

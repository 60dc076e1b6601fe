"""A chart as a value: its numbers, and the same in words and as a table. Pure.

How it is drawn is the sender's business (bot/slack/chart_blocks.py, chart_picture.py); what it says is here,
so that every way of showing it says the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import count

WORDS = 2000
"""Characters of a chart in words: as many as Slack takes of what an image says (docs.slack.dev, "image")."""
MOST_CATEGORIES = 20
"""Slack's charts took no more when they came; a person tells no more apart."""


class ChartKind(Enum):
    """What a chart is about, which decides how it is drawn."""

    COUNTS = "how many of each, one time after the other"
    COURSE = "how values went"
    SHARES = "how many of each, for one thing and another"


class Look(Enum):
    """What a series means, for a colour, a pattern and a line of its own."""

    GOOD = "good"
    CAREFUL = "careful"
    BAD = "bad"
    FINISHED = "finished"
    LEFT = "left"
    UNKNOWN = "unknown"
    MEASURED = "measured"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each category; None where there is none. `mark` is an emoji that says it too, or ""."""

    name: str
    look: Look
    values: tuple[float | None, ...]
    mark: str = ""

    @property
    def marked(self) -> str:
        return f"{self.mark} {self.name}".lstrip()


@dataclass(frozen=True, slots=True)
class Chart:
    """`heads`: what the categories are, as the head of their column. `unit`: of the values, "" for counts.

    Categories are labels, each another one (`distinct`). Texts are plain: no markup, nothing escaped.
    `places`: where each category is along its axis; one after the other, if nothing is given.
    """

    kind: ChartKind
    title: str
    heads: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    places: tuple[float, ...] = ()

    def rows(self) -> list[list[str]]:
        """The table of its numbers: a row of heads, and one for each category."""
        columns = [[number_in_words(value) for value in each.values] for each in self.series]
        body = [list(row) for row in zip(self.categories, *columns, strict=True)]
        return [[self.heads, *(each.marked for each in self.series)], *body]

    @property
    def words(self) -> str:
        """All that it says, in at most WORDS characters; what does not fit is said to be missing."""
        said = f"{self.title}."
        for number, category in enumerate(self.categories):
            line = f" {self.heads}" if number == 0 else ""
            line += f" {category}: {self._at(number)}."
            if len(said) + len(line) > WORDS - len(_MORE):
                return said + _MORE
            said += line
        return said

    def _at(self, number: int) -> str:
        values = [(each.name, each.values[number]) for each in self.series]
        if self.kind is not ChartKind.COURSE:
            values = [(name, value) for name, value in values if value]
        known = [
            f"{name} {number_in_words(value)} {self.unit}".rstrip()
            for name, value in values
            if value is not None
        ]
        return ", ".join(known) or "none"


_MORE = " There is more than fits here."


def number_in_words(value: float | None) -> str:
    """As short as it is exact to two places: "3", "41.5"; a dash for none."""
    if value is None:
        return "\u2013"
    return f"{round(value, 2):,.2f}".rstrip("0").rstrip(".")


def distinct(labels: Iterable[str], limit: int) -> tuple[str, ...]:
    """The labels in at most so many characters, each another one: two that are alike are numbered."""
    found: dict[str, None] = {}
    for label in labels:
        short = label if len(label) <= limit else label[: limit - 1].rstrip() + "…"
        name = short
        for number in count(2):
            if name not in found:
                break
            ending = f" {number}"
            name = short[: limit - len(ending)] + ending
        found[name] = None
    return tuple(found)

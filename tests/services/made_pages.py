"""Pages made by chance, from few values, so that edits meet each other often."""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

NAMES = ["Tide gauges", "Reef atlas", "Guides"]
GOALS = ["", "Reach the coast", "Map every reef", "Answer each question"]
OUTCOMES = [
    "Gauges report daily",
    "Gauges report weekly",
    "Reefs are mapped",
    "Schools build a kit",
    "Done once",
]
URLS = ["https://board.test", "https://notes.test/a", "https://notes.test/b"]
LABELS = ["Board", "Notes"]
PEOPLE = ["Ana Silva", "Bo Chen", "Wanjiru Kamau"]


@dataclass(frozen=True)
class MadeProject:
    slug: str
    name: str
    goal: str
    outcomes: tuple[tuple[int, str], ...]
    links: tuple[tuple[str, str], ...]
    people: tuple[str, ...]

    def written(self) -> str:
        text = f"(projects:{self.slug})=\n## {self.name}\n\n"
        text += f"### Goal\n\n{self.goal}\n\n" if self.goal else ""
        text += "### Outcomes\n\n" + "".join(f"{'  ' * level}- {words}\n" for level, words in self.outcomes)
        text += "\n### Links\n\n- <https://always.test>\n"
        text += "".join(f"- [{label}]({url})\n" for label, url in self.links)
        return text + ("\n### Team\n\n" + ", ".join(self.people) + "\n\n" if self.people else "\n")


def written(page: tuple[MadeProject, ...]) -> str:
    return "# Work\n\n" + "".join(project.written() for project in page) + "## The end\n\nThat is all.\n"


_OUTCOMES = st.lists(st.sampled_from(OUTCOMES), max_size=4).flatmap(
    lambda texts: st.tuples(*(st.integers(0, min(index, 1)) for index in range(len(texts)))).map(
        lambda levels: tuple(zip(levels, texts, strict=True))
    )
)
_LINKS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(URLS)), max_size=3).map(tuple)
_PEOPLE = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3).map(tuple)
_FIELDS: dict[str, Any] = {
    "name": st.sampled_from(NAMES),
    "goal": st.sampled_from(GOALS),
    "outcomes": _OUTCOMES,
    "links": _LINKS,
    "people": _PEOPLE,
}


def made_projects(slug: str) -> st.SearchStrategy[MadeProject]:
    return st.builds(MadeProject, slug=st.just(slug), **_FIELDS)


PAGES = (
    st.lists(st.sampled_from("abc"), unique=True, min_size=1)
    .flatmap(lambda slugs: st.tuples(*map(made_projects, slugs)))
    .filter(lambda page: len({project.name for project in page}) == len(page))
)


@st.composite
def edits(draw: st.DrawFn, page: tuple[MadeProject, ...]) -> tuple[MadeProject, ...]:
    """The page with one thing changed on it."""
    number = draw(st.integers(0, len(page) - 1))
    kind = draw(st.sampled_from([*_FIELDS, "remove", "another page"]))
    if kind == "another page":
        return draw(PAGES)
    if kind == "remove":
        return (page[:number] + page[number + 1 :]) or page
    drawn: dict[str, Any] = {kind: draw(_FIELDS[kind])}
    edited = replace(page[number], **drawn)
    if edited.name in {project.name for project in page if project.slug != edited.slug}:
        return page
    return (*page[:number], edited, *page[number + 1 :])

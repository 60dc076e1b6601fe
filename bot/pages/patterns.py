"""How a page writes what it says, so that what is new on it looks like the rest."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

from bot.pages.names import known_name
from bot.pages.values import Form, GroupKind, Page, PageGroup, PageProject

_LINE_END = re.compile(r"\r\n?|\n")
_DEFAULT_NAMES = {
    (GroupKind.SUMMARY, False): "About",
    (GroupKind.GOAL, False): "Strategic goal",
    (GroupKind.OUTCOMES, False): "Key outcomes",
    (GroupKind.INFORMATION, False): "Project information",
    (GroupKind.TEAM, False): "Team",
    (GroupKind.TEAM, True): "Leads",
}
_BULLETS = "-*+"
T = TypeVar("T")
ORDER = (GroupKind.SUMMARY, GroupKind.GOAL, GroupKind.OUTCOMES, GroupKind.INFORMATION, GroupKind.TEAM)


def is_lead_group(group: PageGroup) -> bool:
    """Whether the people in it lead, if nothing else is said of them."""
    known = known_name(group.name.text)
    return known is not None and known.is_lead


def is_place_group(group: PageGroup) -> bool:
    """Whether its name says what each link in it leads to."""
    known = known_name(group.name.text)
    return known is None or known.is_place


@dataclass(frozen=True, slots=True)
class Patterns:
    """`labels`: what the labels of projects begin with; None where projects have none.

    `names` by form, kind and whether the people in it lead. `has_gaps`: a blank line follows a heading.
    `below`: how many levels sub-projects are below their parents.
    """

    eol: str
    form: Form
    labels: str | None
    is_underlined: bool
    has_gaps: bool
    bullet: str
    members_in_list: bool
    below: int
    names: dict[tuple[Form, GroupKind, bool], str]

    def name_of(self, form: Form, kind: GroupKind, *, is_lead: bool = False) -> str:
        """What a group of the kind is called on the page; if there is none, what it is called elsewhere."""
        key = kind, is_lead
        found = self.names.get((form, *key)) or next(
            (self.names[each, *key] for each in Form if (each, *key) in self.names), None
        )
        return found or _DEFAULT_NAMES.get(key, _DEFAULT_NAMES[kind, False])


def patterns_of(page: Page) -> Patterns:
    """What most of the page does; of what is done equally often, what is done first."""
    text, projects = page.text, page.projects
    tops = [project for project in projects if project.parent is None]
    groups = [(project, group) for project in projects for group in project.groups]
    names = Counter(
        ((_form(group), group.kind, is_lead_group(group)), group.name.text)
        for _, group in groups
        if not (group.kind is GroupKind.INFORMATION and is_place_group(group))
    )
    team = [group for _, group in groups if group.kind is GroupKind.TEAM]
    return Patterns(
        eol=_most([found[0] for found in _LINE_END.finditer(text)], "\n"),
        form=_most([project.form for project in tops if project.groups], Form.SECTIONS),
        labels=_labels(tops),
        is_underlined=_most([project.setext for project in tops], False),  # noqa: FBT003 - the value itself
        has_gaps=_most([_has_gap(text, project) for project in projects], True),  # noqa: FBT003 - as above
        bullet=_most(_bullets(projects), "-"),
        members_in_list=_most([bool(group.item_prefix) for group in team], False),  # noqa: FBT003 - as above
        below=_below(projects),
        names={key: name for (key, name), _ in reversed(names.most_common())},
    )


def _most(found: list[T], otherwise: T) -> T:
    return Counter(found).most_common(1)[0][0] if found else otherwise


def _form(group: PageGroup) -> Form:
    return Form.SECTIONS if group.level else Form.DEFINITIONS


def _labels(tops: list[PageProject]) -> str | None:
    anchors = [project.anchor for project in tops if project.anchor]
    if 2 * len(anchors) < len(tops) or not anchors:
        return None
    return _most([anchor[: anchor.rfind(":") + 1] for anchor in anchors], "")


def _has_gap(text: str, project: PageProject) -> bool:
    return text[project.heading.end : project.heading.end + 1] in {"\n", "\r", ""}


def _bullets(projects: tuple[PageProject, ...]) -> list[str]:
    markers = [outcome.marker for project in projects for outcome in project.outcomes]
    prefixes = [group.item_prefix.strip() for project in projects for group in project.groups]
    return [mark for mark in (*markers, *prefixes) if mark and mark in _BULLETS]


def _below(projects: tuple[PageProject, ...]) -> int:
    levels = {project.slug: project.level for project in projects}
    return _most([p.level - levels[p.parent] for p in projects if p.parent in levels], 2)

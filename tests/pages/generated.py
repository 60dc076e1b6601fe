"""Pages made from a grammar of both forms, together with the records that must be read from them."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

GOAL_NAMES = ["Strategic goal", "Key Goal", "GOALS", "Objective:", "**Goal**"]
OUTCOME_NAMES = ["Key outcomes", "Outcomes", "key results:", "*Key Outcomes*"]
INFORMATION_NAMES = ["Project information", "Project Info", "Links", "Where to find more:"]
TEAM_NAMES = ["Team", "Members", "People"]
PLACEHOLDERS = ["TBD", "_to be decided_", "...", "Coming soon"]
MARKS = ["-", "*", "+"]


@dataclass
class Made:
    """A project as it is written, and what must be read."""

    name: str
    label: str | None
    is_definition_list: bool
    summary: list[str]
    goal: list[str]
    is_goal_missing: bool
    outcomes: list[tuple[int, list[str]]]
    links: list[tuple[str, str, str]]
    members: list[str]
    names: tuple[str, str, str, str]
    mark: str
    aside: str
    subs: list["Made"] = field(default_factory=list)


_WORD = st.sampled_from(
    [
        *["tide", "gauge", "Reef", "mapping", "*open*", "data", "`code`", "caf\u00e9", "\u6d77", "people,"],
        *[
            "{term}`hub`",
            "5",
            "A&B",
            "[chart](https://example.org/c)",
            "trust",
            "**safe**",
            "(most)",
            "co-op",
        ],
        *["\u2014", "don't", "e.g.", "50%", "we"],
    ]
)
# The first word is a plain one, so that no text begins like a block or is a placeholder.
_LINE = st.builds(
    lambda first, rest: " ".join([first, *rest]),
    st.sampled_from(["Sand", "kelp", "North"]),
    st.lists(_WORD, max_size=6),
)
_PARAGRAPH = st.lists(_LINE, min_size=1, max_size=3)
_URL = st.integers(0, 999).map("https://example.org/{}".format)
_LABEL = st.sampled_from(["board", "the `x` repo", "notes *now*", "{badge}`a,b` list"])
_LEAD = st.sampled_from(["", "Chat", "Meeting notes", "Project management"])
_ASIDE = st.sampled_from(
    ["", "", ":::{warning}\n## Not a heading\n### Goal\n:::\n\n", "% a comment\n\n", "```\n## code\n```\n\n"]
)


@st.composite
def _levels(draw: st.DrawFn, count: int) -> list[int]:
    levels: list[int] = []
    for _ in range(count):
        levels.append(draw(st.integers(0, min(levels[-1] + 1, 3))) if levels else 0)
    return levels


@st.composite
def projects(draw: st.DrawFn, *, depth: int = 0) -> Made:
    texts = draw(st.lists(_PARAGRAPH, max_size=5))
    levels = draw(_levels(len(texts)))
    is_definition_list = depth == 0 and draw(st.booleans())
    names = (
        draw(st.sampled_from(GOAL_NAMES)),
        draw(st.sampled_from(OUTCOME_NAMES)),
        draw(st.sampled_from(INFORMATION_NAMES)),
        draw(st.sampled_from(TEAM_NAMES)),
    )
    has_subs = depth == 0 and not is_definition_list
    return Made(
        name=draw(_LINE),
        label=draw(st.none() | st.integers(0, 99).map("projects:made-{}".format)),
        is_definition_list=is_definition_list,
        summary=draw(_PARAGRAPH),
        goal=draw(_PARAGRAPH),
        is_goal_missing=draw(st.integers(0, 4)) == 0,
        outcomes=list(zip(levels, texts, strict=True)),
        links=draw(st.lists(st.tuples(_LEAD, _LABEL, _URL), min_size=1, max_size=3)),
        members=draw(
            st.lists(st.sampled_from(["Ana Silva", "Bo Chen", "Cy de Wit"]), max_size=2, unique=True)
        ),
        names=names,
        mark=draw(st.sampled_from(MARKS)),
        aside=draw(_ASIDE),
        subs=draw(st.lists(projects(depth=1), max_size=2)) if has_subs else [],
    )


def _bullets(made: Made, indent: str) -> str:
    lines = []
    for level, text in made.outcomes:
        before = indent + "  " * level
        lines.append(f"{before}{made.mark} " + f"\n{before}  ".join(text))
    return "\n".join(lines)


def _links(made: Made, indent: str) -> str:
    return "\n".join(
        f"{indent}{made.mark} {lead + ': ' if lead else ''}[{label}]({url})"
        for lead, label, url in made.links
    )


def written(made: Made) -> str:
    """The project as somebody would write it."""
    if made.is_definition_list:
        return _as_definitions(made)
    label = f"({made.label})=\n" if made.label else ""
    goal, outcomes, information, team = made.names
    parts = [f"{label}## {made.name}\n", "\n".join(made.summary) + "\n", made.aside.rstrip("\n") + "\n"]
    parts += [f"### {goal}\n", ("TBD" if made.is_goal_missing else "\n".join(made.goal)) + "\n"]
    if made.outcomes:
        parts += [f"### {outcomes}\n", _bullets(made, "") + "\n"]
    parts += [f"### {information}\n", _links(made, "") + "\n"]
    parts += [_as_sub_project(sub) for sub in made.subs]
    if made.members:
        parts += [f"### {team}\n", ", ".join(made.members) + "\n"]
    return "\n".join(part for part in parts if part.strip()) + "\n"


def _as_sub_project(made: Made) -> str:
    label = f"({made.label})=\n" if made.label else ""
    return f"{label}#### {made.name}\n\n" + "\n".join(made.summary) + "\n\n" + _links(made, "") + "\n"


def _as_definitions(made: Made) -> str:
    label = f"({made.label})=\n" if made.label else ""
    goal, outcomes, information, team = made.names
    text = f"{label}## {made.name}\n\n" + "\n".join(made.summary) + f"\n\n{made.aside}"
    text += f"{goal}\n: " + ("TBD" if made.is_goal_missing else "\n  ".join(made.goal)) + "\n\n"
    if made.outcomes:
        text += f"{outcomes}\n: " + _bullets(made, "  ").lstrip() + "\n\n"
    text += f"{information}\n: " + _links(made, "  ").lstrip() + "\n\n"
    return text + (f"{team}\n: " + " and ".join(made.members) + "\n\n" if made.members else "")

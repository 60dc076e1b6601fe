"""What was not on the page, parts of projects and whole ones: written as the page writes its others."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.pages.patterns import ORDER, Patterns
from bot.pages.sheet import Sheet
from bot.pages.slugs import slugify
from bot.pages.values import Form, GroupKind, PageProject
from bot.pages.wanted import WantedMember, WantedOutcome, WantedProject
from bot.pages.writing_fields import goal_lines
from bot.pages.writing_links import link_words
from bot.pages.writing_members import member_words
from bot.pages.writing_outcomes import outcome_words
from bot.pages.writing_values import name_text, value_text

_DEEPEST = 6
"""Number signs that a heading may have."""


@dataclass
class NewProject:
    """A project that the page is to have, with those below it. `needs_label`: its heading is no address."""

    wanted: WantedProject
    needs_label: bool = False
    below: list["NewProject"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A group to be: its lines, without line ends."""

    kind: GroupKind
    lines: tuple[str, ...]
    is_lead: bool = False


def insert_parts(sheet: Sheet, page: PageProject, parts: Sequence[Part]) -> None:
    """Each before the first that belongs behind it, or else at the end of the project."""
    form = page.form if page.groups else Form.SECTIONS
    if page.level >= _DEEPEST:
        form = Form.DEFINITIONS
    own = [group for group in page.groups if (group.level == 0) is (form is Form.DEFINITIONS)]
    level = min((group.level for group in own if group.level), default=page.level + 1)
    own = [group for group in own if group.level in {0, level}]
    for part in sorted(parts, key=lambda part: ORDER.index(part.kind)):
        if not part.lines:
            continue
        behind = [group for group in own if ORDER.index(group.kind) > ORDER.index(part.kind)]
        if behind:
            at = behind[0].place.start
        elif form is Form.DEFINITIONS and own:
            at = own[-1].place.end
        else:
            at = page.place.end
        sheet.insert_block(at, part_words(sheet.patterns, part, form, level))


def part_words(patterns: Patterns, part: Part, form: Form, level: int) -> str:
    """A part as it is written on its own, without the last line end."""
    name, eol = patterns.name_of(form, part.kind, is_lead=part.is_lead), patterns.eol
    if form is Form.DEFINITIONS:
        lines = f"{eol}  ".join(part.lines).replace(f"{eol}  {eol}", f"{eol}{eol}")
        return f"{name}{eol}: {lines}"
    gap = eol if patterns.has_gaps else ""
    return f"{'#' * level} {name}{eol}{gap}{eol.join(part.lines)}"


def outcome_lines(patterns: Patterns, outcomes: Sequence[WantedOutcome]) -> tuple[str, ...]:
    """A list of outcomes, each below what it belongs to."""
    lines: list[str] = []
    deepest = 0
    for outcome in outcomes:
        level = min(outcome.level, deepest)
        column = "  " * level
        words = outcome_words(outcome, patterns.bullet, column, patterns.eol)
        if words is not None:
            lines += f"{column}{words}".split(patterns.eol)
            deepest = level + 1
    return tuple(lines)


def link_lines(patterns: Patterns, words: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{patterns.bullet} {each}" for each in words)


def member_parts(patterns: Patterns, members: Sequence[WantedMember]) -> list[Part]:
    """Those who lead in a group of their own where the page does so."""
    has_leads = any(kind is GroupKind.TEAM and is_lead for _, kind, is_lead in patterns.names)
    has_team = any(kind is GroupKind.TEAM and not is_lead for _, kind, is_lead in patterns.names)
    parts: list[Part] = []
    for leads in (True, False):
        mine = [
            member
            for member in members
            if ((member.role == "lead") if has_leads and has_team else has_leads and not has_team) is leads
        ]
        words = [words for member in mine if (words := member_words(member, leads=leads))]
        lines = (
            tuple(f"{patterns.bullet} {each}" for each in words)
            if patterns.members_in_list
            else (", ".join(words),)
        )
        if words:
            parts.append(Part(GroupKind.TEAM, lines, is_lead=leads))
    return parts


def project_block(patterns: Patterns, new: NewProject, level: int, *, is_sub: bool = False) -> str | None:
    """A whole project and those below it; None when no heading can say its name."""
    wanted, eol = new.wanted, patterns.eol
    is_underlined = patterns.is_underlined and level <= 2  # noqa: PLR2004 - deeper headings have no underline
    name = name_text(wanted.name, is_underlined=is_underlined)
    if name is None:
        return None
    pieces = [*([wanted.mark] if wanted.mark else [])]
    pieces += [words] if (words := value_text(GroupKind.SUMMARY, wanted.summary, indent="", eol=eol)) else []
    pieces += _parts(patterns, new, level, is_sub=is_sub)
    for below in new.below:
        block = project_block(patterns, below, min(level + patterns.below, _DEEPEST), is_sub=True)
        pieces += [block] if block is not None else []
    heading = f"{name}{eol}{'-' * max(len(name), 3)}" if is_underlined else f"{'#' * level} {name}"
    has_label = (patterns.labels is not None and not is_sub) or new.needs_label
    label = f"({_label(patterns, wanted)})={eol}" if has_label else ""
    gap = eol if patterns.has_gaps or wanted.mark else ""
    return f"{label}{heading}{eol}{gap}" + f"{eol}{eol}".join(pieces)


def _label(patterns: Patterns, wanted: WantedProject) -> str:
    return f"{'projects:' if patterns.labels is None else patterns.labels}{slugify(wanted.slug)}"


def _parts(patterns: Patterns, new: NewProject, level: int, *, is_sub: bool) -> list[str]:
    wanted, form = new.wanted, patterns.form
    if level >= _DEEPEST:
        form = Form.DEFINITIONS
    goal = goal_lines(wanted.goal, patterns.eol)
    outcomes = outcome_lines(patterns, tuple(wanted.outcomes.values()))
    links = link_lines(patterns, [words for each in wanted.links.values() if (words := link_words(each))])
    team = member_parts(patterns, tuple(wanted.members.values()))
    if is_sub and not (goal or outcomes or team or new.below):
        # As sub-projects mostly are: a few words, and where to look.
        return [patterns.eol.join(links)] if links else []
    if new.below and not links:
        links = link_lines(patterns, ["TBD"])
    information = Part(GroupKind.INFORMATION, links)
    parts = [Part(GroupKind.GOAL, tuple(goal or ["TBD"])), Part(GroupKind.OUTCOMES, outcomes)]
    # Sub-projects stand below the last heading, which has to be that of the information.
    parts += [*team, information] if new.below and form is Form.SECTIONS else [information, *team]
    return [part_words(patterns, part, form, level + 1) for part in parts if part.lines]

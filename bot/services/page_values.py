"""Records as a template is given them: in words that are safe on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from bot.domain.chart import number_in_words
from bot.domain.freshness import Freshness, freshness_of, is_faded
from bot.pages.marks import ARCHIVED, checked_mark, is_project_mark, outcome_mark, split_mark
from bot.pages.page_style import PageStyle
from bot.pages.template_values import TemplateLink, TemplateMember, TemplateOutcome, TemplateProject
from bot.pages.template_words import heading, is_taken_for_links, link, one_line, paragraphs
from bot.pages.wanted import WantedMember
from bot.pages.writing_members import member_words
from bot.services.export_reading import Exported
from storage.archived import Archived
from storage.records import Member, Metric, Outcome, OutcomeStatus, ProjectState

_DEEPEST = 12
"""Lists in lists; the importer reads a few more."""
_LEVELS = 6
"""Of headings."""
_STATUS: dict[OutcomeStatus | None, tuple[str, str]] = {
    OutcomeStatus.ON_TRACK: ("🟢", "On track"),
    OutcomeStatus.AT_RISK: ("🟡", "At risk"),
    OutcomeStatus.OFF_TRACK: ("🔴", "Off track"),
    OutcomeStatus.DONE: ("✅", "Done"),
    OutcomeStatus.DROPPED: ("⚪", "Dropped"),
    None: ("", ""),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FRESHNESS = {Freshness.DUE: "due for a check", Freshness.STALE: "stale", Freshness.NEVER: "never checked"}


@dataclass(frozen=True, slots=True)
class Values:
    """What makes one of a project. `here`: an instant on the clock of the workspace."""

    style: PageStyle
    here: Callable[[datetime], datetime]
    now: datetime

    def of(self, exported: Exported) -> TemplateProject:
        project, summary = exported.project, paragraphs(exported.project.summary)
        marks, part_marks = _marks(exported)
        is_alone = is_taken_for_links(summary) or is_project_mark(summary)
        vouched_at = exported.vouched_at
        checked_on = None if vouched_at is None else self.here(vouched_at).date()
        return TemplateProject(
            slug=_words(project.slug),
            name=_safe(heading(project.name.strip() or project.slug)),
            depth=exported.spot.depth,
            marks=_safe(marks),
            part_marks=_safe(part_marks),
            summary=_safe("" if is_alone else summary),
            about=_safe(summary if is_alone else ""),
            goal=_safe(paragraphs(project.goal)),
            state=_words(project.state.value),
            status=_words(" ".join(_STATUS[exported.status]).strip()),
            owner=_words(exported.name_of(project.owner_id)),
            mark=_safe(self._mark(project.state, checked_on)),
            last_checked=_safe("" if checked_on is None else in_words(checked_on)),
            is_private=project.is_private,
            is_archived=project.state is ProjectState.ARCHIVED,
            parent=_words(exported.parent or ""),
            outcomes=self._outcomes(exported),
            links=tuple(
                TemplateLink(_words(each.lead), _safe(link(each.url, each.label)))
                for each in exported.whole.links
            ),
            members=tuple(_member(each, exported) for each in exported.whole.members),
            has_children=exported.has_children,
        )

    def _mark(self, state: ProjectState, checked_on: date | None) -> str:
        if state is ProjectState.ARCHIVED and self.style.archived is Archived.MARKED:
            return ARCHIVED
        return checked_mark(checked_on) if self.style.with_status else ""

    def _outcomes(self, exported: Exported) -> tuple[TemplateOutcome, ...]:
        level, found = -1, []
        for outcome in exported.whole.outcomes:
            # One that stands deeper than a list can have it is below the one before it.
            level = min(outcome.level, level + 1, _DEEPEST)
            found.append(self._outcome(outcome, level, exported))
        return tuple(found)

    def _outcome(self, outcome: Outcome, level: int, exported: Exported) -> TemplateOutcome:
        newest, said_on = outcome.newest, None
        sign, status = _STATUS[outcome.status]
        if newest is not None:
            said_on = self.here(newest.said_at).date()
        standing = outcome_mark(outcome.status, said_on, is_faded=is_faded(outcome, self.now))
        freshness = freshness_of(outcome, self.now) if outcome.is_open else Freshness.FRESH
        return TemplateOutcome(
            bullet=_safe("  " * level + "- "),
            indent=_safe("  " * (level + 1)),
            level=level,
            number=outcome.number,
            text=_safe(_not_marked(paragraphs(outcome.text, "  " * (level + 1)))),
            sign=_safe(sign),
            status=_safe(status),
            freshness=_safe(_FRESHNESS.get(freshness, "")),
            said_on=_safe("" if said_on is None else in_words(said_on)),
            said_by=_words(exported.name_of(newest.said_by) if newest else ""),
            note=_words(newest.note if newest else ""),
            owner=_words(exported.name_of(outcome.owner_id)),
            due_on=_safe("" if outcome.due_on is None else in_words(outcome.due_on)),
            metric=_words(_metric(outcome.metric, newest.value if newest else None)),
            standing=_safe(standing if self.style.with_status else ""),
        )


def _marks(exported: Exported) -> tuple[str, str]:
    """Of its heading, and of those in it; "" where it says its parts in a definition list.

    Headings are two levels apart in a tree of up to three levels, and one in a deeper one: below the last
    level that Markdown has, projects stand beside the one that they are a part of.
    """
    is_roomy = exported.height <= (_LEVELS - 2) // 2
    level = min(2 + exported.spot.depth * (2 if is_roomy else 1), _LEVELS)
    has_parts = is_roomy and level < _LEVELS
    return "#" * level, "#" * (level + 1) if has_parts else ""


def _member(member: Member, exported: Exported) -> TemplateMember:
    name = exported.name_of(member.user_id) if member.user_id else member.name
    entry = member_words(WantedMember(name, member.role), leads=False)
    role = "" if member.role == "member" else one_line(member.role)
    return TemplateMember(_words(entry or name), _words(name), _safe(role))


def _not_marked(markdown: str) -> str:
    """Words that end as a mark does, which nobody but publishing sets, are not taken for one."""
    end = split_mark(markdown)
    return markdown if end is None else f"{markdown[:end]} \\{markdown[end:].lstrip()}"


def in_words(day: date) -> str:
    """`4 May 2026`, whatever the language of this machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _metric(metric: Metric | None, value: float | None) -> str:
    if metric is None:
        return ""
    now = number_in_words(metric.start if value is None else value)
    unit = f" {metric.unit}".rstrip() if metric.unit != "%" else "%"
    return f"{now} of {number_in_words(metric.target)}{unit}"


def _words(text: str) -> Markup:
    return _safe(one_line(text))


def _safe(markdown: str) -> Markup:
    return Markup(markdown)  # noqa: S704 - Markdown that is safe already

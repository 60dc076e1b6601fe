"""Several projects: lists, search results, choices."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot import texts
from bot.domain.freshness import Freshness, worst_freshness
from bot.services.reading import ListedProject, ProjectList
from bot.slack import ids
from bot.slack.mrkdwn import escape, plain
from bot.slack.queries import Query
from bot.slack.views.layout import Part, actions, button, context, header, section, shorten
from bot.slack.views.sheet import Sheet
from storage.project_lists import COUNT_LIMIT
from storage.records import Outcome, OutcomeStatus, ProjectName, ProjectState

BUTTON = 75
"""Characters on a button (docs.slack.dev, "button element")."""

_WORST_FIRST = (
    OutcomeStatus.OFF_TRACK,
    OutcomeStatus.AT_RISK,
    OutcomeStatus.ON_TRACK,
    OutcomeStatus.DONE,
    OutcomeStatus.DROPPED,
)


def list_sheet(found: ProjectList, which: str, now: datetime) -> Sheet:
    if not found.total:
        return Sheet(header(texts.LIST_TITLE[which]), section(texts.LIST_EMPTY[which]))
    top = [*header(texts.LIST_TITLE[which]), *context(_total(found))]
    return Sheet(top, _rows(found, now), page=found.page, total_pages=found.pages)


def search_sheet(found: ProjectList, words: str, now: datetime) -> Sheet:
    top = header(shorten(f"Projects with “{words}”", 150))
    if not found.total:
        return Sheet(
            top,
            section(
                f"No project says “{escape(words)}”. Fewer words find more; `/project list` shows them all."
            ),
        )
    how_many = _total(found)
    if found.is_partial:
        how_many += " among the first; the words are so common that not all were looked through. Add one."
    return Sheet([*top, *context(how_many)], _rows(found, now), page=found.page, total_pages=found.pages)


def choice_parts(projects: Sequence[ProjectName], command: str) -> list[Part]:
    """A button for each project that leads to what the command would have said."""
    buttons = [
        button(
            shorten(plain(project.name), BUTTON),
            f"{ids.OPEN}:{project.id}",
            Query.model_validate({"name": command, "project_id": project.id}).encode(),
        )
        for project in projects
    ]
    return actions(buttons)


def _total(found: ProjectList) -> str:
    if found.total > COUNT_LIMIT:
        return f"More than {COUNT_LIMIT:,} projects, by name"
    return texts.count(found.total, "project")


def _rows(found: ProjectList, now: datetime) -> list[Part]:
    parts: list[Part] = []
    for row in found.rows:
        parts += _row(row, now)
    return parts


def _row(row: ListedProject, now: datetime) -> list[Part]:
    project = row.project
    name = plain(project.name)
    facts = [f"`{project.slug}`"]
    if project.state is not ProjectState.ACTIVE:
        facts.append(texts.STATE[project.state])
    facts += _outcome_facts(row.outcomes, now)
    show = button(
        "Show",
        f"{ids.OPEN}:{project.id}",
        Query(name="show", project_id=project.id).encode(),
        accessibility_label=shorten(f"Show {name}", BUTTON),
    )
    return section(f"*{escape(name)}*\n{' · '.join(facts)}", show)


def _outcome_facts(outcomes: tuple[Outcome, ...], now: datetime) -> list[str]:
    if not outcomes:
        return ["no outcomes yet"]
    counts = Counter(outcome.status for outcome in outcomes)
    facts = [
        f"{texts.STATUS[status].split()[0]} {counts[status]} {texts.STATUS_WORD[status]}"
        for status in _WORST_FIRST
        if counts[status]
    ]
    if counts[None]:
        facts.append(texts.count(counts[None], "outcome") + " without a status")
    worst = worst_freshness(outcomes, now)
    if worst is not None and worst is not Freshness.FRESH:
        facts.append(texts.FRESHNESS[worst])
    return facts

"""Several projects: lists, search results, choices."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot import texts
from bot.domain.freshness import Freshness, freshness_of, worst_is_faded, worst_status
from bot.services.reading import ListedProject, ProjectList
from bot.slack import ids
from bot.slack.mrkdwn import escape, plain
from bot.slack.queries import Query
from bot.slack.views.layout import HEADER, Part, button, context, header, section, shorten
from bot.slack.views.sheet import Sheet
from storage.project_lists import COUNT_LIMIT
from storage.records import Outcome, OutcomeStatus, Project, ProjectName, ProjectState, Standing

BUTTON = 75
"""Characters on a button (docs.slack.dev, "button element")."""
NAME = 150
"""Characters of a name where it only leads to the record, in which it stands whole."""

_WORST_FIRST = (
    OutcomeStatus.OFF_TRACK,
    OutcomeStatus.AT_RISK,
    OutcomeStatus.ON_TRACK,
    OutcomeStatus.DONE,
    OutcomeStatus.DROPPED,
)
_MARK = {status: words.split()[0] for status, words in texts.STATUS.items()}


def list_sheet(found: ProjectList, which: str, now: datetime, *, of_person: str | None = None) -> Sheet:
    """`of_person`: whose projects they are, where others read "my"."""
    title = header(texts.LIST_TITLE[which]) if of_person is None else section(f"*Projects of <@{of_person}>*")
    if not found.total:
        return Sheet(title, section(texts.LIST_EMPTY[which]) if of_person is None else [])
    return _listed([*title, *context(total_of(found))], found, now)


def search_sheet(found: ProjectList, words: str, now: datetime) -> Sheet:
    top = header(shorten(f"Projects with “{words}”", HEADER))
    if not found.total:
        return Sheet(top, section(texts.nothing_found(escape(words))))
    notes = f"{total_of(found)}. {texts.SEARCH_IS_PARTIAL}" if found.is_partial else total_of(found)
    return _listed([*top, *context(notes)], found, now)


def choice_parts(projects: Sequence[ProjectName], command: str) -> list[Part]:
    """Each project with a button that leads to what the command would have said."""
    parts: list[Part] = []
    for project in projects:
        query = Query.model_validate({"name": command, "project_id": project.id})
        parts += section(f"*{_name(project)}*\n{slug_of(project)}", _show(project, query))
    return parts


def name_of(project: Project | ProjectName) -> str:
    """The words of its name; its slug, should there be nothing to read in it."""
    return plain(project.name) or project.slug


def slug_of(project: Project | ProjectName) -> str:
    return f"`{escape(project.slug)}`"


def facts_of(outcomes: Sequence[Outcome | Standing], now: datetime) -> list[str]:
    """How many of the open outcomes are not fresh, by freshness; nothing when all are."""
    found = [freshness_of(each, now) for each in outcomes if each.is_open]
    return [
        f"{found.count(each)} {texts.FRESHNESS[each]}"
        for each in (Freshness.NEVER, Freshness.STALE, Freshness.DUE)
        if each in found
    ]


def _listed(top: list[Part], found: ProjectList, now: datetime) -> Sheet:
    total_pages = found.pages
    goes_on = found.total > COUNT_LIMIT
    if goes_on:
        # The one beyond the limit is not on a page of its own.
        total_pages -= 1
    rows: list[Part] = []
    for row in found.rows:
        rows += project_row(row, now)
    if goes_on and found.page >= total_pages - 1:
        rows += context(texts.LIST_GOES_ON)
    return Sheet(top, rows, page=found.page, total_pages=total_pages, goes_on=goes_on)


def total_of(found: ProjectList) -> str:
    if found.total > COUNT_LIMIT:
        return f"More than {COUNT_LIMIT:,} projects, by name"
    return texts.count(found.total, "project")


def project_row(row: ListedProject, now: datetime) -> list[Part]:
    project = row.project
    facts = [slug_of(project)]
    if project.state is not ProjectState.ACTIVE:
        facts.append(texts.STATE[project.state])
    facts += _outcome_facts(row.outcomes, now)
    show = _show(project, Query(name="show", project_id=project.id))
    return section(f"{_mark(row, now)}*{_name(project)}*\n{' · '.join(facts)}", show)


def _mark(row: ListedProject, now: datetime) -> str:
    """How the whole stands: by its owner's word, else as its worst open outcome."""
    own = row.project.own_status
    if own is None and worst_is_faded(row.outcomes, now):
        return f"{texts.FADED_MARK} "
    status = own or worst_status(row.outcomes)
    return "" if status is None else f"{_MARK[status]} "


def _name(project: Project | ProjectName) -> str:
    return escape(shorten(name_of(project), NAME))


def _show(project: Project | ProjectName, query: Query) -> dict[str, object]:
    return button(
        "Show",
        f"{ids.OPEN}:{project.id}",
        query.encode(),
        # Read aloud in place of "Show", which every row has.
        accessibility_label=shorten(f"Show {name_of(project)}", BUTTON),
    )


def _outcome_facts(outcomes: Sequence[Standing], now: datetime) -> list[str]:
    if not outcomes:
        return ["no outcomes yet"]
    counts = Counter([outcome.status for outcome in outcomes])
    facts = [
        f"{_MARK[status]} {counts[status]} {texts.STATUS_WORD[status]}"
        for status in _WORST_FIRST
        if counts[status]
    ]
    return [*facts, *facts_of(outcomes, now)]

"""The home tab: what waits for a person, what else is theirs, the workspace's projects, settings.

Nothing in it depends on the minute in which it is drawn: ages are words for freshness and Slack's own dates,
so that it reads otherwise only when a record or a freshness has changed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from bot import texts, texts_home, texts_reminders, texts_stops
from bot.domain.reminder_hours import Wish
from bot.services.homes import MOST_OUTCOMES, MOST_PROJECTS, HomeRecord
from bot.slack import ids
from bot.slack.effects import Message, View
from bot.slack.home_values import HomePlace
from bot.slack.home_values import Part as PartOfHome
from bot.slack.memos import Planning
from bot.slack.mrkdwn import escape
from bot.slack.queries import Query
from bot.slack.views.home_outcomes import other_row, waiting_rows
from bot.slack.views.layout import Part, actions, button, context, divider, header, section, shorten
from bot.slack.views.lists import BUTTON, NAME, name_of, project_row, total_of
from bot.slack.views.reminder_buttons import wish_menu
from storage.people import NO_ZONE
from storage.project_lists import COUNT_LIMIT
from storage.reminder_turns import Turn

_STOPPED = 5
WAITING, OUTCOMES, MINE = 6, 8, 8
"""Rows on a page of each part; with ten of the workspace's projects, some 75 blocks of 100."""

_T = TypeVar("_T")


def home_view(
    record: HomeRecord,
    place: HomePlace,
    zone: str,
    now: datetime,
    reminders: Turn,
    *,
    is_external: bool = False,
) -> View:
    """At most 100 blocks, whatever there is: what is on no page of it, it says.

    `reminders`: how often this person wants them. One of another organization has nothing to set.
    """
    parts = (
        _welcome(record, is_external=is_external)
        if record.is_new
        else _theirs(record, place, now, is_external=is_external)
    )
    parts += [divider(), *_workspace(record, place, now, is_external=is_external)]
    if not is_external:
        parts += [divider(), *header("Settings"), *section(_settings(zone)), *_reminders(reminders)]
        parts += actions(_more_settings())
    return {"type": "home", "blocks": [part.block for part in parts]}


def with_said(view: View, said: Message) -> View:
    """The same, with what was just done on top."""
    return {**view, "blocks": [*said.blocks, {"type": "divider"}, *view["blocks"]]}


def _welcome(record: HomeRecord, *, is_external: bool) -> list[Part]:
    greeting = [*header("Welcome to Waymark"), *section(texts.PRODUCT)]
    if is_external:
        return [*greeting, *section(texts_home.FOR_EXTERNAL)]
    # One with something to read in it, if there is one.
    rows = sorted(record.workspace.rows, key=lambda row: not row.outcomes)
    tries = texts_home.three_things(
        escape(rows[0].project.slug) if rows else None, may_create=record.may_create
    )
    return [*greeting, *section(tries)]


def _theirs(record: HomeRecord, place: HomePlace, now: datetime, *, is_external: bool) -> list[Part]:
    parts = [*header("What waits for you"), *_stopped(record)]
    if not (record.waiting or record.stopped):
        parts += section(texts_home.nothing_waits(has_outcomes=bool(record.others) or is_external))
    some, turns = _page(record.waiting, "waiting", place, WAITING)
    for own in some:
        parts += waiting_rows(own, now)
    parts += turns
    if record.has_more_outcomes:
        parts += context(texts_home.more_outcomes(MOST_OUTCOMES))
    if record.others:
        parts += [divider(), *header("Your other outcomes")]
        some, turns = _page(record.others, "outcomes", place, OUTCOMES)
        for own in some:
            parts += other_row(own, now)
        parts += turns
    if record.projects:
        parts += [divider(), *header("Your projects")]
        rows, turns = _page(record.projects, "mine", place, MINE)
        for row in rows:
            parts += project_row(row, now)
        parts += turns
    if record.has_more_projects:
        parts += context(texts_home.more_projects(MOST_PROJECTS))
    return parts


def _stopped(record: HomeRecord) -> list[Part]:
    """Projects of theirs that are not asked any more, though they should be."""
    parts: list[Part] = []
    for project, because in record.stopped[:_STOPPED]:
        name, slug = escape(shorten(name_of(project), NAME)), escape(project.slug)
        again = Planning(do="resume", project_id=project.id).encode()
        spoken = f"Try again: check-ins of {shorten(name_of(project), NAME)}"
        parts += section(
            texts_stops.stopped_briefly(name, slug, because),
            button(texts_stops.TRY_AGAIN, f"{ids.PLAN}:resume", again, accessibility_label=spoken[:BUTTON]),
        )
    more = len(record.stopped) - _STOPPED
    return parts + (context(texts_stops.more_stopped(more)) if more > 0 else [])


def _workspace(record: HomeRecord, place: HomePlace, now: datetime, *, is_external: bool) -> list[Part]:
    found = record.workspace
    parts = header("Projects going on")
    if not found.total:
        said = texts_home.NO_SHARED_PROJECTS if is_external else texts_home.NO_PROJECTS
        return [*parts, *section(said)]
    parts += context(total_of(found))
    for row in found.rows:
        parts += project_row(row, now)
    total_pages = found.pages
    if found.total > COUNT_LIMIT:
        # The one beyond the limit is not on a page of its own.
        total_pages -= 1
        if found.page >= total_pages - 1:
            parts += context(texts.LIST_GOES_ON)
    return [*parts, *_turns("workspace", place, found.page, total_pages, goes_on=found.total > COUNT_LIMIT)]


def _page(
    rows: Sequence[_T], part: PartOfHome, place: HomePlace, size: int
) -> tuple[Sequence[_T], list[Part]]:
    """The rows of the page that the person is at, the last one if there are no longer so many; its turns."""
    total = max(1, -(-len(rows) // size))
    page = min(getattr(place, part), total - 1)
    return rows[page * size : (page + 1) * size], _turns(part, place, page, total)


def _turns(part: PartOfHome, place: HomePlace, page: int, total: int, *, goes_on: bool = False) -> list[Part]:
    if total <= 1:
        return []
    turns = []
    for label, to in (("Previous page", page - 1), ("Next page", page + 1)):
        if 0 <= to < total:
            spoken = f"{label} of {texts_home.PARTS[part]}"
            action_id = f"{ids.HOME_PAGE}:{part}-{label.split()[0].lower()}"
            value = place.at(part, to).encode()
            turns.append(button(label, action_id, value, accessibility_label=spoken))
    of = f"{'more than ' if goes_on else ''}{total:,}"
    return [*context(f"Page {page + 1:,} of {of}"), *actions(turns)]


def _reminders(turn: Turn) -> list[Part]:
    """How often they come, and the menu to have them more or less often: the way back, too."""
    chosen = Wish(turn.wish)
    return section(texts_reminders.at_home(chosen, turn.stopped_because), wish_menu(chosen))


def _more_settings() -> list[dict[str, object]]:
    """Each opens what is set, with the way to change it."""
    away, workspace = Query(name="away"), Query(name="settings")
    return [
        button(texts_home.MY_ABSENCE, f"{ids.OPEN}:away", away.encode()),
        button(texts_home.WORKSPACE_SETTINGS, f"{ids.OPEN}:settings", workspace.encode()),
    ]


def _settings(zone: str) -> str:
    return texts_home.settings(escape(zone) if zone != NO_ZONE else None)

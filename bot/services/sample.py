"""The sample: a page of a made-up team, and what its people might have said of it.

Days count back from the moment the sample is made, so that it is never older than it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import format_cadence
from bot.domain.cadence_words import parse_cadence
from bot.domain.digest import WEEK
from bot.pages.values import Page
from bot.services.digests import next_at_of
from bot.services.import_report import Change, ChangeKind
from bot.services.importing import PageImport
from bot.services.next_times import days_around, keep_next_time
from bot.services.values import cadence_columns
from storage import members, outcomes, pages, project_parts, projects, schedules
from storage.database import Tx
from storage.digests import DigestKind, change_digest, save_digest
from storage.indexing import reindex
from storage.records import Outcome, OutcomeStatus, ProjectState, UpdateSource
from storage.sight import EVERYTHING
from storage.status_updates import record_status_update
from storage.workspaces import lock_workspace

PAGE_NAME = "bot/pages/sample.md"

_KEPT_FOR = timedelta(days=60)
"""Longer than anything that was said: the record as it was on a day can be tried at once."""

_CHANNELS = {
    "jmte-pangeo": "proj-jmte",
    "hub-pilots": "proj-hub-pilots",
    "docs-refresh": "proj-docs",
    "tide-gauges": "proj-tide-gauges",
    "reserve": "stewards",
}
"""Project: channel, of which `stewards` is private. The others live elsewhere."""

_OWNERS = {
    "jmte-pangeo": "Sofia Lindqvist",
    "hub-pilots": "Priya Raghunathan",
    "docs-refresh": "Wanjiru Kamau",
    "tide-gauges": "Jonas Adeyemi",
    "community-calls": "Haruki Tanaka",
    "reserve": "Wanjiru Kamau",
}

_ZONE = "Africa/Nairobi"
"""Of whoever the local workspace's page is opened as: half past nine there is when its clock says so."""

_CADENCES = {
    "jmte-pangeo": "weekly mon 09:30",
    "docs-refresh": "weekly thu 10:00",
    "hub-pilots": "every 2 weeks wed 14:00",
    "tide-gauges": "monthly first tue 10:00",
    "reserve": "monthly last fri 11:00",
    # It has no channel: its owner has agreed to be asked by direct message.
    "community-calls": "every 2 weeks tue 16:00 Asia/Tokyo",
}


_DIGEST = "general", "Wanjiru Kamau", "weekly fri 09:00"
"""Its channel, who has set it, and when it comes: it is there when somebody moves on to Friday 09:30."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What somebody said about an outcome, `days` ago, and what is known of it (`due` in days from now)."""

    slug: str
    number: int
    who: str
    days: int
    status: OutcomeStatus
    note: str = ""
    value: float | None = None
    due: int | None = None
    metric: tuple[float, float, str] | None = None


_SAID = (
    # Earlier words first: what is said last of an outcome says what is known of it.
    _Said("jmte-pangeo", 1, "Mateo Quispe", 45, OutcomeStatus.ON_TRACK, "", 35),
    _Said("jmte-pangeo", 1, "Mateo Quispe", 31, OutcomeStatus.AT_RISK, "A night of outages.", 36),
    _Said("jmte-pangeo", 1, "Mateo Quispe", 17, OutcomeStatus.ON_TRACK, "", 39),
    _Said("jmte-pangeo", 2, "Mateo Quispe", 33, OutcomeStatus.ON_TRACK, "From nine minutes to five."),
    _Said("docs-refresh", 1, "Jonas Adeyemi", 29, OutcomeStatus.AT_RISK, "Slow start.", 5),
    _Said("docs-refresh", 1, "Jonas Adeyemi", 15, OutcomeStatus.ON_TRACK, "", 9),
    _Said("jmte-pangeo", 1, "Mateo Quispe", 3, OutcomeStatus.ON_TRACK, "41 weeks without an outage.", 41,
          due=75, metric=(0, 52, "weeks")),
    _Said("jmte-pangeo", 2, "Mateo Quispe", 5, OutcomeStatus.AT_RISK,
          "Down to three minutes; the image cache waits for the grant office.", due=30),
    _Said("jmte-pangeo", 3, "Sofia Lindqvist", 2, OutcomeStatus.DONE,
          "October is up; it runs by itself now."),
    _Said("jmte-pangeo", 4, "Haruki Tanaka", 16, OutcomeStatus.ON_TRACK, "Nine of eleven fixes are merged."),
    _Said("jmte-pangeo", 5, "Sofia Lindqvist", 40, OutcomeStatus.ON_TRACK, "One team is half-way through."),
    _Said("hub-pilots", 1, "Priya Raghunathan", 4, OutcomeStatus.ON_TRACK, "Three of four have taught.", 3,
          due=110, metric=(0, 4, "labs")),
    _Said("hub-pilots", 2, "Mateo Quispe", 4, OutcomeStatus.OFF_TRACK,
          "The first reader gave up at the storage chapter."),
    _Said("hub-pilots", 3, "Priya Raghunathan", 18, OutcomeStatus.ON_TRACK),
    _Said("docs-refresh", 1, "Jonas Adeyemi", 1, OutcomeStatus.ON_TRACK, "Fourteen of twenty.", 14,
          due=40, metric=(0, 20, "pages")),
    _Said("docs-refresh", 2, "Wanjiru Kamau", 6, OutcomeStatus.AT_RISK, "Owners yes, dates no."),
    _Said("tide-gauges", 1, "Jonas Adeyemi", 33, OutcomeStatus.AT_RISK, "Ten out, two wait for cable.", 10,
          metric=(0, 12, "gauges")),
    _Said("tide-gauges", 2, "Priya Raghunathan", 35, OutcomeStatus.DONE, "1.6 cm over the whole of June."),
    _Said("community-calls", 1, "Haruki Tanaka", 9, OutcomeStatus.ON_TRACK, "Seven so far.", 7,
          metric=(0, 10, "calls")),
    _Said("reserve", 1, "Wanjiru Kamau", 8, OutcomeStatus.AT_RISK, "Two and a half so far.", 2.5,
          metric=(0, 4, "months")),
)  # fmt: skip


def import_sample(
    tx: Tx,
    workspace_id: str,
    page: Page,
    now: datetime,
    *,
    channels: Mapping[str, str],
    people: Mapping[str, str],
) -> None:
    """The page with its life. `channels` and `people` give ids by name; who is missing is left out."""
    PageImport(tx, workspace_id, PAGE_NAME, page, now - _KEPT_FOR).run()
    for item in page.projects:
        project = projects.find_project_by_slug(tx, workspace_id, item.slug)
        if project is None:
            continue
        channel_id = channels.get(_CHANNELS.get(item.slug, ""))
        owner_id = people.get(_OWNERS.get(item.slug, ""))
        projects.change_project(tx, workspace_id, project.id, now, channel_id=channel_id, owner_id=owner_id)
        for member in project_parts.get_parts(tx, workspace_id, EVERYTHING, project.id).members:
            members.change_member(tx, workspace_id, member.id, user_id=people.get(member.name))
        record = outcomes.list_outcomes(tx, workspace_id, project.id)
        for said in _SAID:
            if said.slug == item.slug and said.number <= len(record):
                _say(tx, workspace_id, record[said.number - 1], said, now=now, person_id=people.get(said.who))
        if item.slug in _CADENCES:
            _ask(tx, workspace_id, project.id, _CADENCES[item.slug], agreed_by=owner_id, now=now)
    channel, who, when = _DIGEST
    if channel in channels and who in people:
        _set_digest(tx, workspace_id, channels[channel], when, set_by=people[who], now=now)


def _set_digest(tx: Tx, workspace_id: str, place: str, when: str, *, set_by: str, now: datetime) -> None:
    """It tells of what the sample says happened before it was made, too."""
    cadence = parse_cadence(when, _ZONE, now.astimezone(ZoneInfo(_ZONE)).date())
    made = save_digest(
        tx,
        workspace_id,
        DigestKind.DIGEST,
        place,
        cadence=format_cadence(cadence),
        set_by=set_by,
        since=now - WEEK,
    )
    next_at = next_at_of(made, now, days_around(tx, workspace_id, now))
    change_digest(tx, workspace_id, made.id, next_at=next_at)


def _ask(
    tx: Tx, workspace_id: str, project_id: int, words: str, *, agreed_by: str | None, now: datetime
) -> None:
    cadence = format_cadence(parse_cadence(words, _ZONE, now.astimezone(ZoneInfo(_ZONE)).date()))
    schedules.change_schedule(tx, workspace_id, project_id, agreed_by=agreed_by, **cadence_columns(cadence))
    keep_next_time(tx, workspace_id, project_id, now)


def put_aside(tx: Tx, workspace_id: str, page: Page, now: datetime) -> list[Change]:
    """Archive those of the sample's projects, under other slugs, whose slugs a newcomer's page has too.

    They are made up, and would be taken for the same projects. One that stands on another page too stays.
    """
    sample = pages.find_page(tx, workspace_id, PAGE_NAME)
    if sample is None:
        return []
    lock_workspace(tx, workspace_id)
    made_up = {place.project_id for place in pages.list_places(tx, workspace_id, sample.id)}
    changes = []
    for item in page.projects:
        found = projects.find_project_by_slug(tx, workspace_id, item.slug)
        if found and found.id in made_up and not pages.find_other_page(tx, workspace_id, found.id, PAGE_NAME):
            changes.append(_put_aside(tx, workspace_id, found.id, item.slug, now))
    return changes


def _put_aside(tx: Tx, workspace_id: str, project_id: int, slug: str, now: datetime) -> Change:
    projects.lock_project(tx, workspace_id, project_id)
    aside = f"sample-{slug}"
    while projects.find_project_by_slug(tx, workspace_id, aside) is not None:
        aside = f"sample-{aside}"
    state = ProjectState.ARCHIVED.value
    # Its channel is free for the one that has its slug now.
    projects.change_project(tx, workspace_id, project_id, now, slug=aside, state=state, channel_id=None)
    reindex(tx, workspace_id, project_id)
    return Change(slug, ChangeKind.PUT_ASIDE, after=aside)


def _say(
    tx: Tx, workspace_id: str, outcome: Outcome, said: _Said, *, now: datetime, person_id: str | None
) -> None:
    start, target, unit = said.metric or (None, None, None)
    outcomes.change_outcome(
        tx,
        workspace_id,
        outcome.id,
        now,
        owner_id=person_id,
        due_on=None if said.due is None else (now + timedelta(days=said.due)).date(),
        metric_start=start,
        metric_target=target,
        metric_unit=unit,
    )
    record_status_update(
        tx,
        workspace_id,
        outcome,
        status=said.status,
        note=said.note,
        value=said.value,
        said_by=person_id,
        said_at=now - timedelta(days=said.days),
        source=UpdateSource.REPLY,
    )

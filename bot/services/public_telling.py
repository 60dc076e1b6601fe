"""What is told of public projects as it happens, and what is to come: the feed and the calendar."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.domain.cadence import Slot, upcoming
from bot.domain.cadence_words import stored_cadence
from bot.domain.days import zone_of
from bot.domain.public_words import public_words
from bot.services.next_times import days_around
from bot.services.public_ids import uid, urn
from bot.services.public_records import Beside, PublicDay, PublicDays, PublicUpdate, PublicUpdates, Ref
from storage import public_told
from storage.database import Tx
from storage.people import NO_ZONE
from storage.public_pages import PublicPage
from storage.public_told import Told
from storage.schedules import Schedule
from storage.settings import get_settings

IN_FEED = 50
_MOST_DUE, _MOST_SCHEDULES, _CHECK_INS = 1_000, 500, 6
"""In a calendar: outcomes with a day, projects with check-ins, and of each of these so many to come."""
_BACK = timedelta(days=90)
"""A day by which something was to be reached that is still open stays for as long."""


def read_public_updates(tx: Tx, page: PublicPage) -> PublicUpdates:
    """The newest IN_FEED."""
    told = public_told.list_updates_told(tx, page.workspace_id, IN_FEED)
    title = public_words(page.title, with_names=page.with_names)
    return PublicUpdates(urn(page, "feed", ""), title, updates_of(tx, page, told), page.changed_at)


def updates_of(tx: Tx, page: PublicPage, told: Sequence[Told]) -> tuple[PublicUpdate, ...]:
    """As everybody may read them; a statement, if people are named."""
    said_by = {each.update.said_by for each in told if each.update.said_by}
    names = public_told.list_names_of(tx, page.workspace_id, said_by) if page.with_names and said_by else {}

    def words(text: str) -> str:
        return public_words(text, with_names=page.with_names)

    return tuple(
        PublicUpdate(
            id=urn(page, "update", each.update.id),
            project=Ref(each.project_slug, words(each.project_name)),
            outcome=words(each.outcome_text),
            status=each.update.status,
            value=each.update.value,
            unit=words(each.unit),
            note=words(each.update.note) if page.with_notes else "",
            by=names.get(each.update.said_by or "", ""),
            said_at=each.update.said_at,
        )
        for each in told
    )


def read_public_days(tx: Tx, page: PublicPage, now: datetime) -> PublicDays:
    """What open outcomes are to be reached by, from three months ago on, and the next check-ins."""
    today = now.astimezone(zone_of(get_settings(tx, page.workspace_id).zone or NO_ZONE)).date()

    def ref(slug: str, name: str) -> Ref:
        return Ref(slug, public_words(name, with_names=page.with_names))

    due = [
        PublicDay(
            uid(page, "due", each.id),
            ref(each.project_slug, each.project_name),
            outcome=public_words(each.text, with_names=page.with_names),
            on=each.due_on,
        )
        for each in public_told.list_due(tx, page.workspace_id, today - _BACK, _MOST_DUE)
    ]
    planned = public_told.list_public_schedules(tx, page.workspace_id, _MOST_SCHEDULES)
    off = days_around(tx, page.workspace_id, now) if planned else {}
    check_ins = [
        PublicDay(
            # Of its regular day: where a day off moves it to, it is still the same.
            uid(page, "check-in", f"{project.id}:{day}"),
            ref(project.slug, project.name),
            at=at,
        )
        for project, schedule in planned
        for day, at in _next_of(schedule, off)
    ]
    title = public_words(page.title, with_names=page.with_names)
    return PublicDays(title, (*due, *check_ins), page.changed_at)


def count_beside(tx: Tx, page: PublicPage, now: datetime) -> Beside:
    """Of what stands beside the page, read as whoever follows it gets it."""
    days = read_public_days(tx, page, now).days
    due = sum(each.on is not None for each in days)
    return Beside(len(read_public_updates(tx, page).updates), due, len(days) - due)


def _next_of(schedule: Schedule, off: Mapping[date, str]) -> Iterator[tuple[date, datetime]]:
    """The next check-ins, each with its regular day."""
    if schedule.next_at is None or schedule.cadence is None:
        return
    cadence = stored_cadence(schedule.cadence)
    first = Slot(schedule.next_at, schedule.moved_from)
    for slot in (first, *upcoming(cadence, first.at, _CHECK_INS - 1, off)):
        yield slot.moved_from or slot.at.astimezone(zone_of(cadence.zone)).date(), slot.at

"""What a digest, a brief and one's own week are drawn from: read anew each time, in a few statements."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.days import zone_of
from bot.domain.digest import WEEK, Became, Before, News, Own, Step, became, before_meeting, own_week, sum_up
from bot.domain.freshness import Freshness, freshness_of
from storage.database import Tx
from storage.digests import Digest
from storage.editions import Edition
from storage.history_records import WHOLE
from storage.own_outcomes import list_own_outcomes
from storage.periods import Noted, Told, Unheard, list_noted, list_said, list_unheard
from storage.records import Outcome, ProjectName, UpdateSource
from storage.schedules import list_schedules
from storage.sight import Sight, of_place
from storage.standings import Counts, count_open, list_stale, list_troubled
from storage.topmost import list_topmost

MOST_STALE = 500
"""Outcomes of a digest that are stale; those that became so last are among them."""
MOST_OWN = 500
"""Outcomes of one person that are looked at."""

ProjectNews = tuple[ProjectName, News]


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """`told`: what became of outcomes, by importance. `topmost`: under which project each is grouped.

    `digest`: what is set, for one that came by itself. `long_stale`: what was stale before already, or nobody
    ever vouched for, MOST_STALE at most.
    """

    edition: Edition
    digest: Digest | None
    counts: Counts
    told: tuple[tuple[Became, Told], ...]
    news: tuple[ProjectNews, ...]
    unheard: tuple[Unheard, ...]
    topmost: Mapping[int, ProjectName]
    long_stale: tuple[Told, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing new. What has been stale for longer is listed all the same."""
        return not (self.told or self.news or self.unheard)


@dataclass(frozen=True, slots=True)
class BriefRecord:
    edition: Edition
    digest: Digest | None
    told: tuple[tuple[Before, Told], ...]
    news: tuple[ProjectNews, ...]


@dataclass(frozen=True, slots=True)
class WeekRecord:
    """`done`: what became of one's own outcomes since. `rounds`: check-ins of the next seven days.

    `at`: as of when; `is_cut`: there are more outcomes than MOST_OWN.
    """

    at: datetime
    told: tuple[tuple[Own, Told], ...]
    done: tuple[tuple[Became, Told], ...]
    rounds: tuple[tuple[ProjectName, datetime], ...]
    is_cut: bool = False


def read_digest(tx: Tx, edition: Edition, digest: Digest | None) -> DigestRecord:
    """Six statements."""
    where = tx, edition.workspace_id, of_place(edition.place)
    period = edition.since, edition.until
    told = _told(list_said(*where, *period))
    known = {each.outcome.id for _, each in told}
    found = sorted(list_stale(*where, edition.until, limit=MOST_STALE), key=_by_project)
    stale = [each for each in found if each.outcome.id not in known]
    told += [(Became.STALE, each) for each in stale if _is_new(each, edition.since)]
    news, unheard = _news(list_noted(*where, *period)), list_unheard(*where, *period)
    named = [each.project for _, each in told] + [project for project, _ in news]
    return DigestRecord(
        edition,
        digest,
        count_open(*where, edition.until),
        tuple(sorted(told, key=lambda each: each[0])),
        news,
        unheard,
        list_topmost(*where, {project.id for project in named}),
        tuple(each for each in stale if not _is_new(each, edition.since)),
    )


def read_brief(tx: Tx, edition: Edition, digest: Digest | None) -> BriefRecord:
    """Three statements."""
    where = tx, edition.workspace_id, of_place(edition.place)
    period = edition.since, edition.until
    changed = {each.outcome.id: each for _, each in _told(list_said(*where, *period))}
    # As it stands now, for what is in both.
    troubled = {
        each.outcome.id: each._replace(before=changed[each.outcome.id].before)
        if each.outcome.id in changed
        else each
        for each in list_troubled(*where, edition.until)
    }
    told: list[tuple[Before, Told]] = []
    for id_, each in {**changed, **troubled}.items():
        outcome = each.outcome
        heading = before_meeting(
            outcome.status,
            _freshness(outcome, edition.until),
            is_going_on=id_ in troubled,
            has_changed=id_ in changed,
        )
        told += [] if heading is None else [(heading, each)]
    news = _news(list_noted(*where, *period))
    return BriefRecord(edition, digest, tuple(sorted(told, key=_in_order)), news)


def read_week(
    tx: Tx,
    workspace_id: str,
    sight: Sight,
    zone: str,
    *,
    since: datetime,
    until: datetime,
    of_person: str | None = None,
) -> WeekRecord:
    """What is somebody's own, as far as `sight` says that it may be shown. Three statements.

    `of_person`: whose it is, if not theirs who looks.
    """
    today = until.astimezone(zone_of(zone)).date()
    own = list_own_outcomes(tx, workspace_id, sight, limit=MOST_OWN + 1, of_person=of_person)
    told = [(_own(each.outcome, until, today), Told(each.project, each.outcome)) for each in own[:MOST_OWN]]
    said = list_said(tx, workspace_id, sight, since, until, owner_id=of_person or sight.person_id)
    done = [each for each in _told(said) if each[0] is Became.DONE]
    names = {each.project.id: each.project for each in own}
    rounds = [
        (names[each.project_id], each.next_at)
        for each in list_schedules(tx, workspace_id, sorted(names))
        if each.next_at is not None and until <= each.next_at <= until + WEEK
    ]
    return WeekRecord(
        until, tuple(sorted(told, key=_in_order)), tuple(done), tuple(rounds), len(own) > MOST_OWN
    )


def _is_new(stale: Told, since: datetime) -> bool:
    """Whether it has become stale since then."""
    outcome = stale.outcome
    if outcome.vouched_at is None:
        return False
    return outcome.vouched_at + timedelta(days=outcome.stale_days) > since


def _own(outcome: Outcome, now: datetime, today: date) -> Own:
    return own_week(outcome.status, _freshness(outcome, now), outcome.due_on, today)


def _freshness(outcome: Outcome, now: datetime) -> Freshness:
    return freshness_of(outcome, now)


def _in_order(each: tuple[int, Told]) -> tuple[int, tuple[str, int, int]]:
    heading, told = each
    return heading, _by_project(told)


def _by_project(told: Told) -> tuple[str, int, int]:
    return told.project.name.casefold(), told.project.id, told.outcome.number


def _told(said: Sequence[Told]) -> list[tuple[Became, Told]]:
    found = []
    for each in said:
        newest = each.outcome.newest
        has_words = newest is not None and newest.source is not UpdateSource.BUTTON
        what = became(each.before, each.outcome.status, has_words=has_words)
        found += [] if what is None else [(what, each)]
    return found


def _news(noted: Iterable[Noted]) -> tuple[ProjectNews, ...]:
    noted = tuple(noted)
    names = {each.project.id: each.project for each in noted}
    return tuple((names[project_id], news) for project_id, news in sum_up(map(_step, noted)).items())


def _step(noted: Noted) -> Step:
    if noted.field != WHOLE:
        return Step(noted.project.id, noted.field, noted.item_id, _text(noted.before), _text(noted.after))
    # Of what came or went as a whole, whether it was there is enough: its place may be another.
    before, after = (None if each is None else "" for each in (noted.before, noted.after))
    return Step(noted.project.id, noted.item.value, noted.item_id, before, after)


def _text(value: str | None) -> str | None:
    return None if value is None else str(json.loads(value))

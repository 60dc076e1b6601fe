"""What may be wrong with the records of a workspace: who and what is gone, what never comes, what waits.

Pure; see bot/domain/doctor.py.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from bot.domain.doctor import MOST, Channel, Fact, Finding, Person, Projects, Severity, projects_of
from bot.domain.doctor_slack import SlackSeen
from storage.doctor_rows import Failed, GonePerson, Idle, IdleDigest, OfProject, Unpublished, Used, Waiting
from storage.records import ProjectState

LATE = timedelta(minutes=5)
"""After that, what is due should be on its way: the heartbeat looks every few seconds."""
TRIES = 5
RECENT = timedelta(days=7)
"""Of what failed before, people have heard, or nobody has missed it."""
_OF_CHANNEL = frozenset({"is_archived", "is_inactive", "not_in_channel", "channel_not_found"})


@dataclass(frozen=True, slots=True)
class RecordsSeen:
    """`slack`: what it has said, if asked. `unknown_zone`: the workspace's, if there is none such."""

    now: datetime
    waiting: Waiting
    gone: tuple[GonePerson, ...] = ()
    used: tuple[Used, ...] = ()
    idle: tuple[Idle, ...] = ()
    forsaken: tuple[OfProject, ...] = ()
    digests: tuple[IdleDigest, ...] = ()
    failed: tuple[Failed, ...] = ()
    unknown_zone: str | None = None
    slack: SlackSeen | None = None
    unpublished: tuple[Unpublished, ...] = ()


def channels(seen: RecordsSeen) -> Iterator[Finding]:
    """Those that Slack says cannot be posted in, with what they are used for."""
    troubles = seen.slack.channels if seen.slack is not None else {}
    for channel_id, rows in groupby(seen.used, attrgetter("channel_id")):
        uses = list(rows)
        of_projects = projects_of((each.slug, each.is_seen) for each in uses if each.slug is not None)
        facts: dict[str, Fact] = {
            "channel": Channel(channel_id if any(each.is_seen for each in uses) else None),
            "projects": of_projects,
            "digests": sum(each.use == "digest" for each in uses),
            "lines": sum(each.use == "lines" for each in uses),
        }
        yield Finding(f"channel_{troubles[channel_id]}", Severity.WARNING, facts)


def people(seen: RecordsSeen) -> Iterator[Finding]:
    """Who has left, with all that they still have; each once."""
    for _, rows in groupby(seen.gone, attrgetter("person_id")):
        held = list(rows)
        by_role = {
            role: projects_of((each.slug, each.is_seen) for each in held if each.role == role)
            for role in ("owner", "outcome", "member")
        }
        person = Person(held[0].person_id, held[0].name)
        if by_role["owner"] != Projects() or by_role["outcome"] != Projects():
            facts: dict[str, Fact] = {"person": person}
            facts |= {role: by_role[role] for role in ("owner", "outcome")}
            yield Finding("owner_gone", Severity.WARNING, facts)
        else:
            yield Finding("member_gone", Severity.NOTE, {"person": person, "member": by_role["member"]})


def schedules(seen: RecordsSeen) -> Iterator[Finding]:
    """Projects with a cadence of which no check-in will ever come."""
    known = seen.slack.channels if seen.slack is not None else {}
    by_code: dict[tuple[str, str], list[tuple[str, bool]]] = defaultdict(list)
    for each in seen.idle:
        because = each.stopped_because or ""
        if because in _OF_CHANNEL and each.channel_id in known:
            # The channel itself is said to be the trouble.
            continue
        by_code[_why_idle(each), because].append((each.slug, each.is_seen))
    for (code, because), projects in by_code.items():
        severity = Severity.NOTE if code == "paused_for_ever" else Severity.WARNING
        yield Finding(code, severity, {"projects": projects_of(projects), "because": because})
    if seen.forsaken:
        yield Finding("nobody_left_to_ask", Severity.WARNING, {"projects": projects_of(seen.forsaken)})


def _why_idle(row: Idle) -> str:
    if row.stopped_because is not None:
        return "check_ins_stopped"
    if row.channel_id is None and (row.owner_id is None or row.owner_id != row.agreed_by):
        return "nowhere_to_ask"
    if row.state == ProjectState.PAUSED.value and row.paused_until is None:
        return "paused_for_ever"
    return "never_fires"


def digests(seen: RecordsSeen) -> Iterator[Finding]:
    """Those that are set, and will never come."""
    known = seen.slack.channels if seen.slack is not None else {}
    hidden = 0
    for each in seen.digests:
        if each.stopped_because in _OF_CHANNEL and each.place in known:
            continue
        if not each.is_seen:
            hidden += 1
            continue
        is_person = each.place.startswith(("U", "W"))
        facts: dict[str, Fact] = {
            "kind": each.kind,
            "place": Person(each.place) if is_person else Channel(each.place),
            "because": each.stopped_because or "",
        }
        code = "digest_never_fires" if each.stopped_because is None else "digest_stopped"
        yield Finding(code, Severity.WARNING, facts)
    if hidden:
        yield Finding("digests_hidden", Severity.WARNING, {"count": hidden})


def worker(seen: RecordsSeen) -> Iterator[Finding]:
    """Whether anybody does what is due."""
    waiting = seen.waiting
    since = [at for at in (waiting.late_since, waiting.asks_since, waiting.digests_since) if at is not None]
    if not since:
        return
    sent_at = waiting.last_sent_at
    is_at_work = waiting.claimed > 0 or (sent_at is not None and seen.now - sent_at < LATE)
    facts: dict[str, Fact] = {"count": waiting.late, "since": min(since)}
    if is_at_work:
        yield Finding("worker_behind", Severity.WARNING, facts)
    else:
        yield Finding("worker_idle", Severity.ERROR, facts)


def deliveries(seen: RecordsSeen) -> Iterator[Finding]:
    """Messages that Slack refuses, will never have, or that come to nothing again and again."""
    waiting = seen.waiting
    if waiting.refused and waiting.refused_since is not None:
        refused: dict[str, Fact] = {"count": waiting.refused, "since": waiting.refused_since}
        yield Finding("deliveries_refused", Severity.ERROR, refused)
    if waiting.tried and waiting.tried_since is not None and seen.now - waiting.tried_since >= LATE:
        tried: dict[str, Fact] = {"count": waiting.tried, "since": waiting.tried_since, "tries": TRIES}
        yield Finding("deliveries_stuck", Severity.WARNING, tried)
    for because, rows in groupby(seen.failed, attrgetter("because")):
        failed = list(rows)
        facts: dict[str, Fact] = {
            "count": len(failed),
            "because": because,
            "projects": projects_of((each.slug, each.is_seen) for each in failed if each.slug is not None),
            "days": RECENT.days,
        }
        yield Finding("deliveries_failed", Severity.WARNING, facts)


def publishing(seen: RecordsSeen) -> Iterator[Finding]:
    """Pages that do not stand where they should as the records say."""
    for each in seen.unpublished:
        facts: dict[str, Fact] = {
            "address": each.address,
            "because": each.because or "",
            "since": each.since,
        }
        if each.because is None:
            yield Finding("page_waits", Severity.WARNING, facts)
        else:
            yield Finding("page_stopped" if each.is_stopped else "page_failing", Severity.WARNING, facts)


def zone(seen: RecordsSeen) -> Iterator[Finding]:
    if seen.unknown_zone is not None:
        yield Finding("zone_unknown", Severity.ERROR, {"zone": seen.unknown_zone})


def whole(seen: RecordsSeen) -> Iterator[Finding]:
    """Whether all that there is was looked at."""
    lists = (seen.gone, seen.used, seen.idle, seen.forsaken, seen.digests, seen.failed, seen.unpublished)
    if any(len(rows) >= MOST for rows in lists):
        yield Finding("rest_left_out", Severity.NOTE, {"count": MOST})

"""The public projects as JSON: the same values as on the page, for programs.

Names are only ever added. Texts are inline Markdown; days are of the workspace's zone, instants are in UTC.
"""

from typing import Any

import orjson

from bot.domain.status_weeks import WeekOfStatuses
from bot.services.public_records import PublicList, PublicOutcome, PublicProject, PublicUpdate, Ref
from bot.web.projects_routes import JSON, Addresses


def list_json(found: PublicList, at: Addresses) -> bytes:
    return _dump(
        {
            "title": found.title,
            "zone": found.zone,
            "total": found.total,
            "page": found.page,
            "pages": found.pages,
            "next": at.list_as(JSON, found.page + 1) if found.page < found.pages else None,
            "weeks": _weeks(found.weeks),
            "projects": [_project(each, at) for each in found.projects],
        }
    )


def project_json(found: PublicProject, at: Addresses) -> bytes:
    return _dump(
        {
            **_project(found, at),
            "children": [_ref(each, at) for each in found.children],
            "people": list(found.people),
            "links": [{"label": each.label, "url": each.url, "lead": each.lead} for each in found.links],
            "weeks": _weeks(found.weeks),
            "updates": [_update(each, at) for each in found.updates],
        }
    )


def _project(found: PublicProject, at: Addresses) -> dict[str, Any]:
    return {
        "id": found.id,
        **_ref(found.ref, at),
        "parent": None if found.parent is None else _ref(found.parent, at),
        "state": found.state.value,
        "summary": found.summary,
        "goal": found.goal,
        "status": _value(found.status),
        "status_is_stale": found.is_faded,
        "freshness": None if found.freshness is None else found.freshness.name.lower(),
        "last_checked_on": found.vouched_on,
        "next_check_in_at": found.next_check_in_at,
        "owner": found.owner or None,
        "outcomes": [_outcome(each) for each in found.outcomes],
    }


def _outcome(found: PublicOutcome) -> dict[str, Any]:
    metric = found.metric
    return {
        "number": found.number,
        "level": found.level,
        "text": found.text,
        "status": _value(found.status),
        "status_is_stale": found.is_faded,
        "said_on": found.said_on,
        "freshness": None if found.freshness is None else found.freshness.name.lower(),
        "last_checked_on": found.vouched_on,
        "due_on": found.due_on,
        "metric": metric
        and {"start": metric.start, "target": metric.target, "unit": metric.unit, "value": found.value},
        "owner": found.owner or None,
        "note": found.note or None,
        "course": found.course
        and [
            {"on": point.day, "measured": point.measured, "planned": point.planned}
            for point in found.course.points
        ],
    }


def _update(found: PublicUpdate, at: Addresses) -> dict[str, Any]:
    return {
        "id": found.id,
        "project": _ref(found.project, at),
        "outcome": found.outcome,
        "status": _value(found.status),
        "value": found.value,
        "unit": found.unit,
        "note": found.note or None,
        "by": found.by or None,
        "said_at": found.said_at,
    }


def _ref(of: Ref, at: Addresses) -> dict[str, str]:
    return {"slug": of.slug, "name": of.name, "url": at.project(of.slug)}


def _weeks(weeks: tuple[WeekOfStatuses, ...]) -> list[dict[str, Any]]:
    return [
        {
            "until": week.last_day,
            "counts": {("none" if status is None else status.value): n for status, n in week.counts.items()},
        }
        for week in weeks
    ]


def _value(status: Any) -> str | None:  # noqa: ANN401 - an enum, or None
    return None if status is None else str(status.value)


def _dump(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2)

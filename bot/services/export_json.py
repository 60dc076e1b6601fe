"""Records as JSON for other programs, version 1. What is there keeps its name and meaning; more may come.

    {"waymark": "projects", "version": 1, "exported_at": "2026-11-30T16:00:00+00:00",
     "workspace": {"id": "T0TEAM", "name": "Tidewater"}, "with_private": false, "projects": [
      {"slug": "tide-gauges", "name": "Tide gauges", "aliases": ["gauges"],
       "parent": null,                          the slug of what it is a part of, if that is here, too
       "state": "active",                       or paused, completed, archived
       "is_private": false, "channel": "C0GAUGES", "owner": PERSON,
       "summary": "", "goal": "", "goal_confirmed_at": null,
       "status": "at_risk",                     as its owner says, else as its worst outcome; or null
       "own_status": null,                      only if its owner says so
       "freshness": "due",                      of its worst open outcome: fresh, due, stale, never; or null
       "last_checked_at": "2026-11-02T09:00:00+00:00", "created_at": "…",
       "outcomes": [
        {"number": 1, "level": 0, "text": "Twelve gauges report", "owner": PERSON, "due_on": "2026-12-24",
         "status": "at_risk",                   on_track, at_risk, off_track, done, dropped, or null
         "freshness": "due",                    null for one that is done or dropped
         "last_checked_at": "…", "note": "The mast is late", "said_by": PERSON, "said_at": "…",
         "permalink": null,
         "metric": {"start": 0.0, "target": 12.0, "now": 7.0, "unit": "gauges"}}],
       "links": [{"label": "Board", "url": "https://…", "lead": "Project management"}],
       "members": [{"name": "Ana Silva", "user_id": null, "role": "lead"}]}]}

A PERSON is {"id": "U0ANA", "name": "Ana Silva"}, or null. Texts are inline Markdown; instants are in UTC. A
project stands before its sub-projects, and these by name. Each project has a line of its own.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from bot.domain.freshness import Freshness, freshness_of
from bot.services.export_reading import Exported, Progress, Selection, instant, read_exported
from storage.database import Tx
from storage.records import Outcome
from storage.workspaces import find_workspace

VERSION = 1


def json_pieces(
    tx: Tx, selection: Selection, now: datetime, progress: Progress | None = None
) -> Iterator[bytes]:
    """The document, piece by piece."""
    workspace = find_workspace(tx, selection.workspace_id)
    head = {
        "waymark": "projects",
        "version": VERSION,
        "exported_at": instant(now.replace(microsecond=0)),
        "workspace": {"id": selection.workspace_id, "name": workspace.name if workspace else ""},
        "with_private": selection.with_private,
    }
    yield orjson.dumps(head)[:-1] + b',"projects":['
    before = b"\n"
    for exported in read_exported(tx, selection, progress):
        yield before + orjson.dumps(_project(exported, now))
        before = b",\n"
    yield b"\n]}\n"


def _project(exported: Exported, now: datetime) -> dict[str, Any]:
    project, whole = exported.project, exported.whole
    return {
        "slug": project.slug,
        "name": project.name,
        "aliases": whole.aliases,
        "parent": exported.parent,
        "state": project.state,
        "is_private": project.is_private,
        "channel": project.channel_id,
        "owner": _person(exported, project.owner_id),
        "summary": project.summary,
        "goal": project.goal,
        "goal_confirmed_at": instant(project.goal_confirmed_at),
        "status": exported.status,
        "own_status": project.own_status,
        "freshness": _freshness(exported.freshness(now)),
        "last_checked_at": instant(exported.vouched_at),
        "created_at": instant(project.created_at),
        "outcomes": [_outcome(exported, outcome, now) for outcome in whole.outcomes],
        "links": [{"label": each.label, "url": each.url, "lead": each.lead} for each in whole.links],
        "members": [
            {
                "name": each.name or exported.name_of(each.user_id),
                "user_id": each.user_id,
                "role": each.role,
            }
            for each in whole.members
        ],
    }


def _outcome(exported: Exported, outcome: Outcome, now: datetime) -> dict[str, Any]:
    newest, metric = outcome.newest, outcome.metric
    return {
        "number": outcome.number,
        "level": outcome.level,
        "text": outcome.text,
        "owner": _person(exported, outcome.owner_id),
        "due_on": outcome.due_on,
        "status": outcome.status,
        "freshness": _freshness(freshness_of(outcome, now)) if outcome.is_open else None,
        "last_checked_at": instant(outcome.vouched_at),
        "note": newest.note if newest else "",
        "said_by": _person(exported, newest.said_by if newest else None),
        "said_at": instant(newest.said_at) if newest else None,
        "permalink": newest.permalink if newest else None,
        "metric": None
        if metric is None
        else {
            "start": metric.start,
            "target": metric.target,
            "now": newest.value if newest else None,
            "unit": metric.unit,
        },
    }


def _person(exported: Exported, person_id: str | None) -> dict[str, str] | None:
    return None if person_id is None else {"id": person_id, "name": exported.names.get(person_id, "")}


def _freshness(freshness: Freshness | None) -> str | None:
    return None if freshness is None else freshness.name.lower()

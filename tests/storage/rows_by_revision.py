"""Rows as a team may have them at each revision, as plain columns: a later revision has to keep them.

A new revision gets an entry of its own here, with a row for each table that it has. Written out and not
made by today's code, which knows today's columns only.
"""

from typing import Any

AT = "2026-05-04 09:30:00+00:00"

_IN = {"workspace_id": "T0ROWS"}
_OF = {**_IN, "project_id": 1}

DROPPED = {"homes.time_zone", "homes.zone_read_at", "projects.next_check_in_at"}
"""Columns that a revision had and the newest has not: each said again elsewhere, and in no release."""

_FIRST: dict[str, list[dict[str, Any]]] = {
    "workspaces": [{"id": "T0ROWS", "name": "Tidewater", "created_at": AT}],
    "pages": [{"id": 1, **_IN, "name": "projects.md", "text": "## Docs\n", "imported_at": AT}],
    "projects": [
        {
            "id": number,
            **_IN,
            "slug": slug,
            "name": slug.title(),
            "sort_name": slug,
            "summary": "",
            "goal": "A goal",
            "state": state,
            "owner_id": "U0OWNER",
            "channel_id": None,
            "parent_id": parent_id,
            "next_check_in_at": None,
            "created_at": AT,
            "updated_at": AT,
        }
        for number, slug, state, parent_id in ((1, "docs", "active", None), (2, "guide", "archived", 1))
    ],
    "project_aliases": [{"id": 1, **_OF, "alias": "handbook"}],
    "links": [{"id": 1, **_OF, "position": 0, "label": "Board", "url": "https://example.org", "lead": ""}],
    "members": [{"id": 1, **_OF, "position": 0, "user_id": "U0ANA", "name": "Ana", "role": "lead"}],
    "outcomes": [
        {
            "id": 1,
            **_OF,
            "position": 0,
            "level": 0,
            "text": "Every page has an owner",
            "owner_id": "U0ANA",
            "due_on": "2026-06-30",
            "metric_start": 0.0,
            "metric_target": 20.0,
            "metric_unit": "pages",
            "vouched_at": AT,
            "is_open": True,
            "project_state": "active",
            "created_at": AT,
            "updated_at": AT,
        }
    ],
    "places": [
        {"id": 1, **_OF, "page_id": 1, "item": "name", "item_id": None, "value": "Docs", "start": 3, "end": 7}
        | {"line": 1}
    ],
    "project_keys": [{**_OF, "key": "docs", "rank": 0}],
    "project_words": [{**_OF, "word": "docs", "rank": 3}],
    "status_updates": [
        {
            "id": 1,
            **_OF,
            "outcome_id": 1,
            "status": "at_risk",
            "note": "Two are missing",
            "value": 18.0,
            "said_by": "U0ANA",
            "source": "reply",
            "permalink": None,
            "said_at": AT,
        }
    ],
}

_HISTORY: dict[str, list[dict[str, Any]]] = {
    **_FIRST,
    "projects": [{**row, "revision": 7} for row in _FIRST["projects"]],
    "project_aliases": [
        {"id": 1, **_OF, "alias": "handbook", "removed_at": None},
        {"id": 2, **_OF, "alias": "manual", "removed_at": AT},
    ],
    "status_updates": [
        {**_FIRST["status_updates"][0], "taken_back_at": None},
        {**_FIRST["status_updates"][0], "id": 2, "status": "done", "taken_back_at": AT},
    ],
    "changes": [
        {
            "id": 1,
            **_OF,
            "item": "outcome",
            "item_id": 1,
            "field": "text",
            "before": '"Every page"',
            "after": '"Every page has an owner"',
            "person_id": "U0ANA",
            "source": "command",
            "act_id": "a1",
            "undoes": None,
            "changed_at": AT,
        }
    ],
}

_EVENTS: dict[str, list[dict[str, Any]]] = {
    **_HISTORY,
    "seen_events": [{**_IN, "event_id": "Ev1", "seen_at": AT}],
}

_HOMES: dict[str, list[dict[str, Any]]] = {
    **_EVENTS,
    "homes": [
        {**_IN, "person_id": "U0ANA", "place": "", "digest": "d1", "view_hash": "1.a"}
        | {"time_zone": "Africa/Nairobi", "zone_read_at": AT, "opened_at": AT}
    ],
    "home_projects": [{**_OF, "person_id": "U0ANA"}],
}

_RIGHTS: dict[str, list[dict[str, Any]]] = {
    **_HOMES,
    "projects": [
        {**row, "channel_id": "C0DOCS", "is_restricted": True, "is_private": True, "seen_in": "C0DOCS"}
        for row in _HISTORY["projects"]
    ],
    "people": [
        {**_IN, "id": "U0ANA", "name": "Ana", "zone": "Europe/Lisbon", "refreshed_at": AT}
        | {"is_admin": True, "is_guest": False, "is_deleted": False}
    ],
    "admins": [
        {**_IN, "person_id": "U0BO", "named_by": "U0ANA", "named_at": AT}
        | {"removed_by": "U0ANA", "removed_at": AT}
    ],
    "channels": [{**_IN, "id": "C0DOCS", "is_private": True, "refreshed_at": AT}],
    "channel_members": [{**_IN, "person_id": "U0ANA", "channel_id": "C0DOCS"}],
}

_ZONES: dict[str, list[dict[str, Any]]] = {
    **_RIGHTS,
    "homes": [
        {name: value for name, value in row.items() if f"homes.{name}" not in DROPPED}
        for row in _RIGHTS["homes"]
    ],
}

_CHECK_INS: dict[str, list[dict[str, Any]]] = {
    **_ZONES,
    "projects": [
        {name: value for name, value in row.items() if f"projects.{name}" not in DROPPED}
        for row in _ZONES["projects"]
    ],
    "settings": [{**_IN, "zone": "Europe/Lisbon", "digest_channel_id": "C0NEWS", "country": "DE-BY"}],
    "days_off": [{**_IN, "day": "2026-12-24", "name": "Year-end break"}],
    "absences": [
        {**_IN, "person_id": "U0ANA", "until": "2026-05-11", "by_status": False, "status_until": None},
        {**_IN, "person_id": "U0BO", "until": None, "by_status": True, "status_until": AT},
    ],
    "schedules": [
        {**_OF, "cadence": "weekly mon 09:30 Europe/Lisbon", "next_at": AT, "moved_from": "2026-05-03"}
        | {"skipped_at": AT, "paused_until": "2026-05-11", "agreed_by": "U0ANA"}
        | {"stopped_because": "is_archived", "silent_rounds": 2}
    ],
    "check_ins": [
        {"id": 1, **_OF, "due_at": AT, "begun_by": "U0ANA", "state": "open", "opened_at": AT}
        | {"closes_at": AT, "next_step_at": AT, "has_reminded": True, "channel_id": "C0DOCS"}
        | {"prompt": "prompt:1", "message_ts": "1777887000.000100", "closed_at": None}
        | {"snoozed_until": AT, "moved_by": "U0BO"}
    ],
    "check_in_people": [
        {**_IN, "check_in_id": 1, "person_id": "U0ANA", "is_asked": True, "answered_at": AT},
        {**_IN, "check_in_id": 1, "person_id": "U0BO", "is_asked": False, "answered_at": None},
    ],
    "replies": [
        {"id": 1, **_OF, "check_in_id": 1, "person_id": "U0ANA", "channel_id": "C0DOCS"}
        | {"message_ts": "1777887060.000200", "text": "1 done", "act_id": "a1", "said_at": AT}
        | {"removed_at": None, "edited_ts": "1777887090.000300"}
    ],
    "deliveries": [
        {"id": 1, **_OF, "key": "prompt:1", "kind": "prompt", "check_in_id": 1, "channel_id": "C0DOCS"}
        | {"is_wanted": True, "due_at": None, "lease": None, "attempts": 1, "version": 2}
        | {"is_unsure": False, "posted_in": "C0DOCS", "message_ts": "1777887000.000100", "sent_at": AT}
        | {"failed_because": None, "created_at": AT},
        {"id": 2, **_IN, "project_id": None, "key": "notice:1", "kind": "notice", "check_in_id": None}
        | {"channel_id": "U0ANA", "is_wanted": True, "due_at": AT, "lease": "l1"}
        | {"attempts": 3, "version": 1, "is_unsure": True, "posted_in": None, "message_ts": None}
        | {"sent_at": None, "failed_because": "is_archived", "created_at": AT},
    ],
    "pauses": [{**_IN, "method": "chat.postMessage", "until": AT}],
}

_FRESHNESS: dict[str, list[dict[str, Any]]] = {
    **_CHECK_INS,
    "projects": [
        {**row, "own_status": "at_risk", "goal_confirmed_at": AT, "due_after_days": 3, "stale_after_days": 9}
        for row in _CHECK_INS["projects"]
    ],
    "settings": [{**row, "due_after_days": 5, "stale_after_days": 20} for row in _CHECK_INS["settings"]],
    "outcomes": [
        {**row, "due_after_days": 1, "stale_after_days": 2, "due_days": 8, "stale_days": 9}
        | {"turns_stale_at": AT}
        for row in _CHECK_INS["outcomes"]
    ],
    "schedules": [{**row, "every_days": 14} for row in _CHECK_INS["schedules"]],
}

_DIGESTS: dict[str, list[dict[str, Any]]] = {
    **_FRESHNESS,
    "digests": [
        {"id": 1, **_IN, "kind": "digest", "place": "C0NEWS", "cadence": "weekly fri 15:00 Europe/Lisbon"}
        | {"next_at": AT, "set_by": "U0ANA", "since": AT, "stopped_because": None},
        {"id": 2, **_IN, "kind": "brief", "place": "C0DOCS", "cadence": "weekly thu 09:00 Europe/Lisbon"}
        | {"next_at": None, "set_by": "U0ANA", "since": None, "stopped_because": "is_archived"},
        {"id": 3, **_IN, "kind": "mine", "place": "U0ANA", "cadence": None}
        | {"next_at": None, "set_by": "U0ANA", "since": AT, "stopped_because": None},
    ],
    "editions": [
        {"id": 1, **_IN, "digest_id": 1, "kind": "digest", "place": "C0NEWS", "due_at": AT, "since": AT}
        | {"until": AT, "posted_in": "C0NEWS", "message_ts": "1777887000.000100"},
        {"id": 2, **_IN, "digest_id": None, "kind": "brief", "place": "U0ANA", "due_at": AT, "since": AT}
        | {"until": AT, "posted_in": None, "message_ts": None},
    ],
}

_REFUSED = {
    **_DIGESTS,
    "deliveries": [{**row, "refused_since": AT} for row in _DIGESTS["deliveries"]],
}

_REMINDERS: dict[str, list[dict[str, Any]]] = {
    **_REFUSED,
    "settings": [{**_REFUSED["settings"][0], "remind_at": "08:30", "reminder_budget": 2}],
    "reminder_turns": [
        {"id": 1, **_IN, "place": "U0ANA", "project_id": None, "next_at": AT, "wish": "less"}
        | {"stopped_because": "cannot_dm_bot"},
        {"id": 2, **_OF, "place": "project:1", "next_at": AT, "wish": "usual", "stopped_because": None},
    ],
    "reminders": [
        {"id": 1, **_OF, "outcome_id": 1, "rule": "stale", "about": "a", "to_person": 2, "in_channel": 1}
        | {"last_at": AT}
    ],
    "reminder_words": [
        {"id": 1, **_OF, "outcome_id": 1, "snoozed_until": "2026-05-11", "snoozed_at": AT}
        | {"snoozed_by": "U0ANA", "disowned_at": AT, "disowned_by": "U0BO"}
    ],
    "reminder_messages": [
        {"id": 1, **_IN, "project_id": None, "key": "reminder:U0ANA:2026-05-04", "place": "U0ANA"}
        | {"day": "2026-05-04", "decided_at": AT}
    ],
    "reminder_lines": [{"id": 1, **_OF, "message_id": 1, "outcome_id": 1, "rule": "stale", "about": "a"}],
}

_CHARTS: dict[str, list[dict[str, Any]]] = {
    **_REMINDERS,
    "settings": [{**row, "draws_charts": False, "charts_refused_at": AT} for row in _REMINDERS["settings"]],
}

_BOTS: dict[str, list[dict[str, Any]]] = {
    **_CHARTS,
    "people": [{**row, "is_bot": True} for row in _CHARTS["people"]],
}

_NONCES: dict[str, list[dict[str, Any]]] = {**_BOTS, "nonces": [{**_IN, "nonce": "v0=1", "seen_at": AT}]}

_EXTERNAL: dict[str, list[dict[str, Any]]] = {
    **_NONCES,
    "people": [{**row, "is_external": True} for row in _BOTS["people"]],
}

_INSTALLATIONS: dict[str, list[dict[str, Any]]] = {
    **_EXTERNAL,
    "workspaces": [{**row, "installed_at": AT, "uninstalled_at": AT} for row in _EXTERNAL["workspaces"]],
    "slack_installations": [
        {**_IN, "app_id": "A0WAY", "enterprise_id": "E0ORG", "bot_id": "B0WAY", "bot_user_id": "U0WAY"}
        | {"bot_scopes": "chat:write", "user_id": "U0ANA", "bot_token": "gAAAAA", "key_id": "0123456789ab"}
        | {"bot_refresh_token": "gAAAAB", "bot_token_expires_at": AT, "refreshing_until": AT}
    ],
    "slack_oauth_states": [{"state": "5d41402a", "expire_at": AT}],
}

_PUBLICATIONS: dict[str, list[dict[str, Any]]] = {
    **_INSTALLATIONS,
    "publications": [
        {"id": 1, **_IN, "page_id": 1, "address": "file:/srv/www/projects.md", "with_status": True}
        | {"archived": "marked", "template": "# Ours", "seen": 7, "noticed": 8, "noticed_at": AT}
        | {"told_until": AT, "sending": "# Projects", "published_at": AT, "checked_at": AT}
        | {"revision": "a1b2", "url": "https://example.org", "due_at": AT, "lease": "l1", "tries": 1}
        | {"failing_since": AT, "failed_because": "refused", "failed_detail": "", "is_stopped": True}
        | {"told_at": AT, "is_again": True, "created_at": AT}
    ],
}

_READING_BACK: dict[str, list[dict[str, Any]]] = {
    **_PUBLICATIONS,
    "people": [{**row, "real_name": "Ana Silva"} for row in _PUBLICATIONS["people"]],
    "changes": [{**row, "author": "Ana Silva"} for row in _PUBLICATIONS["changes"]],
    "page_conflicts": [
        {"id": 1, **_OF, "page_id": 1, "item": "outcome", "item_id": 1, "base": "One", "on_page": "Two"}
        | {"in_record": None, "author": "Ana Silva", "author_id": "U0ANA", "state": "open", "version": 2}
        | {"revision": 1, "asked": "page_conflict:1:0", "answered_by": None, "found_at": AT}
        | {"answered_at": None}
    ],
}

_PUBLIC: dict[str, list[dict[str, Any]]] = {
    **_READING_BACK,
    "public_pages": [
        {**_IN, "is_on": True, "address": "rows", "seed": "5eed", "with_names": True, "with_notes": False}
        | {"changed_by": "U0ANA", "changed_at": AT}
    ],
}

ROWS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "0001": _FIRST,
    "0002": _HISTORY,
    "0003": _EVENTS,
    "0004": _HOMES,
    "0005": _RIGHTS,
    "0006": _ZONES,
    "0007": _CHECK_INS,
    "0008": _FRESHNESS,
    "0009": _DIGESTS,
    "0010": _REFUSED,
    "0011": _REMINDERS,
    "0012": _CHARTS,
    "0013": _BOTS,
    "0014": _NONCES,
    "0015": _NONCES,
    "0016": _EXTERNAL,
    "0017": _INSTALLATIONS,
    "0018": _PUBLICATIONS,
    "0019": _READING_BACK,
    "0020": _PUBLIC,
    "0021": _PUBLIC,
}
"""By revision and table, in an order in which they can be inserted."""

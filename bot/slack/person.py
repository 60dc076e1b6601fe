"""A person, from Slack's "user object" (docs.slack.dev, "User type")."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.people import NO_ZONE, Person


def person_from(workspace_id: str, user: Mapping[str, object], now: datetime) -> Person | None:
    """None when it does not say who it is of. What is odd in it counts as not said."""
    id_ = user.get("id")
    if not isinstance(id_, str) or not id_:
        return None
    return Person(
        id=id_,
        name=_name(user),
        zone=_zone(user.get("tz")),
        is_admin=_is(user, "is_admin") or _is(user, "is_owner") or _is(user, "is_primary_owner"),
        is_guest=is_guest_now(workspace_id, user),
        is_deleted=_is(user, "deleted"),
        refreshed_at=now,
    )


def is_guest_now(workspace_id: str, user: Mapping[str, object]) -> bool:
    """Guests, and people of another workspace who share a channel with this one."""
    is_guest = _is(user, "is_restricted") or _is(user, "is_ultra_restricted") or _is(user, "is_stranger")
    return is_guest or workspace_id not in _workspaces(user, workspace_id)


def _workspaces(user: Mapping[str, object], workspace_id: str) -> set[object]:
    # In an organization of several workspaces `team_id` is one of them, and `enterprise_user` has all.
    enterprise = user.get("enterprise_user")
    teams = enterprise.get("teams") if isinstance(enterprise, Mapping) else None
    return {user.get("team_id", workspace_id), *(teams if isinstance(teams, list) else ())}


def _is(user: Mapping[str, object], name: str) -> bool:
    return user.get(name) is True


def _name(user: Mapping[str, object]) -> str:
    profile = user.get("profile")
    found = profile if isinstance(profile, Mapping) else {}
    said = (found.get("display_name"), user.get("real_name"), found.get("real_name"), user.get("name"))
    return next((name for name in said if isinstance(name, str) and name.strip()), "")


def _zone(name: object) -> str:
    try:
        return ZoneInfo(name).key if isinstance(name, str) and name else NO_ZONE
    except (ValueError, OSError):
        # Slack has a few that this machine does not know, or does not call so.
        return NO_ZONE

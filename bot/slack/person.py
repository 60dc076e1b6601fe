"""A person, from Slack's "user object" (docs.slack.dev, "User type")."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.away_words import says_away
from bot.services.absence import learn_status
from storage.database import Tx
from storage.people import NO_ZONE, Person

_SLACKBOT = "USLACKBOT"
"""Of which Slack does not say that it is a bot."""


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
        is_bot=_is(user, "is_bot") or id_ == _SLACKBOT,
        refreshed_at=now,
    )


class StatusSaid(NamedTuple):
    """Whether the status says that somebody is away, and when it ends; None for one without an end."""

    is_away: bool
    until: datetime | None


def status_from(user: Mapping[str, object]) -> StatusSaid | None:
    """None when nothing is said of it. The end is Slack's `status_expiration`: Unix seconds, 0 for none."""
    profile = user.get("profile")
    if not isinstance(profile, Mapping) or "status_text" not in profile:
        return None
    text, emoji, ends = (profile.get(f"status_{name}") for name in ("text", "emoji", "expiration"))
    is_away = says_away(text if isinstance(text, str) else "", emoji if isinstance(emoji, str) else "")
    return StatusSaid(is_away, _instant(ends) if is_away else None)


def learn_status_of(tx: Tx, workspace_id: str, person_id: str, user: Mapping[str, object]) -> None:
    """Keep what the status says of being away."""
    said = status_from(user)
    if said is not None:
        learn_status(tx, workspace_id, person_id, by_status=said.is_away, until=said.until)


def _instant(seconds: object) -> datetime | None:
    if not isinstance(seconds, int) or seconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


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

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


def person_from(
    workspace_id: str, user: Mapping[str, object], now: datetime, organization_id: str | None = None
) -> Person | None:
    """None when it does not say who it is of. What is odd in it counts as not said.

    `organization_id`: that of the workspace, where it is one of several of an Enterprise Grid.
    """
    id_ = user.get("id")
    if not isinstance(id_, str) or not id_:
        return None
    return Person(
        id=id_,
        name=_name(user),
        real_name=_real_name(user),
        zone=_zone(user.get("tz")),
        is_admin=_is(user, "is_admin") or _is(user, "is_owner") or _is(user, "is_primary_owner"),
        is_guest=is_guest_now(workspace_id, user),
        is_deleted=_is(user, "deleted"),
        is_bot=_is(user, "is_bot") or id_ == _SLACKBOT,
        is_external=is_external_now(workspace_id, user, organization_id),
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
    is_guest = _is(user, "is_restricted") or _is(user, "is_ultra_restricted")
    return is_guest or is_from_elsewhere(workspace_id, user)


def is_from_elsewhere(workspace_id: str, user: Mapping[str, object]) -> bool:
    """Of another workspace. Nothing says so in one word: it follows from where they are at home.

    docs.slack.dev, "Understanding Slack Connect": `is_stranger` alone is true only of whoever shares no
    channel with the bot; of the others the team is not the one that installed it.
    """
    return _is(user, "is_stranger") or workspace_id not in _workspaces(user, workspace_id)


def is_external_now(workspace_id: str, user: Mapping[str, object], organization_id: str | None) -> bool:
    """Of another organization: in an Enterprise Grid, the workspaces of one are among themselves."""
    is_colleague = organization_id is not None and organization_id in _organizations(user)
    return is_from_elsewhere(workspace_id, user) and not is_colleague


def _organizations(user: Mapping[str, object]) -> set[object]:
    # Of an organization's member whose workspace is not told, the team is the organization itself.
    enterprise = user.get("enterprise_user")
    of_grid = enterprise.get("enterprise_id") if isinstance(enterprise, Mapping) else None
    return {of_grid, user.get("enterprise_id"), user.get("team_id")}


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


def _real_name(user: Mapping[str, object]) -> str:
    profile = user.get("profile")
    found = profile if isinstance(profile, Mapping) else {}
    said = (user.get("real_name"), found.get("real_name"))
    return next((name.strip() for name in said if isinstance(name, str) and name.strip()), "")


def _zone(name: object) -> str:
    try:
        return ZoneInfo(name).key if isinstance(name, str) and name else NO_ZONE
    except (ValueError, OSError):
        # Slack has a few that this machine does not know, or does not call so.
        return NO_ZONE

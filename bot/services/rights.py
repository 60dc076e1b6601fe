"""Who may do what. What is not seen is not there: nothing says of it that it may not be changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from bot.domain.rights import may_change, may_reply, may_restrict
from bot.errors import GoneProjectError
from bot.errors_digests import CannotSendThereError
from bot.errors_quiet import CannotSetError
from bot.errors_rights import (
    AdminsOnlyError,
    CannotCreateError,
    ExternalPersonError,
    NotAdminError,
    NotAllowedError,
    OnlyMembersError,
    OnlyThereError,
    OnlyToYouError,
    OutOfSightError,
    SlacksAdminError,
    UnknownChannelError,
)
from bot.services.asking import Asker
from bot.services.people import is_external, require_present
from storage import channels, people, project_parts, projects
from storage.database import Tx
from storage.people import Admin
from storage.records import Project
from storage.sight import EVERYTHING, Sight, is_person

_NAMED = 10
"""People who are named to somebody that has to ask one of them."""


def require_may_change(tx: Tx, asker: Asker, project: Project, *, is_reply: bool = False) -> None:
    """Raises NotAllowedError, or GoneProjectError for a project that the person does not see.

    `is_reply`: what is said in reply to a check-in, which somebody of another organization may, too. Raises
    OnlyMembersError for all else that they do.
    """
    stake = people.find_stake(tx, asker.workspace_id, project.id, asker.person_id)
    if not stake.is_seen:
        raise GoneProjectError
    if stake.is_external:
        if not is_reply:
            raise OnlyMembersError
        if not may_reply(is_on_team=stake.is_on_team, is_restricted=project.is_restricted):
            raise _not_allowed(tx, project, "restricted")
        return
    if not may_change(
        is_full=stake.is_full,
        is_admin=stake.is_admin,
        is_on_team=stake.is_on_team,
        is_restricted=project.is_restricted,
    ):
        raise _not_allowed(tx, project, "restricted" if stake.is_full else "guest")


def require_may_restrict(tx: Tx, asker: Asker, project: Project) -> None:
    """Raises NotAllowedError."""
    stake = people.find_stake(tx, asker.workspace_id, project.id, asker.person_id)
    if stake.is_external or not may_restrict(is_admin=stake.is_admin, is_on_team=stake.is_on_team):
        raise _not_allowed(tx, project, "access")


def require_may_speak_for(tx: Tx, asker: Asker, project: Project) -> None:
    """How the whole stands is for its owner to say; of a project without one, for whoever may change it.

    Raises NotAllowedError.
    """
    if project.owner_id in {None, asker.person_id}:
        return
    if not people.find_stake(tx, asker.workspace_id, project.id, asker.person_id).is_admin:
        admins = _admins(tx, asker.workspace_id)
        raise NotAllowedError(project.slug, "owner", (project.owner_id or "",), admins)


def require_may_create(tx: Tx, asker: Asker) -> None:
    """Raises CannotCreateError."""
    if not may_create(tx, asker):
        raise CannotCreateError(_admins(tx, asker.workspace_id))


def require_may_set(tx: Tx, asker: Asker) -> None:
    """What holds for the whole workspace: open by default, as projects are. Raises CannotSetError."""
    if not _is_full_member(tx, asker):
        raise CannotSetError(_admins(tx, asker.workspace_id))


def require_may_send_to(tx: Tx, asker: Asker, place: str) -> None:
    """Of what the bot sends by itself: to oneself, or to a channel that one can be in, as a full member.

    Raises CannotSendThereError; UnknownChannelError also for a private channel that the person is not in;
    OnlyMembersError for somebody of another organization, who gets nothing by direct message, either.
    """
    if is_external(tx, asker.workspace_id, asker.person_id):
        raise OnlyMembersError
    if place == asker.person_id:
        return
    if not _is_full_member(tx, asker):
        raise CannotSendThereError(_admins(tx, asker.workspace_id))
    is_private = channels.find_privacy(tx, asker.workspace_id, place)
    is_hidden = is_private and not channels.is_member(tx, asker.workspace_id, place, asker.person_id)
    if is_private is None or is_hidden:
        raise UnknownChannelError(place)


def may_create(tx: Tx, asker: Asker) -> bool:
    """Whether the person may make projects."""
    return _is_full_member(tx, asker)


def _is_full_member(tx: Tx, asker: Asker) -> bool:
    person = people.find_person(tx, asker.workspace_id, asker.person_id)
    return person is not None and not person.is_guest and not person.is_deleted


def require_in_sight(tx: Tx, asker: Asker, project: Project) -> None:
    """After a change of where the project is seen. Raises OutOfSightError."""
    if not people.find_stake(tx, asker.workspace_id, project.id, asker.person_id).is_seen:
        raise OutOfSightError(project.slug)


def require_known_channel(tx: Tx, asker: Asker, channel_id: str) -> None:
    """Raises UnknownChannelError: who is in a channel decides who sees its projects."""
    if channels.find_privacy(tx, asker.workspace_id, channel_id) is None:
        raise UnknownChannelError(channel_id)


def require_shown(asker: Asker, project: Project) -> Project:
    """The project itself. Raises OnlyThereError where others read the answer who may not see it."""
    if project.is_private and asker.heard_in not in {"", project.seen_in}:
        raise OnlyThereError(project.slug, project.seen_in or "")
    return project


def may_be_told(tx: Tx, project: Project, place: str) -> bool:
    """Whether what the bot posts by itself about a project may stand there: in a channel, or with a person.

    What a private channel knows is said in that channel, and to people who are in it; a guest is told of the
    projects of their own channels. Of whom Slack has told nothing yet nobody knows whether they are one.
    Somebody of another organization is told nothing by direct message, but in the channel alone.
    """
    if project.seen_in == place:
        return True
    person = people.find_person(tx, project.workspace_id, place) if is_person(place) else None
    if person is not None and person.is_external:
        return False
    if not project.is_private and not (person is not None and person.is_guest):
        return True
    return projects.find_seen_project(tx, project.workspace_id, Sight(place), project.id) is not None


def list_admins(tx: Tx, asker: Asker) -> tuple[Admin, ...]:
    return people.list_admins(tx, asker.workspace_id)


def name_admins(tx: Tx, asker: Asker, person_ids: Iterable[str], now: datetime) -> bool:
    """Whether anybody was none before. Raises NotAdminError, PersonLeftError, ExternalPersonError."""
    _require_admin(tx, asker)
    is_new = False
    for person_id in person_ids:
        require_present(tx, asker.workspace_id, person_id)
        if is_external(tx, asker.workspace_id, person_id):
            raise ExternalPersonError(person_id, "admin")
        if _is_slacks(tx, asker, person_id):
            continue
        is_new |= people.name_admin(tx, asker.workspace_id, person_id, asker.person_id, now)
    return is_new


def take_off_admins(tx: Tx, asker: Asker, person_ids: Iterable[str], now: datetime) -> bool:
    """Whether anybody was one. Raises NotAdminError, and SlacksAdminError for one of Slack's own."""
    _require_admin(tx, asker)
    was_one = False
    for person_id in person_ids:
        if _is_slacks(tx, asker, person_id):
            raise SlacksAdminError(person_id)
        was_one |= people.take_off_admin(tx, asker.workspace_id, person_id, asker.person_id, now)
    return was_one


def require_admin_alone(tx: Tx, asker: Asker, command: str) -> None:
    """For a command whose answer is for admins. Raises AdminsOnlyError, OnlyToYouError."""
    require_admin(tx, asker, command)
    if asker.heard_in:
        raise OnlyToYouError(command)


def require_admin(tx: Tx, asker: Asker, command: str) -> None:
    """For a command that admins alone give. Raises AdminsOnlyError."""
    if not is_admin(tx, asker.workspace_id, asker.person_id):
        raise AdminsOnlyError(command, _admins(tx, asker.workspace_id))


def is_full_member(tx: Tx, asker: Asker) -> bool:
    """Whether the person is one, and no guest."""
    return _is_full_member(tx, asker)


def is_admin(tx: Tx, workspace_id: str, person_id: str) -> bool:
    """Whether somebody is one, Slack's or named, and has not left."""
    person = people.find_person(tx, workspace_id, person_id)
    is_here = person is not None and not person.is_deleted and not person.is_external
    return is_here and person_id in _admins(tx, workspace_id, limit=None)


def _require_admin(tx: Tx, asker: Asker) -> None:
    if not is_admin(tx, asker.workspace_id, asker.person_id):
        raise NotAdminError(_admins(tx, asker.workspace_id))


def _is_slacks(tx: Tx, asker: Asker, person_id: str) -> bool:
    person = people.find_person(tx, asker.workspace_id, person_id)
    return person is not None and person.is_admin


def _not_allowed(tx: Tx, project: Project, why: Literal["restricted", "guest", "access"]) -> NotAllowedError:
    parts = project_parts.get_parts(tx, project.workspace_id, EVERYTHING, project.id)
    team = [project.owner_id, *(member.user_id for member in parts.members)]
    known = tuple(dict.fromkeys(id_ for id_ in team if id_))
    return NotAllowedError(project.slug, why, known[:_NAMED], _admins(tx, project.workspace_id))


def _admins(tx: Tx, workspace_id: str, limit: int | None = _NAMED) -> tuple[str, ...]:
    return tuple(admin.person_id for admin in people.list_admins(tx, workspace_id))[:limit]

"""What is said of rights: who may do and see what. See `bot.texts`."""

from collections.abc import Callable, Sequence
from typing import assert_never

from bot.errors_rights import (
    AdminsOnlyError,
    AnyRightsError,
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
    UnknownPersonError,
)

EVERYONE = "🔓 Every full member of the workspace may change this project."
MEMBERS = "🔒 Only its team may change this project: its members and its owner, and the workspace's admins."
ACCESS_CHANGED = "✏️ Its access is changed."
SEEN_BY_ALL = "Every full member sees it; guests and people of other organizations do in <#{channel_id}>."
SEEN_BY_FULL = "Every full member sees it; nobody else does, since it has no channel."
SEEN_THERE = "Only the members of <#{channel_id}> see it."
HOW_TO_RESTRICT = "`/project access {slug} members` or `everyone` changes that, for its team and admins."
CHANGED_BY_TEAM = "🔒 changed by its team only"

ADMINS = "Admins may change every project that they see, and say who else is one."
NO_ADMINS = "No admin is known yet. Slack's own admins are, once they have used Waymark."
SLACKS_OWN = "one of Slack's own"
ADMINS_CHANGED = "✏️ The admins are changed."
HOW_TO_NAME = "`/project admin add @person` names one, `/project admin remove @person` takes one off again."

ONLY_MEMBERS = (
    "🔒 You are here from another organization. Waymark shows you the projects of the channel that you share "
    "and takes your replies in the threads of their check-ins; all else is for members of this workspace, so "
    "nothing was changed. To read, mention Waymark there: “@Waymark show” or “@Waymark list”."
)
_WANTED = {
    "owner": "The owner of a project keeps its record, which is for members of this workspace. Nothing was "
    "changed. They can look after outcomes and be on the team: then check-ins ask them, in the channel.",
    "admin": "Admins are members of this workspace. Nothing was changed.",
}
_WHY = {
    "restricted": "🔒 `{slug}` is changed by its team only, so nothing was changed.",
    "guest": "🔒 Guests change only the projects whose team they are on, so nothing was changed in `{slug}`.",
    "owner": "🔒 How `{slug}` stands as a whole is for its owner to say, so nothing was changed.",
    "access": "🔒 Who may change `{slug}` is for its team to say, so nothing was changed.",
}


def sentence(error: AnyRightsError, show: Callable[[str], str]) -> str:  # noqa: C901, PLR0911, PLR0912 - a case an error
    """What cannot be done, and who can. `show` escapes what was typed."""
    match error:
        case NotAllowedError():
            return f"{_WHY[error.why].format(slug=show(error.slug))} {ask_whom(error.team, error.admins)}"
        case CannotCreateError():
            return (
                f"🔒 Full members of the workspace make projects; guests do not. {ask_whom((), error.admins)}"
            )
        case OnlyMembersError():
            return ONLY_MEMBERS
        case ExternalPersonError():
            return f"🔒 <@{error.person_id}> is of another organization. {_WANTED[error.wanted]}"
        case NotAdminError():
            return f"🔒 Admins say who else is one. {ask_whom((), error.admins)}"
        case AdminsOnlyError():
            return f"🔒 `/project {show(error.command)}` is for admins. {ask_whom((), error.admins)}"
        case OnlyToYouError():
            return (
                f"🔒 What `{show(error.command)}` finds is not for everybody who reads this. Type `/project "
                f"{show(error.command)}`: that is answered to you alone."
            )
        case SlacksAdminError():
            return f"🔒 <@{error.person_id}> is one of Slack's own admins; that is changed in Slack itself."
        case UnknownChannelError():
            return (
                f"🔎 Waymark does not know <#{error.channel_id}>, so nothing was changed. If it is private, "
                "invite Waymark there first: who is in it decides who sees the project."
            )
        case OutOfSightError():
            return (
                f"🔒 That would take `{show(error.slug)}` out of your own sight: you are not in the channel "
                "that it would be seen in. Nothing was changed. Somebody who is in there can do it."
            )
        case OnlyThereError():
            return (
                f"🔒 `{show(error.slug)}` belongs to a private channel, so others are shown it only there: "
                f"<#{error.channel_id}>. Nothing was changed. `/project show {show(error.slug)}` shows it to "
                "you alone."
            )
        case UnknownPersonError():
            return (
                "🔎 Slack did not say who you are, so Waymark cannot know what you may see. Nothing was "
                "changed. Try again in a minute; if it goes on, whoever runs Waymark can look whether it has "
                "the permission `users:read`."
            )
        case _ as unreachable:
            assert_never(unreachable)


def ask_whom(team: Sequence[str], admins: Sequence[str]) -> str:
    """Who has the right."""
    mentioned = [f"<@{id_}>" for id_ in team]
    others = [f"<@{id_}>" for id_ in admins if id_ not in team]
    if mentioned and others:
        return f"Ask {_either(mentioned)}; or an admin: {_either(others)}."
    if mentioned or others:
        return f"Ask {_either(mentioned)}." if mentioned else f"Ask an admin: {_either(others)}."
    return "Ask one of the workspace's admins."


def _either(mentions: Sequence[str]) -> str:
    return mentions[0] if len(mentions) == 1 else f"{', '.join(mentions[:-1])} or {mentions[-1]}"

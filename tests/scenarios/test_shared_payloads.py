"""Whose payload it is: of the workspace where the bot is installed, whichever others it names."""

from typing import Any

import pytest

from bot.slack.news import MembershipRequest, PersonRequest
from bot.slack.payloads import read_payload
from bot.slack.person import is_external_now, person_from
from bot.slack.requests import MessageRequest, ThreadRequest
from tests.support.make import NOW

HERE, HOME, ORGANIZATION, THEIRS = "T0HERE0001", "T0HOME0001", "E0HERE0001", "E0THEIRS01"
PERSON = "W0PERSON01"


def event(kind: str, inner: dict[str, Any], **outer: object) -> dict[str, Any]:
    """As Slack sends it where an organization shares the channel: the outer `team_id` is the sender's."""
    authorization = {"enterprise_id": None, "team_id": HERE, "user_id": "U0BOT00001", "is_bot": True}
    body: dict[str, Any] = {
        "type": "event_callback",
        "team_id": HOME,
        "context_team_id": HERE,
        "context_enterprise_id": None,
        "event_id": "Ev1",
        "event": {"type": kind, "user": PERSON, "channel": "C0SHARED01", "ts": "2.0", **inner},
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": True,
    }
    return body | outer


EVENTS = {
    "a reply in a thread": event(
        "message", {"team": HOME, "channel_type": "channel", "thread_ts": "1.0", "text": "1 done"}
    ),
    "an edited reply": event(
        "message",
        {
            "subtype": "message_changed",
            "channel_type": "channel",
            "message": {"user": PERSON, "ts": "2.0", "thread_ts": "1.0", "text": "1 done", "team": HOME},
        },
    ),
    "a mention": event(
        "app_mention",
        {"team": HERE, "user_team": THEIRS, "source_team": THEIRS, "text": "<@U0BOT00001> list"},
        team_id=HERE,
    ),
    "a direct message": event("message", {"team": HOME, "channel_type": "im", "text": "list"}),
    "somebody who joins": event("member_joined_channel", {"team": HOME}),
    "somebody who leaves": event("member_left_channel", {"team": HOME}),
    "the home tab": event("app_home_opened", {"tab": "home"}),
    "an event of an older kind": event("member_joined_channel", {}, team_id=HERE, authorizations=None),
}


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_of_the_workspace_that_it_is_authorized_for(name: str) -> None:
    request = read_payload(EVENTS[name])

    assert getattr(request, "workspace_id", None) == HERE
    assert getattr(request, "person_id", None) == PERSON
    assert not isinstance(request, PersonRequest)
    if isinstance(request, ThreadRequest | MessageRequest | MembershipRequest):
        assert request.channel_id.startswith("C0SHARED")


VIEW = {"id": "V0VIEW0001", "type": "modal", "hash": "1.a", "app_installed_team_id": HERE, "team_id": HOME}
USER = {"id": PERSON, "name": "ana", "team_id": HOME}
CLICK = {"action_id": "open:1", "value": "{}", "type": "button"}
INTERACTIONS: dict[str, dict[str, Any]] = {
    "a click on a message": {
        "type": "block_actions",
        "team": {"id": HERE, "domain": "here"},
        "container": {"type": "message", "message_ts": "1.0", "channel_id": "C0SHARED01"},
        "actions": [CLICK],
    },
    "a click in a view": {
        "type": "block_actions",
        "team": {"id": HOME, "domain": "home"},
        "view": VIEW,
        "actions": [CLICK],
    },
    "a form": {"type": "view_submission", "team": {"id": HOME, "domain": "home"}, "view": VIEW},
    "a form of somebody whose workspace is not said": {"type": "view_submission", "team": None, "view": VIEW},
    "a menu of a form": {
        "type": "block_suggestion",
        "team": {"id": HOME},
        "view": VIEW,
        "action_id": "project_id",
        "value": "",
    },
    "a shortcut": {
        "type": "shortcut",
        "team": {"id": HERE},
        "callback_id": "update_outcome",
        "trigger_id": "1.2.3",
    },
}


@pytest.mark.parametrize("name", INTERACTIONS)
def test_an_interaction_is_of_the_workspace_where_the_bot_is_installed(name: str) -> None:
    request = read_payload({**INTERACTIONS[name], "user": USER})

    assert getattr(request, "workspace_id", None) == HERE
    assert getattr(request, "person_id", None) == PERSON


USERS: dict[str, tuple[dict[str, object], bool, bool]] = {
    "a full member": ({"team_id": HERE}, False, False),
    "a guest": ({"team_id": HERE, "is_restricted": True}, True, False),
    "an organization's member who is in several of its workspaces": (
        {"team_id": HOME, "enterprise_user": {"enterprise_id": ORGANIZATION, "teams": [HOME, HERE]}},
        False,
        False,
    ),
    "a colleague of another workspace of the organization": (
        {"team_id": HOME, "enterprise_user": {"enterprise_id": ORGANIZATION, "teams": [HOME]}},
        True,
        False,
    ),
    "a colleague who shares no channel": (
        {"team_id": HOME, "is_stranger": True, "enterprise_user": {"enterprise_id": ORGANIZATION}},
        True,
        False,
    ),
    "a colleague of whom the organization alone is said": ({"team_id": ORGANIZATION}, True, False),
    "somebody of a workspace of its own": ({"team_id": HOME, "is_stranger": False}, True, True),
    "somebody of another organization of several workspaces": (
        {"team_id": THEIRS, "enterprise_user": {"enterprise_id": THEIRS, "teams": [HOME]}},
        True,
        True,
    ),
    "a stranger": ({"team_id": HOME, "is_stranger": True}, True, True),
}


@pytest.mark.parametrize("who", USERS)
def test_whose_somebody_is_follows_from_their_workspaces_and_organization(who: str) -> None:
    user, is_guest, is_external = USERS[who]

    person = person_from(HERE, {"id": PERSON, **user}, NOW, ORGANIZATION)

    assert person is not None
    assert (person.is_guest, person.is_external) == (is_guest, is_external)


def test_of_a_workspace_of_no_organization_all_others_are_external() -> None:
    user = {"team_id": HOME, "enterprise_user": {"enterprise_id": THEIRS, "teams": [HOME]}}

    assert is_external_now(HERE, user, None)
    assert not is_external_now(HOME, user, None)


def test_a_change_of_a_person_says_of_which_organization_the_workspace_is() -> None:
    user = {"id": PERSON, "team_id": HOME, "enterprise_user": {"enterprise_id": ORGANIZATION}}
    body = event("user_change", {"user": user})
    body["authorizations"][0]["enterprise_id"] = ORGANIZATION

    request = read_payload(body)

    assert isinstance(request, PersonRequest)
    assert (request.workspace_id, request.organization_id) == (HERE, ORGANIZATION)

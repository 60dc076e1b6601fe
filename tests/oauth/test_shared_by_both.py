"""A channel that two workspaces share, both with the bot: Slack sends an event once, for either of them.

The events are those of docs.slack.dev ("Events API", "Understanding Slack Connect"), signed as Slack signs
them, with `authorizations` naming the one or the other.
"""

import http.client
import json
from collections.abc import Mapping
from itertools import count
from urllib.parse import urlsplit

import pytest

from bot.local import seed, seed_second
from bot.local.model import Channel, User
from storage.channels import is_member, list_privacy
from storage.outcomes import list_outcomes
from storage.projects import find_project_by_slug
from storage.records import OutcomeStatus
from tests.support import signing
from tests.support.bot import SECRET
from tests.support.installed import ADMIN, FIRST, SECOND, Many

SHARED = "C0SHAREDBOTH"
BOTS = {FIRST: seed.BOT.user_id, SECOND: seed_second.SECOND_BOT.user_id}
NAMES = {FIRST: "Reef", SECOND: "Quay"}
BOTH = (FIRST, SECOND)
_numbers = count(1)


def other_than(workspace_id: str) -> str:
    return SECOND if workspace_id == FIRST else FIRST


@pytest.fixture
def shared(many: Many) -> Many:
    """Each workspace has a project in the shared channel, with an outcome; both are asked there by now."""
    for workspace_id in BOTH:
        theirs, workspace = other_than(workspace_id), many.workspaces[workspace_id]
        with workspace.changing():
            for person in (ADMIN[theirs], BOTS[theirs]):
                workspace.users[person] = User(person, person.lower(), person.title(), team_id=theirs)
            members = [ADMIN[workspace_id], ADMIN[theirs]]
            channel = Channel(SHARED, "shared", members=members, connected_team_ids=[theirs])
            workspace.channels[SHARED] = channel
        many.install(workspace_id)
        assert many.people(workspace_id).invite(ADMIN[workspace_id], SHARED, BOTS[workspace_id]).ok
        many.settle()
        name = NAMES[workspace_id]
        for line in (
            f"create {name}",
            f"channel {name} #shared",
            f"outcome add {name} It stands",
            f"schedule {name} weekly mon 09:30 UTC",
            f"checkin {name}",
        ):
            many.type_command(workspace_id, line)
    many.tick(minutes=1)
    return many


def send(many: Many, event: Mapping[str, object], *, authorized: str, **outer: object) -> int:
    """The status of the answer."""
    authorization = {
        "team_id": authorized,
        "user_id": BOTS[authorized],
        "enterprise_id": None,
        "is_bot": True,
    }
    body = {
        "type": "event_callback",
        "team_id": authorized,
        "context_team_id": authorized,
        "event_id": f"Ev0BOTH{next(_numbers)}",
        "event_time": 1,
        "event": {"channel": SHARED, "channel_type": "channel", **event},
        "authorizations": [authorization],
        "is_ext_shared_channel": True,
        **outer,
    }
    sent = json.dumps(body).encode()
    parts = urlsplit(many.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        headers = {"Content-Type": signing.JSON, **signing.signed(SECRET, sent)}
        connection.request("POST", signing.PATH, sent, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def said_by(many: Many, workspace_id: str) -> list[str]:
    """All that the bot of this workspace has said in the shared channel, to whomever."""
    with many.workspaces[workspace_id].lock:
        found = many.workspaces[workspace_id].messages[SHARED]
        return [each.text for each in found if each.bot_id and not each.subtype]


def prompt_of(many: Many, workspace_id: str) -> str:
    with many.workspaces[workspace_id].lock:
        found = many.workspaces[workspace_id].messages[SHARED]
        return next(each.ts for each in found if "how do things stand?" in each.text)


def status_in(many: Many, workspace_id: str) -> OutcomeStatus | None:
    with many.database.read() as tx:
        project = find_project_by_slug(tx, workspace_id, NAMES[workspace_id].lower())
        assert project is not None
        (outcome,) = list_outcomes(tx, workspace_id, project.id)
    return outcome.newest.status if outcome.newest else None


@pytest.mark.parametrize("authorized", BOTH, ids=["first", "second"])
@pytest.mark.parametrize("meant", BOTH, ids=["of the first", "of the second"])
def test_a_reply_counts_for_the_check_in_that_it_stands_below(
    shared: Many, meant: str, authorized: str
) -> None:
    thread_ts = prompt_of(shared, meant)
    reply = {"type": "message", "user": ADMIN[meant], "ts": "1777887000.000100", "thread_ts": thread_ts}

    for text in ("1 at risk", "1 at risk"):
        # Were it sent for each of them after all.
        assert send(shared, {**reply, "text": text}, authorized=authorized) == 200
        authorized = other_than(authorized)
    shared.settle()

    assert status_in(shared, meant) is OutcomeStatus.AT_RISK
    assert status_in(shared, other_than(meant)) is None
    assert sum("Noted" in each for each in said_by(shared, meant)) == 1

    edited = {"type": "message", "subtype": "message_changed"}
    message = {**reply, "text": "1 done", "edited": {"user": ADMIN[meant], "ts": "1777887001.000000"}}
    assert send(shared, {**edited, "message": message}, authorized=authorized) == 200
    shared.settle()
    assert status_in(shared, meant) is OutcomeStatus.DONE


@pytest.mark.parametrize("authorized", BOTH, ids=["first", "second"])
@pytest.mark.parametrize("meant", BOTH, ids=["of the first", "of the second"])
def test_a_mention_is_answered_by_the_bot_that_it_names_with_its_workspaces_projects(
    shared: Many, meant: str, authorized: str
) -> None:
    before = {each: len(said_by(shared, each)) for each in BOTH}
    mention = {"type": "app_mention", "user": ADMIN[meant], "ts": "1777887000.000200"}

    assert send(shared, {**mention, "text": f"<@{BOTS[meant]}> list all"}, authorized=authorized) == 200
    shared.settle()

    (answer,) = said_by(shared, meant)[before[meant] :]
    assert NAMES[meant] in answer
    assert NAMES[other_than(meant)] not in answer
    assert len(said_by(shared, other_than(meant))) == before[other_than(meant)]


def test_who_speaks_to_the_other_workspaces_bot_is_an_external_there(shared: Many) -> None:
    text = f"<@{BOTS[SECOND]}> update quay 1 done"
    event = {"type": "app_mention", "user": ADMIN[FIRST], "ts": "1777887000.000300", "text": text}

    assert send(shared, event, authorized=FIRST) == 200
    shared.settle()

    assert status_in(shared, SECOND) is None
    assert "You are here from another organization" in said_by(shared, SECOND)[-1]


def test_both_know_who_comes_and_goes_and_where_the_channel_is(shared: Many) -> None:
    joined = {"type": "member_joined_channel", "user": "U0THIRD0001", "channel_type": "C"}

    def knowing(person_id: str, channel_id: str) -> list[bool]:
        with shared.database.read() as tx:
            return [is_member(tx, each, channel_id, person_id) for each in BOTH]

    assert send(shared, joined, authorized=FIRST) == 200
    assert knowing("U0THIRD0001", SHARED) == [True, True]
    assert send(shared, joined | {"type": "member_left_channel"}, authorized=SECOND) == 200
    assert knowing("U0THIRD0001", SHARED) == [False, False]

    moved = {"type": "channel_id_changed", "old_channel_id": SHARED, "new_channel_id": "C0MOVEDBOTH"}
    assert send(shared, moved, authorized=SECOND) == 200
    with shared.database.read() as tx:
        known = [list_privacy(tx, each) for each in BOTH]
    assert [("C0MOVEDBOTH" in each, SHARED in each) for each in known] == [(True, False)] * 2


def test_a_channel_that_is_not_shared_is_the_named_workspaces_alone(shared: Many) -> None:
    joined = {"type": "member_joined_channel", "user": "U0THIRD0001", "channel_type": "C"}

    assert send(shared, joined, authorized=FIRST, is_ext_shared_channel=False) == 200

    with shared.database.read() as tx:
        assert [is_member(tx, each, SHARED, "U0THIRD0001") for each in BOTH] == [True, False]

"""A workspace removes the bot: all stops there at once, is kept for 30 days, and is back with the bot."""

import json
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from sqlalchemy import select

from bot import texts_installing
from bot.local.seed import SOFIA, STEWARDS, WANJIRU
from bot.local.unkind import Rule
from storage.check_in_tables import deliveries
from storage.workspaces import is_uninstalled
from tests.support.bot import SECRET
from tests.support.dumps import dump
from tests.support.installed import ADMIN, CHANNEL, CHANNEL_NAME, FIRST, SECOND, Many
from tests.support.signing import PATH, command_body, signed


def both_with_a_project(many: Many) -> None:
    for workspace_id in (FIRST, SECOND):
        many.install(workspace_id)
        many.type_command(workspace_id, "create Reef")
        many.type_command(workspace_id, f"channel reef #{CHANNEL_NAME[workspace_id]}")
        many.type_command(workspace_id, "outcome add reef Corals are counted")


def uninstall(many: Many, workspace_id: str) -> None:
    assert many.people(workspace_id).uninstall(ADMIN[workspace_id]).ok
    many.settle()


def posted(many: Many, workspace_id: str) -> int:
    """What Slack has taken there."""
    return sum(call == (workspace_id, None) for call in many.calls("chat.postMessage"))


def waiting(many: Many, workspace_id: str) -> list[str]:
    """Kinds of deliveries that are promised and not done."""
    mine = (deliveries.c.workspace_id == workspace_id, deliveries.c.due_at.is_not(None))
    with many.database.read() as tx:
        return list(tx.execute(select(deliveries.c.kind).where(*mine)).scalars())


def send(many: Many, body: bytes, content_type: str) -> tuple[int, bytes]:
    """A signed request, as one that was on its way when something else happened."""
    connection = HTTPConnection("127.0.0.1", urlsplit(many.url).port or 0, timeout=20)
    try:
        connection.request("POST", PATH, body, {**signed(SECRET, body), "Content-Type": content_type})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def event(many: Many, fields: dict[str, Any], *, ago: timedelta = timedelta(), event_id: str = "Ev1") -> int:
    payload = {
        "type": "event_callback",
        "team_id": FIRST,
        "event_id": event_id,
        "event_time": int((many.now.at - ago).timestamp()),
        "event": fields,
    }
    return send(many, json.dumps(payload).encode(), "application/json")[0]


def is_gone(many: Many, workspace_id: str = FIRST) -> bool:
    with many.database.read() as tx:
        return is_uninstalled(tx, workspace_id)


def test_what_was_queued_is_not_sent_and_nothing_new_is_promised(many: Many) -> None:
    both_with_a_project(many)
    for workspace_id in (FIRST, SECOND):
        many.type_command(workspace_id, "schedule reef weekly mon 09:30")
    # Slack takes nothing just then, so that it waits.
    busy = Rule(method="chat.postMessage", status=429, retry_after=60, times=2)
    many.slack.platform.unkindness.add(busy)
    for workspace_id in (FIRST, SECOND):
        many.type_command(workspace_id, "checkin reef")
    many.settle()
    queued = waiting(many, FIRST)
    before = posted(many, FIRST), posted(many, SECOND)

    uninstall(many, FIRST)
    called = len(many.workspaces[FIRST].calls)
    many.tick(minutes=5)
    many.tick(days=8)
    many.tick(days=8)

    assert "prompt" in queued
    assert waiting(many, FIRST) == queued
    assert posted(many, FIRST) == before[0] == before[1] == 0
    assert posted(many, SECOND) > 1
    # Nobody has even asked Slack in the name of a workspace that removed the bot.
    assert len(many.workspaces[FIRST].calls) == called


def test_its_token_is_gone_from_the_database_with_the_commit(many: Many) -> None:
    many.install(FIRST)
    uninstall(many, FIRST)

    assert is_gone(many)
    assert many.row(FIRST) is None


def test_a_command_that_was_on_its_way_is_told_so(many: Many) -> None:
    both_with_a_project(many)
    uninstall(many, FIRST)
    sent = command_body("create Late", team_id=FIRST, user_id=ADMIN[FIRST], channel_id=CHANNEL[FIRST])

    status, body = send(many, sent, "application/x-www-form-urlencoded")

    assert status == 200
    assert json.loads(body)["text"] == texts_installing.NOT_INSTALLED


def test_installing_again_brings_all_back(many: Many) -> None:
    both_with_a_project(many)
    many.type_command(FIRST, "checkin reef")
    many.settle()
    uninstall(many, FIRST)
    many.tick(days=29)
    assert posted(many, FIRST) == 1

    many.install(FIRST)

    assert "Corals are counted" in many.type_command(FIRST, "show reef").text
    assert not is_gone(many)
    # The round of before is over, and another one can be asked.
    many.tick(minutes=1)
    before = posted(many, FIRST)
    assert "Asked now" in many.type_command(FIRST, "checkin reef").text
    many.settle()
    assert posted(many, FIRST) == before + 1


def test_a_prompt_that_was_not_sent_in_its_time_is_not_sent_when_the_bot_is_back(many: Many) -> None:
    both_with_a_project(many)
    many.slack.platform.unkindness.add(Rule(method="chat.postMessage", status=429, retry_after=60))
    many.type_command(FIRST, "checkin reef")
    many.settle()
    uninstall(many, FIRST)
    many.tick(days=20)

    many.install(FIRST)
    many.settle()

    assert posted(many, FIRST) == 0
    assert waiting(many, FIRST) == []


def test_after_thirty_days_all_of_it_is_deleted_and_nothing_of_others(many: Many) -> None:
    both_with_a_project(many)
    uninstall(many, FIRST)
    many.tick(days=29, hours=23)
    kept = repr(dump(many.database))

    many.tick(hours=2)

    assert FIRST in kept
    assert FIRST not in repr(dump(many.database))
    assert "Corals are counted" in many.type_command(SECOND, "show reef").text


def test_word_of_it_that_comes_after_the_next_installation_changes_nothing(many: Many) -> None:
    both_with_a_project(many)
    uninstall(many, FIRST)
    many.now.at += timedelta(minutes=2)
    many.install(FIRST)

    status = event(many, {"type": "app_uninstalled"}, ago=timedelta(minutes=1))

    assert (status, is_gone(many)) == (200, False)
    assert "Reef" in many.type_command(FIRST, "show reef").text


def test_a_revoked_token_of_a_person_is_no_concern_of_the_bots(many: Many) -> None:
    many.install(FIRST)

    status = event(many, {"type": "tokens_revoked", "tokens": {"oauth": ["U0WANJIRU01"], "bot": []}})

    assert (status, is_gone(many)) == (200, False)


def test_an_old_token_of_the_bots_that_is_revoked_is_none_either(many: Many) -> None:
    many.install(FIRST)
    revoked = {"type": "tokens_revoked", "tokens": {"bot": ["U0WAYMARK01"]}}

    # Slack is asked, and takes the one that there is.
    assert (event(many, revoked), is_gone(many)) == (200, False)


def test_while_slack_does_not_say_the_event_is_to_come_again(many: Many) -> None:
    many.install(FIRST)
    revoked = {"type": "tokens_revoked", "tokens": {"bot": ["U0WAYMARK01"]}}
    many.slack.platform.unkindness.add(Rule(method="auth.test", drop="before"))

    assert (event(many, revoked), is_gone(many)) == (503, False)


def test_the_last_token_that_is_revoked_ends_it(many: Many) -> None:
    both_with_a_project(many)
    token = many.access.tokens.token_of(FIRST)

    WebClient(token, base_url=many.slack.api_url).auth_revoke()
    many.settle()

    assert (is_gone(many), is_gone(many, SECOND)) == (True, False)
    assert many.row(FIRST) is None


def test_tokens_revoked_alone_ends_it_too(many: Many) -> None:
    many.install(FIRST)
    many.slack.platform.tokens.revoke_all()
    revoked = {"type": "tokens_revoked", "tokens": {"bot": ["U0WAYMARK01"]}}

    assert (event(many, revoked), is_gone(many)) == (200, True)


def test_an_event_without_a_time_is_not_slacks(many: Many) -> None:
    many.install(FIRST)
    body = json.dumps(
        {"type": "event_callback", "team_id": FIRST, "event_id": "Ev2", "event": {"type": "app_uninstalled"}}
    ).encode()

    assert send(many, body, "application/json")[0] == 400
    assert not is_gone(many)


def test_who_left_a_private_channel_meanwhile_sees_its_projects_no_more(many: Many) -> None:
    many.install(FIRST)
    many.type_command(FIRST, "create Secret reef")
    many.type_command(FIRST, "channel secret-reef #stewards")
    before = shown(many, SOFIA)
    uninstall(many, FIRST)
    assert many.people(FIRST).leave(SOFIA, STEWARDS).ok
    many.install(FIRST)
    # Nobody sees it until Slack has said who is in the channel now.
    unknown = shown(many, SOFIA), shown(many, WANJIRU)
    many.tick(minutes=1)

    assert "Secret reef" in before
    assert [text for text in unknown if "Secret reef" in text] == []
    assert "Secret reef" not in shown(many, SOFIA)
    assert "Secret reef" in shown(many, WANJIRU)


def shown(many: Many, person: str) -> str:
    """What this person is answered to a question for the record."""
    sent = command_body("show secret-reef", team_id=FIRST, user_id=person, channel_id=STEWARDS)
    return str(json.loads(send(many, sent, "application/x-www-form-urlencoded")[1])["text"])

from typing import Any

from bot.local.seed import JMTE, MATEO, WANJIRU

from .conftest import Slack
from .receiver import Reply
from .test_interactions import BUTTON, MODAL, last_payload, opened, option, plain

SELECT = {"type": "external_select", "action_id": "owner", "min_query_length": 2}
MANY = {"type": "multi_external_select", "action_id": "who", "min_query_length": 0}
ROW = {"type": "actions", "block_id": "row", "elements": [SELECT, BUTTON]}
SEVERAL: dict[str, Any] = {
    **MODAL,
    "blocks": [{"type": "input", "block_id": "who", "label": plain("Who"), "element": MANY}],
}


def offer(slack: Slack, *values: str) -> None:
    slack.app.replies.append(Reply(body={"options": [option(value) for value in values]}))


def payloads(slack: Slack) -> list[Any]:
    slack.settle()
    return [received.payload for received in slack.app.received if b"payload=" in received.body]


def test_the_app_suggests_options_in_a_view(slack: Slack) -> None:
    view_id = opened(slack)
    offer(slack, "ann", "bob")
    result = slack.people.suggest(MATEO, view_id, "owner", "who", "a")
    assert [one["value"] for one in result.options] == ["ann", "bob"]
    payload = last_payload(slack)
    assert (payload["type"], payload["value"]) == ("block_suggestion", "a")
    assert (payload["action_id"], payload["block_id"]) == ("owner", "who")
    assert payload["container"] == {"type": "view", "view_id": view_id}
    assert payload["view"]["id"] == view_id
    assert "trigger_id" not in payload
    slack.people.press_in_view(MATEO, view_id, "renew", answers={"who": {"owner": "bob"}})
    assert last_payload(slack)["view"]["state"]["values"]["who"]["owner"]["selected_option"] == option("bob")


def test_the_app_suggests_options_in_a_message(slack: Slack) -> None:
    ts = slack.client.chat_postMessage(channel=JMTE, text="x", blocks=[ROW])["ts"]
    slack.settle()
    assert slack.people.suggest(MATEO, None, "owner", "row", "a", JMTE, ts).options == []
    assert payloads(slack) == [], "shorter than the app wants"
    offer(slack, "ann")
    assert slack.people.suggest(MATEO, None, "owner", "row", "an", JMTE, ts).ok
    payload = last_payload(slack)
    assert payload["container"]["message_ts"] == ts
    assert (payload["message"]["ts"], payload["channel"]["id"]) == (ts, JMTE)
    assert slack.people.press(MATEO, JMTE, ts, "owner", "row", choice="ann").ok
    assert last_payload(slack)["actions"][0]["selected_option"] == option("ann")


def test_several_are_chosen_one_search_after_the_other(slack: Slack) -> None:
    view_id = opened(slack, SEVERAL)
    for value in ("ann", "bob"):
        offer(slack, value)
        slack.people.suggest(MATEO, view_id, "who", "who", value)
    assert slack.people.submit_view(MATEO, view_id, {"who": {"who": ["ann", "bob"]}}).ok
    state = last_payload(slack)["view"]["state"]["values"]["who"]["who"]
    assert state["selected_options"] == [option("ann"), option("bob")]


def test_only_what_this_person_was_offered_can_be_chosen(slack: Slack) -> None:
    ts = slack.client.chat_postMessage(channel=JMTE, text="x", blocks=[ROW])["ts"]
    slack.settle()
    offer(slack, "ann")
    slack.people.suggest(MATEO, None, "owner", "row", "an", JMTE, ts)
    assert not slack.people.press(WANJIRU, JMTE, ts, "owner", "row", choice="ann").ok
    assert not slack.people.press(MATEO, JMTE, ts, "owner", "row", choice="zoe").ok


def test_options_in_groups_keep_their_headings(slack: Slack) -> None:
    view_id = opened(slack)
    groups = [{"label": plain("Mine"), "options": [option("ann")]}]
    slack.app.replies.append(Reply(body={"option_groups": groups}))
    assert slack.people.suggest(MATEO, view_id, "owner", "who", "a").options == [
        option("ann") | {"group": "Mine"}
    ]
    slack.people.press_in_view(MATEO, view_id, "renew", answers={"who": {"owner": "ann"}})
    assert last_payload(slack)["view"]["state"]["values"]["who"]["owner"]["selected_option"] == option("ann")


def test_options_that_slack_would_not_show(slack: Slack) -> None:
    view_id = opened(slack)
    long = {"text": plain("x" * 76), "value": "x"}
    bodies: tuple[dict[str, Any], ...] = (
        {"options": [long]},
        {"options": [option("a")] * 101},
        {"choices": []},
    )
    for body in bodies:
        slack.app.replies.append(Reply(body=body))
        result = slack.people.suggest(MATEO, view_id, "owner", "who", "a")
        assert (result.ok, result.sentence) == (False, "The options could not be loaded.")
    slack.app.replies.append(Reply(body={"options": []}))
    assert slack.people.suggest(MATEO, view_id, "owner", "who", "a").ok


def test_no_more_are_chosen_than_allowed(slack: Slack) -> None:
    few = {**MANY, "max_selected_items": 1}
    blocks = [{**SEVERAL["blocks"][0], "element": few}]
    view_id = opened(slack, {**SEVERAL, "blocks": blocks})
    offer(slack, "ann", "bob")
    slack.people.suggest(MATEO, view_id, "who", "who", "")
    result = slack.people.submit_view(MATEO, view_id, {"who": {"who": ["ann", "bob"]}})
    assert result.errors == {"who": "Choose no more than 1."}

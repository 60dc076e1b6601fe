from typing import Any

from bot.local.seed import BOT, GENERAL, JMTE, MATEO, SOFIA, STEWARDS, WANJIRU

from .conftest import Slack
from .receiver import Received, Reply


def last_payload(slack: Slack) -> Any:
    return next(received for received in reversed(slack.app.received) if b"payload=" in received.body).payload


def say(slack: Slack, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> str:
    return slack.people.say(user_id, channel_id, text, thread_ts).ts or ""


def test_a_global_shortcut_tells_who_and_nothing_of_where(slack: Slack) -> None:
    assert slack.people.run_shortcut(MATEO, "new_project", JMTE).ok
    payload = last_payload(slack)
    assert payload.pop("trigger_id")
    assert payload.pop("action_ts")
    assert payload == {
        "type": "shortcut",
        "callback_id": "new_project",
        "user": {"id": MATEO, "username": "mateo", "name": "mateo", "team_id": "T0TIDEWATER"},
        "team": {"id": "T0TIDEWATER", "domain": "tidewater"},
        "api_app_id": BOT.app_id,
        "token": "local-verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def test_a_message_shortcut_brings_the_message_along(slack: Slack) -> None:
    ts = say(slack, WANJIRU, GENERAL, "we should note this")
    assert slack.people.run_message_shortcut(MATEO, GENERAL, ts, "note_it").ok
    payload = last_payload(slack)
    assert (payload["type"], payload["callback_id"]) == ("message_action", "note_it")
    assert payload["channel"] == {"id": GENERAL, "name": "general"}
    assert payload["message_ts"] == ts
    message = payload["message"]
    assert (message["type"], message["user"], message["text"], message["ts"]) == (
        "message", WANJIRU, "we should note this", ts,
    )  # fmt: skip
    assert {"trigger_id", "action_ts", "user", "team", "token", "response_url"} <= payload.keys()
    slack.respond(payload["response_url"], text="Noted")
    assert (slack.last_message(GENERAL).text, slack.last_message(GENERAL).ephemeral_to) == ("Noted", MATEO)


def test_a_message_shortcut_in_a_thread_tells_of_the_thread(slack: Slack) -> None:
    first = say(slack, WANJIRU, JMTE, "begin")
    reply = say(slack, MATEO, JMTE, "go on", first)
    slack.people.run_message_shortcut(MATEO, JMTE, reply, "note_it")
    assert last_payload(slack)["message"]["thread_ts"] == first


def test_an_app_cannot_replace_the_message_of_a_person(slack: Slack) -> None:
    ts = say(slack, WANJIRU, GENERAL, "mine")
    slack.people.run_message_shortcut(MATEO, GENERAL, ts, "note_it")
    _, answer = slack.respond(last_payload(slack)["response_url"], text="x", replace_original=True)
    assert "cant_update_message" in answer
    assert slack.workspace.find_message(GENERAL, ts) is not None


def test_shortcuts_are_those_of_the_manifest_and_of_what_one_sees(slack: Slack) -> None:
    ts = say(slack, WANJIRU, GENERAL, "hello")
    hidden = say(slack, WANJIRU, STEWARDS, "money")
    only_sofia = slack.client.chat_postEphemeral(channel=JMTE, user=SOFIA, text="x")["message_ts"]
    slack.app.received.clear()
    slack.settle()
    people = slack.people
    assert people.run_shortcut(MATEO, "note_it").sentence == "This app has no such shortcut."
    assert not people.run_message_shortcut(MATEO, GENERAL, ts, "new_project").ok
    assert not people.run_message_shortcut(MATEO, STEWARDS, hidden, "note_it").ok
    assert not people.run_message_shortcut(SOFIA, JMTE, only_sofia, "note_it").ok
    slack.settle()
    assert not any(b"payload=" in received.body for received in slack.app.received)


def modal_with(element: dict[str, Any]) -> dict[str, Any]:
    label = {"type": "plain_text", "text": "Where"}
    return {
        "type": "modal",
        "title": label,
        "submit": label,
        "blocks": [{"type": "input", "block_id": "where", "label": label, "element": element}],
    }


def opened_from(slack: Slack, channel_id: str, element: dict[str, Any]) -> Any:
    """What the menu holds in a modal that a shortcut opened from this channel."""

    def open_it(received: Received) -> Reply:
        slack.client.views_open(trigger_id=received.payload["trigger_id"], view=modal_with(element))
        return Reply()

    slack.app.otherwise = lambda received: open_it(received) if b"payload=" in received.body else Reply()
    assert slack.people.run_shortcut(WANJIRU, "new_project", channel_id).ok
    slack.app.otherwise = lambda _: Reply()
    view = slack.workspace.open_view(WANJIRU)
    assert view
    return view.values["where"]["where"]


def test_a_menu_of_conversations_begins_where_the_person_is(slack: Slack) -> None:
    menu = {
        "type": "conversations_select",
        "action_id": "where",
        "default_to_current_conversation": True,
    }
    private = {"filter": {"include": ["private"]}}
    several = menu | {"type": "multi_conversations_select"}
    assert opened_from(slack, JMTE, menu)["selected_conversation"] == JMTE
    assert opened_from(slack, JMTE, menu | private)["selected_conversation"] is None
    assert opened_from(slack, STEWARDS, menu | private)["selected_conversation"] == STEWARDS
    assert opened_from(slack, JMTE, several)["selected_conversations"] == [JMTE]
    assert (
        opened_from(slack, JMTE, menu | {"initial_conversation": GENERAL})["selected_conversation"] == GENERAL
    )


def test_a_submission_brings_an_address_for_the_channel_that_was_chosen(slack: Slack) -> None:
    element = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    opened_from(slack, JMTE, element)
    view = slack.workspace.open_view(WANJIRU)
    assert view
    slack.people.submit_view(WANJIRU, view.id, {"where": {"where": GENERAL}})
    [address] = last_payload(slack)["response_urls"]
    assert (address["block_id"], address["action_id"], address["channel_id"]) == ("where", "where", GENERAL)
    slack.respond(address["response_url"], text="Saved", response_type="in_channel")
    said = slack.last_message(GENERAL)
    assert (said.text, said.user_id, said.ephemeral_to) == ("Saved", BOT.user_id, None)

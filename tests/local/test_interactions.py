from typing import Any

from slack_sdk.errors import SlackApiError

from bot.local.seed import JMTE, MATEO, WANJIRU

from .conftest import Slack
from .receiver import Received, Reply


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


BUTTON = {"type": "button", "text": plain("Still true"), "action_id": "renew", "value": "7"}
SELECT = {"type": "static_select", "action_id": "status", "options": [option("on_track"), option("at_risk")]}
ACTIONS = {"type": "actions", "block_id": "row", "elements": [BUTTON, SELECT]}
NOTE = {"type": "plain_text_input"}
EXTERNAL = {"type": "external_select", "action_id": "owner", "min_query_length": 0}
MODAL = {
    "type": "modal",
    "callback_id": "update",
    "title": plain("Update"),
    "submit": plain("Save"),
    "blocks": [
        {
            "type": "input",
            "block_id": "note",
            "label": plain("Note"),
            "element": {"type": "plain_text_input"},
        },
        {"type": "input", "block_id": "who", "label": plain("Who"), "element": EXTERNAL, "optional": True},
        ACTIONS,
    ],
}
HOME = {"type": "home", "blocks": [ACTIONS]}


def post(slack: Slack, **arguments: Any) -> str:
    return str(slack.client.chat_postMessage(channel=JMTE, text="x", blocks=[ACTIONS], **arguments)["ts"])


def opened(slack: Slack, view: dict[str, Any] = MODAL) -> str:
    """The id of a modal that was opened by a press in a message."""

    def open_it(received: Received) -> Reply:
        slack.client.views_open(trigger_id=received.payload["trigger_id"], view=view)
        return Reply()

    slack.app.otherwise = lambda received: open_it(received) if b"payload=" in received.body else Reply()
    assert slack.people.press(MATEO, JMTE, post(slack), "renew").ok
    slack.app.otherwise = lambda _: Reply()
    view_id = slack.workspace.open_view(MATEO)
    assert view_id
    slack.settle()
    slack.app.received.clear()
    return view_id.id


def last_payload(slack: Slack) -> Any:
    return next(received for received in reversed(slack.app.received) if b"payload=" in received.body).payload


def error_of(slack: Slack, method: str, **arguments: Any) -> str:
    try:
        slack.client.api_call(method, json=arguments)
    except SlackApiError as refusal:
        return str(refusal.response["error"])
    return ""


def test_a_press_tells_all_that_slack_tells(slack: Slack) -> None:
    ts = post(slack)
    assert slack.people.press(MATEO, JMTE, ts, "renew", "row").ok
    payload = last_payload(slack)
    assert payload["type"] == "block_actions"
    assert payload["user"] == {
        "id": MATEO, "username": "mateo", "name": "mateo", "team_id": "T0TIDEWATER"
    }  # fmt: skip
    assert payload["container"] == {
        "type": "message", "message_ts": ts, "channel_id": JMTE, "is_ephemeral": False
    }  # fmt: skip
    assert payload["channel"] == {"id": JMTE, "name": "proj-jmte"}
    assert payload["message"]["ts"] == ts
    action = payload["actions"][0]
    assert action.pop("action_ts")
    assert action == {
        "type": "button", "action_id": "renew", "block_id": "row", "text": plain("Still true"), "value": "7"
    }  # fmt: skip


def test_a_choice_goes_along_with_the_state(slack: Slack) -> None:
    slack.people.press(MATEO, JMTE, post(slack), "status", choice="at_risk")
    payload = last_payload(slack)
    assert payload["actions"][0]["selected_option"] == option("at_risk")
    assert payload["state"]["values"]["row"]["status"]["selected_option"] == option("at_risk")


def test_nobody_presses_what_is_not_there(slack: Slack) -> None:
    ts = post(slack)
    assert not slack.people.press(MATEO, JMTE, ts, "delete_everything").ok
    assert not slack.people.press(MATEO, JMTE, ts, "status", choice="excellent").ok
    assert not slack.people.press(MATEO, JMTE, "1.000001", "renew").ok
    hidden = slack.client.chat_postEphemeral(channel=JMTE, user=WANJIRU, text="x", blocks=[ACTIONS])
    assert not slack.people.press(MATEO, JMTE, hidden["message_ts"], "renew").ok
    slack.settle()
    assert not any(b"payload=" in received.body for received in slack.app.received)


def test_slack_sends_no_ephemeral_message_along(slack: Slack) -> None:
    ts = slack.client.chat_postEphemeral(channel=JMTE, user=MATEO, text="x", blocks=[ACTIONS])["message_ts"]
    slack.people.press(MATEO, JMTE, ts, "renew")
    payload = last_payload(slack)
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


def test_a_press_that_is_not_acknowledged(impatient: Slack) -> None:
    ts = post(impatient)
    impatient.settle()
    impatient.app.replies.append(Reply(until=impatient.app.released))
    assert impatient.people.press(MATEO, JMTE, ts, "renew").sentence == "This app took too long to respond."
    impatient.app.replies.append(Reply(status=500))
    assert impatient.people.press(MATEO, JMTE, ts, "renew").sentence == "This app is not working."


def test_a_trigger_opens_one_view_within_three_seconds(slack: Slack) -> None:
    ts = post(slack)
    slack.people.press(MATEO, JMTE, ts, "renew")
    trigger = last_payload(slack)["trigger_id"]
    assert error_of(slack, "views.open", trigger_id=trigger, view=MODAL) == ""
    assert error_of(slack, "views.open", trigger_id=trigger, view=MODAL) == "exchanged_trigger_id"
    slack.people.press(MATEO, JMTE, ts, "renew")
    trigger = last_payload(slack)["trigger_id"]
    slack.move(seconds=3.1)
    assert error_of(slack, "views.open", trigger_id=trigger, view=MODAL) == "expired_trigger_id"


def test_a_view_that_is_refused_does_not_use_the_trigger_up(slack: Slack) -> None:
    slack.people.press(MATEO, JMTE, post(slack), "renew")
    trigger = last_payload(slack)["trigger_id"]
    without_submit = {name: value for name, value in MODAL.items() if name != "submit"}
    assert error_of(slack, "views.open", trigger_id=trigger, view=without_submit) == "invalid_arguments"
    assert error_of(slack, "views.open", trigger_id=trigger, view=MODAL) == ""


def test_a_submission_carries_what_was_filled_in(slack: Slack) -> None:
    view_id = opened(slack)
    note = slack.workspace.views[view_id].body["blocks"][0]["element"]["action_id"]
    answers = {"note": {note: "All well"}, "row": {"status": "on_track"}}
    assert slack.people.submit_view(MATEO, view_id, answers).ok
    payload = last_payload(slack)
    values = payload["view"]["state"]["values"]
    assert payload["type"] == "view_submission"
    assert payload["view"]["callback_id"] == "update"
    assert values["note"][note] == {"type": "plain_text_input", "value": "All well"}
    assert values["row"] == {"status": {"type": "static_select", "selected_option": option("on_track")}}
    assert slack.workspace.open_view(MATEO) is None


def test_slack_asks_for_what_is_missing_by_itself(slack: Slack) -> None:
    view_id = opened(slack)
    result = slack.people.submit_view(MATEO, view_id)
    assert result.errors == {"note": "Please complete this required field."}
    assert slack.app.received == []
    assert slack.workspace.open_view(MATEO) is not None


def submitted(slack: Slack, reply: Reply) -> Any:
    view_id = opened(slack)
    note = slack.workspace.views[view_id].body["blocks"][0]["element"]["action_id"]
    slack.app.replies.append(reply)
    return slack.people.submit_view(MATEO, view_id, {"note": {note: "x"}})


def test_the_app_answers_with_errors(slack: Slack) -> None:
    result = submitted(slack, Reply(body={"response_action": "errors", "errors": {"note": "Too short"}}))
    assert (result.ok, result.errors) == (False, {"note": "Too short"})
    view = slack.workspace.open_view(MATEO)
    assert view
    assert [state["value"] for state in view.values["note"].values()] == ["x"], "nothing typed is lost"


def test_the_app_answers_with_another_view(slack: Slack) -> None:
    other = {"type": "modal", "title": plain("Done"), "blocks": [ACTIONS]}
    result = submitted(slack, Reply(body={"response_action": "update", "view": other}))
    view = slack.workspace.open_view(MATEO)
    assert view
    assert (view.id, view.body["title"]["text"]) == (result.view_id, "Done")
    result = submitted(slack, Reply(body={"response_action": "push", "view": other}))
    assert len(slack.workspace.modals[MATEO]) == 2
    assert slack.people.close_view(MATEO, result.view_id).ok
    assert len(slack.workspace.modals[MATEO]) == 1
    submitted(slack, Reply(body={"response_action": "clear"}))
    assert slack.workspace.open_view(MATEO) is None


def test_the_app_answers_nonsense(slack: Slack) -> None:
    bad = {"type": "modal", "title": plain("x" * 25), "blocks": []}
    for reply in (
        Reply(status=500),
        Reply(body="ok"),
        Reply(body={"response_action": "explode"}),
        Reply(body={"response_action": "errors", "errors": {"nowhere": "x"}}),
        Reply(body={"response_action": "update", "view": bad}),
    ):
        result = submitted(slack, reply)
        assert (result.ok, result.sentence) == (False, "We had some trouble connecting. Try again?")
        assert slack.workspace.open_view(MATEO) is not None


def test_three_views_are_stacked_at_most(slack: Slack) -> None:
    view_id = opened(slack)
    pushed = []
    for _ in range(3):
        slack.people.press_in_view(MATEO, view_id, "renew")
        trigger = last_payload(slack)["trigger_id"]
        pushed.append(error_of(slack, "views.push", trigger_id=trigger, view=MODAL))
        view_id = slack.workspace.modals[MATEO][-1]
    assert pushed == ["", "", "push_limit_reached"]
    views = [slack.workspace.views[one] for one in slack.workspace.modals[MATEO]]
    assert [view.previous_view_id for view in views] == [None, views[0].id, views[1].id]
    assert {view.root_view_id for view in views} == {views[0].id}


def test_a_view_is_updated_by_its_hash_and_keeps_what_was_typed(slack: Slack) -> None:
    view_id = opened(slack, MODAL | {"external_id": "update-1"})
    view = slack.workspace.views[view_id]
    body = MODAL | {"external_id": "update-1", "title": plain("Later"), "blocks": view.body["blocks"]}
    slack.people.press_in_view(MATEO, view_id, "status", choice="at_risk")
    old = view.hash
    assert error_of(slack, "views.update", external_id="update-1", hash=old, view=body) == ""
    assert error_of(slack, "views.update", view_id=view_id, hash=old, view=body) == "hash_conflict"
    assert view.body["title"]["text"] == "Later"
    assert view.values["row"]["status"]["selected_option"] == option("at_risk")


def test_closing_is_told_when_the_app_asked_for_it(slack: Slack) -> None:
    view_id = opened(slack, MODAL | {"notify_on_close": True})
    slack.people.close_view(MATEO, view_id)
    payload = last_payload(slack)
    assert (payload["type"], payload["view"]["id"], payload["is_cleared"]) == ("view_closed", view_id, False)
    slack.people.close_view(MATEO, opened(slack))
    assert slack.app.received == []


def test_nobody_touches_the_view_of_another(slack: Slack) -> None:
    view_id = opened(slack)
    assert not slack.people.submit_view(WANJIRU, view_id).ok
    assert not slack.people.close_view(WANJIRU, view_id).ok
    assert not slack.people.press_in_view(WANJIRU, view_id, "renew").ok


def test_publishes_a_home_and_presses_in_it(slack: Slack) -> None:
    view = slack.client.views_publish(user_id=MATEO, view=HOME)["view"]
    assert slack.people.open_home(MATEO).view_id == view["id"]
    assert slack.people.press_in_view(MATEO, view["id"], "renew").ok
    payload = last_payload(slack)
    assert payload["view"]["type"] == "home"
    assert error_of(slack, "views.push", trigger_id=payload["trigger_id"], view=MODAL) == "not_found"
    again = slack.client.views_publish(user_id=MATEO, view=HOME, hash=view["hash"])["view"]
    assert (again["id"], again["hash"] == view["hash"]) == (view["id"], False)

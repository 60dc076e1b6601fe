"""A small app for the page to talk to: a record to show, buttons that answer, forms that find faults."""

from typing import TYPE_CHECKING, Any

from tests.local.receiver import Received, Reply
from tests.local_browser.pieces import option, plain
from tests.local_browser.small_forms import (
    EVERY,
    FIRST,
    SECOND,
    SHORT,
    THIRD,
    home,
    save_form,
    schedule,
)
from tests.local_browser.small_record import FORM, RECORD

if TYPE_CHECKING:
    from slack_sdk import WebClient

_OPENS = {"open_form": FORM, "open_first": FIRST}
_PUSHES = {"push_second": SECOND, "push_third": THIRD}
_FORMS = {"edit": FORM, "every": EVERY, "first": FIRST, "short": SHORT, "schedule": schedule({})}


class SmallApp:
    """What a receiver answers. Calls go back to the workspace with a real client."""

    def __init__(self) -> None:
        self.client: WebClient | None = None
        self.actions: list[dict[str, Any]] = []
        self.payloads: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.commands: list[str] = []
        self.submitted: dict[str, Any] = {}
        self.updates = 0

    def answer(self, received: Received) -> Reply:
        if received.body.startswith(b"{"):
            return self._event(received.event)
        if "payload" in received.form:
            self.payloads.append(received.payload)
            return self._interaction(received.payload)
        return self._command(received.form)

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [payload for payload in self.payloads if payload["type"] == kind]

    def _event(self, event: dict[str, Any]) -> Reply:
        self.events.append(event)
        if event["type"] == "app_home_opened" and event.get("tab") == "home" and self.client:
            self.client.views_publish(user_id=event["user"], view=home(self.updates))
        if event["type"] == "app_mention" and self.client:
            where = event.get("thread_ts") or event["ts"]
            self.client.chat_postMessage(channel=event["channel"], thread_ts=where, text="You called?")
        return Reply()

    def _command(self, form: dict[str, str]) -> Reply:
        verb, _, rest = form["text"].partition(" ")
        self.commands.append(form["text"])
        if verb == "show":
            return Reply(body={"response_type": "ephemeral", "text": "A record", "blocks": RECORD})
        if verb == "post":
            return Reply(body={"response_type": "in_channel", "text": "A record", "blocks": RECORD})
        if verb in _FORMS and self.client:
            self.client.views_open(trigger_id=form["trigger_id"], view=_FORMS[verb])
            return Reply()
        return Reply(body={"response_type": "ephemeral", "text": f"There is no project “{rest or verb}”."})

    def _interaction(self, payload: dict[str, Any]) -> Reply:
        kind = payload["type"]
        if kind == "view_submission":
            return self._submission(payload["view"])
        if kind == "block_suggestion":
            words = f"All about {payload['value'] or 'everything'}"
            return Reply(
                body={"options": [option(words, payload["value"] or "all"), option("Tides", "tides")]}
            )
        if kind == "block_actions":
            self._action(payload)
        if kind == "message_action" and self.client:
            self.client.views_open(
                trigger_id=payload["trigger_id"], view=save_form(payload["message"]["text"])
            )
        if kind == "shortcut" and self.client:
            self.client.views_open(trigger_id=payload["trigger_id"], view=FIRST)
        return Reply()

    def _submission(self, view: dict[str, Any]) -> Reply:
        values = view["state"]["values"]
        self.submitted = values
        if view["callback_id"] == "update" and len(values["note"]["note"]["value"]) < 10:
            return Reply(body={"response_action": "errors", "errors": {"note": "Say a little more."}})
        if view["callback_id"] == "every" and values["name"]["name"]["value"] == "taken":
            errors = {"name": "This name is taken.", "owner": "Mateo has left the project."}
            return Reply(body={"response_action": "errors", "errors": errors})
        if view["callback_id"] == "first":
            return Reply(body={"response_action": "update", "view": SECOND})
        return Reply(body={"response_action": "clear"} if view["callback_id"] == "third" else "")

    def _action(self, payload: dict[str, Any]) -> None:
        action = payload["actions"][0]
        self.actions.append(action)
        if self.client is None:
            return
        name, trigger_id = action["action_id"], payload["trigger_id"]
        view = payload.get("view") or {}
        if view.get("callback_id") == "schedule":
            fresh = schedule(view["state"]["values"])
            self.client.views_update(view_id=view["id"], hash=view["hash"], view=fresh)
            return
        if name in _OPENS:
            self.client.views_open(trigger_id=trigger_id, view=_OPENS[name])
        elif name in _PUSHES:
            self.client.views_push(trigger_id=trigger_id, view=_PUSHES[name])
        elif name == "count":
            self.updates += 1
            self.client.views_publish(
                user_id=payload["user"]["id"], hash=payload["view"]["hash"], view=home(self.updates)
            )
        elif name == "first":
            title = {"title": plain("Named"), "private_metadata": action["value"]}
            view = {**FIRST, **title}
            self.client.views_update(view_id=payload["view"]["id"], hash=payload["view"]["hash"], view=view)

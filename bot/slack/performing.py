"""Performs effects, after the commit: the only place that answers a person and calls Slack for a request."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot import texts
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.chart_blocks import worded_blocks
from bot.slack.effects import (
    Back,
    Close,
    Effect,
    FieldErrors,
    Heard,
    Message,
    Nothing,
    OpenView,
    Options,
    Origin,
    Post,
    PublishHome,
    Reply,
    SendAgain,
    UpdateView,
    View,
    Where,
)
from bot.slack.gateway import Gateway
from bot.slack.homes import Look
from bot.slack.reading_messages import mentioned
from bot.slack.requests import (
    AnsweredRequest,
    ButtonRequest,
    CommandRequest,
    MessageRequest,
    MessageShortcutRequest,
    ShortcutRequest,
    SubmitRequest,
)
from bot.slack.views.errors import failure_message
from bot.slack.views.notice import notice_view

_log = logging.getLogger(__name__)

_MARK = "white_check_mark"
"""On a message that was taken note of."""

Ack = dict[str, Any] | SendAgain | None


class Performer:
    """Safe to use from many threads."""

    def __init__(self, gateway: Gateway, look_at_home: Callable[[Look], None]) -> None:
        self._gateway = gateway
        self._look_at_home = look_at_home

    def perform(self, request: AnsweredRequest, effect: Effect) -> Ack:  # noqa: C901, PLR0911, PLR0912 - a case an effect
        """What stands in the ack, or None. What Slack refuses is logged, and said if there is a way to."""
        match effect:
            case Reply():
                return self._reply(request, effect)
            case OpenView(view=view):
                return self._open(request, view)
            case UpdateView(view=view):
                return self._update(request, view)
            case FieldErrors(sentences=sentences):
                return {"response_action": "errors", "errors": dict(sentences)}
            case Close():
                return self._close(request, effect)
            case Back(view_id=view_id, view=view):
                self._call("views.update", view_id=view_id, view=view)
                if isinstance(request, SubmitRequest):
                    self._answer_at(request, effect.origin, effect.message)
            case Post():
                self._post(request, effect)
            case Heard():
                self._mark(effect)
                if effect.answer is not None:
                    return self.perform(request, effect.answer)
            case PublishHome(person_id=person_id, said=said, seen=seen):
                self._look_at_home(Look(request.workspace_id, person_id, said, seen))
            case Options(options=options):
                return {"options": list(options)}
            case SendAgain():
                return effect
            case Nothing():
                pass
        return None

    def looked_up(self, request: MessageShortcutRequest) -> MessageShortcutRequest:
        """With what Slack alone knows of the message. These calls take their time: no transaction is open.

        What Slack does not tell in time is left out: the form must be open in three seconds.
        """
        permalink = self._gateway.find_permalink(request.channel_id, request.message_ts)
        names: dict[str, str] = {}
        for person_id in mentioned(request.text):
            name = self._gateway.find_name(person_id)
            if name is None:
                # Whoever waits for one name too long would wait for the others, too.
                break
            names[person_id] = name
        return replace(request, permalink=permalink, names=names)

    def _reply(self, request: AnsweredRequest, effect: Reply) -> Ack:
        if isinstance(request, CommandRequest):
            return {"response_type": "ephemeral", **_body(effect.message)}
        if isinstance(request, ButtonRequest) and request.view is not None:
            return self._reply_in_view(request, effect.message)
        if not isinstance(request, ButtonRequest) or request.response_url is None:
            _log.warning("no way to answer a %s", type(request).__name__)
            return None
        body = _body(effect.message)
        match effect.where:
            case Where.EPHEMERAL:
                body |= {"response_type": "ephemeral", "replace_original": False}
            case Where.REPLACE:
                body |= {"response_type": "ephemeral", "replace_original": True}
            case Where.CHANNEL:
                body |= {"response_type": "in_channel", "replace_original": False}
        sent = self._gateway.respond(request.response_url, body)
        if sent and effect.where is Where.CHANNEL and request.is_ephemeral:
            self._gateway.respond(request.response_url, {"delete_original": True})
        return None

    def _reply_in_view(self, request: ButtonRequest, message: Message) -> Ack:
        """A view has no response_url: in the home tab the answer opens, in a modal it takes the place."""
        view = notice_view(message)
        return self._open(request, view) if request.is_home else self._update(request, view)

    def _open(self, request: AnsweredRequest, view: View) -> Ack:
        if isinstance(request, SubmitRequest):
            return {"response_action": "push", "view": view}
        is_in_modal = isinstance(request, ButtonRequest) and request.view is not None and not request.is_home
        method = "views.push" if is_in_modal else "views.open"
        trigger_id = getattr(request, "trigger_id", None)
        if trigger_id and self._call(method, trigger_id=trigger_id, view=view):
            return None
        return self._excuse(request)

    def _excuse(self, request: AnsweredRequest) -> Ack:
        """A form could not be opened in the three seconds that Slack gives."""
        message = failure_message(texts.NO_FORM)
        if isinstance(request, CommandRequest):
            return {"response_type": "ephemeral", **_body(message)}
        response_url = (
            request.response_url if isinstance(request, (ButtonRequest, MessageShortcutRequest)) else None
        )
        if response_url is not None:
            self._gateway.respond(response_url, {**_body(message), "replace_original": False})
        elif isinstance(request, (ButtonRequest, ShortcutRequest)):
            self._tell(Post(message, request.person_id))
        return None

    def _update(self, request: AnsweredRequest, view: View) -> Ack:
        if isinstance(request, SubmitRequest):
            return {"response_action": "update", "view": view}
        if isinstance(request, ButtonRequest) and request.view is not None:
            self._call("views.update", view_id=request.view.id, hash=request.view.hash, view=view)
        return None

    def _close(self, request: AnsweredRequest, effect: Close) -> Ack:
        if effect.message is not None and isinstance(request, SubmitRequest):
            if effect.origin.is_nowhere:
                return {"response_action": "update", "view": notice_view(effect.message)}
            self._answer_at(request, effect.origin, effect.message)
        return {"response_action": "clear"}

    def _answer_at(self, request: SubmitRequest, origin: Origin, message: Message) -> None:
        """Where the modal was opened from; a response_url is good for half an hour, then the channel is."""
        if origin.response_url is not None:
            body = {**_body(message), "response_type": "ephemeral", "replace_original": origin.is_ephemeral}
            if self._gateway.respond(origin.response_url, body):
                return
        if origin.channel_id is not None:
            self._tell(Post(message, origin.channel_id, only_for=request.person_id))

    def _post(self, request: AnsweredRequest, effect: Post) -> None:
        if self._tell(effect) or not isinstance(request, MessageRequest) or request.is_direct:
            return
        # Where the bot cannot write, it was asked all the same.
        for message in (failure_message(texts.cannot_write_in(request.channel_id)), effect.message):
            self._tell(Post(message, request.person_id))

    def _mark(self, effect: Heard) -> None:
        """One mark is enough, so that there is one already is no matter."""
        try:
            self._gateway.call(
                "reactions.add", channel=effect.channel_id, timestamp=effect.message_ts, name=_MARK
            )
        except (SlackRefusedError, SlackUnreachableError) as error:
            if not (isinstance(error, SlackRefusedError) and error.code == "already_reacted"):
                _log.warning("reactions.add: %s", error)

    def _tell(self, effect: Post) -> bool:
        more: dict[str, object] = {"thread_ts": effect.thread_ts} if effect.thread_ts else {}
        method = "chat.postMessage"
        if effect.only_for is not None:
            method, more = "chat.postEphemeral", {**more, "user": effect.only_for}
        said = {**_body(effect.message), "unfurl_links": False, "unfurl_media": False}
        return self._call(method, channel=effect.channel_id, **said, **more)

    def _call(self, method: str, **arguments: object) -> bool:
        """Whether Slack took it."""
        try:
            self._gateway.call(method, **arguments)
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.warning("%s: %s", method, error)
            return False
        return True


def _body(message: Message) -> dict[str, Any]:
    # An answer cannot be tried in another way if it is refused.
    return {"text": message.text, "blocks": worded_blocks(message) if message.charts else message.blocks}

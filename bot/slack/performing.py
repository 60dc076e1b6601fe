"""Performs effects, after the commit: the only place that answers a person and calls Slack for a request."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot import current, texts
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.accounts import Gateways
from bot.slack.chart_blocks import answer_blocks
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
from bot.slack.gateway import Responded
from bot.slack.homes import Look
from bot.slack.reading_messages import mentioned
from bot.slack.refusals import BLOCKS_REFUSED
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

    def __init__(
        self,
        gateways: Gateways,
        look_at_home: Callable[[Look], None],
        charts_refused: Callable[[str], None],
    ) -> None:
        """`charts_refused` is told of a workspace where Slack does not draw them after all."""
        self._gateways = gateways
        self._look_at_home = look_at_home
        self._charts_refused = charts_refused

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
                self._call(request, "views.update", view_id=view_id, view=view)
                if isinstance(request, SubmitRequest):
                    self._answer_at(request, effect.origin, effect.message)
            case Post():
                self._post(request, effect)
            case Heard():
                self._mark(request, effect)
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
        try:
            gateway = self._gateways.of(request.workspace_id)
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.warning("not looked up: %s", error)
            return request
        permalink = gateway.find_permalink(request.channel_id, request.message_ts)
        names: dict[str, str] = {}
        for person_id in mentioned(request.text):
            name = gateway.find_name(person_id)
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
        is_for_all, is_in_place = effect.where is Where.CHANNEL, effect.where is Where.REPLACE
        how = {"response_type": "in_channel" if is_for_all else "ephemeral", "replace_original": is_in_place}
        sent = self._respond(request, request.response_url, effect.message, **how)
        if sent and effect.where is Where.CHANNEL and request.is_ephemeral:
            self._gateways.respond(request.response_url, {"delete_original": True})
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
        if not trigger_id:
            _log.warning("%s: there is nothing to open it by", method)
        elif self._call(request, method, trigger_id=trigger_id, view=view):
            return None
        return self._excuse(request)

    def _excuse(self, request: AnsweredRequest) -> Ack:
        """A form could not be opened in the three seconds that Slack gives."""
        message = failure_message(texts.NO_FORM.format(reference=current.reference()))
        if isinstance(request, CommandRequest):
            return {"response_type": "ephemeral", **_body(message)}
        response_url = (
            request.response_url if isinstance(request, (ButtonRequest, MessageShortcutRequest)) else None
        )
        if response_url is not None:
            self._respond(request, response_url, message, replace_original=False)
        elif isinstance(request, (ButtonRequest, ShortcutRequest)):
            self._tell(request, Post(message, request.person_id))
        return None

    def _update(self, request: AnsweredRequest, view: View) -> Ack:
        if isinstance(request, SubmitRequest):
            return {"response_action": "update", "view": view}
        if isinstance(request, ButtonRequest) and request.view is not None:
            self._call(request, "views.update", view_id=request.view.id, hash=request.view.hash, view=view)
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
            how = {"response_type": "ephemeral", "replace_original": origin.is_ephemeral}
            if self._respond(request, origin.response_url, message, **how):
                return
        if origin.channel_id is not None:
            self._tell(request, Post(message, origin.channel_id, only_for=request.person_id))

    def _post(self, request: AnsweredRequest, effect: Post) -> None:
        if self._tell(request, effect) or not isinstance(request, MessageRequest) or request.is_direct:
            return
        # Where the bot cannot write, it was asked all the same.
        for message in (failure_message(texts.cannot_write_in(request.channel_id)), effect.message):
            self._tell(request, Post(message, request.person_id))

    def _mark(self, request: AnsweredRequest, effect: Heard) -> None:
        """One mark is enough, so that there is one already is no matter."""
        try:
            self._gateways.of(request.workspace_id).call(
                "reactions.add", channel=effect.channel_id, timestamp=effect.message_ts, name=_MARK
            )
        except (SlackRefusedError, SlackUnreachableError) as error:
            if not (isinstance(error, SlackRefusedError) and error.code == "already_reacted"):
                _log.warning("reactions.add: %s", error)

    def _respond(self, request: AnsweredRequest, response_url: str, message: Message, **how: object) -> bool:
        """Whether Slack took it. What it refuses with a chart that it was to draw, it gets without."""
        found = self._gateways.respond(response_url, {**_body(message), **how})
        if found is Responded.BLOCKS_REFUSED and message.is_drawn:
            found = self._gateways.respond(response_url, {**_body(message, may_draw=False), **how})
            if found is Responded.TAKEN:
                self._charts_refused(request.workspace_id)
        return found is Responded.TAKEN

    def _tell(self, request: AnsweredRequest, effect: Post) -> bool:
        """As `_respond`, in a message of the bot's own."""
        more: dict[str, object] = {"thread_ts": effect.thread_ts} if effect.thread_ts else {}
        method = "chat.postMessage"
        if effect.only_for is not None:
            method, more = "chat.postEphemeral", {**more, "user": effect.only_for}
        more |= {"channel": effect.channel_id, "unfurl_links": False, "unfurl_media": False}
        refused = self._called(request, method, **_body(effect.message), **more)
        if refused == BLOCKS_REFUSED and effect.message.is_drawn:
            refused = self._called(request, method, **_body(effect.message, may_draw=False), **more)
            if refused is None:
                self._charts_refused(request.workspace_id)
        return refused is None

    def _call(self, request: AnsweredRequest, method: str, **arguments: object) -> bool:
        """Whether Slack took it."""
        return self._called(request, method, **arguments) is None

    def _called(self, request: AnsweredRequest, method: str, **arguments: object) -> str | None:
        """None if Slack took it; else its word for why not, or "" if it said none."""
        try:
            self._gateways.of(request.workspace_id).call(method, **arguments)
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.warning("%s: %s", method, error)
            return error.code if isinstance(error, SlackRefusedError) else ""
        return None


def _body(message: Message, *, may_draw: bool = True) -> dict[str, Any]:
    return {"text": message.text, "blocks": answer_blocks(message, may_draw=may_draw)}

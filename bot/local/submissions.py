"""Submitting and closing a modal, and doing what the app answers."""

from typing import Any

from bot.local import forms, interactions, modals, payloads
from bot.local.elements import NoSuchChoiceError
from bot.local.errors import SlackError
from bot.local.model import User, View
from bot.local.outgoing import Answer
from bot.local.platform import Platform
from bot.local.results import Answers, Result
from bot.local.shapes import Shape, view_shape

TROUBLE = "We had some trouble connecting. Try again?"


def submit(platform: Platform, user: User, view: View, answers: Answers) -> Result:
    """Submit the modal: Slack's own checks first, then the app's."""
    workspace = platform.workspace
    try:
        with workspace.changing():
            blocks = view.body["blocks"]
            view.values = forms.with_answers(
                blocks, view.values, answers, platform.suggestions.offered_to(user.id)
            )
            problems = forms.problems(blocks, view.values)
            if problems:
                return Result(ok=False, errors=problems, view_id=view.id)
            payload = payloads.interaction(
                platform,
                "view_submission",
                user,
                view_id=view.id,
                channel_id=view.channel_id,
                is_in_view=True,
            )
            payload |= {"view": view_shape(workspace, view), "response_urls": _response_urls(platform, view)}
    except NoSuchChoiceError as error:
        return Result.failed(str(error))
    answer = interactions.deliver(platform, payload)
    if not answer.ok:
        return Result(ok=False, sentence=TROUBLE, view_id=view.id)
    try:
        return _perform(platform, user, view, answer)
    except SlackError as refusal:
        workspace.log(
            "in",
            "view_submission answer",
            ok=False,
            error=refusal.code,
            detail={"messages": refusal.messages},
        )
        return Result(ok=False, sentence=TROUBLE, view_id=view.id)


def close(platform: Platform, user: User, view: View, *, cleared: bool) -> Result:
    """Close the modal (`cleared`: and those below it). The app hears of it when it asked to."""
    workspace = platform.workspace
    with workspace.changing():
        stack = [workspace.views[view_id] for view_id in workspace.modals.get(user.id, [])]
        # "clear_on_close" makes the button "Cancel" close the whole stack.
        cleared = cleared or bool(view.body.get("clear_on_close"))
        closing = stack[::-1] if cleared else [view]
        notices = []
        for one in closing:
            if one.body.get("notify_on_close"):
                payload = payloads.interaction(platform, "view_closed", user, is_in_view=True)
                del payload["trigger_id"]
                notices.append(payload | {"view": view_shape(workspace, one), "is_cleared": cleared})
        if cleared:
            modals.clear(platform, user.id)
        else:
            modals.close(platform, view)
    for notice in notices:
        interactions.deliver(platform, notice)
    return Result()


def _response_urls(platform: Platform, view: View) -> list[Shape]:
    """An address to answer at for each menu that asked for one and has a channel chosen."""
    urls = []
    for block in view.body["blocks"]:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        state = view.values[block["block_id"]][element["action_id"]]
        channel_id = state.get("selected_channel") or state.get("selected_conversation")
        if channel_id:
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel_id,
                    "response_url": payloads.response_url(platform, view.user_id, channel_id, None),
                }
            )
    return urls


def _perform(platform: Platform, user: User, view: View, answer: Answer) -> Result:
    fields = interactions.json_object(answer)
    if answer.body.strip() and not fields and answer.body.strip() != b"{}":
        raise SlackError("invalid_response")
    action = fields.get("response_action")
    if action is None:
        modals.close(platform, view)
        return Result()
    if action == "clear":
        modals.clear(platform, user.id)
        return Result()
    if action == "errors":
        return Result(ok=False, errors=_errors(view, fields.get("errors")), view_id=view.id)
    if action not in ("update", "push"):
        raise SlackError("invalid_response", [f"unknown response_action {action!r}"])
    body = modals.read_view(fields.get("view"), "modal")
    if action == "update":
        return Result(view_id=modals.replace(platform, view, body).id)
    return Result(view_id=modals.push(platform, user.id, body).id)


def _errors(view: View, errors: Any) -> dict[str, str]:  # noqa: ANN401  whatever the app sent
    """The app's errors; each must belong to an input of the view."""
    inputs = {block["block_id"] for block in view.body["blocks"] if block.get("type") == "input"}
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_response", ["errors must be an object with an entry"])
    unknown = sorted(str(block_id) for block_id in errors if block_id not in inputs)
    if unknown:
        raise SlackError("invalid_response", [f"no input block {block_id!r}" for block_id in unknown])
    return {str(block_id): str(sentence) for block_id, sentence in errors.items()}

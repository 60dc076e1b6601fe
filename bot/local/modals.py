"""Views on people's screens: the modal with what is stacked on it, and the home tab."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from bot.local import forms, ids
from bot.local.block_kit import view_errors
from bot.local.content import with_ids
from bot.local.elements import Element
from bot.local.errors import SlackError
from bot.local.filters import offers
from bot.local.model import View
from bot.local.platform import Platform

STACK_LIMIT = 3
SIZE_LIMIT = 250_000


def read_view(value: object, kind: str) -> dict[str, Any]:
    """A view of this kind ("modal" or "home"), checked as Slack checks it, with its ids filled in."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise SlackError("invalid_arguments", ["view is not JSON [json-pointer:/view]"]) from None
    if not isinstance(value, dict):
        raise SlackError("invalid_arguments", ["missing required field: view [json-pointer:/view]"])
    if len(json.dumps(value)) > SIZE_LIMIT:
        raise SlackError("view_too_large")
    errors = view_errors(value)
    if value.get("type") != kind:
        errors = [*errors, f"must be {kind} [json-pointer:/view/type]"]
    if errors:
        raise SlackError("invalid_arguments", errors)
    return {**value, "blocks": with_ids(value["blocks"])}


def open_modal(platform: Platform, user_id: str, body: dict[str, Any], channel_id: str | None = None) -> View:
    """Show a modal in place of any other that the person has open."""
    workspace = platform.workspace
    with workspace.changing():
        check_external_id(platform, body)
        for view_id in workspace.modals.pop(user_id, []):
            workspace.views.pop(view_id, None)
        view = _new_view(platform, user_id, body, channel_id)
        workspace.modals[user_id] = [view.id]
        return view


def push(platform: Platform, user_id: str, body: dict[str, Any]) -> View:
    """Lay a modal on top of the one that is open."""
    workspace = platform.workspace
    with workspace.changing():
        stack = workspace.modals.get(user_id)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        check_external_id(platform, body)
        view = _new_view(platform, user_id, body, workspace.views[stack[0]].channel_id)
        view.root_view_id, view.previous_view_id = stack[0], stack[-1]
        stack.append(view.id)
        return view


def replace(platform: Platform, view: View, body: dict[str, Any]) -> View:
    """Put another body into a view. What the person filled in stays where a block keeps its id."""
    with platform.workspace.changing():
        check_external_id(platform, body, view)
        filled_in = view.values
        view.body = body
        view.hash = _new_hash(platform)
        view.values = _initial_values(platform, view)
        for block_id, actions in view.values.items():
            for action_id in actions:
                kept = filled_in.get(block_id, {}).get(action_id)
                if kept is not None:
                    actions[action_id] = kept
        return view


def publish(platform: Platform, user_id: str, body: dict[str, Any], expected_hash: str) -> View:
    """Show the view as the person's home tab."""
    workspace = platform.workspace
    with workspace.changing():
        current = workspace.home_view(user_id)
        if expected_hash and (current is None or current.hash != expected_hash):
            raise SlackError("hash_conflict")
        if current is not None:
            return replace(platform, current, body)
        check_external_id(platform, body)
        view = _new_view(platform, user_id, body)
        workspace.homes[user_id] = view.id
        return view


def close(platform: Platform, view: View) -> None:
    """Take one view from the top of the stack; the one below comes to light."""
    workspace = platform.workspace
    with workspace.changing():
        stack = workspace.modals.get(view.user_id, [])
        if view.id in stack:
            stack.remove(view.id)
            workspace.views.pop(view.id, None)
        if not stack:
            workspace.modals.pop(view.user_id, None)


def clear(platform: Platform, user_id: str) -> None:
    """Close everything."""
    workspace = platform.workspace
    with workspace.changing():
        for view_id in workspace.modals.pop(user_id, []):
            workspace.views.pop(view_id, None)


def check_external_id(platform: Platform, body: Mapping[str, Any], view: View | None = None) -> None:
    external_id = body.get("external_id")
    if external_id and any(
        other.external_id == external_id for other in platform.workspace.views.values() if other is not view
    ):
        raise SlackError("duplicate_external_id")


def _new_view(platform: Platform, user_id: str, body: dict[str, Any], channel_id: str | None = None) -> View:
    view_id = ids.new_id("V")
    view = View(
        id=view_id,
        user_id=user_id,
        type=str(body["type"]),
        body=body,
        hash=_new_hash(platform),
        root_view_id=view_id,
        channel_id=channel_id,
    )
    view.values = _initial_values(platform, view)
    platform.workspace.views[view_id] = view
    return view


def _initial_values(platform: Platform, view: View) -> forms.Values:
    """What the inputs start with; a menu of conversations may start with the one that the person is in."""
    workspace = platform.workspace
    here = workspace.channels.get(view.channel_id or "")

    def default(element: Element) -> str | None:
        wanted = element.get("default_to_current_conversation") is True
        return here.id if wanted and here and offers(workspace.users, element, here, view.user_id) else None

    return forms.initial_values(view.body["blocks"], default)


def _new_hash(platform: Platform) -> str:
    return f"{int(platform.workspace.clock.now().timestamp())}.{secrets.token_hex(4)}"

"""views.*: modals and home tabs."""

from bot.local import access, modals
from bot.local.api.arguments import Arguments
from bot.local.errors import SlackError
from bot.local.model import View
from bot.local.platform import Platform
from bot.local.shapes import Shape, view_shape
from bot.local.triggers import Trigger


def open_(platform: Platform, arguments: Arguments) -> Shape:
    body = modals.read_view(arguments.values.get("view"), "modal")
    with platform.workspace.lock:
        trigger = _trigger(platform, arguments)
        return _shape(platform, modals.open_modal(platform, trigger.user_id, body, trigger.channel_id))


def push(platform: Platform, arguments: Arguments) -> Shape:
    body = modals.read_view(arguments.values.get("view"), "modal")
    with platform.workspace.lock:
        trigger = _trigger(platform, arguments)
        if trigger.view_id is None:
            # Only what was done in a modal can lay another on top of it.
            raise SlackError("not_found")
        return _shape(platform, modals.push(platform, trigger.user_id, body))


def update(platform: Platform, arguments: Arguments) -> Shape:
    body = arguments.values.get("view")
    with platform.workspace.lock:
        view = _view(platform, arguments)
        checked = modals.read_view(body, view.type)
        expected_hash = arguments.text("hash")
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        return _shape(platform, modals.replace(platform, view, checked))


def publish(platform: Platform, arguments: Arguments) -> Shape:
    user_id = arguments.needed("user_id")
    if not platform.settings.app_home.home:
        raise SlackError("not_enabled")
    body = modals.read_view(arguments.values.get("view"), "home")
    with platform.workspace.lock:
        user = access.existing_user(platform.workspace, user_id)
        if user.is_bot or user.deleted:
            raise SlackError("user_not_found")
        return _shape(platform, modals.publish(platform, user.id, body, arguments.text("hash")))


def _trigger(platform: Platform, arguments: Arguments) -> Trigger:
    return platform.triggers.exchange(arguments.needed("trigger_id"))


def _view(platform: Platform, arguments: Arguments) -> View:
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", ["one of view_id and external_id is needed"])
    views = platform.workspace.views
    if view_id:
        found = views.get(view_id)
    else:
        found = next((view for view in views.values() if view.external_id == external_id), None)
    if found is None:
        raise SlackError("not_found")
    return found


def _shape(platform: Platform, view: View) -> Shape:
    return {"view": view_shape(platform.workspace, view)}

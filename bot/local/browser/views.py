"""An app's views: the modal in front of a person, and the app's home tab."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.local.browser.blocks import draw_blocks
from bot.local.browser.scene import Scene
from bot.local.browser.texts import plain
from bot.local.model import View


@dataclass(frozen=True)
class Modal:
    id: str
    hash: str
    title: str
    body: Markup
    submit: str
    close: str
    is_stacked: bool


def show_modal(view: View, scene: Scene) -> Modal:
    body = view.body
    has_inputs = any(block.get("type") == "input" for block in body.get("blocks") or [])
    submit = plain(body.get("submit")) or ("Submit" if has_inputs else "")
    close = plain(body.get("close")) or ("Cancel" if submit else "Close")
    drawn = draw_view(view, scene)
    return Modal(view.id, view.hash, plain(body["title"]), drawn, submit, close, bool(view.previous_view_id))


def draw_view(view: View, scene: Scene) -> Markup:
    """The blocks, with what the person has filled in so far."""
    scene = replace(scene.within(f"view-{view.id}"), values=view.values)
    return draw_blocks(view.body.get("blocks") or [], scene)

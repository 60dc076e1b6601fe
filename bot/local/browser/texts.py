"""Block Kit's text objects, and the parts that are made of them."""

from markupsafe import Markup

from bot.local.browser.inline import draw_plain, emoji_text
from bot.local.browser.markup import Attributes, el
from bot.local.browser.mrkdwn import draw_mrkdwn
from bot.local.browser.scene import Json, Scene


def draw_text(text: Json, scene: Scene) -> Markup:
    if text.get("type") == "mrkdwn":
        return draw_mrkdwn(text["text"], scene)
    return draw_plain(text["text"], emoji=text.get("emoji") is not False)


def plain(text: Json | str | None) -> str:
    """The words of a text object (a few fields are bare strings), for a place that holds no elements."""
    if text is None:
        return ""
    return emoji_text(text if isinstance(text, str) else text["text"])


def draw_title(text: Json | str, scene: Scene) -> Markup:
    """A title that some blocks give as a text object and some as a string."""
    return draw_plain(text) if isinstance(text, str) else draw_text(text, scene)


def draw_image(image: Json, scene: Scene, classes: str) -> Markup:
    """An image that this server has; for any other its alternative text, since no other host is asked."""
    alternative = emoji_text(str(image.get("alt_text") or ""))
    file_id = (image.get("slack_file") or {}).get("id")
    path = scene.file_url(str(file_id)) if file_id else scene.image_url(str(image.get("image_url") or ""))
    if path is not None:
        return el("img", {"class": classes, "src": path, "alt": alternative, "loading": "lazy"})
    attributes: Attributes = {
        "class": f"{classes} image-away",
        "role": "img",
        "aria-label": alternative or "Image",
        "title": "An image on another host; this workspace shows its description only",
    }
    return el("span", attributes, Markup('<span aria-hidden="true">🖼</span> '), alternative or "Image")


def draw_confirm(confirm: Json | None, scene: Scene) -> Markup:
    """What is asked before an element acts: kept in a template until then."""
    if not confirm:
        return Markup()
    title, words = confirm.get("title") or "Are you sure?", confirm.get("text") or ""
    deny, agree = confirm.get("deny") or "Cancel", confirm.get("confirm") or "Yes"
    style = "btn-danger" if confirm.get("style") == "danger" else "btn-primary"
    return el(
        "template",
        {"data-confirm": True},
        el("h2", {"class": "dialog-title"}, plain(title)),
        el("div", {"class": "dialog-body"}, draw_title(words, scene)),
        el(
            "div",
            {"class": "dialog-foot"},
            el("button", {"type": "button", "class": "btn", "data-deny": True}, plain(deny)),
            el("button", {"type": "button", "class": f"btn {style}", "data-agree": True}, plain(agree)),
        ),
    )

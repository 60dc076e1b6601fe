"""The elements of Block Kit that people work with: buttons, menus, pickers, boxes to type in.

Each is wrapped in an element that carries its block, its action and its type; the script of the page reads
nothing else of it. A value goes to the server as it was chosen or typed; what it means is read there.
"""

from collections.abc import Callable

from markupsafe import Markup

from bot.local.browser.combo import draw_external
from bot.local.browser.markup import Attributes, el, join, safe_link
from bot.local.browser.menus import (
    draw_many,
    draw_menu,
    list_channels,
    list_conversations,
    list_options,
    list_people,
)
from bot.local.browser.place import Label, Place
from bot.local.browser.scene import Json, Scene
from bot.local.browser.texts import draw_confirm, draw_image, draw_text, plain


def draw_element(element: Json, block_id: str, scene: Scene, label: Label | None = None) -> Markup:
    """One element. With a `label` it is called by that, otherwise by its own words."""
    kind = element["type"]
    draw = _DRAWERS.get(kind)
    if draw is None:
        return el("span", {"class": "unknown"}, f"This workspace cannot draw the element “{kind}”.")
    attributes: Attributes = {
        "class": f"element element-{_family(kind)}",
        "data-block": block_id,
        "data-action": str(element.get("action_id") or ""),
        "data-type": kind,
        "data-enter": _acts_on_enter(element),
    }
    place = Place(element, block_id, scene, label)
    return el("div", attributes, draw(place), draw_confirm(element.get("confirm"), scene))


def _family(kind: str) -> str:
    return "multi" if kind.startswith("multi_") else kind.replace("_", "-")


def _acts_on_enter(element: Json) -> bool:
    config = element.get("dispatch_action_config") or {}
    return "on_character_entered" not in config.get("trigger_actions_on", ["on_enter_pressed"])


def _draw_button(place: Place) -> Markup:
    element = place.element
    style = {"primary": " btn-primary", "danger": " btn-danger"}.get(str(element.get("style")), "")
    attributes: Attributes = {
        "class": f"btn{style}",
        "data-press": str(element.get("value") or ""),
        "aria-label": element.get("accessibility_label"),
    }
    words = draw_text(element["text"], place.scene)
    url = safe_link(str(element.get("url") or ""))
    if url is None:
        return el("button", {"type": "button", **attributes}, words)
    return el("a", {"href": url, "target": "_blank", "rel": "noopener noreferrer", **attributes}, words)


def _draw_icon_button(place: Place) -> Markup:
    icon = {"trash": "🗑"}.get(str(place.element.get("icon")), "●")
    label = plain(place.element["text"])
    attributes: Attributes = {"type": "button", "class": "icon-button", "aria-label": label, "title": label}
    return el("button", {**attributes, "data-press": str(place.element.get("value") or "")}, icon)


def _draw_feedback_buttons(place: Place) -> Markup:
    drawn = []
    for name, icon in (("positive_button", "👍"), ("negative_button", "👎")):
        button = place.element[name]
        label = str(button.get("accessibility_label") or plain(button["text"]))
        attributes: Attributes = {"type": "button", "class": "icon-button", "aria-label": label}
        shown = el("span", None, icon, " ", plain(button["text"]))
        drawn.append(el("button", {**attributes, "data-press": str(button["value"])}, shown))
    return join(drawn)


def _draw_overflow(place: Place) -> Markup:
    items = []
    for option in place.element["options"]:
        attributes: Attributes = {"role": "menuitem", "tabindex": -1, "data-press": str(option["value"])}
        words = draw_text(option["text"], place.scene)
        url = safe_link(str(option.get("url") or ""))
        if url:
            items.append(el("a", {**attributes, "href": url, "target": "_blank", "rel": "noopener"}, words))
        else:
            items.append(el("button", {**attributes, "type": "button"}, words))
    opener: Attributes = {
        "type": "button",
        "class": "btn btn-icon",
        "aria-label": "More actions",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "data-menu": True,
    }
    menu: Attributes = {"class": "menu", "role": "menu", "aria-label": "More actions", "hidden": True}
    return el("button", opener, Markup('<span aria-hidden="true">⋯</span>')) + el("div", menu, *items)


def _draw_boxes(place: Place) -> Markup:
    """Boxes to tick, or buttons of which one is in."""
    kind = "radio" if place.element["type"] == "radio_buttons" else "checkbox"
    drawn = []
    for option in place.element["options"]:
        value = str(option["value"])
        box: Attributes = {"type": kind, "name": place.id, "value": value, "checked": value in place.chosen}
        words = [el("span", {"class": "choice-text"}, draw_text(option["text"], place.scene))]
        if option.get("description"):
            words.append(el("span", {"class": "choice-more"}, draw_text(option["description"], place.scene)))
        drawn.append(el("label", {"class": "choice"}, el("input", box), el("span", None, *words)))
    if kind == "radio":
        return el("div", {"role": "radiogroup", "class": "choices", **place.control("Options")}, *drawn)
    return el("div", {"role": "group", "class": "choices", **place.named("Options")}, *drawn)


def _draw_area(place: Place) -> Markup:
    element = place.element
    attributes = place.control(
        "Text",
        rows=5,
        placeholder=place.placeholder,
        minlength=element.get("min_length"),
        maxlength=element.get("max_length"),
    )
    return el("textarea", attributes, f"\n{place.value or ''}")


def _draw_plain_input(place: Place) -> Markup:
    return _draw_area(place) if place.element.get("multiline") else _draw_box("text")(place)


def _draw_box(kind: str, **more: str) -> Callable[[Place], Markup]:
    def draw(place: Place) -> Markup:
        element = place.element
        attributes = place.control(
            "Text",
            type=kind,
            value=str(place.value or ""),
            placeholder=place.placeholder or None,
            autocomplete="off",
            minlength=element.get("min_length"),
            maxlength=element.get("max_length"),
            min=element.get("min_value"),
            max=element.get("max_value"),
            step="any" if kind == "number" and element.get("is_decimal_allowed") else None,
        )
        return el("input", {**attributes, **more})

    return draw


def _draw_file_input(_place: Place) -> Markup:
    return el("span", {"class": "unknown"}, "Files cannot be sent from this page.")


def _draw_image_element(place: Place) -> Markup:
    return draw_image(place.element, place.scene, "image-small")


_DRAWERS: dict[str, Callable[[Place], Markup]] = {
    "button": _draw_button,
    "workflow_button": _draw_button,
    "icon_button": _draw_icon_button,
    "feedback_buttons": _draw_feedback_buttons,
    "overflow": _draw_overflow,
    "image": _draw_image_element,
    "static_select": lambda place: draw_menu(place, list_options(place)),
    "external_select": draw_external,
    "users_select": lambda place: draw_menu(place, list_people(place)),
    "channels_select": lambda place: draw_menu(place, list_channels(place)),
    "conversations_select": lambda place: draw_menu(place, list_conversations(place)),
    "multi_static_select": lambda place: draw_many(place, list_options(place)),
    "multi_external_select": draw_external,
    "multi_users_select": lambda place: draw_many(place, list_people(place)),
    "multi_channels_select": lambda place: draw_many(place, list_channels(place)),
    "multi_conversations_select": lambda place: draw_many(place, list_conversations(place)),
    "checkboxes": _draw_boxes,
    "radio_buttons": _draw_boxes,
    "plain_text_input": _draw_plain_input,
    "rich_text_input": _draw_area,
    "email_text_input": _draw_box("email"),
    "url_text_input": _draw_box("url"),
    "number_input": _draw_box("number"),
    "datepicker": _draw_box("date"),
    "timepicker": _draw_box("time"),
    "datetimepicker": _draw_box("datetime-local"),
    "file_input": _draw_file_input,
}

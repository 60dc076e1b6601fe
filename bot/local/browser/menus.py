"""Menus: one or several chosen of options, people or channels."""

from markupsafe import Markup

from bot.local.browser.markup import Attributes, el
from bot.local.browser.place import Place
from bot.local.browser.scene import Json
from bot.local.browser.texts import plain
from bot.local.filters import offers
from bot.local.model import SLACKBOT_ID, Channel

Choice = tuple[str, str]
"""A value and the words for it."""
Groups = list[tuple[str, list[Choice]]]
"""Choices under their headings; a heading may be empty."""


def draw_menu(place: Place, groups: Groups) -> Markup:
    """A menu of which one is chosen."""
    chosen = place.chosen
    nothing = el("option", {"value": "", "selected": not chosen}, place.placeholder or "Choose an option")
    drawn = [nothing]
    for label, choices in groups:
        options = [el("option", {"value": v, "selected": v in chosen}, words) for v, words in choices]
        drawn += [el("optgroup", {"label": label}, *options)] if label else options
    return el("select", place.control("Choose an option"), *drawn)


def draw_many(place: Place, groups: Groups) -> Markup:
    """A menu of which several are chosen: a list of boxes that unfolds."""
    chosen, boxes, words_chosen = place.chosen, [], []
    for label, choices in groups:
        if label:
            boxes.append(el("div", {"class": "menu-heading"}, label))
        for value, words in choices:
            box = el("input", {"type": "checkbox", "value": value, "checked": value in chosen})
            boxes.append(el("label", {"class": "menu-choice"}, box, el("span", None, words)))
            words_chosen += [words] if value in chosen else []
    summary: Attributes = {
        "id": f"{place.id}-summary",
        "role": "button",
        "aria-expanded": "false",
        "data-some": bool(words_chosen),
        "data-empty": place.placeholder or "Choose options",
        "aria-labelledby": f"{place.label.id} {place.id}-summary" if place.label else None,
    }
    shown = ", ".join(words_chosen) or place.placeholder or "Choose options"
    group = el("div", {"role": "group", "class": "menu menu-many", **place.named("Choose options")}, *boxes)
    most = place.element.get("max_selected_items")
    return el("details", {"class": "many", "data-most": most}, el("summary", summary, shown), group)


def list_options(place: Place) -> Groups:
    def choices(options: list[Json]) -> list[Choice]:
        return [(str(option["value"]), plain(option["text"])) for option in options]

    groups = place.element.get("option_groups")
    if groups:
        return [(plain(group["label"]), choices(group["options"])) for group in groups]
    return [("", choices(place.element.get("options") or []))]


def list_people(place: Place) -> Groups:
    users = sorted(place.scene.users.values(), key=lambda user: (user.is_bot, user.real_name.casefold()))
    return [
        (
            "",
            [
                (user.id, user.real_name or user.name)
                for user in users
                if not user.deleted and user.id != SLACKBOT_ID
            ],
        )
    ]


def list_channels(place: Place) -> Groups:
    return [("", [choice for _, choice in _list_places(place)])]


def list_conversations(place: Place) -> Groups:
    """Channels, and the direct messages that the viewer has: those that the element's filter lets through."""
    places = _list_places(place)
    channels = [choice for channel, choice in places if not channel.is_im]
    direct = [choice for channel, choice in places if channel.is_im]
    return [(label, some) for label, some in (("Channels", channels), ("Direct messages", direct)) if some]


def _list_places(place: Place) -> list[tuple[Channel, Choice]]:
    scene = place.scene
    viewer = scene.viewer.id
    places = [
        (channel, (channel.id, _place_name(channel, place)))
        for channel in scene.channels.values()
        if offers(scene.users, place.element, channel, viewer)
    ]
    return sorted(places, key=lambda one: one[1][1].casefold())


def _place_name(channel: Channel, place: Place) -> str:
    if channel.is_im:
        return place.scene.user_name(channel.other_member(place.scene.viewer.id))
    return f"🔒 {channel.name}" if channel.is_private else f"#{channel.name}"

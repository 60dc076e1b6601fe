"""Menus: one or several chosen of options, people or channels."""

from markupsafe import Markup

from bot.local.browser.markup import Attributes, el
from bot.local.browser.place import Place
from bot.local.browser.scene import Json
from bot.local.browser.texts import plain
from bot.local.model import SLACKBOT_ID

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
    return el("select", place.named("Choose an option"), *drawn)


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
    summary: Attributes = {"data-empty": place.placeholder or "Choose options"}
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
    channels = sorted(place.scene.channels.values(), key=lambda channel: channel.name)
    return [("", [(c.id, f"#{c.name}") for c in channels if not c.is_im and not c.is_archived])]


def list_conversations(place: Place) -> Groups:
    return [("Channels", list_channels(place)[0][1]), ("People", list_people(place)[0][1])]


def draw_external(place: Place) -> Markup:
    """A menu that the app fills while somebody types beside it; at first it has what the app chose."""
    chosen = place.element.get("initial_option")
    options = [(str(chosen["value"]), plain(chosen["text"]))] if chosen else []
    search: Attributes = {
        "type": "search",
        "class": "search",
        "placeholder": "Type to search",
        "aria-label": f"Search: {place.placeholder or 'options'}",
        "autocomplete": "off",
        "data-suggest": place.element.get("min_query_length", 3),
    }
    return el("input", search) + draw_menu(place, [("", options)])

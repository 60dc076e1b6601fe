"""A menu that the app fills while somebody types: one line to type in, what is chosen, and a list below."""

from markupsafe import Markup

from bot.local.browser.markup import Attributes, el
from bot.local.browser.place import Place
from bot.local.browser.texts import plain

AWAY = "\N{MULTIPLICATION SIGN}"
_DEFAULT_LENGTH = 3
"""How much is typed before Slack asks an app that does not say."""


def draw_external(place: Place) -> Markup:
    """One option or several. The script reads what is chosen from `data-value` alone."""
    element = place.element
    is_many = element["type"] == "multi_external_select"
    chosen = _list_chosen(place)
    words = "" if is_many or not chosen else chosen[0][1]
    box: Attributes = {
        "type": "text",
        "role": "combobox",
        "value": words,
        "placeholder": place.placeholder or "Type to search",
        "autocomplete": "off",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": f"{place.id}-list",
        "data-suggest": element.get("min_query_length", _DEFAULT_LENGTH),
    }
    listed: Attributes = {
        "role": "listbox",
        "id": f"{place.id}-list",
        "aria-label": "Options",
        "hidden": True,
    }
    attributes: Attributes = {
        "class": "combo",
        "data-combo": "many" if is_many else "one",
        "data-most": element.get("max_selected_items"),
    }
    tokens = [_draw_token(value, words, is_many=is_many) for value, words in chosen]
    return el(
        "div",
        attributes,
        el("ul", {"class": "tokens", "aria-label": "Chosen"}, *tokens),
        el("input", {**place.control("Search"), **box}),
        el("ul", {**listed, "class": "menu combo-list"}),
        el("div", {"class": "unseen", "role": "status"}),
    )


def _list_chosen(place: Place) -> list[tuple[str, str]]:
    held = place.held
    options = held.get("selected_options") or [held.get("selected_option")]
    return [(str(option["value"]), plain(option["text"])) for option in options if option]


def _draw_token(value: str, words: str, *, is_many: bool) -> Markup:
    if not is_many:
        return el("li", {"data-value": value, "hidden": True}, words)
    away: Attributes = {"type": "button", "class": "token-away", "aria-label": f"Remove {words}"}
    return el(
        "li", {"class": "token", "data-value": value}, el("span", None, words), el("button", away, AWAY)
    )

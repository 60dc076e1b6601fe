"""The small app's other views: a form with every input, forms to be stacked, its home."""

from tests.local_browser.pieces import Json, option, plain

STATUSES = [option("On track", "on_track"), option("At risk", "at_risk"), option("Off track", "off_track")]


def ask(name: str, label: str, element: Json, **more: object) -> Json:
    """An input block whose block_id and action_id are the same."""
    element = {"action_id": name, **element}
    return {"type": "input", "block_id": name, "label": plain(label), "element": element, **more}


def modal(title: str, *blocks: Json, **more: object) -> Json:
    submit = {"submit": plain("Save")} if any(block["type"] == "input" for block in blocks) else {}
    return {"type": "modal", "title": plain(title), "blocks": list(blocks), **submit, **more}


def button(words: str, action_id: str, value: str = "1") -> Json:
    return {"type": "button", "text": plain(words), "action_id": action_id, "value": value}


EVERY = modal(
    "Every input",
    ask("name", "Name", {"type": "plain_text_input", "min_length": 3, "max_length": 40}),
    ask(
        "goal",
        "Strategic goal",
        {"type": "plain_text_input", "multiline": True, "placeholder": plain("Why we do it")},
        hint=plain("One sentence that a stranger would understand."),
    ),
    ask("share", "Per cent", {"type": "number_input", "is_decimal_allowed": False, "max_value": "100"}),
    ask("status", "Status", {"type": "static_select", "options": STATUSES}),
    ask("tags", "Tags", {"type": "multi_static_select", "options": STATUSES}, optional=True),
    ask("project", "Project", {"type": "external_select", "min_query_length": 2}, optional=True),
    ask("related", "Related", {"type": "multi_external_select", "min_query_length": 0}, optional=True),
    ask("owner", "Owner", {"type": "users_select"}),
    ask("members", "Members", {"type": "multi_users_select"}, optional=True),
    ask(
        "channel",
        "Channel",
        {"type": "conversations_select", "filter": {"include": ["public", "private"]}},
    ),
    ask("public", "Public channel", {"type": "channels_select"}, optional=True),
    ask("due", "Due", {"type": "datepicker", "initial_date": "2026-12-24"}),
    ask("time", "At", {"type": "timepicker", "initial_time": "09:30"}),
    ask(
        "days", "Days", {"type": "checkboxes", "options": [option("Monday", "mon"), option("Friday", "fri")]}
    ),
    ask(
        "rhythm",
        "Rhythm",
        {"type": "radio_buttons", "options": [option("Weekly", "w"), option("Monthly", "m")]},
    ),
    ask("page", "Page", {"type": "url_text_input"}, optional=True),
    ask("mail", "Address", {"type": "email_text_input"}, optional=True),
    callback_id="every",
    private_metadata="kept",
    notify_on_close=True,
)

FIRST = modal(
    "First",
    ask("first", "What", {"type": "plain_text_input"}, dispatch_action=True),
    {"type": "actions", "block_id": "more", "elements": [button("Second", "push_second")]},
    callback_id="first",
)
SHORT = modal("Short", ask("any", "Any", {"type": "external_select", "min_query_length": 0}))
SECOND = modal(
    "Second",
    ask(
        "live",
        "Live",
        {
            "type": "plain_text_input",
            "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
        },
        dispatch_action=True,
        optional=True,
    ),
    {"type": "actions", "block_id": "more", "elements": [button("Third", "push_third")]},
    callback_id="second",
)
THIRD = modal("Third", ask("third", "Last word", {"type": "plain_text_input"}), callback_id="third")

RHYTHMS = [option("Weekly", "weekly"), option("Monthly", "monthly")]


def schedule(values: Json) -> Json:
    """A form that says at once what will come of what is chosen in it."""
    held = {name: next(iter(block.values())) for name, block in values.items()}
    rhythm = (held.get("rhythm", {}).get("selected_option") or {}).get("value", "weekly")
    at = held.get("at", {}).get("selected_time", "09:30")
    zone = (held.get("zone", {}).get("selected_option") or {}).get("value", "nowhere")
    words = f"Next: {rhythm} at {at} in {zone}"
    menu = {"type": "static_select", "action_id": "zone", "placeholder": plain("Zone")}
    zones = {**menu, "options": [option("Berlin", "Berlin"), option("Nairobi", "Nairobi")]}
    return modal(
        "Schedule",
        ask("rhythm", "How often", {"type": "static_select", "options": RHYTHMS}, dispatch_action=True),
        ask("at", "At", {"type": "timepicker", "initial_time": "09:30"}, dispatch_action=True),
        {"type": "section", "block_id": "zone", "text": plain("Time zone"), "accessory": zones},
        {"type": "section", "block_id": "next", "text": plain(words)},
        ask("note", "Note", {"type": "plain_text_input"}, optional=True),
        callback_id="schedule",
    )


def save_form(text: str) -> Json:
    """What the message shortcut opens: the message's text as the note."""
    note = {"type": "plain_text_input", "multiline": True, "initial_value": text}
    return modal("Save as status update", ask("note", "Note", note), callback_id="save")


def home(updates: int) -> Json:
    words = f"*jmte*: {updates} updates today." if updates else "*jmte*: one outcome is due today."
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Your projects")},
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": words},
                "accessory": button("Update", "count"),
            },
            {
                "type": "actions",
                "elements": [button("New project", "open_first"), button("Settings", "none")],
            },
        ],
    }

"""What the small app shows: a record, a form, its home."""

from typing import Any

RECORD: list[dict[str, Any]] = [
    {"type": "header", "text": {"type": "plain_text", "text": "Jackson Memorial Tidal Experiment"}},
    {
        "type": "section",
        "text": {
            "type": "mrkdwn",
            "text": "*Goal:* a hub that the whole team signs in to before the spring tides.\n"
            "<https://example.org/jmte|Project page> · owner <@U0MATEO0001> · <#C0JMTE00001>",
        },
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [
                {"text": {"type": "plain_text", "text": "Edit record"}, "value": "edit"},
                {"text": {"type": "plain_text", "text": "Archive"}, "value": "archive"},
            ],
        },
    },
    {"type": "divider"},
    {
        "type": "section",
        "text": {
            "type": "mrkdwn",
            "text": ":large_green_circle: *Staging hub in use*\n12 of 20 people signed in · due 30 November",
        },
        "accessory": {
            "type": "button",
            "text": {"type": "plain_text", "text": "Still true"},
            "action_id": "still_true",
            "value": "1",
            "style": "primary",
        },
    },
    {
        "type": "section",
        "text": {
            "type": "mrkdwn",
            "text": ":warning: *Storage quota agreed*\nAt risk since Tuesday: waiting for the vendor",
        },
        "accessory": {
            "type": "static_select",
            "action_id": "set_status",
            "placeholder": {"type": "plain_text", "text": "Update status"},
            "options": [
                {"text": {"type": "plain_text", "text": f":{icon}: {words}"}, "value": value}
                for icon, words, value in (
                    ("large_green_circle", "On track", "on_track"),
                    ("large_yellow_circle", "At risk", "at_risk"),
                    ("red_circle", "Off track", "off_track"),
                )
            ],
        },
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": "Post an update"},
                "action_id": "open_form",
                "value": "jmte",
            },
            {
                "type": "button",
                "text": {"type": "plain_text", "text": "Open the page"},
                "action_id": "open_page",
                "url": "https://example.org/projects/jmte",
            },
            {
                "type": "button",
                "text": {"type": "plain_text", "text": "Drop it"},
                "action_id": "drop",
                "style": "danger",
                "confirm": {
                    "title": {"type": "plain_text", "text": "Drop this outcome?"},
                    "text": {"type": "mrkdwn", "text": "*Nobody* will be asked about it again."},
                    "confirm": {"type": "plain_text", "text": "Drop"},
                    "deny": {"type": "plain_text", "text": "Keep"},
                    "style": "danger",
                },
            },
        ],
    },
    {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": "Next check-in Monday 09:00 · 3 of 4 outcomes fresh"}],
    },
]

FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "update",
    "title": {"type": "plain_text", "text": "Update an outcome"},
    "submit": {"type": "plain_text", "text": "Save"},
    "close": {"type": "plain_text", "text": "Cancel"},
    "blocks": [
        {
            "type": "input",
            "block_id": "status",
            "label": {"type": "plain_text", "text": "Status"},
            "element": {
                "type": "radio_buttons",
                "action_id": "status",
                "options": [
                    {"text": {"type": "plain_text", "text": "On track"}, "value": "on_track"},
                    {
                        "text": {"type": "plain_text", "text": "At risk"},
                        "value": "at_risk",
                        "description": {"type": "plain_text", "text": "It can still be done, with help"},
                    },
                ],
            },
        },
        {
            "type": "input",
            "block_id": "note",
            "label": {"type": "plain_text", "text": "Note"},
            "hint": {"type": "plain_text", "text": "One or two sentences that a stranger would understand."},
            "element": {"type": "plain_text_input", "action_id": "note", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "people",
            "optional": True,
            "label": {"type": "plain_text", "text": "Who should know"},
            "element": {"type": "multi_users_select", "action_id": "people"},
        },
        {
            "type": "input",
            "block_id": "also",
            "optional": True,
            "label": {"type": "plain_text", "text": "Project"},
            "element": {"type": "external_select", "action_id": "also", "min_query_length": 2},
        },
    ],
}

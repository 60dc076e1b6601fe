"""One right block of every kind."""

from typing import Any


def plain(text: str = "Hello") -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str = "*Hello*") -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": False}


def rich_text(*elements: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": list(elements or ({"type": "text", "text": "x"},))}
        ],
    }


def series(name: str = "a", labels: str = "xy") -> dict[str, Any]:
    return {"name": name, "data": [{"label": label, "value": 1.5} for label in labels]}


def chart(chart: dict[str, Any]) -> dict[str, Any]:
    return {"type": "data_visualization", "title": "Outcomes", "chart": chart}


CONFIRM = {
    "title": plain(),
    "text": mrkdwn(),
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a picture"}
FILE_IMAGE = {"type": "image", "slack_file": {"id": "F012345"}, "alt_text": "a picture"}
BUTTON = {
    "type": "button",
    "text": plain("Go"),
    "value": "v",
    "url": "https://example.com",
    "style": "primary",
    "confirm": CONFIRM,
    "accessibility_label": "Go there",
}
TASK = {
    "type": "task_card",
    "task_id": "t1",
    "title": "Look",
    "status": "complete",
    "details": rich_text(),
    "output": rich_text(),
    "sources": [{"type": "url", "url": "https://example.com", "text": "Example"}],
}
CARD = {
    "type": "card",
    "hero_image": IMAGE,
    "icon": FILE_IMAGE,
    "title": mrkdwn("Title"),
    "subtitle": plain("Subtitle"),
    "body": mrkdwn("Body"),
    "subtext": plain("Subtext"),
    "actions": [{**BUTTON, "action_id": "a"}, {**BUTTON, "action_id": "b"}],
}
RICH_TEXT_OF_ALL = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "bold", "style": {"bold": True, "code": False}},
                {"type": "link", "url": "mailto:a@example.com", "text": "write", "unsafe": False},
                {"type": "emoji", "name": "wave", "unicode": "1f44b"},
                {"type": "user", "user_id": "U1", "style": {"highlight": True}},
                {"type": "usergroup", "usergroup_id": "S1"},
                {"type": "channel", "channel_id": "C1"},
                {"type": "team", "team_id": "T1"},
                {"type": "broadcast", "range": "here"},
                {"type": "color", "value": "#F405B3"},
                {"type": "date", "timestamp": 1720710212, "format": "{date_num}", "fallback": "July"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 8,
            "offset": 3,
            "border": 1,
            "elements": [rich_text()["elements"][0], {"type": "rich_text_section", "elements": []}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}], "border": 0},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
    ],
}

BLOCKS: dict[str, dict[str, Any]] = {
    "actions": {"type": "actions", "block_id": "b", "elements": [BUTTON, {**BUTTON, "action_id": "other"}]},
    "alert": {"type": "alert", "text": mrkdwn("Careful"), "level": "warning"},
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [{**CARD, "block_id": "c1"}, {**CARD, "block_id": "c2"}]},
    "container": {
        "type": "container",
        "title": plain("Title"),
        "rich_text_title": rich_text(),
        "subtitle": mrkdwn("Subtitle"),
        "icon": IMAGE,
        "width": "full",
        "is_collapsible": True,
        "default_collapsed": True,
        "has_header_divider": False,
        "child_blocks": [{"type": "divider", "block_id": "d"}, {"type": "section", "text": mrkdwn()}],
    },
    "context": {"type": "context", "elements": [IMAGE, mrkdwn(), plain()]},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": plain("Good"), "value": "+", "accessibility_label": "Good"},
                "negative_button": {"text": plain("Bad"), "value": "-"},
            },
            {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "visible_to_user_ids": ["U1"]},
        ],
    },
    "data_table": {
        "type": "data_table",
        "caption": "Outcomes",
        "page_size": 100,
        "row_header_column_index": 1,
        "rows": [
            [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Value"}],
            [rich_text(), {"type": "raw_number", "value": 4.5, "text": "4.5"}],
        ],
    },
    "bar": chart(
        {
            "type": "bar",
            "series": [series("a"), series("b", "yx")],
            "axis_config": {"categories": ["x", "y"], "x_label": "Week", "y_label": "Count"},
        },
    ),
    "pie": chart(
        {"type": "pie", "segments": [{"label": "done", "value": 1}, {"label": "open", "value": 0.5}]}
    ),
    "divider": {"type": "divider"},
    "file": {"type": "file", "source": "remote", "external_id": "x1"},
    "header": {"type": "header", "text": plain("Title"), "level": 2},
    "image": {**IMAGE, "title": plain("Title"), "block_id": "i"},
    "file image": {**FILE_IMAGE, "slack_file": {"url": "https://files.slack.com/x"}},
    "markdown": {"type": "markdown", "text": "**bold**", "block_id": "m"},
    "plan": {"type": "plan", "title": "Plan", "tasks": [{**TASK, "status": "pending"}]},
    "rich_text": RICH_TEXT_OF_ALL,
    "section": {
        "type": "section",
        "text": mrkdwn("Text"),
        "fields": [plain(), mrkdwn()],
        "accessory": BUTTON,
        "expand": True,
    },
    "fields": {"type": "section", "fields": [plain()], "accessory": IMAGE},
    "table": {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "Name"}, rich_text()], [{"type": "raw_text", "text": "x"}]],
        "column_settings": [None, {"align": "right", "is_wrapped": True}],
    },
    "task_card": TASK,
    "video": {
        "type": "video",
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t.png",
        "alt_text": "a film",
        "title": plain("Film"),
        "title_url": "https://example.com",
        "author_name": "A",
        "provider_name": "P",
        "provider_icon_url": "https://example.com/i.png",
        "description": plain("About"),
    },
}

"""Every block, which elements it holds, on which surface it may stand, and what counts across blocks.

Limits: the block's own page under docs.slack.dev/reference/block-kit/blocks; how many blocks, in `views` and
in the package itself.
"""

from typing import Any

from bot.local.block_kit.charts import CHARTS
from bot.local.block_kit.checks import (
    Check,
    Report,
    Surface,
    array,
    at_least_one,
    block,
    boolean,
    by_type,
    integer,
    one_of,
    shown,
    string,
    typed,
    unique_action_ids,
)
from bot.local.block_kit.elements import (
    BOXES,
    BUTTON,
    BUTTONS,
    CONTEXT_ACTIONS,
    DATETIME_PICKER,
    MULTI_SELECTS,
    PICKERS,
    SELECTS,
)
from bot.local.block_kit.inputs import INPUTS, RICH_TEXT_INPUT
from bot.local.block_kit.rich_text import RICH_TEXT, RICH_TEXT_BLOCK
from bot.local.block_kit.tables import TABLES
from bot.local.block_kit.text import (
    ALT_TEXT,
    IMAGE_ELEMENT,
    IMAGE_SOURCE,
    TEXT_KINDS,
    image,
    link,
    one_image_source,
    plain_text,
    secure_address,
    text_object,
    web_address,
)

SURFACES: dict[str, tuple[Surface, ...]] = {
    "alert": ("modal",),
    "carousel": ("message", "home"),
    "container": ("message", "home"),
    "context_actions": ("message",),
    "data_table": ("message", "home"),
    "data_visualization": ("message",),
    "file": ("message",),
    "markdown": ("message",),
    "plan": ("message",),
    "table": ("message", "home"),
    "task_card": ("message",),
}
"""The blocks that may not stand everywhere."""

TOTALS = {"table": 10_000, "data_table": 20_000, "markdown": 12_000}
"""The most characters that all blocks of one type may hold together."""
MOST_CHARTS = 2


def _placed(kinds: dict[str, Check]) -> Check:
    """One of `kinds` in its place in a payload: its surface is right, its block_id is its own."""
    check = by_type(kinds)

    def placed(value: object, at: str, report: Report) -> None:
        check(value, at, report)
        if not isinstance(value, dict):
            return
        kind, block_id = value.get("type"), value.get("block_id")
        if isinstance(kind, str) and report.surface not in SURFACES.get(kind, (report.surface,)):
            report.add(
                f"{at}/type", f"unsupported type: {kind} (not available on this surface: {report.surface})"
            )
        if isinstance(block_id, str) and block_id:
            if block_id in report.block_ids:
                report.add(f"{at}/block_id", f"`block_id` {shown(block_id)} already exists")
            report.block_ids.add(block_id)

    return placed


def _count_input(_block: dict[str, Any], _at: str, report: Report) -> None:
    report.totals["input"] += 1


def _count_markdown(value: dict[str, Any], _at: str, report: Report) -> None:
    report.totals["markdown"] += len(value["text"])


def _not_pending(task: dict[str, Any], at: str, report: Report) -> None:
    """A task that has not begun belongs in a plan."""
    if task["status"] == "pending":
        report.add(f"{at}/status", "must not be pending outside a plan")


_IMAGE = {"image": IMAGE_ELEMENT}
_ACCESSORY = by_type({**BUTTONS, **SELECTS, **MULTI_SELECTS, **BOXES, **PICKERS, **_IMAGE})
_ACTION = by_type(
    {
        **BUTTONS,
        **SELECTS,
        **MULTI_SELECTS,
        **BOXES,
        **PICKERS,
        **DATETIME_PICKER,
        "rich_text_input": RICH_TEXT_INPUT,
    },
)
_INPUT = by_type({**INPUTS, **SELECTS, **MULTI_SELECTS, **BOXES, **PICKERS, **DATETIME_PICKER})

_SOURCE = by_type({"url": typed({"url": link, "text": string()})})
_TASK: dict[str, Check] = {
    "task_id": string(least=1),
    "title": string(least=1),
    "status": one_of("pending", "in_progress", "complete", "error"),
}
_TASK_MORE: dict[str, Check] = {"details": RICH_TEXT, "output": RICH_TEXT, "sources": array(_SOURCE)}
_CARD = block(
    {},
    {
        "hero_image": image,
        "icon": image,
        "title": text_object(150),
        "subtitle": text_object(150),
        "body": text_object(200),
        "subtext": text_object(200),
        "actions": array(by_type({"button": BUTTON}), least=1, most=3),
    },
    at_least_one("hero_image", "title", "actions", "body"),
    unique_action_ids("actions"),
)

SIMPLE_BLOCKS: dict[str, Check] = {
    "actions": block({"elements": array(_ACTION, least=1, most=25)}, None, unique_action_ids("elements")),
    "context": block({"elements": array(by_type({**TEXT_KINDS, **_IMAGE}), least=1, most=10)}),
    "divider": block({}),
    "file": block({"source": one_of("remote"), "external_id": string(least=1)}),
    "header": block({"text": plain_text(150)}, {"level": integer(1, 4)}),
    "image": block({"alt_text": ALT_TEXT}, {**IMAGE_SOURCE, "title": plain_text(2000)}, one_image_source),
    "input": block(
        {"label": plain_text(2000), "element": _INPUT},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
        _count_input,
    ),
    "rich_text": RICH_TEXT_BLOCK,
    "section": block(
        {},
        {
            "text": text_object(),
            "fields": array(text_object(2000), least=1, most=10),
            "accessory": _ACCESSORY,
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "table": TABLES["table"],
    "video": block(
        {
            "video_url": secure_address,
            "thumbnail_url": web_address,
            "alt_text": ALT_TEXT,
            "title": plain_text(199),
        },
        {
            "title_url": secure_address,
            "author_name": string(49),
            "provider_name": string(),
            "provider_icon_url": web_address,
            "description": plain_text(),
        },
    ),
}
"""The blocks that a container may hold too."""

BLOCKS: dict[str, Check] = {
    **SIMPLE_BLOCKS,
    **TABLES,
    **CHARTS,
    "alert": block(
        {"text": text_object(200)},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": _CARD,
    "carousel": block({"elements": array(_placed({"card": _CARD}), least=1, most=10)}),
    "container": block(
        {"child_blocks": array(_placed(SIMPLE_BLOCKS), least=1, most=10)},
        {
            "title": plain_text(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": text_object(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": image,
            **dict.fromkeys(("is_collapsible", "default_collapsed", "has_header_divider"), boolean),
        },
        at_least_one("title", "rich_text_title"),
    ),
    "context_actions": block(
        {"elements": array(by_type(CONTEXT_ACTIONS), least=1, most=5)},
        None,
        unique_action_ids("elements"),
    ),
    "markdown": block({"text": string(12_000, least=1)}, None, _count_markdown),
    "plan": block(
        {"title": string(least=1)}, {"tasks": array(by_type({"task_card": block(_TASK, _TASK_MORE)}))}
    ),
    "task_card": block(_TASK, _TASK_MORE, _not_pending),
}


def block_array(*, least: int, most: int) -> Check:
    """The blocks of a payload. What they may hold together is checked after the last of them."""
    each = array(_placed(BLOCKS), least=least, most=most)

    def check(value: object, at: str, report: Report) -> None:
        each(value, at, report)
        for kind, limit in TOTALS.items():
            if report.totals[kind] > limit:
                report.add(at, f"must be less than {limit + 1} characters in all {kind} blocks together")
        if report.totals["data_visualization"] > MOST_CHARTS:
            report.add(at, f"no more than {MOST_CHARTS} data_visualization blocks allowed")

    return check

"""Messages, modals and Home tabs: what stands around the blocks.

Limits: docs.slack.dev/reference/views/modal-views and .../home-tab-views; how many blocks (50 in a message,
100 in a view), .../reference/block-kit/blocks; a message's text, .../reference/methods/chat.postMessage.
"""

from typing import Any

from bot.local.block_kit.blocks import block_array
from bot.local.block_kit.checks import Check, Report, boolean, by_type, string, typed
from bot.local.block_kit.text import plain_text

_message_blocks = block_array(least=0, most=50)
_message_text = string(40_000)
_VIEW_BLOCKS = block_array(least=1, most=100)
_VIEW: dict[str, Check] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}


def _inputs_need_submit(view: dict[str, Any], at: str, report: Report) -> None:
    if report.totals["input"] and "submit" not in view:
        report.add(at, "missing required field: submit (the view has input blocks)")


_view = by_type(
    {
        "modal": typed(
            {"title": plain_text(24), "blocks": _VIEW_BLOCKS},
            {
                **_VIEW,
                "submit": plain_text(24),
                "close": plain_text(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
            },
            _inputs_need_submit,
        ),
        "home": typed({"blocks": _VIEW_BLOCKS}, _VIEW),
    },
)


def message_errors(blocks: object, text: str | None) -> list[str]:
    """What Slack would refuse in a message, empty if nothing; each line a JSON pointer and the fault.

    `blocks` is None where a message has none; an empty array is allowed beside a text, for chat.update
    takes the blocks away with it. Faults of the text are at /text: longer than 40,000 characters, where
    chat.postMessage would cut it, or missing with no blocks in its place.
    """
    report = Report("message")
    if blocks is not None:
        _message_blocks(blocks, "/blocks", report)
    if text is not None:
        _message_text(text, "/text", report)
    if not report.errors and not blocks and not text:
        report.add("/text", "must define either `text` or `blocks`")
    return report.errors


def view_errors(view: object) -> list[str]:
    """What Slack would refuse in a view, modal or home, empty if nothing.

    Each line is a JSON pointer into the view ("/blocks/0/label/text") and the fault.
    """
    is_home = isinstance(view, dict) and view.get("type") == "home"
    report = Report("home" if is_home else "modal")
    _view(view, "", report)
    return report.errors

"""What a message may contain, wherever it comes from: the Web API, a response URL, a command's answer."""

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.local import ids
from bot.local.block_kit import message_errors
from bot.local.errors import SlackError

TEXT_LIMIT = 40_000
UPDATE_TEXT_LIMIT = 4_000
MARKDOWN_LIMIT = 12_000
ATTACHMENT_LIMIT = 100
METADATA_LIMIT = (
    16_000  # Slack has a limit and does not say which: ours only catches what is plainly too much
)

_EVENT_TYPE = re.compile(r"[A-Za-z0-9_-]+")

# Slack gives an action_id of its own to each of these that comes without.
_INTERACTIVE = frozenset(
    {
        "button",
        "channels_select",
        "checkboxes",
        "conversations_select",
        "datepicker",
        "datetimepicker",
        "email_text_input",
        "external_select",
        "file_input",
        "multi_channels_select",
        "multi_conversations_select",
        "multi_external_select",
        "multi_static_select",
        "multi_users_select",
        "number_input",
        "overflow",
        "plain_text_input",
        "radio_buttons",
        "rich_text_input",
        "static_select",
        "timepicker",
        "url_text_input",
        "users_select",
        "workflow_button",
    }
)


@dataclass(frozen=True)
class Content:
    """`metadata` is None when it was left out, and {} when it is to be removed."""

    text: str = ""
    blocks: list[dict[str, Any]] | None = None
    attachments: list[dict[str, Any]] | None = None
    metadata: dict[str, Any] | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.blocks or self.attachments)


def read_content(fields: Mapping[str, object]) -> Content:
    """The content that these fields describe, checked as Slack checks it. It may be empty."""
    blocks = _json_list(fields.get("blocks"), "invalid_blocks_format")
    attachments = _json_list(fields.get("attachments"), "invalid_attachments")
    text = _read_text(fields, has_blocks=bool(blocks))
    errors = message_errors(blocks, text) if blocks else []
    if errors:
        raise SlackError("invalid_blocks", errors, {"errors": errors})
    if attachments and len(attachments) > ATTACHMENT_LIMIT:
        raise SlackError("too_many_attachments")
    return Content(
        # Slack cuts a text that is too long without a word.
        text=text[:TEXT_LIMIT],
        blocks=with_ids(blocks) if blocks is not None else None,
        attachments=attachments,
        metadata=_read_metadata(fields.get("metadata")),
    )


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A copy in which each block has a block_id and each interactive element an action_id."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = ids.new_block_id()
        _give_action_ids(block)
    return blocks


def _give_action_ids(value: object) -> None:
    if isinstance(value, dict):
        if value.get("type") in _INTERACTIVE and not value.get("action_id"):
            value["action_id"] = ids.new_block_id()
        for part in value.values():
            _give_action_ids(part)
    elif isinstance(value, list):
        for part in value:
            _give_action_ids(part)


def _read_text(fields: Mapping[str, object], *, has_blocks: bool) -> str:
    text = fields.get("text")
    markdown = fields.get("markdown_text")
    if markdown:
        if text or has_blocks:
            raise SlackError("markdown_text_conflict")
        if len(str(markdown)) > MARKDOWN_LIMIT:
            raise SlackError("msg_too_long")
        return str(markdown)
    if isinstance(text, (dict, list)):
        raise SlackError("invalid_arguments", ["must be a string [json-pointer:/text]"])
    return "" if text is None else str(text)


def _json_list(value: object, code: str) -> list[dict[str, Any]] | None:
    value = _parsed(value, code)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SlackError(code)
    return value


def _read_metadata(value: object) -> dict[str, Any] | None:
    value = _parsed(value, "invalid_metadata_format")
    if value is None or value == {}:
        return None if value is None else {}
    if not isinstance(value, dict) or not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(value.get("event_type"), str) or not value["event_type"]:
        raise SlackError("invalid_metadata_format")
    # Slack drops metadata whose event_type has a full stop in it, without a word: be clearer.
    if not _EVENT_TYPE.fullmatch(value["event_type"]):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(value)) > METADATA_LIMIT:
        raise SlackError("metadata_too_large")
    return {"event_type": value["event_type"], "event_payload": value["event_payload"]}


def _parsed(value: object, code: str) -> object:
    """In a form, lists and objects come as JSON in a string."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise SlackError(code) from None

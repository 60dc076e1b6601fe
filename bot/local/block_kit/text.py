"""Text objects, addresses and images, as blocks and elements hold them.

Limits: docs.slack.dev/reference/block-kit/composition-objects/text-object (1 to 3000 characters unless the
place says less), .../slack-file-object and .../block-elements/image-element.
"""

import re
from typing import Any

from bot.local.block_kit.checks import Check, Report, boolean, by_type, exactly_one, record, string, typed

LONGEST = 3000
_LINK = re.compile(r"(?:https?://[^\s/?#]|slack://|mailto:|tel:)\S*", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_SECURE = re.compile(r"https://[^\s/?#]\S*", re.IGNORECASE)


def _plain_text(most: int) -> Check:
    return typed({"text": string(most, least=1)}, {"emoji": boolean})


def _mrkdwn(most: int) -> Check:
    return typed({"text": string(most, least=1)}, {"verbatim": boolean})


def plain_text(most: int = LONGEST) -> Check:
    """A text object that must be plain_text."""
    return by_type({"plain_text": _plain_text(most)})


def text_object(most: int = LONGEST) -> Check:
    """A text object of either kind."""
    return by_type({"plain_text": _plain_text(most), "mrkdwn": _mrkdwn(most)})


TEXT_KINDS = {"plain_text": _plain_text(LONGEST), "mrkdwn": _mrkdwn(LONGEST)}
"""For places that hold text objects among other things (context)."""


def _address(pattern: re.Pattern[str], words: str, most: int) -> Check:
    length = string(most, least=1)

    def check(value: object, at: str, report: Report) -> None:
        before = report.found
        length(value, at, report)
        if report.found == before and isinstance(value, str) and not pattern.fullmatch(value):
            report.add(at, words)

    return check


link = _address(_LINK, "must be a valid URL (http, https, mailto, tel or slack)", 3000)
"""An address that is opened when somebody clicks: buttons, overflow options, rich text."""
web_address = _address(_WEB, "must be a valid http or https URL", 3000)
"""An address that Slack itself fetches: images."""
secure_address = _address(_SECURE, "must be a valid https URL", 3000)
"""As the video block demands (docs.slack.dev/reference/block-kit/blocks/video-block)."""


ALT_TEXT = string(2000)
SLACK_FILE = record({}, {"id": string(least=1), "url": link}, exactly_one("id", "url"))
IMAGE_SOURCE: dict[str, Check] = {"image_url": web_address, "slack_file": SLACK_FILE}
one_image_source = exactly_one("image_url", "slack_file")
IMAGE_ELEMENT = typed({"alt_text": ALT_TEXT}, IMAGE_SOURCE, one_image_source)
image = by_type({"image": IMAGE_ELEMENT})
"""The image element, where nothing else may stand."""


def text_of(value: dict[str, Any]) -> str:
    """What a text object says, once it has been found right."""
    return str(value["text"])

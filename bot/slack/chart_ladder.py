"""How a message with charts gets into Slack: as Slack draws them, as images, or in words.

Slack brings its charts to workspaces in phases, and refuses a message with one where it has not yet. The
same message is then tried with images, and where files are not allowed, with the numbers in words. Only a
refusal that goes away without the charts is laid to them.

What a workspace refused is remembered for a day, so that it is not refused with each message, and yet is had
soon after it came: charts in the database, since answers to people depend on it too
(storage/charts_drawn.py); images by each process that sends, since a new scope for files comes with a start.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.calling import Answer, Caller
from bot.slack.chart_blocks import image_block, native_blocks, with_charts, worded_blocks
from bot.slack.effects import Block, Message
from bot.slack.refusals import BLOCKS_REFUSED
from bot.slack.uploading import Pictures
from storage.charts_drawn import is_remembered

_log = logging.getLogger(__name__)

_PATIENT = 3
"""Tries that wait for a file: Slack looks through it first, and takes no message with it meanwhile."""
_LIMITED = "ratelimited"
NO_FILES = frozenset(
    {
        "missing_scope",
        "not_allowed_token_type",
        "no_permission",
        "access_denied",
        "restricted_action",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "team_access_not_granted",
        "file_uploads_disabled",
        "file_upload_size_restricted",
        "file_type_not_allowed",
        "method_deprecated",
        "unknown_method",
    }
)
"""Slack's words for that the bot may not send files here (docs.slack.dev, "files.getUploadURLExternal")."""

Post = Callable[[list[Block]], Awaitable[Answer]]


class Way(IntEnum):
    """From best to what always works."""

    NATIVE = 0
    IMAGE = 1
    WORDS = 2


class NotReadyError(Exception):
    """Slack has the pictures, but does not show them yet; nothing was posted."""


class Taken(NamedTuple):
    """Slack has it; `drawn`: whether it drew the charts, None where that was not tried."""

    answer: Answer
    drawn: bool | None


class ChartLadder:
    """Of one workspace, for the event loop of its sender."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pictures = Pictures()
        self._images_refused_at: datetime | None = None

    async def climb(
        self, message: Message, caller: Caller, attempts: int, refused_at: datetime | None, post: Post
    ) -> Taken:
        """Post it in the best way that Slack takes. `attempts`: so many tries of it came to nothing.

        `refused_at`: when it refused charts here, as far as that is known.

        Raises what `post` does; SlackUnreachableError too if an upload broke off, and NotReadyError: then
        nothing was posted. `post` is never called again but after a refusal.
        """
        if not message.charts:
            return Taken(await post(message.blocks), None)
        tried: list[Way] = []
        for way in self._ways(refused_at):
            blocks = await self._blocks(message, way, caller, attempts)
            if blocks is None:
                continue
            try:
                answer = await post(blocks)
            except SlackRefusedError as error:
                if error.code != BLOCKS_REFUSED or way is Way.WORDS:
                    raise
                tried.append(way)
                if way is Way.IMAGE and attempts < _PATIENT:
                    raise NotReadyError from error
            else:
                self._learn(tried, message)
                return Taken(answer, True if way is Way.NATIVE else False if Way.NATIVE in tried else None)
        raise AssertionError("words are always a way")

    def _ways(self, refused_at: datetime | None) -> list[Way]:
        refused = {Way.NATIVE: refused_at, Way.IMAGE: self._images_refused_at}
        now = self._clock()
        return [way for way in Way if not is_remembered(refused.get(way), now)]

    async def _blocks(self, message: Message, way: Way, caller: Caller, attempts: int) -> list[Block] | None:
        """None where that way is barred."""
        match way:
            case Way.NATIVE:
                return native_blocks(message)
            case Way.WORDS:
                return worded_blocks(message)
        try:
            files = {each.chart: await self._pictures.file_of(caller, each.chart) for each in message.charts}
        except SlackRefusedError as error:
            if error.code == _LIMITED and attempts < _PATIENT:
                raise
            _log.warning("charts are posted in words, since Slack takes no file: %s", error)
            if error.code in NO_FILES:
                self._images_refused_at = self._clock()
            return None
        except SlackUnreachableError:
            if attempts < _PATIENT:
                raise
            # Slack itself answers, but where it takes files may be behind a wall.
            return None
        return with_charts(message, lambda placed: [image_block(placed.chart, files[placed.chart])])

    def _learn(self, refused: list[Way], message: Message) -> None:
        """Without the charts, or with images of them, Slack took it: so it was the charts."""
        if Way.NATIVE in refused:
            _log.info("Slack draws no charts here yet; they are posted otherwise")
        if Way.IMAGE in refused:
            for each in message.charts:
                self._pictures.forget(each.chart)

"""How a message with charts gets into Slack: as Slack draws them, as images, or in words.

Slack brings its charts to workspaces in phases, and refuses a message with one where it has not yet. The
same message is then tried with images, and where files are not allowed, with the numbers in words. Only a
refusal that goes away without the charts is laid to them.

What a workspace refused is remembered for a day, by each process that sends: so that it is not refused with
each message, and yet is had soon after it came. A column for it would outlive neither a new phase nor a new
scope, and spare one call that was refused for every start.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from enum import IntEnum

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.calling import Answer, Caller
from bot.slack.chart_blocks import image_block, native_blocks, with_charts, worded_blocks
from bot.slack.effects import Block, Message
from bot.slack.uploading import Pictures

_log = logging.getLogger(__name__)

REMEMBERED = timedelta(days=1)
_PATIENT = 3
"""Tries that wait for a file: Slack looks through it first, and takes no message with it meanwhile."""
_REFUSED = "invalid_blocks"
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


class ChartLadder:
    """Of one workspace, for the event loop of its sender."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pictures = Pictures()
        self._refused_at: dict[Way, datetime] = {}

    async def climb(self, message: Message, caller: Caller, attempts: int, post: Post) -> Answer:
        """Post it in the best way that Slack takes. `attempts`: so many tries of it came to nothing.

        Raises what `post` does; SlackUnreachableError too if an upload broke off, and NotReadyError: then
        nothing was posted. `post` is never called again but after a refusal.
        """
        if not message.charts:
            return await post(message.blocks)
        tried: list[Way] = []
        for way in self._ways():
            blocks = await self._blocks(message, way, caller, attempts)
            if blocks is None:
                continue
            try:
                answer = await post(blocks)
            except SlackRefusedError as error:
                if error.code != _REFUSED or way is Way.WORDS:
                    raise
                tried.append(way)
                if way is Way.IMAGE and attempts < _PATIENT:
                    raise NotReadyError from error
            else:
                self._learn(tried, message)
                return answer
        raise AssertionError("words are always a way")

    def _ways(self) -> list[Way]:
        now = self._clock()
        # A clock that was set back must hold up nothing.
        held = {way for way, at in self._refused_at.items() if at <= now < at + REMEMBERED}
        return [way for way in Way if way not in held]

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
                self._refused_at[Way.IMAGE] = self._clock()
            return None
        except SlackUnreachableError:
            if attempts < _PATIENT:
                raise
            # Slack itself answers, but where it takes files may be behind a wall.
            return None
        return with_charts(message, lambda chart: [image_block(chart, files[chart])])

    def _learn(self, refused: list[Way], message: Message) -> None:
        """Without the charts, or with images of them, Slack took it: so it was the charts."""
        if Way.NATIVE in refused:
            _log.info("Slack draws no charts here yet; they are posted otherwise")
            self._refused_at[Way.NATIVE] = self._clock()
        if Way.IMAGE in refused:
            for each in message.charts:
                self._pictures.forget(each.chart)

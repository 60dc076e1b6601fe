"""Pictures of charts, and other files, on their way into Slack, by its upload in three steps.

An address and an id; the bytes to that address; and only then is there a file. It belongs to nobody's
channel, unless the third step says which: the message that shows it shares it. What breaks off before leaves
nothing that anybody sees.
"""

import asyncio
import json
from collections import OrderedDict

from bot.domain.chart import Chart
from bot.slack.calling import Caller

BEGIN, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
_ALT = 1000
"""Characters that Slack takes of what a file shows (docs.slack.dev, "files.getUploadURLExternal")."""
_REMEMBERED = 64


class Pictures:
    """Files that Slack has already, by what they show: drawn and sent once, however often they are posted."""

    def __init__(self) -> None:
        self._files: OrderedDict[Chart, str] = OrderedDict()

    async def file_of(self, caller: Caller, chart: Chart) -> str:
        """The file's id. Raises SlackRefusedError, SlackUnreachableError: then there is none."""
        known = self._files.get(chart)
        if known is None:
            known = await _upload(caller, chart)
            if len(self._files) >= _REMEMBERED:
                self._files.popitem(last=False)
            self._files[chart] = known
        self._files.move_to_end(chart)
        return known

    def forget(self, chart: Chart) -> None:
        """Slack did not show it: somebody may have deleted the file."""
        self._files.pop(chart, None)


async def share_file(caller: Caller, channel_id: str, name: str, content: bytes, comment: str) -> None:
    """A file in a channel, with words of ours above it: it is there with the third step, and not before.

    Raises SlackRefusedError: then it is not there. Raises SlackUnreachableError: nobody knows.
    """
    file_id = await _send(caller, name, content)
    files = json.dumps([{"id": file_id, "title": name}])
    await caller.ask(COMPLETE, files=files, channel_id=channel_id, initial_comment=comment)


async def _upload(caller: Caller, chart: Chart) -> str:
    from bot.slack.chart_picture import draw_png  # noqa: PLC0415 - only where Slack draws no charts

    picture = await asyncio.to_thread(draw_png, chart)
    alt = chart.words if len(chart.words) <= _ALT else chart.words[: _ALT - 1] + "…"
    file_id = await _send(caller, "chart.png", picture, alt_txt=alt)
    await caller.ask(COMPLETE, files=json.dumps([{"id": file_id, "title": chart.title}]))
    return file_id


async def _send(caller: Caller, name: str, content: bytes, **more: str) -> str:
    """The first two steps; the id of the file that is to be."""
    begun = await caller.ask(BEGIN, filename=name, length=str(len(content)), **more)
    await caller.send_bytes(str(begun["upload_url"]), content)
    return str(begun["file_id"])

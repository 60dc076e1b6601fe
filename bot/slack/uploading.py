"""Pictures of charts on their way into Slack, by its upload in three steps.

An address and an id; the bytes to that address; and only then is there a file. It belongs to nobody's
channel: the message that shows it shares it. What breaks off before leaves nothing that anybody sees.
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


async def _upload(caller: Caller, chart: Chart) -> str:
    from bot.slack.chart_picture import draw_png  # noqa: PLC0415 - only where Slack draws no charts

    picture = await asyncio.to_thread(draw_png, chart)
    alt = chart.words if len(chart.words) <= _ALT else chart.words[: _ALT - 1] + "…"
    begun = await caller.ask(BEGIN, filename="chart.png", length=str(len(picture)), alt_txt=alt)
    file_id = str(begun["file_id"])
    await caller.send_bytes(str(begun["upload_url"]), picture)
    await caller.ask(COMPLETE, files=json.dumps([{"id": file_id, "title": chart.title}]))
    return file_id

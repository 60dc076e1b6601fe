import pytest
from slack_sdk.errors import SlackApiError

from bot.local.seed import JMTE, RANDOM

from .conftest import Slack


def test_uploads_a_file_into_a_thread(slack: Slack) -> None:
    first = slack.client.chat_postMessage(channel=JMTE, text="chart")["ts"]
    slack.client.files_upload_v2(
        filename="chart.png",
        content=b"\x89PNG...",
        title="Progress",
        alt_txt="A line that rises",
        channel=JMTE,
        thread_ts=first,
        initial_comment="As of today",
    )
    message = slack.last_message(JMTE)
    file = message.files[0]
    assert (message.text, message.thread_ts) == ("As of today", first)
    assert (file.name, file.title, file.alt_text) == ("chart.png", "Progress", "A line that rises")
    assert (file.mimetype, file.content, file.size) == ("image/png", b"\x89PNG...", 7)


def test_shares_nothing_where_the_bot_is_not(slack: Slack) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        slack.client.files_upload_v2(filename="a.txt", content="abc", channel=RANDOM)
    assert slack.workspace.files == {}


def test_takes_exactly_the_bytes_that_were_announced_and_once(slack: Slack) -> None:
    ticket = slack.client.files_getUploadURLExternal(filename="a.txt", length=3)
    path = ticket["upload_url"].removeprefix(slack.server.url)
    assert slack.raw("POST", path, b"four")[0::2] == (400, b"invalid_length")
    assert slack.raw("POST", path, b"abc")[0::2] == (200, b"OK - 3")
    assert slack.raw("POST", path, b"abc")[0::2] == (400, b"invalid_url")
    answer = slack.client.files_completeUploadExternal(files=[{"id": ticket["file_id"], "title": "A"}])
    assert answer["files"][0]["title"] == "A"
    assert slack.workspace.files[ticket["file_id"]].content == b"abc"


def test_the_address_cannot_be_guessed(slack: Slack) -> None:
    slack.client.files_getUploadURLExternal(filename="a.txt", length=3)
    assert slack.raw("POST", "/upload/v1/guess", b"abc")[0::2] == (400, b"invalid_url")

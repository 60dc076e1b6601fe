"""How a message with charts gets into Slack: as Slack draws them, as images, in words; and never twice."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from bot.local.model import Message as Posted
from bot.slack.chart_ladder import NO_FILES
from bot.slack.kinds import Drawn, Kind, Ready
from bot.slack.uploading import BEGIN, COMPLETE
from storage.charts_drawn import REMEMBERED
from storage.database import Database, Tx
from storage.deliveries import Delivery
from tests.support.charts import COURSE, EVERY, FRESHNESS, STATUSES, charts_message
from tests.support.messages import words
from tests.support.sending import Post, make_sender, post_office

POST, CHANGE = "chat.postMessage", "chat.update"
NATIVE = "data_visualization"


class Drawing:
    """What the deliveries of these tests show, which a test may change."""

    def __init__(self) -> None:
        self.message = charts_message(STATUSES, FRESHNESS)

    def __call__(self, _tx: Tx, _delivery: Delivery, _now: datetime) -> Drawn:
        return Ready(self.message)


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def post(sqlite_database: Database, drawing: Drawing) -> Iterator[Post]:
    with post_office(sqlite_database, {"charts": Kind(drawing)}) as running:
        yield running


def refuse_charts(post: Post, times: int = 1000) -> None:
    """This workspace is not in Slack's newest phase."""
    post.unkind("*", block=NATIVE, times=times)


def send(post: Post, key: str = "a") -> Posted:
    post.promise(key, kind="charts")
    post.settle()
    (message,) = post.standing(key)
    return message


def types(message: Posted) -> list[str]:
    return [block["type"] for block in message.blocks or ()]


def test_where_slack_draws_charts_it_draws_them(post: Post) -> None:
    message = send(post)

    assert types(message) == ["header", NATIVE, "section", "table", "context"]
    assert post.calls(POST, BEGIN) == [POST], "nothing is drawn or sent in vain"
    for chart in (STATUSES, FRESHNESS):
        assert words(chart.words) <= words(message.text)


def test_where_it_does_not_the_same_message_comes_with_images(post: Post) -> None:
    refuse_charts(post)
    message = send(post)

    assert types(message) == ["header", "image", "image", "context"]
    images = [block for block in message.blocks or () if block["type"] == "image"]
    assert [block["alt_text"] for block in images] == [STATUSES.words, FRESHNESS.words]
    for block in images:
        file = post.slack.workspace.files[block["slack_file"]["id"]]
        with Image.open(BytesIO(file.content)) as picture:
            assert (picture.format, picture.width) == ("PNG", 1360)
        assert file.alt_text.startswith("Outcomes by status") or file.alt_text.startswith("How fresh")
    assert post.calls(POST, BEGIN, COMPLETE) == [POST, BEGIN, COMPLETE, BEGIN, COMPLETE, POST]


@pytest.mark.parametrize("code", sorted(NO_FILES))
def test_where_files_are_not_allowed_the_numbers_come_in_words(post: Post, code: str) -> None:
    refuse_charts(post)
    post.unkind(BEGIN, error=code, times=1000)
    message = send(post)

    assert types(message) == ["header", "section", "section", "section", "section", "context"]
    blocks = message.blocks or []
    said = " ".join(block["text"]["text"] for block in blocks if block["type"] == "section")
    for chart in (STATUSES, FRESHNESS):
        numbers = {cell for row in chart.rows()[1:] for cell in row if cell.isalnum() and cell != "0"}
        assert numbers <= words(said)
    assert words(said) <= words(message.text)

    again = send(post, "b")
    assert types(again) == types(message)
    assert post.calls(POST, BEGIN) == [POST, BEGIN, POST, POST], "the second time it is known"


def test_what_was_refused_is_remembered_for_a_day(post: Post) -> None:
    refuse_charts(post)
    send(post)
    send(post, "b")
    assert post.calls(POST, BEGIN) == [POST, BEGIN, BEGIN, POST, POST], "and pictures are sent once"

    post.later(seconds=REMEMBERED.total_seconds() + 1)
    send(post, "c")
    assert post.calls(POST) == [POST] * 5, "asked again"


def test_a_sender_that_was_started_anew_remembers_it_too(
    sqlite_database: Database, post: Post, drawing: Drawing
) -> None:
    refuse_charts(post)
    send(post)
    post.later(seconds=REMEMBERED.total_seconds() / 2)

    post.sender.stop()
    post.sender = make_sender(sqlite_database, post.slack, {"charts": Kind(drawing)})
    post.sender.start()
    try:
        send(post, "b")
        assert post.calls(POST) == [POST] * 3, "refused once"
        post.later(seconds=REMEMBERED.total_seconds() / 2)
        send(post, "c")
        assert post.calls(POST) == [POST] * 5, "asked again"
    finally:
        post.sender.stop()


def test_once_slack_draws_charts_they_are_drawn(post: Post) -> None:
    refuse_charts(post, times=1)
    assert "image" in types(send(post))
    post.later(seconds=REMEMBERED.total_seconds() + 1)

    assert NATIVE in types(send(post, "b"))


def test_a_message_that_is_refused_without_charts_too_says_nothing_of_them(
    post: Post,
) -> None:
    post.unkind(POST, error="invalid_blocks", times=12)
    post.promise("a", kind="charts")
    post.settle()
    for _ in range(4):
        post.later(minutes=1)
    assert post.row("a")["failed_because"] == "invalid_blocks"

    post.slack.platform.unkindness.clear()
    assert NATIVE in types(send(post, "b"))


def test_a_message_without_charts_is_posted_as_ever(post: Post, drawing: Drawing) -> None:
    drawing.message = charts_message()
    post.unkind(POST, error="invalid_blocks")
    post.promise("a", kind="charts")
    post.settle()

    assert post.row("a")["failed_because"] == "invalid_blocks"
    assert post.calls(POST, BEGIN) == [POST]


@pytest.mark.parametrize("where", [BEGIN, COMPLETE])
@pytest.mark.parametrize("drop", ["before", "after"])
def test_an_upload_that_broke_off_is_no_post(post: Post, where: str, drop: str) -> None:
    refuse_charts(post)
    post.unkind(where, drop=drop)
    post.promise("a", kind="charts")
    post.settle()
    row = post.row("a")
    post.later(seconds=10)

    assert (row["is_unsure"], row["message_ts"]) == (False, None)
    assert post.calls("conversations.history") == [], "there was nothing to look for"
    (message,) = post.standing("a")
    assert types(message) == ["header", "image", "image", "context"]


def test_where_uploads_never_arrive_the_numbers_come_in_words(post: Post) -> None:
    refuse_charts(post)
    post.unkind(BEGIN, drop="before", times=1000)
    post.promise("a", kind="charts")
    post.settle()
    for _ in range(5):
        post.later(minutes=1)

    (message,) = post.standing("a")
    assert "image" not in types(message)
    assert len(post.calls(BEGIN)) == 4


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("refused", [True, False])
def test_a_post_that_was_not_answered_is_looked_for_before_it_is_posted_again(
    post: Post,
    drop: str,
    refused: bool,  # noqa: FBT001 - a case's value
) -> None:
    if refused:
        refuse_charts(post)
        send(post, "first")
    post.unkind(POST, drop=drop)
    post.promise("a", kind="charts")
    post.settle()
    assert post.row("a")["is_unsure"] is True
    post.later(seconds=10)
    post.later(seconds=10)

    assert len(post.standing("a")) == 1
    assert post.calls("conversations.history") != []


def test_a_picture_that_slack_still_looks_through_is_waited_for(post: Post) -> None:
    refuse_charts(post)
    post.unkind("*", block="image", times=2)
    post.promise("a", kind="charts")
    post.settle()
    waited = post.row("a")
    for _ in range(3):
        post.later(seconds=30)

    assert (waited["message_ts"], waited["is_unsure"]) == (None, False)
    (message,) = post.standing("a")
    assert "image" in types(message)
    assert post.calls(BEGIN) == [BEGIN] * 2, "each picture is sent once"


def test_one_that_is_never_shown_comes_in_words(post: Post) -> None:
    refuse_charts(post)
    post.unkind("*", block="image", times=1000)
    post.promise("a", kind="charts")
    post.settle()
    for _ in range(5):
        post.later(minutes=1)

    (message,) = post.standing("a")
    assert "image" not in types(message)


def test_slacks_own_pace_for_files_is_kept_to(post: Post) -> None:
    refuse_charts(post)
    post.unkind(BEGIN, status=429, retry_after=30)
    post.promise("a", kind="charts")
    post.settle()
    assert post.standing("a") == []
    post.later(seconds=31)

    (message,) = post.standing("a")
    assert "image" in types(message)


def test_a_change_of_a_message_climbs_the_same_ladder(post: Post, drawing: Drawing) -> None:
    refuse_charts(post)
    send(post)
    drawing.message = charts_message(COURSE)
    post.renew("a")
    post.settle()
    post.later(seconds=REMEMBERED.total_seconds() + 1)
    drawing.message = charts_message(COURSE, STATUSES)
    post.renew("a")
    post.settle()

    (message,) = post.standing("a")
    assert types(message) == ["header", "image", "image", "context"]
    assert post.calls(CHANGE) == [CHANGE] * 3


def test_more_charts_than_slack_draws_in_a_message_come_in_words(post: Post, drawing: Drawing) -> None:
    drawing.message = charts_message(STATUSES, COURSE, *EVERY.values())
    message = send(post)

    assert types(message).count(NATIVE) == 2
    assert types(message).count("table") == 1
    assert words(COURSE.title) <= words(message.text)

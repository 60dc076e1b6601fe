"""What was promised comes to stand in Slack once, whatever Slack answers."""

from collections.abc import Iterator

import pytest

from bot.local.seed import DOCS, GENERAL, HUB_PILOTS, JMTE, TOMASZ, WANJIRU
from storage.database import Database
from tests.support.sending import Post, post_office


@pytest.fixture
def post(database: Database) -> Iterator[Post]:
    with post_office(database) as running:
        yield running


@pytest.fixture
def lite(sqlite_database: Database) -> Iterator[Post]:
    """Where the kind of database does not matter."""
    with post_office(sqlite_database) as running:
        yield running


def test_what_is_promised_is_posted_and_where_it_stands_is_written_down(post: Post) -> None:
    post.promise("a")
    post.settle()

    (message,) = post.standing("a")
    row = post.row("a")
    assert message.text == "How is Reef?"
    assert (row["posted_in"], row["message_ts"]) == (JMTE, message.ts)
    assert (row["due_at"], row["lease"], row["is_unsure"], row["attempts"]) == (None, None, False, 0)


def test_what_is_promised_twice_is_posted_once(post: Post) -> None:
    post.promise("a")
    post.promise("a")
    post.settle()
    post.promise("a")
    post.settle()

    assert len(post.standing("a")) == 1
    assert post.calls("chat.postMessage") == ["chat.postMessage"]

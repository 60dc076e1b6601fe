"""What Slack refuses: until later, for ever, or for a reason that nobody knows."""

from collections.abc import Callable

import pytest

from bot.local.seed import DOCS, GENERAL, JMTE, TOMASZ
from bot.slack.refusals import MOST_ATTEMPTS
from tests.support.sending import Post, rename

POST = "chat.postMessage"


def test_a_limit_holds_up_that_method_alone_and_until_slack_said(post: Post) -> None:
    post.promise("old")
    post.settle()
    post.unkind(POST, status=429, retry_after=30)
    post.promise("a", DOCS)
    post.settle()
    rename(post.database, post.project_id, "Atoll")
    post.promise("b", GENERAL)
    post.renew("old")
    post.settle()
    updated = post.standing("old")[0].text
    before = [post.standing("a"), post.standing("b")]
    post.later(seconds=31)

    assert before == [[], []]
    assert updated == "How is Atoll?"
    assert (len(post.standing("a")), len(post.standing("b"))) == (1, 1)
    assert post.calls(POST) == [POST] * 4, "the first, the one that was too many, and the two afterwards"
    assert post.calls("conversations.history") == [], "it was not done for certain"


def test_a_limit_on_looking_is_kept_to_too(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, drop="after", times=2)
    post.unkind("conversations.history", status=429, retry_after=60)
    post.promise("a")
    post.settle()
    post.later(seconds=10)
    asked = post.calls("conversations.history")
    post.later(seconds=61)

    assert asked == ["conversations.history"]
    assert len(post.standing("a")) == 1


def archived(post: Post) -> None:
    post.archive(JMTE)


def left(post: Post) -> None:
    post.leave(JMTE)


PERMANENT: dict[str, Callable[[Post], None]] = {"is_archived": archived, "not_in_channel": left}
CODES = (
    "channel_not_found",
    "account_inactive",
    "invalid_auth",
    "token_revoked",
    "token_expired",
    "restricted_action",
    "msg_too_long",
    "invalid_blocks",
)


@pytest.mark.parametrize("code", [*PERMANENT, *CODES])
def test_what_can_never_be_sent_fails_once_and_holds_up_nobody(lite_post: Post, code: str) -> None:
    post = lite_post
    if code in PERMANENT:
        PERMANENT[code](post)
    else:
        post.unkind(POST, error=code)
    post.promise("a")
    post.settle()
    post.promise("b", DOCS)
    post.settle()
    post.later(hours=1)

    row = post.row("a")
    assert (row["failed_because"], row["due_at"], row["lease"]) == (code, None, None)
    assert post.failures == [("a", code)]
    assert len(post.calls(POST)) == 2
    assert len(post.standing("b")) == 1


def test_somebody_who_has_left_is_not_written_to(post: Post) -> None:
    post.promise("a", TOMASZ)
    post.settle()

    assert post.failures == [("a", "user_disabled")]
    assert post.calls(POST) == []


def test_a_word_that_nobody_knows_is_tried_again_up_to_a_bound(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, error="moon_is_full", times=MOST_ATTEMPTS + 10)
    post.promise("a")
    post.settle()
    for _ in range(MOST_ATTEMPTS + 5):
        post.later(minutes=6)

    assert post.failures == [("a", "moon_is_full")]
    assert post.calls(POST) == [POST] * (MOST_ATTEMPTS + 1)
    assert post.calls("conversations.history") == []

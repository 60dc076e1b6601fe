"""What Slack refuses: until later, for ever, or for a reason that nobody knows."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.local.seed import DOCS, GENERAL, JMTE, TOMASZ
from bot.slack.refusals import UNKNOWN_FOR
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


def test_a_word_that_nobody_knows_is_waited_out_for_hours(post: Post) -> None:
    post.unkind(POST, error="moon_is_full", times=10_000)
    post.promise("a")
    post.promise("b", DOCS)
    post.settle()
    for _ in range(9 * 4):
        post.later(minutes=15)
    asked = len(post.calls(POST))
    post.slack.platform.unkindness.clear()
    post.later(minutes=15)

    assert (len(post.standing("a")), len(post.standing("b"))) == (1, 1)
    assert post.failures == []
    assert 2 * 9 * 4 <= asked <= 2 * (9 * 4 + 12), "at most every quarter of an hour, in the end"
    assert post.row("a")["refused_since"] is None
    assert post.calls("conversations.history") == []


def test_a_word_that_nobody_knows_ends_it_after_a_day(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, error="moon_is_full", times=10_000)
    post.promise("a")
    post.settle()
    for _ in range(UNKNOWN_FOR // timedelta(minutes=20) - 1):
        post.later(minutes=20)
    before = list(post.failures)
    post.later(minutes=20)
    post.later(hours=1)

    assert before == []
    assert post.failures == [("a", "moon_is_full")]


def test_an_outage_before_it_costs_no_patience(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, status=500, times=20)
    post.promise("a")
    post.settle()
    for _ in range(20):
        post.later(minutes=6)
    post.unkind(POST, error="moon_is_full")
    post.settle()
    post.later(minutes=20)
    post.later(minutes=20)

    assert post.failures == []
    assert len(post.standing("a")) == 1


@pytest.mark.parametrize(
    "code", ["invalid_auth", "account_inactive", "token_revoked", "token_expired", "missing_scope"]
)
def test_what_is_due_waits_until_the_bot_is_let_in_again(
    lite_post: Post, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    post = lite_post
    post.unkind(POST, error=code, times=10_000)
    for number in range(40):
        post.promise(f"k{number}", (JMTE, DOCS, GENERAL)[number % 3])
    post.settle()
    for _ in range(30):
        post.later(minutes=2)
    asked = len(post.calls(POST))
    post.slack.platform.unkindness.clear()
    post.later(minutes=2)

    assert [len(post.standing(f"k{number}")) for number in range(40)] == [1] * 40
    assert post.failures == []
    assert asked <= 3 * 31, "a few find out for all"
    assert caplog.text.count(f"access to {POST} is away: {code}") == 1
    assert caplog.text.count(f"access to {POST} is back") == 1


def test_what_may_have_been_posted_before_the_bot_was_shut_out_is_looked_for_and_not_posted_twice(
    post: Post,
) -> None:
    post.unkind(POST, drop="after")
    post.promise("a")
    post.settle()
    post.unkind("conversations.history", error="token_revoked", times=3)
    for _ in range(6):
        post.later(minutes=2)

    assert len(post.standing("a")) == 1
    assert post.row("a")["message_ts"] == post.standing("a")[0].ts


def test_a_bot_that_is_shut_out_for_weeks_tries_no_more(lite_post: Post) -> None:
    post = lite_post
    post.unkind(POST, error="account_inactive", times=10_000)
    post.promise("a")
    post.settle()
    post.later(days=6)
    before = list(post.failures)
    post.later(days=2)
    post.later(days=1)

    assert before == []
    assert post.failures == [("a", "account_inactive")]

"""What GitHub may say no with, and how it is understood."""

import logging
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.errors_publish import Author, PublishError, Reason
from bot.publish import Target, open_target
from bot.publish.addresses import GithubAddress
from bot.publish.github_target import open_github
from tests.publish.conftest import AT, BRANCH, ONE, PATH
from tests.support.github import Github, Misfortune, Repository

TWO = b"two\n"


def _error(target: Target) -> PublishError:
    with pytest.raises(PublishError) as raised:
        target.publish(TWO, "Two", over=ONE)
    return raised.value


@pytest.mark.parametrize(
    ("misfortune", "reason", "is_lasting"),
    [
        (Misfortune.RATE_LIMITED, Reason.RATE_LIMITED, False),
        (Misfortune.BURST, Reason.RATE_LIMITED, False),
        (Misfortune.BURST_UNSAID, Reason.RATE_LIMITED, False),
        (Misfortune.TOO_MANY, Reason.RATE_LIMITED, False),
        (Misfortune.BROKEN, Reason.UNAVAILABLE, False),
        (Misfortune.BAD_GATEWAY, Reason.UNAVAILABLE, False),
        (Misfortune.HALF, Reason.UNAVAILABLE, False),
        (Misfortune.MOVED, Reason.MOVED, True),
        (Misfortune.DROPPED, Reason.UNREACHABLE, False),
        (Misfortune.BARRED, Reason.FORBIDDEN, True),
    ],
)
@pytest.mark.parametrize("place", [0, 6])
def test_a_misfortune_has_a_reason_and_done_again_it_is_done_once(
    target: Target,
    misfortune: Misfortune,
    reason: Reason,
    place: int,
    *,
    is_lasting: bool,
    github: Github,
    repository: Repository,
) -> None:
    """At the first call, and at the one that commits: after that it may have been done, or not."""
    github.be_unkind(*[None] * place, misfortune, elsewhere=f"{github.api_url}/repositories/1")
    began = len(github.requests)

    error = _error(target)

    assert (error.reason, error.is_lasting) == (reason, is_lasting)
    assert len(github.requests) - began == place + 1
    assert github.token not in f"{error!r} {error.detail}"
    target.publish(TWO, "Two", over=ONE)
    assert repository.commits(BRANCH) == ["Two", "First"]
    assert len(repository.pulls("all")) == 1


@pytest.mark.parametrize(
    ("misfortune", "least", "most"),
    [
        (Misfortune.RATE_LIMITED, 85, 91),
        (Misfortune.BURST, 17, 17),
        (Misfortune.BURST_UNSAID, 60, 60),
        (Misfortune.TOO_MANY, 60, 60),
    ],
)
def test_a_limit_says_how_long_to_leave_it_alone(
    github: Github, target: Target, misfortune: Misfortune, least: int, most: int
) -> None:
    github.be_unkind(misfortune)

    after = _error(target).retry_after

    assert after is not None
    assert timedelta(seconds=least) <= after <= timedelta(seconds=most)


def test_nobody_waits_for_an_answer_that_does_not_come(
    github: Github, repository: Repository, target: Target
) -> None:
    impatient = GithubAddress("acme", "site", PATH, None, is_direct=True)
    github.be_unkind(Misfortune.SILENT)

    error = _error(open_github(impatient, github.token, github.api_url, Author("W", "w@x"), limit_s=0.2))

    assert (error.reason, error.is_lasting) == (Reason.TIMEOUT, False)
    assert repository.commits() == ["First"]
    assert target.read() is not None


def test_a_token_that_is_none_or_may_not(github: Github, repository: Repository) -> None:
    here, nobranch = repository.address(PATH), repository.address(PATH, "@no")

    reasons = [
        _error(open_target(address, token=token, api_url=github.api_url)).reason
        for address, token in (
            (here, "wrong"),
            (here, "tökén"),
            (here, "to\nken"),
            (here, github.read_only_token),
            ("github:acme/secret//p.md", github.token),
            (nobranch, github.token),
        )
    ]

    assert reasons == [
        *(Reason.UNAUTHORIZED, Reason.UNAUTHORIZED, Reason.UNAUTHORIZED, Reason.FORBIDDEN),
        *(Reason.NOT_FOUND, Reason.NOT_FOUND),
    ]
    assert repository.commits() == ["First"]


def test_a_repository_that_is_archived_protected_or_empty(
    github: Github, repository: Repository, direct: Target, target: Target
) -> None:
    repository.protect("main")
    protected = _error(direct)
    done = target.publish(TWO, "Two", over=ONE)
    repository.archive()
    with pytest.raises(PublishError) as archived:
        target.publish(b"three\n", "Three", over=TWO)
    empty = github.make_repository("acme/empty")
    nothing = _error(open_target(empty.address(PATH), token=github.token, api_url=github.api_url))

    assert (protected.reason, protected.is_lasting) == (Reason.PROTECTED, True)
    assert "through a pull request" in protected.detail
    assert done.is_new
    assert archived.value.reason is Reason.FORBIDDEN
    assert nothing.reason is Reason.EMPTY


def test_a_folder_is_no_page(github: Github, repository: Repository) -> None:
    target = open_target(repository.address("docs"), token=github.token, api_url=github.api_url)

    assert _error(target).reason is Reason.NOT_A_FILE


@pytest.mark.parametrize("more", ["", "!direct"])
def test_of_two_that_are_there_at_once_the_later_one_looks_again(
    github: Github, repository: Repository, more: str
) -> None:
    """Somebody edits the very page between the look at it and the commit."""
    target = open_target(repository.address(PATH, more), token=github.token, api_url=github.api_url)
    faster = threading.Event()

    def edit(_number: int) -> None:
        if github.requests[-1].startswith("GET /repos/acme/site/contents") and not faster.is_set():
            faster.set()
            repository.edit(PATH, b"faster\n", branch="main")
            if not more:
                repository.edit(PATH, b"faster\n", branch=BRANCH)

    target.publish(b"zero\n", "Zero", over=ONE)
    github.after = edit
    with pytest.raises(PublishError) as raised:
        target.publish(TWO, "Two", over=b"zero\n")

    assert raised.value.reason is Reason.EDITED
    assert "Two" not in repository.commits("main" if more else BRANCH)


def test_no_token_stands_in_the_log(github: Github, target: Target, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    github.be_unkind(None, Misfortune.BROKEN)
    error = _error(target)
    target.publish(TWO, "Two", over=ONE)

    assert len(caplog.records) > 10
    assert github.token not in caplog.text
    assert github.token not in repr(target) + repr(vars(error))


@pytest.fixture
def unreachable() -> Iterator[str]:
    """The address of a server that is bound and does not listen."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


def test_nobody_is_there(unreachable: str) -> None:
    error = _error(open_target(f"github:{AT}//{PATH}", token="t", api_url=unreachable))

    assert (error.reason, error.is_lasting) == (Reason.UNREACHABLE, False)

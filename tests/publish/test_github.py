"""Pages on GitHub, by pull requests."""

import pytest

from bot.errors_publish import Author, EditedError
from bot.publish import Target, open_target
from tests.publish.conftest import AT, BRANCH, ONE, PATH
from tests.support.github import Github, Repository

BOB = ("Bob", "bob@example.org")
TWO = ONE.replace(b"A\n\none", b"A\n\ntwo")
BY_BOB = ONE.replace(b"B\n\none", b"B\n\nby Bob")
BOTH = TWO.replace(b"B\n\none", b"B\n\nby Bob")
CONFLICTING = ONE.replace(b"A\n\none", b"A\n\nby Bob")


def test_a_publish_opens_a_pull_request(target: Target, repository: Repository) -> None:
    standing = target.read()
    assert standing is not None
    assert (standing.data, standing.author) == (ONE, Author("Ann", "ann@example.org"))

    done = target.publish(TWO, "Ann: A is two", over=ONE)

    (pull,) = repository.pulls()
    assert (pull.head, pull.base, pull.user) == (BRANCH, "main", "waymark-bot")
    assert PATH in pull.title
    assert BRANCH in pull.body
    assert done.is_new
    assert done.url is not None
    assert done.url.endswith(f"/{AT}/pull/1")
    assert done.revision == repository.head(BRANCH)
    assert repository.read(PATH) == ONE
    assert repository.read(PATH, BRANCH) == TWO
    assert repository.commits(BRANCH) == ["Ann: A is two", "First"]
    assert repository.authors(BRANCH)[0] == "Waymark <waymark@localhost>"


def test_what_was_published_stands_there_while_the_pull_request_is_open(target: Target) -> None:
    done = target.publish(TWO, "Two", over=ONE)

    standing = target.read()

    assert standing is not None
    assert (standing.data, standing.revision) == (TWO, done.revision)
    assert (standing.author, standing.since) == (Author("Waymark", "waymark@localhost"), None)


def test_later_publishes_add_commits_to_it(target: Target, repository: Repository) -> None:
    first = target.publish(TWO, "Two", over=ONE)
    second = target.publish(b"three\n", "Three", over=TWO)
    again = target.publish(b"three\n", "Again", over=TWO)

    assert (first.url, again.url) == (second.url, second.url)
    assert (again.is_new, again.revision) == (False, second.revision)
    assert repository.commits(BRANCH) == ["Three", "Two", "First"]
    assert len(repository.pulls("all")) == 1


def test_a_page_that_is_new(github: Github, repository: Repository) -> None:
    target = open_target(repository.address("a b/ü.md"), token=github.token, api_url=github.api_url)

    assert target.read() is None
    target.publish(b"\xff\x00", "New", over=None)

    assert repository.read("a b/ü.md", "waymark/a-b-md") == b"\xff\x00"


@pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
@pytest.mark.parametrize("is_branch_deleted", [True, False])
def test_after_it_was_merged_a_new_one_starts_from_the_base(
    target: Target, repository: Repository, how: str, *, is_branch_deleted: bool
) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.merge(1, how)
    if is_branch_deleted:
        repository.delete_branch(BRANCH)
    repository.edit("README.md", b"Hi\n")
    standing = target.read()
    assert standing is not None
    assert (standing.data, standing.since) == (TWO, None)
    assert target.publish(TWO, "Again", over=TWO).is_new is False
    assert repository.pulls() == []

    done = target.publish(b"three\n", "Three", over=TWO)

    (pull,) = repository.pulls()
    assert pull.number == 2
    assert done.url is not None
    assert done.url.endswith("/pull/2")
    assert repository.commits(BRANCH)[:2] == ["Three", "Edited by hand"]
    assert repository.commits(f"main..{BRANCH}") == ["Three"]


@pytest.mark.parametrize("is_branch_deleted", [True, False])
def test_after_it_was_closed_the_base_stands_there_and_nobody_has_edited_it(
    target: Target, repository: Repository, *, is_branch_deleted: bool
) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.close(1)
    if is_branch_deleted:
        repository.delete_branch(BRANCH)

    with pytest.raises(EditedError) as raised:
        target.publish(b"three\n", "Three", over=TWO)

    standing = raised.value.standing
    assert standing is not None
    assert (standing.data, standing.since) == (ONE, ONE)
    assert target.read() == standing
    assert target.publish(b"three\n", "Three", over=ONE).is_new
    assert [pull.number for pull in repository.pulls()] == [2]
    assert repository.commits(BRANCH) == ["Three", "First"]


def test_after_it_was_closed_an_edit_of_the_base_is_known_by_what_it_was_made_from(
    target: Target, repository: Repository
) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.close(1)
    repository.edit(PATH, BY_BOB, BOB)

    standing = target.read()

    assert standing is not None
    assert (standing.data, standing.since, standing.author) == (BY_BOB, ONE, Author(*BOB))


def test_commits_that_came_to_a_branch_after_its_pull_request_was_closed_are_kept(
    target: Target, repository: Repository
) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.close(1)
    repository.edit(PATH, b"more\n", BOB, BRANCH)

    target.publish(b"three\n", "Three", over=b"more\n")

    assert repository.commits(BRANCH) == ["Three", "Edited by hand", "Two", "First"]
    assert [pull.number for pull in repository.pulls()] == [2]


def test_a_page_that_was_taken_away(target: Target, repository: Repository) -> None:
    repository.edit(PATH, None)

    assert target.read() is None
    with pytest.raises(EditedError) as raised:
        target.publish(TWO, "Two", over=ONE)
    assert raised.value.standing is None


def test_another_base_and_another_author(github: Github, repository: Repository) -> None:
    repository.edit("other", b"", branch="develop")
    address = repository.address(PATH, "@develop")
    target = open_target(address, token=github.token, api_url=github.api_url, author=Author("W", "w@x.org"))

    target.publish(TWO, "Two", over=None)

    assert [pull.base for pull in repository.pulls()] == ["develop"]
    assert repository.authors(BRANCH)[0] == "W <w@x.org>"


def test_a_page_of_megabytes(github: Github, target: Target) -> None:
    large = ONE + b"x" * 3_000_000

    target.publish(large, "Large", over=ONE)

    standing = target.read()
    assert standing is not None
    assert standing.data == large
    assert any("/git/blobs/" in asked for asked in github.requests)
    assert target.publish(large, "Large", over=ONE).is_new is False


def test_how_many_calls_it_takes(github: Github, target: Target) -> None:
    def calls() -> int:
        before = len(github.requests)
        target.read()
        return len(github.requests) - before

    assert calls() == 6
    before = len(github.requests)
    target.publish(TWO, "Two", over=ONE)
    assert len(github.requests) - before == 8
    assert calls() == 8


def test_direct(direct: Target, repository: Repository) -> None:
    done = direct.publish(TWO, "Two", over=ONE)

    assert repository.commits() == ["Two", "First"]
    assert (done.is_new, done.revision) == (True, repository.head())
    assert done.url is not None
    assert done.url.endswith(PATH)
    again = direct.publish(TWO, "Two", over=ONE)
    assert (again.is_new, again.revision) == (False, done.revision)
    repository.edit(PATH, BOTH, BOB)
    with pytest.raises(EditedError) as raised:
        direct.publish(b"three\n", "Three", over=TWO)
    standing = raised.value.standing
    assert standing is not None
    assert (standing.data, standing.author) == (BOTH, Author(*BOB))
    assert repository.pulls("all") == []

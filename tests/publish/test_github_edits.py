"""Pages on GitHub that people edit at the same time."""

import pytest

from bot.errors_publish import Author, EditedError, PublishError, Reason
from bot.publish import Target
from tests.publish.conftest import BRANCH, ONE, PATH
from tests.support.github import Repository

BOB = ("Bob", "bob@example.org")
TWO = ONE.replace(b"A\n\none", b"A\n\ntwo")
BY_BOB = ONE.replace(b"B\n\none", b"B\n\nby Bob")
BOTH = TWO.replace(b"B\n\none", b"B\n\nby Bob")
CONFLICTING = ONE.replace(b"A\n\none", b"A\n\nby Bob")


def test_an_edit_in_the_pull_request_is_an_edit(target: Target, repository: Repository) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.edit(PATH, BOTH, BOB, BRANCH)

    with pytest.raises(EditedError) as raised:
        target.publish(b"three\n", "Three", over=TWO)

    standing = raised.value.standing
    assert standing is not None
    assert (standing.data, standing.author, standing.since) == (BOTH, Author(*BOB), None)


def test_an_edit_on_the_base_is_brought_into_the_branch(target: Target, repository: Repository) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.edit(PATH, BY_BOB, BOB)

    with pytest.raises(EditedError) as raised:
        target.publish(b"three\n", "Three", over=TWO)

    standing = raised.value.standing
    assert standing is not None
    assert (standing.data, standing.author, standing.since) == (BOTH, Author(*BOB), None)
    assert repository.read(PATH, BRANCH) == BOTH
    assert target.read() == standing
    target.publish(b"three\n", "Three", over=BOTH)
    repository.merge(1)
    assert repository.read(PATH) == b"three\n"


def test_what_else_happens_on_the_base_is_none_of_the_branchs_business(
    target: Target, repository: Repository
) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.edit("README.md", b"Hi\n")

    target.publish(b"three\n", "Three", over=TWO)

    assert repository.commits(BRANCH) == ["Three", "Two", "First"]
    repository.merge(1)
    assert repository.read("README.md") == b"Hi\n"


def test_an_edit_that_conflicts_is_known_by_what_it_was_made_from(
    target: Target, repository: Repository
) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.edit(PATH, CONFLICTING, BOB)

    with pytest.raises(EditedError) as raised:
        target.publish(b"three\n", "Three", over=TWO)

    standing = raised.value.standing
    assert standing is not None
    assert (standing.data, standing.since, standing.author) == (CONFLICTING, ONE, Author(*BOB))
    assert target.read() == standing
    done = target.publish(b"both\n", "Both", over=CONFLICTING)
    assert done.is_new
    assert repository.commits(BRANCH)[0] == "Both"
    standing = target.read()
    assert standing is not None
    assert (standing.data, standing.since) == (b"both\n", None)
    repository.merge(1)
    assert repository.read(PATH) == b"both\n"


def test_the_same_edit_on_both_sides_is_none(target: Target, repository: Repository) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.edit(PATH, TWO, BOB)

    assert target.publish(TWO, "Two", over=ONE).is_new is False
    target.publish(b"three\n", "Three", over=TWO)
    repository.edit(PATH, b"three\n", BOB)
    standing = target.read()

    assert standing is not None
    assert (standing.data, standing.since) == (b"three\n", None)


def test_a_conflict_in_other_files_is_for_people(target: Target, repository: Repository) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.edit("README.md", b"in the branch\n", BOB, BRANCH)
    repository.commit({"README.md": b"on main\n", PATH: BY_BOB}, BOB)

    with pytest.raises(PublishError) as raised:
        target.publish(b"three\n", "Three", over=BY_BOB)

    assert (raised.value.reason, raised.value.is_lasting) == (Reason.CONFLICT, True)


def test_an_edit_that_was_brought_in_and_never_read_is_one_after_the_pull_request_was_closed(
    target: Target, repository: Repository
) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.edit(PATH, BY_BOB, BOB)
    assert target.read() is not None
    repository.close(1)

    standing = target.read()

    assert standing is not None
    assert (standing.data, standing.since, standing.author) == (BY_BOB, ONE, Author(*BOB))


def test_an_edit_in_a_pull_request_that_conflicts_is_read_as_well(
    target: Target, repository: Repository
) -> None:
    target.publish(TWO, "Two", over=ONE)
    repository.edit(PATH, BOTH, BOB, BRANCH)
    repository.edit(PATH, CONFLICTING, BOB)

    with pytest.raises(EditedError) as raised:
        target.publish(b"three\n", "Three", over=TWO)
    in_branch = raised.value.standing
    with pytest.raises(EditedError) as raised:
        target.publish(b"three\n", "Three", over=BOTH)
    on_base = raised.value.standing

    assert in_branch is not None
    assert (in_branch.data, in_branch.since) == (BOTH, TWO)
    assert on_base is not None
    assert (on_base.data, on_base.since) == (CONFLICTING, ONE)
    assert target.publish(b"three, and all\n", "All", over=CONFLICTING).is_new
    assert repository.commits(BRANCH)[0] == "All"
    repository.merge(1)
    assert repository.read(PATH) == b"three, and all\n"


def test_of_many_commits_the_last_ones_are_looked_at(target: Target, repository: Repository) -> None:
    target.publish(TWO, "Two", over=ONE)
    for number in range(31):
        repository.edit("other", b"%d\n" % number, BOB, BRANCH)
    repository.edit(PATH, BOTH, BOB, BRANCH)
    repository.edit(PATH, CONFLICTING, BOB)

    with pytest.raises(EditedError) as raised:
        target.publish(b"three\n", "Three", over=CONFLICTING)

    standing = raised.value.standing
    assert standing is not None
    assert (standing.data, standing.since) == (BOTH, TWO)

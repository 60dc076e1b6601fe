"""Pages in a checkout whose branch follows one on a server."""

from pathlib import Path

import pytest

from bot.errors_publish import Author, EditedError, PublishError, Reason
from bot.publish import open_target
from tests.support.git import Checkout, git

BOB = ("Bob", "bob@example.org")


def test_what_a_server_has_is_pulled_before_and_pushed_after(
    checkout: Checkout, upstream: Path, other: Checkout
) -> None:
    (other.folder / "file").touch()
    other.git("add", "file")
    other.git("commit", "-q", "-m", "Another file", who=BOB)
    other.git("push", "-q")

    done = open_target(checkout.address, token=None).publish(b"two\n", "Page", over=b"one\n")

    assert git(upstream, "log", "--format=%s", "main").splitlines() == ["Page", "Another file", "First"]
    assert git(upstream, "rev-parse", "main") == done.revision
    assert (checkout.folder / "file").exists()
    assert checkout.git("status", "--porcelain", "-b") == "## main...origin/main"


def test_an_edit_on_the_server_is_read_with_its_author(checkout: Checkout, other: Checkout) -> None:
    other.page.write_bytes(b"edited\n")
    other.git("commit", "-q", "-am", "By hand", who=BOB)
    other.git("push", "-q")
    target = open_target(checkout.address, token=None)

    with pytest.raises(EditedError) as raised:
        target.publish(b"two\n", "", over=b"one\n")

    standing = raised.value.standing
    assert standing is not None
    assert (standing.data, standing.author) == (b"edited\n", Author(*BOB))
    assert target.read() == standing
    assert checkout.page.read_bytes() == b"edited\n"


def test_commits_of_the_time_without_a_server_are_pushed(checkout: Checkout, upstream: Path) -> None:
    checkout.commit(b"by hand\n", "By hand")
    target = open_target(checkout.address, token=None)

    assert target.publish(b"by hand\n", "", over=b"one\n").is_new is False
    assert git(upstream, "log", "-1", "--format=%s", "main") == "By hand"


def test_a_server_without_the_branch_gets_it(checkout: Checkout, upstream: Path) -> None:
    checkout.git("checkout", "-q", "-b", "side")
    checkout.git("config", "branch.side.remote", "origin")
    checkout.git("config", "branch.side.merge", "refs/heads/side")

    open_target(f"{checkout.address}@side", token=None).publish(b"two\n", "Page", over=b"one\n")

    assert git(upstream, "log", "--format=%s", "side").splitlines() == ["Page", "First"]


def test_a_push_that_was_overtaken_is_made_again_on_top(
    checkout: Checkout, upstream: Path, other: Checkout, tmp_path: Path
) -> None:
    """The server's own hook lets somebody else be faster, once for each file in a list."""
    for number in range(3):
        (other.folder / f"file{number}").touch()
        other.git("add", f"file{number}")
        other.git("commit", "-q", "-m", f"Faster {number}")
    later = other.git("log", "--reverse", "--format=%H", "-3").splitlines()
    (tmp_path / "later").write_text("\n".join(later) + "\n")
    hook = upstream / "hooks" / "update"
    hook.write_text(
        f"""#!/bin/sh
next=$(head -n 1 {tmp_path}/later)
[ -n "$next" ] || exit 0
sed -i 1d {tmp_path}/later
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
git --git-dir={upstream} fetch -q {other.folder} $next && git --git-dir={upstream} update-ref $1 $next
"""
    )
    hook.chmod(0o755)

    open_target(checkout.address, token=None).publish(b"two\n", "Page", over=b"one\n")

    said = git(upstream, "log", "--format=%s", "main").splitlines()
    assert said == ["Page", "Faster 2", "Faster 1", "Faster 0", "First"]
    assert checkout.commits() == said
    assert checkout.is_clean()


def test_a_server_that_refuses_is_said_to_do_so_for_good(checkout: Checkout, upstream: Path) -> None:
    hook = upstream / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho only by pull request >&2\nexit 1\n")
    hook.chmod(0o755)
    target = open_target(checkout.address, token=None)

    with pytest.raises(PublishError) as raised:
        target.publish(b"two\n", "Page", over=b"one\n")

    assert (raised.value.reason, raised.value.is_lasting) == (Reason.PROTECTED, True)
    assert "only by pull request" in raised.value.detail
    assert checkout.commits() == ["First"]
    assert checkout.page.read_bytes() == b"one\n"


def test_a_server_that_is_away_is_so_for_now(checkout: Checkout, upstream: Path) -> None:
    upstream.rename(upstream.with_name("elsewhere"))
    target = open_target(checkout.address, token=None)

    with pytest.raises(PublishError) as raised:
        target.publish(b"two\n", "Page", over=b"one\n")

    assert raised.value.reason is Reason.NOT_FOUND
    upstream.with_name("elsewhere").rename(upstream)
    assert target.publish(b"two\n", "Page", over=b"one\n").is_new


def test_commits_on_both_sides_are_for_people_to_bring_together(checkout: Checkout, other: Checkout) -> None:
    other.commit(b"theirs\n", "Theirs")
    other.git("push", "-q")
    checkout.commit(b"ours\n", "Ours")

    with pytest.raises(PublishError) as raised:
        open_target(checkout.address, token=None).publish(b"two\n", "", over=b"ours\n")

    assert (raised.value.reason, raised.value.is_lasting) == (Reason.DIVERGED, True)
    assert checkout.commits() == ["Ours", "First"]


def test_a_file_that_is_in_the_way_of_a_pull_is_left_alone(checkout: Checkout, other: Checkout) -> None:
    other.commit(b"theirs\n", "Theirs")
    other.git("push", "-q")
    checkout.page.write_bytes(b"by hand\n")

    with pytest.raises(PublishError) as raised:
        open_target(checkout.address, token=None).publish(b"two\n", "", over=b"by hand\n")

    assert (raised.value.reason, raised.value.is_lasting) == (Reason.CONFLICT, True)
    assert checkout.page.read_bytes() == b"by hand\n"


def test_an_edit_that_was_also_committed_elsewhere_is_in_nobodys_way(
    checkout: Checkout, other: Checkout
) -> None:
    other.commit(b"the same\n", "Theirs")
    other.git("push", "-q")
    checkout.page.write_bytes(b"the same\n")

    open_target(checkout.address, token=None).publish(b"two\n", "Page", over=b"the same\n")

    assert checkout.commits() == ["Page", "Theirs", "First"]
    assert checkout.is_clean()

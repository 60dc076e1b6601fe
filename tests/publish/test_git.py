"""Pages in a git checkout."""

from pathlib import Path

import pytest

from bot.errors_publish import Author, EditedError
from bot.publish import open_target
from tests.support.git import Checkout, git, git_bytes, new_checkout

BOB = ("Bob", "bob@example.org")


def test_a_publish_is_a_commit_of_the_bot(checkout: Checkout) -> None:
    target = open_target(checkout.address, token=None)

    done = target.publish(b"two\n", "Ann: #2 is done\n\nAnd more.", over=b"one\n")

    assert (done.is_new, done.url, done.revision) == (True, None, checkout.git("rev-parse", "HEAD"))
    said = checkout.git("log", "-1", "--format=%an <%ae>|%cn <%ce>|%B")
    assert said == "Waymark <waymark@localhost>|Waymark <waymark@localhost>|Ann: #2 is done\n\nAnd more."
    assert checkout.page.read_bytes() == b"two\n"
    assert checkout.is_clean()
    assert target.publish(b"two\n", "again", over=b"one\n").is_new is False
    assert checkout.commits() == ["Ann: #2 is done", "First"]


def test_whoever_is_given_is_the_author(checkout: Checkout) -> None:
    target = open_target(checkout.address, token=None, author=Author("Wé <x>\n", "w@example.org"))

    target.publish(b"two\n", "", over=b"one\n")

    assert checkout.git("log", "-1", "--format=%an|%ae|%cn") == "Wé x|w@example.org|Wé x"


def test_the_first_page_of_an_empty_repository(tmp_path: Path) -> None:
    checkout = new_checkout(tmp_path / "empty", None)
    target = open_target(checkout.address, token=None)

    assert target.read() is None
    done = target.publish(b"one\n", "First", over=None)

    assert checkout.commits() == ["First"]
    assert checkout.is_clean()
    standing = target.read()
    assert standing is not None
    assert (standing.data, standing.revision) == (b"one\n", done.revision)


def test_only_the_page_is_committed_whatever_else_is_going_on(checkout: Checkout) -> None:
    for name in ("staged", "dirty", "gone", "both"):
        (checkout.folder / name).write_text("old\n")
    checkout.git("add", ".")
    checkout.git("commit", "-q", "-m", "Others")
    (checkout.folder / "staged").write_text("new\n")
    (checkout.folder / "both").write_text("new\n")
    (checkout.folder / "added").write_text("new\n")
    checkout.git("add", "staged", "added", "both")
    checkout.git("rm", "-q", "gone")
    (checkout.folder / "both").write_text("newer\n")
    (checkout.folder / "dirty").write_text("new\n")
    (checkout.folder / "untracked").write_text("new\n")
    before = checkout.git("status", "--porcelain")

    open_target(checkout.address, token=None).publish(b"two\n", "Page", over=b"one\n")

    assert checkout.git("status", "--porcelain") == before
    assert checkout.git("show", "--format=", "--name-status") == "M\tdocs/projects.md"


def test_a_page_that_is_ignored_or_a_program_or_new_in_a_new_folder(checkout: Checkout) -> None:
    (checkout.folder / ".gitignore").write_text("*.md\n")
    checkout.page.chmod(0o755)
    checkout.git("add", "-f", ".gitignore", "docs/projects.md")
    checkout.git("commit", "-q", "-m", "Ignored")

    open_target(checkout.address, token=None).publish(b"two\n", "Page", over=b"one\n")
    new = f"git:{checkout.folder}//a/b/c d.md"
    open_target(new, token=None).publish(b"new\n", "New", over=None)

    assert checkout.git("ls-files", "-s", "docs").startswith("100755 ")
    assert git_bytes(checkout.folder, "show", "HEAD:a/b/c d.md") == b"new\n"
    assert checkout.is_clean()


def test_a_folder_in_a_checkout_and_a_worktree_are_checkouts(checkout: Checkout, tmp_path: Path) -> None:
    checkout.git("worktree", "add", "-q", str(tmp_path / "worktree"), "-b", "side")

    open_target(f"git:{checkout.folder}/docs//projects.md@main", token=None).publish(
        b"2\n", "2", over=b"one\n"
    )
    side = f"git:{tmp_path}/worktree//docs/projects.md@side"
    open_target(side, token=None).publish(b"3\n", "3", over=b"one\n")

    assert checkout.commits() == ["2", "First"]
    assert git(tmp_path / "worktree", "log", "--format=%s").splitlines() == ["3", "First"]
    assert (tmp_path / "worktree/docs/projects.md").read_bytes() == b"3\n"


def test_who_committed_an_edit_is_known_and_who_did_not_is_noticed(checkout: Checkout) -> None:
    target = open_target(checkout.address, token=None)
    checkout.page.write_bytes(b"two\n")
    dirty = target.read()
    checkout.git("commit", "-q", "-am", "By hand", who=BOB)
    (checkout.folder / "other").touch()
    checkout.git("add", "other")
    checkout.git("commit", "-q", "-m", "Not of the page")
    clean = target.read()

    assert dirty is not None
    assert clean is not None
    assert (dirty.data, dirty.author) == (b"two\n", None)
    assert dirty.at is not None
    assert (clean.data, clean.author) == (b"two\n", Author(*BOB))
    assert clean.revision == checkout.git("rev-parse", "HEAD~1")
    for over in (b"one\n", None):
        with pytest.raises(EditedError) as raised:
            target.publish(b"three\n", "", over=over)
        assert raised.value.standing == clean


def test_an_edit_that_was_read_is_committed_with_what_is_published_over_it(checkout: Checkout) -> None:
    target = open_target(checkout.address, token=None)
    checkout.page.write_bytes(b"by hand\n")
    with pytest.raises(EditedError):
        target.publish(b"two\n", "", over=b"one\n")

    assert target.publish(b"by hand and two\n", "Both", over=b"by hand\n").is_new

    assert checkout.is_clean()
    assert checkout.commits() == ["Both", "First"]


def test_a_page_that_was_taken_away(checkout: Checkout) -> None:
    target = open_target(checkout.address, token=None)
    checkout.page.unlink()

    assert target.read() is None
    with pytest.raises(EditedError) as raised:
        target.publish(b"two\n", "", over=b"one\n")
    assert raised.value.standing is None

    assert target.publish(b"two\n", "Back", over=None).is_new
    assert checkout.is_clean()


def test_line_ends_that_git_changes_are_no_edit(checkout: Checkout) -> None:
    (checkout.folder / ".gitattributes").write_text("*.md text eol=crlf\n")
    checkout.git("add", ".")
    checkout.git("commit", "-q", "-m", "CRLF")
    target = open_target(checkout.address, token=None)

    target.publish(b"two\r\n", "Two", over=b"one\n")
    standing = target.read()

    assert standing is not None
    assert (standing.data, standing.author) == (b"two\r\n", Author("Waymark", "waymark@localhost"))
    assert git_bytes(checkout.folder, "show", "HEAD:docs/projects.md") == b"two\n"
    assert target.publish(b"two\n", "Only the line's end", over=b"two\r\n").revision == standing.revision
    assert checkout.commits() == ["Two", "CRLF", "First"]

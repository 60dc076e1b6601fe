"""Pages in a git checkout."""

from pathlib import Path

import pytest

from bot.errors_publish import Author, EditedError, PublishError, Reason
from bot.publish import open_target
from tests.support.git import ANN, Checkout, cloned, git, git_bytes, new_checkout, new_upstream

BOB = ("Bob", "bob@example.org")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return new_checkout(tmp_path / "checkout")


@pytest.fixture
def upstream(tmp_path: Path, checkout: Checkout) -> Path:
    return new_upstream(tmp_path / "upstream.git", checkout)


@pytest.fixture
def other(tmp_path: Path, upstream: Path) -> Checkout:
    return cloned(upstream, tmp_path / "other")


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

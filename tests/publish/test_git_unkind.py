"""What may be wrong with a checkout, and what may lie in wait there."""

import subprocess
from pathlib import Path

import pytest

from bot.errors_publish import PublishError, Reason
from bot.publish import locks, open_target
from bot.publish.git_commands import Git
from tests.support.git import Checkout, cloned, new_checkout, new_upstream
from tests.support.github import Github


def _error(address: str, within: Path | None = None) -> PublishError:
    with pytest.raises(PublishError) as raised:
        open_target(address, token=None, within=within).publish(b"two\n", "Two", over=b"one\n")
    return raised.value


def test_what_is_no_checkout(tmp_path: Path, checkout: Checkout) -> None:
    bare = new_upstream(tmp_path / "bare.git", checkout)
    (tmp_path / "plain").mkdir()

    reasons = [
        _error(f"git:{folder}//docs/projects.md").reason
        for folder in (tmp_path / "no", tmp_path / "plain", bare)
    ]

    assert reasons == [Reason.NO_FOLDER, Reason.NOT_A_CHECKOUT, Reason.NOT_A_CHECKOUT]


def test_another_branch_is_not_taken_for_the_one(checkout: Checkout) -> None:
    other = _error(f"{checkout.address}@release")
    checkout.git("checkout", "-q", "--detach")
    detached = _error(checkout.address)

    assert (other.reason, other.is_lasting) == (Reason.OTHER_BRANCH, True)
    assert (detached.reason, detached.is_lasting) == (Reason.OTHER_BRANCH, True)


def test_people_in_the_middle_of_a_merge_are_left_alone(checkout: Checkout) -> None:
    checkout.git("checkout", "-q", "-b", "side")
    checkout.commit(b"side\n")
    checkout.git("checkout", "-q", "main")
    checkout.commit(b"main\n")
    subprocess.run(
        ["git", "-C", str(checkout.folder), "merge", "-q", "side"], check=False, capture_output=True
    )

    error = _error(checkout.address)

    assert (error.reason, error.is_lasting) == (Reason.BUSY, False)
    assert b"<<<<<<<" in checkout.page.read_bytes()


def test_a_path_stays_in_its_checkout(tmp_path: Path, checkout: Checkout) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "projects.md").write_bytes(b"one\n")
    (checkout.folder / "away").symlink_to(outside)
    (checkout.folder / "link.md").symlink_to(outside / "projects.md")
    new_checkout(checkout.folder / "inner")

    reasons = [
        _error(f"git:{checkout.folder}//{path}").reason
        for path in ("away/projects.md", "link.md", "inner/docs/projects.md", "docs")
    ]

    assert reasons == [Reason.OUTSIDE, Reason.NOT_A_FILE, Reason.OUTSIDE, Reason.NOT_A_FILE]
    assert (outside / "projects.md").read_bytes() == b"one\n"
    assert _error(checkout.address, tmp_path / "www").reason is Reason.OUTSIDE
    assert open_target(checkout.address, token=None, within=tmp_path).read() is not None


@pytest.mark.usefixtures("upstream")
def test_what_is_pulled_leads_nowhere_else(tmp_path: Path, checkout: Checkout, other: Checkout) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "projects.md").write_bytes(b"one\n")
    other.git("rm", "-q", "docs/projects.md")
    (other.folder / "docs").symlink_to(outside)
    other.git("add", "docs")
    other.git("commit", "-q", "-m", "A trap")
    other.git("push", "-q")

    assert _error(checkout.address).reason is Reason.OUTSIDE
    assert (checkout.folder / "docs").is_symlink()
    with pytest.raises(PublishError, match="docs"):
        open_target(checkout.address, token=None).read()
    assert (outside / "projects.md").read_bytes() == b"one\n"


def test_a_checkouts_own_programs_do_not_run(tmp_path: Path, checkout: Checkout) -> None:
    """Hooks for people, an editor, a signature, a monitor of files: each would wait for ever."""
    new_upstream(tmp_path / "upstream.git", checkout)
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\nexec sleep 1000\n")
    trap.chmod(0o755)
    for name in (
        "pre-commit",
        "commit-msg",
        "post-commit",
        "pre-push",
        "reference-transaction",
        "post-merge",
    ):
        (checkout.folder / ".git" / "hooks" / name).symlink_to(trap)
    for name in ("core.editor", "gpg.program", "core.fsmonitor", "core.pager"):
        checkout.git("config", name, str(trap))
    checkout.git("config", "commit.gpgSign", "true")

    assert open_target(checkout.address, token=None).publish(b"two\n", "Two", over=b"one\n").is_new

    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("url", ["ext::sh -c touch% {}/sprung", "--upload-pack=touch {}/sprung"])
def test_a_remote_that_is_a_command_is_refused(tmp_path: Path, checkout: Checkout, url: str) -> None:
    new_upstream(tmp_path / "upstream.git", checkout)
    checkout.git("config", "remote.origin.url", url.format(tmp_path))
    checkout.git("config", "protocol.ext.allow", "always")

    assert _error(checkout.address).is_lasting

    checkout.git("config", "branch.main.remote", url.format(tmp_path))
    assert _error(checkout.address).is_lasting
    assert not (tmp_path / "sprung").exists()


def test_nobody_is_asked_for_a_password(tmp_path: Path, github: Github) -> None:
    repository = github.make_repository("acme/site", {"docs/projects.md": b"one\n"})
    other = cloned(repository.clone_url, tmp_path / "other")
    other.git("remote", "set-url", "origin", repository.plain_url)

    error = _error(other.address)

    assert (error.reason, error.is_lasting) == (Reason.UNAUTHORIZED, True)


def test_a_server_over_http(tmp_path: Path, github: Github) -> None:
    repository = github.make_repository("acme/site", {"docs/projects.md": b"one\n"})
    checkout = cloned(repository.clone_url, tmp_path / "checkout")
    target = open_target(checkout.address, token=None)
    repository.edit("README.md", b"Hello\n")

    target.publish(b"two\n", "Two", over=b"one\n")

    assert repository.commits() == ["Two", "Edited by hand", "First"]
    repository.edit("docs/projects.md", b"by hand\n", ("Bob", "bob@x"))
    standing = target.read()
    assert standing is not None
    assert standing.data == b"by hand\n"
    reader = repository.clone_url.replace(github.token, github.read_only_token)
    checkout.git("remote", "set-url", "origin", reader)
    with pytest.raises(PublishError) as raised:
        target.publish(b"three\n", "Three", over=b"by hand\n")
    assert raised.value.reason is Reason.FORBIDDEN
    checkout.git("remote", "set-url", "origin", repository.clone_url.replace("site", "gone"))
    with pytest.raises(PublishError) as raised:
        target.read()
    assert raised.value.reason is Reason.NOT_FOUND
    assert github.token not in raised.value.detail


def test_a_git_that_does_not_end_is_ended_with_all_its_children(tmp_path: Path, checkout: Checkout) -> None:
    waits = tmp_path / "waits"
    waits.write_text("#!/bin/sh\nsleep 1000\n")
    waits.chmod(0o755)
    checkout.git("config", "alias.waits", f"!{waits}")

    with locks.locked_folder(checkout.folder) as lock, pytest.raises(PublishError) as raised:
        Git(checkout.folder, lock).run("waits", limit_s=1)

    assert (raised.value.reason, raised.value.is_lasting) == (Reason.TIMEOUT, False)
    # As long as one of them lived it would hold the lock.
    with locks.locked_folder(checkout.folder, 10):
        pass


def test_who_has_the_index_is_waited_for_and_what_was_begun_is_gone_on_with(checkout: Checkout) -> None:
    lock = checkout.folder / ".git" / "index.lock"
    lock.touch()

    error = _error(checkout.address)

    assert (error.reason, error.is_lasting) == (Reason.BUSY, False)
    assert "index.lock" in error.detail
    lock.unlink()
    open_target(checkout.address, token=None).publish(b"two\n", "Two", over=b"one\n")
    assert checkout.commits() == ["Two", "First"]
    assert checkout.is_clean()


def test_one_at_a_time(checkout: Checkout) -> None:
    folder = checkout.folder / ".git"
    with (
        locks.locked_folder(folder),
        pytest.raises(PublishError) as raised,
        locks.locked_folder(folder, 0.05),
    ):
        pass

    assert (raised.value.reason, raised.value.is_lasting) == (Reason.BUSY, False)
    with locks.locked_folder(folder, 0.05):
        pass


def test_secrets_of_the_bot_are_not_told_to_git(tmp_path: Path, checkout: Checkout) -> None:
    tells = tmp_path / "tells"
    tells.write_text(f"#!/bin/sh\nenv > {tmp_path}/told\n")
    tells.chmod(0o755)
    checkout.git("config", "alias.tells", f"!{tells}")

    Git(checkout.folder).run("tells")

    told = {line.partition("=")[0] for line in (tmp_path / "told").read_text().splitlines()}
    assert "PATH" in told
    assert not [name for name in told if name.startswith(("SLACK_", "DATABASE_", "PYTEST_", "GITHUB_"))]

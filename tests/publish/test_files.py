"""Pages that are files."""

import errno
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors_publish import EditedError, PublishError, Reason
from bot.publish import open_target
from bot.publish.file_errors import as_publish_error
from tests.support.environment import child_environment


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_new_file_is_there_for_all_to_read(tmp_path: Path) -> None:
    path = tmp_path / "projects.md"
    target = open_target(f"file:{path}", token=None)

    assert target.read() is None
    done = target.publish(b"one\n", "Why", over=None)

    assert (done.is_new, done.url) == (True, None)
    assert path.read_bytes() == b"one\n"
    assert _names(tmp_path) == ["projects.md"]
    beside = tmp_path / "beside"
    beside.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(beside.stat().st_mode)
    standing = target.read()
    assert standing is not None
    assert (standing.data, standing.revision) == (b"one\n", done.revision)
    assert standing.at is not None


def test_done_twice_is_done_once(tmp_path: Path) -> None:
    path = tmp_path / "projects.md"
    target = open_target(f"file:{path}", token=None)
    first = target.publish(b"one\n", "Why", over=None)
    before = path.stat()

    again = target.publish(b"one\n", "Why", over=None)

    assert (again.is_new, again.revision) == (False, first.revision)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(("there", "over"), [(b"two\n", b"one\n"), (b"two\n", None), (None, b"one\n")])
def test_what_was_edited_is_not_written_over(tmp_path: Path, there: bytes | None, over: bytes | None) -> None:
    path = tmp_path / "projects.md"
    if there is not None:
        path.write_bytes(there)

    with pytest.raises(EditedError) as raised:
        open_target(f"file:{path}", token=None).publish(b"three\n", "Why", over=over)

    standing = raised.value.standing
    assert (standing.data if standing else None) == there
    assert not raised.value.is_lasting
    assert (path.read_bytes() if path.exists() else None) == there


def test_mode_and_links_stay(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "projects.md"
    real.write_bytes(b"one\n")
    real.chmod(0o604)
    link = tmp_path / "link.md"
    link.symlink_to("real/projects.md")

    open_target(f"file:{link}", token=None).publish(b"two\n", "Why", over=b"one\n")

    assert link.is_symlink()
    assert real.read_bytes() == b"two\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o604


def test_what_a_killed_process_left_behind_goes_with_the_next_publish(tmp_path: Path) -> None:
    path = tmp_path / "pro[j]ects.md"
    (tmp_path / ".pro[j]ects.md.0123.waymark-part").write_bytes(b"on")
    (tmp_path / ".other.md.0123.waymark-part").write_bytes(b"on")

    open_target(f"file:{path}", token=None).publish(b"one\n", "Why", over=None)

    assert _names(tmp_path) == [".other.md.0123.waymark-part", "pro[j]ects.md"]


def test_of_many_at_once_one_is_written_over_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "projects.md"
    path.write_bytes(b"start\n")
    target = open_target(f"file:{path}", token=None)

    def publish(number: int) -> bytes | None:
        data = f"{number}\n".encode()
        try:
            target.publish(data, "Why", over=b"start\n")
        except EditedError:
            return None
        return data

    with ThreadPoolExecutor(8) as pool:
        written = [data for data in pool.map(publish, range(40)) if data]

    assert written == [path.read_bytes()]


@pytest.mark.parametrize("made", ["missing", "folder", "pipe", "circle", "file_as_folder"])
def test_a_place_that_no_file_can_be_at_is_said_to_be_one_for_good(tmp_path: Path, made: str) -> None:
    path = tmp_path / "projects.md"
    reason = Reason.NOT_A_FILE
    if made == "missing":
        path, reason = tmp_path / "no" / "projects.md", Reason.NO_FOLDER
    elif made == "folder":
        path.mkdir()
    elif made == "pipe":
        os.mkfifo(path)
    elif made == "circle":
        path.symlink_to(path)
    else:
        (tmp_path / "plain").touch()
        path, reason = tmp_path / "plain" / "projects.md", Reason.NO_FOLDER
    target = open_target(f"file:{path}", token=None)

    for act in (target.read, lambda: target.publish(b"one\n", "Why", over=None)):
        with pytest.raises(PublishError) as raised:
            act()
        assert (raised.value.reason, raised.value.is_lasting) == (reason, True)
        assert str(path.parent) in raised.value.detail


def test_links_lead_nowhere_else_than_they_may(tmp_path: Path) -> None:
    within = tmp_path / "www"
    within.mkdir()
    (tmp_path / "secret").write_bytes(b"old\n")
    (within / "projects.md").symlink_to("../secret")

    for path in (within / "projects.md", tmp_path / "other.md"):
        target = open_target(f"file:{path}", token=None, within=within)
        with pytest.raises(PublishError) as raised:
            target.publish(b"new\n", "Why", over=b"old\n")
        assert raised.value.reason is Reason.OUTSIDE

    assert (tmp_path / "secret").read_bytes() == b"old\n"
    assert open_target(f"file:{within}/a.md", token=None, within=within).publish(b"a", "", over=None).is_new


_PUBLISH = """
import os, resource, sys
from bot.publish import PublishError, open_target
if sys.argv[2] == "small":
    resource.setrlimit(resource.RLIMIT_FSIZE, (5, 5))
elif os.getuid() == 0:
    os.setgroups([])
    os.setuid(65534)
try:
    open_target("file:" + sys.argv[1], token=None).publish(b"two, and longer\\n", "Why", over=b"one\\n")
except PublishError as error:
    print(error.reason, error.is_lasting)
"""


def _publish_as(how: str, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _PUBLISH, str(path), how],
        capture_output=True,
        text=True,
        env=child_environment(),
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    folder = tmp_path / "www"
    folder.mkdir()
    path = folder / "projects.md"
    path.write_bytes(b"one\n")
    folder.chmod(0o555)
    for parent in folder.parents:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o111)

    assert _publish_as("nobody", path) == "no_permission True"
    assert path.read_bytes() == b"one\n"


def test_a_file_that_has_no_room(tmp_path: Path) -> None:
    path = tmp_path / "projects.md"
    path.write_bytes(b"one\n")

    assert _publish_as("small", path) == "disk_full False"

    assert path.read_bytes() == b"one\n"
    assert _names(tmp_path) == ["projects.md"]


@pytest.mark.parametrize(
    ("number", "reason", "is_lasting"),
    [
        (errno.ENOSPC, Reason.DISK_FULL, False),
        (errno.EDQUOT, Reason.DISK_FULL, False),
        (errno.EROFS, Reason.NO_PERMISSION, True),
        (errno.EIO, Reason.FAILED, False),
    ],
)
def test_what_the_system_says_has_a_reason(number: int, reason: Reason, *, is_lasting: bool) -> None:
    error = as_publish_error(OSError(number, os.strerror(number)), Path("/srv/x"))

    assert (error.reason, error.is_lasting) == (reason, is_lasting)
    assert error.detail == f"/srv/x: {os.strerror(number)}"

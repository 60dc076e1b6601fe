"""Real git repositories, away from the settings of whoever runs the tests."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ANN = ("Ann", "ann@example.org")


def git(
    folder: Path,
    *arguments: str,
    who: tuple[str, str] = ANN,
    given: bytes = b"",
    also: Mapping[str, str] | None = None,
) -> str:
    """What git prints. It has to succeed."""
    return git_bytes(folder, *arguments, who=who, given=given, also=also).decode().rstrip("\n")


def git_bytes(
    folder: Path,
    *arguments: str,
    who: tuple[str, str] = ANN,
    given: bytes = b"",
    also: Mapping[str, str] | None = None,
) -> bytes:
    """As `git`, byte for byte."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        input=given,
        capture_output=True,
        env={**environment(who), **(also or {})},
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"git {arguments}: {done.stdout!r} {done.stderr!r}"
    return done.stdout


def environment(who: tuple[str, str] = ANN) -> dict[str, str]:
    """Of a git that belongs to nobody but the test."""
    return {
        "PATH": os.defpath + ":/usr/local/bin",
        "HOME": "/nonexistent",
        "LC_ALL": "C",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_AUTHOR_NAME": who[0],
        "GIT_AUTHOR_EMAIL": who[1],
        "GIT_COMMITTER_NAME": who[0],
        "GIT_COMMITTER_EMAIL": who[1],
    }


@dataclass(frozen=True)
class Checkout:
    """A checkout with a page at docs/projects.md."""

    folder: Path

    @property
    def page(self) -> Path:
        return self.folder / "docs" / "projects.md"

    @property
    def address(self) -> str:
        return f"git:{self.folder}//docs/projects.md"

    def git(self, *arguments: str, who: tuple[str, str] = ANN) -> str:
        return git(self.folder, *arguments, who=who)

    def commit(self, data: bytes, message: str = "By hand") -> None:
        """Somebody edits the page and commits it."""
        self.page.parent.mkdir(exist_ok=True)
        self.page.write_bytes(data)
        self.git("add", "docs/projects.md")
        self.git("commit", "-q", "-m", message)

    def commits(self) -> list[str]:
        """The messages, the newest first."""
        return self.git("log", "--format=%s").splitlines()

    def is_clean(self) -> bool:
        return not self.git("status", "--porcelain")


def new_checkout(folder: Path, data: bytes | None = b"one\n") -> Checkout:
    """A repository with one commit, or with none."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    checkout = Checkout(folder)
    if data is not None:
        checkout.commit(data, "First")
    return checkout


def new_upstream(folder: Path, checkout: Checkout) -> Path:
    """A bare repository that the checkout's branch follows from now on."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "--bare", "-b", "main")
    checkout.git("remote", "add", "origin", str(folder))
    checkout.git("push", "-q", "-u", "origin", "main")
    return folder


def cloned(source: Path | str, folder: Path) -> Checkout:
    """A checkout of somebody else."""
    git(folder.parent, "clone", "-q", str(source), str(folder))
    return Checkout(folder)

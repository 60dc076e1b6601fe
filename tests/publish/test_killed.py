"""A process that publishes is killed at every step that changes something. Done again, it is done once.

`make torture ARGS=--publish`: at every step, before and after it.
"""

import os
import shutil
import signal
from itertools import count
from pathlib import Path

import pytest

from tests.publish.conftest import BRANCH, PATH
from tests.support.environment import is_killed_everywhere
from tests.support.git import Checkout, git, new_checkout, new_upstream
from tests.support.github import Github
from tests.support.publishes import once, start_once

_CHANGES = "hash-object|commit-tree|update-ref|update-index|push"
"""Of git's commands; between two of them a process leaves the same behind, wherever it is killed."""
_GIT = """#!/bin/sh
case " $* " in {counted}) ;; *) exec {git} "$@" ;; esac
n=$(($(cat {folder}/count) + 1))
echo $n > {folder}/count
[ $n = {before} ] && kill -9 $PPID && exit 1
{git} "$@"
code=$?
[ $n = {after} ] && kill -9 $PPID
exit $code
"""
"""As git, but its parent is gone before or after one of its commands."""


def _deadly_git(folder: Path, before: int = 0, after: int = 0) -> Path:
    folder.mkdir()
    (folder / "count").write_text("0\n")
    program = folder / "git"
    counted = "*" if is_killed_everywhere() else "|".join(f'*" {name} "*' for name in _CHANGES.split("|"))
    known = {"folder": folder, "before": before, "after": after, "counted": counted}
    program.write_text(_GIT.format(**known, git=shutil.which("git")))
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("when", "is_followed"), [("before", False), ("after", True)][0 if is_killed_everywhere() else 1 :]
)
def test_in_a_checkout(tmp_path: Path, when: str, *, is_followed: bool) -> None:
    kept = new_checkout(tmp_path / "kept")
    for number in count(1):
        here = tmp_path / str(number)
        shutil.copytree(kept.folder, here / "checkout")
        checkout = Checkout(here / "checkout")
        upstream = new_upstream(here / "upstream.git", checkout) if is_followed else None
        (checkout.folder / "staged").touch()
        checkout.git("add", "staged")
        ask = checkout.address, "one\n", "two\n"
        deadly = _deadly_git(here / "bin", **{when: number})
        first = start_once(*ask, path=deadly).outcome()

        again = once(*ask)

        assert (first, again) in {("killed", "new"), ("killed", "there"), ("new", "there")}, number
        assert checkout.commits() == ["Says two", "First"], number
        assert checkout.git("status", "--porcelain") == "A  staged", number
        assert checkout.page.read_bytes() == b"two\n", number
        if upstream is not None:
            assert git(upstream, "rev-parse", "main") == checkout.git("rev-parse", "HEAD"), number
        if first != "killed":
            assert number > (10 if is_killed_everywhere() else 4)
            return


@pytest.mark.parametrize("more", ["", "!direct"])
def test_on_github(github: Github, more: str) -> None:
    for number in count(1):
        repository = github.make_repository(f"acme/site{number}", {PATH: b"one\n"})
        branch = "main" if more else BRANCH
        ask = repository.address(PATH, more), "one\n", "two\n"
        first = _killed(github, number, *ask)

        again = once(*ask, token=github.token, api_url=github.api_url)

        assert (first, again) in {("killed", "new"), ("killed", "there"), ("new", "there")}, number
        assert repository.commits(branch) == ["Says two", "First"], number
        assert len(repository.pulls("all")) == (0 if more else 1), number
        if first != "killed":
            assert number == (2 if more else 4)
            return


def _killed(github: Github, number: int, address: str, over: str, data: str) -> str:
    """What came of it when the process was gone after its change of this number, and before the answer."""
    began = len(github.requests)
    process = start_once(address, over, data, token=github.token, api_url=github.api_url)

    def deadly(at: int) -> None:
        changes = [asked for asked in github.requests[began : at + 1] if not asked.startswith("GET")]
        if len(changes) == number:
            os.kill(process.pid, signal.SIGKILL)

    github.after = deadly
    try:
        return process.outcome()
    finally:
        github.after = lambda _number: None


def test_on_github_after_a_merge_and_in_a_conflict(github: Github) -> None:
    """The ways that are longest: a branch that starts anew, and one that takes the base's page first."""
    known = {"token": github.token, "api_url": github.api_url}
    # Every other change stands for the one beside it; all of them are for the torture.
    for number in count(1, 1 if is_killed_everywhere() else 2):
        merged = github.make_repository(f"acme/merged{number}", {PATH: b"zero\n"})
        address = merged.address(PATH)
        assert once(address, "zero\n", "one\n", **known) == "new"
        merged.merge(1, "squash")
        first = _killed(github, number, address, "one\n", "two\n")
        again = once(address, "one\n", "two\n", **known)
        assert again in {"new", "there"}
        assert merged.commits(f"main..{BRANCH}") == ["Says two"], number
        assert [pull.number for pull in merged.pulls()] == [2], number

        merged.edit(PATH, b"by hand\n")
        third = _killed(github, number, address, "by hand\n", "both\n")
        last = once(address, "by hand\n", "both\n", **known)
        assert last in {"new", "there"}
        assert merged.commits(BRANCH).count("Says both") == 1, number
        assert merged.read(PATH, BRANCH) == b"both\n"
        merged.merge(2)
        assert merged.read(PATH) == b"both\n"
        if "killed" not in {first, third}:
            assert number == 5
            return

"""Processes that publish at the same time: nothing is lost, and nothing is there twice."""

from pathlib import Path

import pytest

from bot.publish import open_target
from tests.publish.conftest import BRANCH, PATH
from tests.support.git import cloned, git, git_bytes, new_checkout, new_upstream
from tests.support.github import Github
from tests.support.publishes import start_appending

_NAMES, _COUNT = ("ann", "bob", "cy"), 2
_ALL = sorted(f"{name} {number}" for name in _NAMES for number in range(_COUNT))


def _all_append(addresses: list[str], github: Github | None = None) -> None:
    known = {"token": github.token, "api_url": github.api_url} if github else {}
    processes = [
        start_appending(address, name, _COUNT, **known)
        for name, address in zip(_NAMES, addresses, strict=True)
    ]
    assert [process.outcome() for process in processes] == ["done"] * len(processes)


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "projects.md"

    _all_append([f"file:{path}"] * 3)

    assert sorted(path.read_text().splitlines()) == _ALL


def test_one_checkout(tmp_path: Path) -> None:
    checkout = new_checkout(tmp_path / "checkout", b"")

    _all_append([checkout.address] * 3)

    assert sorted(checkout.page.read_text().splitlines()) == _ALL
    assert sorted(checkout.commits()) == sorted([*_ALL, "First"])
    assert checkout.is_clean()


def test_checkouts_of_one_server(tmp_path: Path) -> None:
    checkout = new_checkout(tmp_path / "checkout", b"")
    upstream = new_upstream(tmp_path / "upstream.git", checkout)
    others = [checkout, *(cloned(upstream, tmp_path / name) for name in ("two", "three"))]

    _all_append([each.address for each in others])

    page = git_bytes(upstream, "show", "main:docs/projects.md").decode()
    assert sorted(page.splitlines()) == _ALL
    assert sorted(git(upstream, "log", "--format=%s", "main").splitlines()) == sorted([*_ALL, "First"])
    for each in others:
        standing = open_target(each.address, token=None).read()
        assert standing is not None
        assert standing.data.decode() == page
        assert each.is_clean()


@pytest.mark.parametrize("more", ["", "!direct"])
def test_github(github: Github, more: str) -> None:
    repository = github.make_repository("acme/site", {PATH: b""})

    _all_append([repository.address(PATH, more)] * 3, github)

    branch = "main" if more else BRANCH
    assert sorted((repository.read(PATH, branch) or b"").decode().splitlines()) == _ALL
    assert sorted(repository.commits(branch)) == sorted([*_ALL, "First"])
    assert len(repository.pulls("all")) == (0 if more else 1)

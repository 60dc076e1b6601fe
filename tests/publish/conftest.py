"""Checkouts, servers and a GitHub for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.publish import Target, open_target
from tests.support.git import Checkout, cloned, new_checkout, new_upstream
from tests.support.github import Github, Repository, running_github

PATH = "docs/active-projects.md"
BRANCH = "waymark/docs-active-projects-md"
ONE = b"# Projects\n\n## A\n\none\n\n## B\n\none\n"
AT = "acme/site"


@pytest.fixture
def github() -> Iterator[Github]:
    with running_github() as github:
        yield github


@pytest.fixture
def repository(github: Github) -> Repository:
    """With a page."""
    return github.make_repository(AT, {PATH: ONE, "README.md": b"Hello\n"})


@pytest.fixture
def target(github: Github, repository: Repository) -> Target:
    """By pull requests."""
    return open_target(repository.address(PATH), token=github.token, api_url=github.api_url)


@pytest.fixture
def direct(github: Github, repository: Repository) -> Target:
    """Straight to the base branch."""
    return open_target(repository.address(PATH, "@main!direct"), token=github.token, api_url=github.api_url)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return new_checkout(tmp_path / "checkout")


@pytest.fixture
def upstream(tmp_path: Path, checkout: Checkout) -> Path:
    return new_upstream(tmp_path / "upstream.git", checkout)


@pytest.fixture
def other(tmp_path: Path, upstream: Path) -> Checkout:
    return cloned(upstream, tmp_path / "other")

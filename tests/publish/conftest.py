"""A GitHub for the tests of this folder."""

from collections.abc import Iterator

import pytest

from bot.publish import Target, open_target
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

"""A public page for the tests of this folder, and what is asked of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from storage.database import Database
from tests.support.public import Site, fill, publish, serving

EVERYTHING = (
    "/projects",
    "/projects.json",
    "/projects.atom",
    "/projects.ics",
    "/projects/in/open-tides",
    "/projects/in/open-tides.json",
    "/projects/in/open-tides/tide-archive",
    "/projects/tide-archive.json",
)


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    """The page of a team with a past, on."""
    with database.write() as tx:
        fill(tx)
        publish(tx)
    with serving(database) as running:
        yield running


@pytest.fixture
def lite(sqlite_database: Database) -> Iterator[Site]:
    """As `site`, where the kind of database does not matter."""
    with sqlite_database.write() as tx:
        fill(tx)
        publish(tx)
    with serving(sqlite_database) as running:
        yield running


def text_of(site: Site, path: str = "/projects") -> str:
    response = site.get(path)
    assert response.status == 200, path
    return response.body.decode()


def settle(site: Site, *paths: str) -> None:
    """Each has been as it is for some seconds."""
    for path in paths:
        site.get(path)
    site.now.at += timedelta(seconds=5)

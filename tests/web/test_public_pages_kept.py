"""What making a public page costs: statements, memory, and the threads that Slack needs."""

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.web.answers import not_found
from bot.web.projects import AT_ONCE, PublicPages, Shown
from bot.web.projects_kept import Kept
from storage import outcomes
from storage.database import Database
from storage.records import OutcomeStatus
from tests.support.make import NOW, make_project, make_workspace, say
from tests.support.public import WORKSPACE, publish, serving
from tests.support.statements import recorded_statements

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

PATHS = ("/projects", "/projects.json", "/projects.atom", "/projects.ics", "/projects/p-000")


def make_many(database: Database, first: int, last: int) -> None:
    with database.write() as tx:
        make_workspace(tx, WORKSPACE, "Many")
        for number in range(first, last):
            project = make_project(
                tx, WORKSPACE, slug=f"p-{number:03}", name=f"Project {number:03}", outcomes=["One", "Two"]
            )
            for outcome in outcomes.list_outcomes(tx, WORKSPACE, project.id):
                say(tx, outcome, OutcomeStatus.ON_TRACK, ago=timedelta(weeks=2))
        publish(tx, with_names=True, with_notes=True)


@pytest.mark.parametrize("path", PATHS)
def test_the_number_of_statements_does_not_grow_with_projects(database: Database, path: str) -> None:
    counts = []
    with serving(database) as site:
        for first, last in ((0, 3), (3, 40)):
            make_many(database, first, last)
            with recorded_statements() as statements:
                assert site.get(path).status == 200
            counts.append(len(statements))

    assert counts[0] == counts[1] <= 18


def test_a_page_that_was_made_already_takes_two_statements(database: Database) -> None:
    make_many(database, 0, 3)
    with serving(database) as site:
        for path in PATHS:
            body = site.get(path).body
            with recorded_statements() as statements:
                assert site.get(path).body == body
            assert len(statements) == 2, path


def test_only_so_much_is_kept() -> None:
    kept = Kept(most=3, most_bytes=10_000)
    for number in range(10):
        kept.keep((number,), "1", NOW, b"x")
    assert [number for number in range(10) if kept.find((number,), "1", NOW)] == [7, 8, 9]

    for number in range(3):
        kept.keep((number,), "1", NOW, bytes(range(256)) * 16)
    assert sum(kept.find((number,), "1", NOW) is not None for number in range(10)) < 3


def test_what_is_kept_is_of_one_version_and_one_minute() -> None:
    kept = Kept()
    first = kept.keep(("a",), "1", NOW, b"same")

    assert kept.find(("a",), "1", NOW + timedelta(seconds=20)) is first
    assert kept.find(("a",), "2", NOW) is None
    assert kept.find(("a",), "1", NOW + timedelta(minutes=1)) is None
    later = NOW + timedelta(minutes=5)
    again = kept.keep(("a",), "1", later, b"same")
    assert (again.tag, again.last_modified(later)) == (first.tag, NOW)
    # A change of what nobody is shown is no change of the page.
    assert kept.keep(("a",), "2", later, b"same").last_modified(later) == NOW
    assert kept.keep(("a",), "3", later, b"new").last_modified(later) is None
    assert kept.keep(("a",), "2", later, b"other").tag != first.tag


def test_however_many_look_there_are_threads_for_slack(sqlite_database: Database) -> None:
    make_many(sqlite_database, 0, 1)
    entered, leave = threading.Semaphore(0), threading.Event()

    def clock() -> datetime:
        entered.release()
        assert leave.wait(30)
        return NOW

    pages = PublicPages(not_found, sqlite_database, clock, Shown(WORKSPACE, ""))
    statuses = []

    def ask(path: str = "/projects") -> str:
        environ: WSGIEnvironment = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}

        def start_response(status: str, headers: Iterable[tuple[str, str]], *_: object) -> None:
            assert headers
            statuses.append(status)

        list(pages(environ, start_response))  # type: ignore[arg-type]  # of what a server gives
        return statuses[-1]

    busy = [threading.Thread(target=ask) for _ in range(AT_ONCE)]
    for thread in busy:
        thread.start()
    for _ in busy:
        assert entered.acquire(timeout=30)
    # One that waits loses its patience; and one for whom there is no place to wait does not begin to.
    assert ask() == "503 Service Unavailable"
    # All else is answered meanwhile.
    assert ask("/slack/events") == "404 Not Found"
    leave.set()
    for thread in busy:
        thread.join()

    assert statuses.count("200 OK") == AT_ONCE
    assert ask() == "200 OK"

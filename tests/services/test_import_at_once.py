"""An import while others write: what they say stays, and two imports go one after the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.pages import read_page
from bot.services.importing import PageImport
from storage.database import Database, Tx
from storage.links import change_link
from storage.migrate import migrate
from storage.outcomes import change_outcome
from storage.project_parts import get_parts
from storage.projects import change_project, find_project_by_slug, lock_project
from storage.records import OutcomeStatus
from tests.services.team import PAGE, Team, counts_of
from tests.support.locks import wait_until_blocked
from tests.support.make import NOW, SEES, say
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.postgres

Said = Callable[[Tx, Team], object]


@pytest.fixture
def pg_team(postgres_server: PostgresServer) -> Iterator[Team]:
    with postgres_server.new_database() as url:
        database = Database(url)
        migrate(database)
        yield Team(database)
        database.close()


def _goal(tx: Tx, team: Team) -> None:
    change_project(tx, "T0TEST", team.project("docs").id, NOW, goal="Said goal")


def _outcome(tx: Tx, team: Team) -> None:
    change_outcome(tx, "T0TEST", team.outcomes("docs")[0].id, NOW, text="Said outcome")


def _status(tx: Tx, team: Team) -> None:
    say(tx, team.outcomes("docs")[3], OutcomeStatus.AT_RISK)


def _link(tx: Tx, team: Team) -> None:
    link = get_parts(tx, "T0TEST", SEES, team.project("docs").id).links[0]
    change_link(tx, "T0TEST", link.id, label="said board")


@pytest.mark.parametrize(
    ("said", "edit", "found"),
    [
        (
            _goal,
            ("A newcomer finds", "Everybody finds"),
            lambda team: team.project("docs").goal == "Said goal",
        ),
        (_outcome, ("Twenty", "Thirty"), lambda team: team.outcome_texts("docs")[0] == "Said outcome"),
        (
            _status,
            ("- Links are checked daily\n", ""),
            lambda team: team.outcomes("docs")[3].status is OutcomeStatus.AT_RISK,
        ),
        (
            _link,
            ("[the board]", "[our board]"),
            lambda team: team.parts("docs").links[0].label == "said board",
        ),
    ],
    ids=["goal", "outcome", "status", "link"],
)
def test_what_is_said_while_an_import_runs_stays(
    pg_team: Team, said: Said, edit: tuple[str, str], found: Callable[[Team], bool]
) -> None:
    pg_team.read(PAGE)

    with ThreadPoolExecutor(1) as pool:
        with pg_team.database.write() as chat:
            lock_project(chat, "T0TEST", pg_team.project("docs").id)
            said(chat, pg_team)
            importing = pool.submit(pg_team.read, PAGE.replace(*edit))
            wait_until_blocked(pg_team.database, importing)
        importing.result(timeout=30)

    assert found(pg_team)


def test_two_imports_at_once_go_one_after_the_other(pg_team: Team) -> None:
    with ThreadPoolExecutor(1) as pool:
        with pg_team.database.write() as tx:
            first = PageImport(tx, "T0TEST", "page.md", read_page(PAGE), NOW).run()
            importing = pool.submit(pg_team.read, PAGE)
            wait_until_blocked(pg_team.database, importing)
        second = importing.result(timeout=30)

    assert (counts_of(first), counts_of(second)) == ((3, 0, 0), (0, 0, 3))


def test_other_projects_can_be_changed_while_a_page_is_imported(pg_team: Team) -> None:
    pg_team.read("(projects:other)=\n## Other\n\n### Outcomes\n\n- One\n", name="other.md")

    with ThreadPoolExecutor(1) as pool, pg_team.database.write() as tx:
        PageImport(tx, "T0TEST", "page.md", read_page(PAGE), NOW).run()
        pool.submit(pg_team.say, "other", 1).result(timeout=30)

    with pg_team.database.read() as tx:
        assert find_project_by_slug(tx, "T0TEST", "docs") is not None

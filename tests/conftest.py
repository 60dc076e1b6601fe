"""What every test may ask for. Servers are real ones, started when the first test needs them."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from storage.database import Database
from storage.migrate import migrate
from tests.support import environment
from tests.support.chromium import ARGUMENTS, find_chromium
from tests.support.kept_database import KeptDatabase
from tests.support.postgres import OwnServer, PostgresServer, find_server, own_server
from tests.support.required import skip_or_fail
from tests.support.turns import Turns


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is long begins with the first, lest all wait for it in the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist all run one after the other
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Turns:
    """See `Turns`."""
    return Turns(config, log)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server named by TEST_POSTGRES_URL, else one of this machine's, started for the tests."""
    with find_server(environment.postgres_url()) as server:
        if server is None:
            skip_or_fail("no PostgreSQL: install it, or set TEST_POSTGRES_URL")
        yield server


@pytest.fixture
def own_postgres() -> Iterator[OwnServer]:
    """A server for one test, which may stop and start it."""
    with own_server() as server:
        yield server or skip_or_fail("no PostgreSQL to be started: install it")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema and no rows. Copies of it save migrating once for each test."""
    path = tmp_path_factory.mktemp("migrated") / "waymark.db"
    with closing(Database(f"sqlite:///{path}")) as database:
        migrate(database)
    return path


@pytest.fixture(scope="session")
def kept_postgres(postgres_server: PostgresServer) -> Iterator[KeptDatabase]:
    """The same on PostgreSQL: one database that is emptied after each test."""
    with closing(KeptDatabase(postgres_server)) as kept:
        yield kept


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite database's address."""
    return f"sqlite:///{tmp_path}/waymark.db"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database's address: the test runs once on SQLite and once on PostgreSQL.

    For a test that asks for `database`, the schema is there already.
    """
    is_migrated = "database" in request.fixturenames
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_url")
        if is_migrated:
            shutil.copyfile(request.getfixturevalue("migrated_file"), url.removeprefix("sqlite:///"))
        yield url
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    kept: KeptDatabase = request.getfixturevalue("kept_postgres")
    with kept.lent() if is_migrated else server.new_database() as url:
        yield url


@pytest.fixture
def silent_server() -> Iterator[str]:
    """The address of a database whose server takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"postgresql://me@127.0.0.1:{server.getsockname()[1]}/db"


@pytest.fixture
def empty_database(database_url: str) -> Iterator[Database]:
    """A database of each kind, without any table."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    """A database of each kind, with the newest schema and no rows."""
    migrate(empty_database)  # nothing to do, unless the test came by its address in another way
    return empty_database


@pytest.fixture
def sqlite_database(sqlite_url: str, migrated_file: Path) -> Iterator[Database]:
    """A SQLite database, where the kind does not matter."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    if not path.exists():
        shutil.copyfile(migrated_file, path)
    database = Database(sqlite_url)
    migrate(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    return find_chromium() or skip_or_fail("no Chromium: install Debian's package chromium")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A real browser without a window."""
    # A limit for what never comes; a busy machine may take its time.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()

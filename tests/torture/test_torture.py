"""Workers die fifty times while Slack is unkind, and in the end every prompt stands once."""

import pytest

from tests.support.postgres import PostgresServer
from tests.torture.ordeal import Plan, run


@pytest.mark.postgres
def test_two_workers_on_postgresql(postgres_server: PostgresServer) -> None:
    with postgres_server.new_database() as url:
        outcome = run(Plan.by_chance(workers=2), url)

    outcome.require_good()


def test_one_worker_on_sqlite(sqlite_url: str) -> None:
    outcome = run(Plan.by_chance(workers=1), sqlite_url)

    outcome.require_good()
